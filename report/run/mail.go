package run

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
)

// partsOf lists what can be sent: the whole report where one of its formats is
// made, then the pages; and every format there is.
func (r *runner) partsOf(e edition) (parts []deliver.Part, formats []string) {
	whole := deliver.Part{Name: r.out.Run.Report, Bytes: map[string]int64{}}
	segments := segmentsOf(e.outcome.Report.Dataset)
	at := map[string]int{}
	var pages []deliver.Part
	for _, f := range e.files {
		format := sentAs(f.format)
		if format == "" {
			continue
		}
		if !slices.Contains(formats, format) {
			formats = append(formats, format)
		}
		if f.format != pipeline.FormatPages {
			whole.Bytes[format] = max(whole.Bytes[format], f.bytes)
			continue
		}
		if i, known := at[f.part]; known { // the same page with another password
			pages[i].Bytes[format] = max(pages[i].Bytes[format], f.bytes)
			continue
		}
		at[f.part] = len(pages)
		pages = append(pages, deliver.Part{Key: f.part, Name: f.name, Segment: segments[f.part], Bytes: map[string]int64{format: f.bytes}})
	}
	if len(whole.Bytes) > 0 {
		parts = append(parts, whole)
	}
	return append(parts, pages...), formats
}

// sentAs is the format of a recipient that a file fits, "" for one that is not
// sent: a book holds everybody's pages, and charts are for documents of our own.
func sentAs(format string) string {
	switch format {
	case pipeline.FormatPages:
		return "pdf"
	case "pdf", "xlsx", "json":
		return format
	}
	return ""
}

// segmentsOf returns the segment of every customer by ID.
func segmentsOf(d *dataset.Dataset) map[string]string {
	segments := make(map[string]string, d.Customers.Len())
	for i, id := range d.Customers.ID {
		if i < len(d.Customers.Segment) {
			segments[id] = d.Customers.Segment[i]
		}
	}
	return segments
}

// address settles who gets what and writes the letters. Errors in the list of
// recipients stop the run: half a mailing is worse than none.
func (r *runner) address(ctx context.Context, m *made) (messages []Message, err error) {
	mail := r.plan.Mail
	if mail == nil {
		return nil, nil
	}
	plan, findings := r.match(m)
	r.out.Findings = findings
	if failing(findings) && r.plan.Rehearsal == "" {
		r.out.Verdict = Stopped
		return nil, nil
	}
	if r.corrected, err = r.wentOut(ctx); err != nil {
		return nil, err
	}
	for _, a := range plan {
		message, err := r.message(m, a)
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
	return messages, nil
}

// wentOut reports whether an earlier revision of the period was sent, or may
// have been, to anybody.
func (r *runner) wentOut(ctx context.Context) (bool, error) {
	if r.book == nil {
		return false, nil
	}
	sent, err := r.book.Deliveries(ctx, ledger.DeliveryFilter{Report: r.plan.Report, Period: r.plan.Period,
		States: []ledger.State{ledger.Sending, ledger.Sent, ledger.Unknown}})
	return slices.ContainsFunc(sent, func(d ledger.Delivery) bool { return d.Revision < r.out.Run.Revision && d.ResendOf == 0 }), err
}

// match says who gets what, with what the run makes.
func (r *runner) match(m *made) ([]deliver.Assignment, []dataset.Finding) {
	mail := r.plan.Mail
	rules := mail.Rules
	rules.Formats, rules.Limit = m.formats, mail.Server.Limit()
	recipients := slices.Clone(mail.Recipients)
	for i := range recipients {
		if len(recipients[i].Formats) == 0 {
			recipients[i].Formats = meeting(mail.Formats, m.formats)
		}
	}
	plan, findings := deliver.Match(recipients, m.parts, rules)
	kept := plan[:0]
	for _, a := range plan {
		a.Formats = slices.DeleteFunc(slices.Clone(a.Formats), func(format string) bool { return a.Part.Bytes[format] == 0 })
		if a.Recipient.PasswordVariable != "" && slices.Contains(a.Formats, openFormat) { // never without it instead
			findings = append(findings, dataset.Finding{Code: "recipient-password", Severity: dataset.Error, Ref: a.Recipient.Ref, Got: openFormat})
			continue
		}
		if len(a.Formats) == 0 { // a page is a PDF and nothing else
			findings = append(findings, dataset.Finding{Code: "recipient-format", Severity: dataset.Error, Ref: a.Recipient.Ref,
				Got: strings.Join(a.Recipient.Formats, ", "), Args: []dataset.Quantity{dataset.List(formatsOf(a.Part)...)}})
			continue
		}
		kept = append(kept, a)
	}
	return kept, findings
}

// openFormat is the format whose files take no password.
const openFormat = "json"

// meeting returns the formats of a list that are made, all of them without a
// list or without one of it.
func meeting(wanted, made []string) []string {
	var both []string
	for _, format := range wanted {
		if slices.Contains(made, format) {
			both = append(both, format)
		}
	}
	if len(both) == 0 {
		return made
	}
	return both
}

func formatsOf(p deliver.Part) []string {
	var all []string
	for format := range p.Bytes {
		all = append(all, format)
	}
	slices.Sort(all)
	return all
}

// failing reports whether a finding is an error.
func failing(findings []dataset.Finding) bool {
	return slices.ContainsFunc(findings, func(f dataset.Finding) bool { return f.Severity >= dataset.Error })
}

// message writes the letter of an assignment and makes its delivery.
func (r *runner) message(m *made, a deliver.Assignment) (Message, error) {
	e := m.edition(a.Recipient.Language)
	draft := deliver.Draft{RunID: r.out.Run.ID, Report: r.out.Run.Report, Period: r.out.Run.Period, Revision: r.out.Run.Revision,
		Part: a.Part.Key, To: a.To, Cc: a.Cc, Bcc: a.Bcc, Date: r.out.Run.StartedAt}
	for _, format := range a.Formats {
		for _, f := range e.files {
			if f.part != a.Part.Key || sentAs(f.format) != format || f.sealed != a.Recipient.PasswordVariable && f.sealed != anyPassword {
				continue
			}
			draft.Attachments = append(draft.Attachments, ledger.File{Name: attachmentName(f), Path: f.final, SHA256: f.sha256, Type: mediaTypes[filepath.Ext(f.final)]})
			draft.ContentSHA256 = append(draft.ContentSHA256, f.content)
		}
	}
	letter, pictures, err := r.plan.Mail.Write(Envelope{Assignment: a, Language: e.language, Burst: r.first.Burst, Corrected: r.corrected, Run: r.out.Run, Made: e.outcome, Files: draft.Attachments})
	if err != nil {
		return Message{}, err
	}
	draft.Letter = letter
	if draft.Inline, err = r.keepPictures(pictures, e.language); err != nil {
		return Message{}, err
	}
	delivery := draft.Delivery(r.plan.Mail.Server)
	if r.plan.Mail.HoldAll {
		delivery.State, delivery.Why = ledger.Held, Approval
	}
	return Message{Part: a.Part, Delivery: delivery}, nil
}

// Approval is why a delivery is held that waits for its first approval.
const Approval = "approval"

// edition returns that of a language, the report's own for another.
func (m *made) edition(language string) edition {
	for _, e := range m.languages {
		if strings.EqualFold(e.language, language) {
			return e
		}
	}
	return m.languages[0]
}

// attachmentName is the name of a file for its recipient.
func attachmentName(f output) string { return cmp.Or(f.attached, filepath.Base(f.final)) }

// mediaTypes of the files that are made, by ending.
var mediaTypes = map[string]string{
	".pdf":  "application/pdf",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
	".json": "application/json",
	".png":  "image/png",
}

// keepPictures puts the pictures of a letter among the files of the run, each
// once: what is queued must stand on the disk until it is sent.
func (r *runner) keepPictures(pictures []Picture, language string) ([]ledger.File, error) {
	var files []ledger.File
	for _, p := range pictures {
		relative := filepath.Join(language, r.stem()+"-mail", p.Name)
		staged, final := filepath.Join(r.stage.folder, relative), filepath.Join(r.stage.final, relative)
		if !slices.ContainsFunc(r.stage.moves, func(m moved) bool { return m.To == final }) {
			if err := writeWhole(staged, p.Data); err != nil {
				return nil, err
			}
			r.stage.moves = append(r.stage.moves, moved{From: staged, To: final})
		}
		files = append(files, ledger.File{Name: p.Name, Path: final, SHA256: sumOf(p.Data), Type: "image/png", ID: p.ID})
	}
	return files, nil
}
