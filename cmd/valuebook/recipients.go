package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/workbook"
)

// sheetPrefix marks a list of recipients that stands in the workbook itself.
const sheetPrefix = "sheet:"

// recipientHeaders are the headers of a list of recipients by what they hold,
// folded by [headerForm]. "to" is the one that a list must have.
var recipientHeaders = map[string][]string{
	"parts":    {"parts", "part", "report", "gets", "who for", "teil", "teile", "bericht", "erhält"},
	"customer": {"customer", "customers", "customer id", "customer name", "kunde", "kunden", "kundennummer", "kunden id", "kundenname", "客户"},
	"segment":  {"segment", "segments", "owner", "group", "region", "gruppe", "betreuer", "segmente"},
	"to": {"to", "email", "e-mail", "mail", "e mail", "mail address", "email address", "e-mail address", "address", "recipient", "recipients",
		"an", "e-mail-adresse", "mailadresse", "mail-adresse", "email-adresse", "adresse", "empfänger", "收件人", "邮箱"},
	"cc":                {"cc", "copy", "kopie", "抄送"},
	"bcc":               {"bcc", "blind copy", "blindkopie", "密送"},
	"lang":              {"lang", "language", "sprache", "语言"},
	"format":            {"format", "formats", "formate", "files", "dateien", "格式"},
	"password_variable": {"password_variable", "password variable", "kennwort-variable", "kennwortvariable", "passwortvariable"},
}

// headerForm is the form in which two spellings of a header are equal.
func headerForm(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.TrimSuffix(strings.TrimSpace(text), ":"))), " ")
}

// columnOf returns what a header of a list of recipients holds, "" for none of
// it.
func columnOf(header string) string {
	form := headerForm(header)
	for _, name := range recipientKeys {
		if slices.Contains(recipientHeaders[name], form) {
			return name
		}
	}
	return ""
}

// recipients reads the list of a run: in the run file, in a file of its own, or
// in a sheet of the input.
func (r *runFile) recipients(input string, o workbook.Options) ([]dataset.Recipient, error) {
	if records, ok := r.document.Records[recipientsKey]; ok {
		return listedRecipients(records), nil
	}
	entry, ok := r.settings.Entry(recipientsKey)
	if !ok || entry.Value == "" {
		return nil, nil
	}
	path, sheet := inFolder(r.folder(), entry.Value), ""
	if name, inside := strings.CutPrefix(entry.Value, sheetPrefix); inside {
		path, sheet = input, strings.TrimSpace(name)
	} else {
		o = workbook.Options{}
	}
	rows, refs, err := workbook.Rows(path, sheet, o)
	if err != nil {
		return nil, recipientsFailure(entry, path, err)
	}
	return tabledRecipients(entry, path, rows, refs)
}

// leaveOutRecipients keeps the reading from taking a list of recipients for
// customers, on whatever sheet it stands.
func (t *task) leaveOutRecipients() {
	entry, _ := t.settings.Entry(recipientsKey)
	if sheet, inside := strings.CutPrefix(entry.Value, sheetPrefix); inside {
		t.mapping.Tables = append(slices.Clone(t.mapping.Tables), dataset.MappedTable{Sheet: strings.TrimSpace(sheet), Role: dataset.TableOther, From: entry.Place})
	}
}

// listedRecipients are those of the run file.
func listedRecipients(records []config.Record) []dataset.Recipient {
	var all []dataset.Recipient
	for _, record := range records {
		one := dataset.Recipient{Ref: dataset.Ref{File: record.Place}}
		for _, e := range record.Entries {
			add(&one, e.Name, e.Values())
		}
		all = append(all, one)
	}
	return all
}

// tabledRecipients are those of a table: the first row that has a header for
// addresses begins it. Rows without any entry that counts are blank.
func tabledRecipients(entry config.Entry, path string, rows [][]string, refs []dataset.Ref) ([]dataset.Recipient, error) {
	var all []dataset.Recipient
	var columns []string
	for i, row := range rows {
		if columns == nil {
			columns = headersOf(row)
			continue
		}
		if one, blank := recipientOf(row, columns); !blank {
			one.Ref = refs[i]
			all = append(all, one)
		}
	}
	if columns == nil {
		return nil, fail(exitUsage, "error.recipients-header", dataset.Str(entry.Place), dataset.Str(filepath.Base(path))).
			withHint("hint.recipients-header", dataset.List("customer", "to", "cc", "bcc", "language", "format", "password variable"))
	}
	return all, nil
}

// recipientOf reads one row. Where it names a customer, its segment, owner or
// region describes that customer: it does not ask for the whole segment.
func recipientOf(row, columns []string) (one dataset.Recipient, blank bool) {
	blank = true
	named := false
	for c, cell := range row {
		named = named || c < len(columns) && (columns[c] == "customer" || columns[c] == "parts") && cell != ""
	}
	for c, cell := range row {
		if c >= len(columns) || columns[c] == "" || cell == "" {
			continue
		}
		blank = false
		if columns[c] != "segment" || !named {
			add(&one, columns[c], cellValues(columns[c], cell))
		}
	}
	return one, blank
}

// headersOf returns what the columns of a header row hold, nil for a row
// without a header for addresses.
func headersOf(row []string) []string {
	columns := make([]string, len(row))
	for i, cell := range row {
		columns[i] = columnOf(cell)
	}
	if !slices.Contains(columns, "to") {
		return nil
	}
	return columns
}

// cellValues takes a cell apart: addresses by their own rules, anything else at
// semicolons and line breaks.
func cellValues(column, cell string) []string {
	if column == "to" || column == "cc" || column == "bcc" {
		return deliver.Addresses(cell)
	}
	return strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' })
}

// add puts values into a recipient.
func add(one *dataset.Recipient, column string, values []string) {
	for _, value := range values {
		value = strings.TrimSpace(value)
		if value == "" {
			continue
		}
		switch column {
		case "parts", "customer", "segment":
			one.Parts = append(one.Parts, value)
		case "to":
			one.To = append(one.To, deliver.Addresses(value)...)
		case "cc":
			one.Cc = append(one.Cc, deliver.Addresses(value)...)
		case "bcc":
			one.Bcc = append(one.Bcc, deliver.Addresses(value)...)
		case "lang":
			one.Language = strings.ToLower(value)
		case "format":
			one.Formats = append(one.Formats, strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ' ' || r == '+' })...)
		case "password_variable":
			one.PasswordVariable = value
		}
	}
}

// recipientsFailure words why a list cannot be read.
func recipientsFailure(entry config.Entry, path string, err error) error {
	var missing *workbook.NoSheetError
	if errors.As(err, &missing) {
		f := fail(exitUsage, "error.no-sheet", dataset.Str(entry.Place), dataset.Str(missing.File), dataset.Str(missing.Wanted))
		if len(missing.Sheets) > 0 {
			return f.withHint("hint.one-of", dataset.List(missing.Sheets...))
		}
		return f
	}
	return fail(exitUsage, "error.recipients", dataset.Str(entry.Place), dataset.Str(path), dataset.Str(plainError(err))).because(err)
}
