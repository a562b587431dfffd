package deliver

import (
	"cmp"
	"encoding/csv"
	"io"
	"strings"

	"valuebook/report/ledger"
	"valuebook/report/wording"
)

// Table returns who gets what: a header in the words' language and a row for
// each delivery, in their order.
func Table(deliveries []ledger.Delivery, words *wording.Writer) (header []string, rows [][]string) {
	for _, code := range []string{"part", "to", "cc", "bcc", "subject", "files", "state"} {
		header = append(header, words.Term("deliver.column."+code))
	}
	for _, d := range deliveries {
		var files []string
		for _, f := range d.Attachments {
			files = append(files, f.Name)
		}
		rows = append(rows, []string{
			cmp.Or(d.Part, d.Report), strings.Join(d.To, "; "), strings.Join(d.Cc, "; "), strings.Join(d.Bcc, "; "),
			d.Subject, strings.Join(files, "; "), StateText(words, d.State),
		})
	}
	return header, rows
}

// StateText returns the word for a state.
func StateText(words *wording.Writer, state ledger.State) string {
	return words.Term("deliver.state." + string(state))
}

// WriteTable writes [Table] as CSV in UTF-8 with a byte order mark, which
// spreadsheet programs need to show other letters. A cell that such a program
// would take for a formula begins with an apostrophe.
func WriteTable(w io.Writer, deliveries []ledger.Delivery, words *wording.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	header, rows := Table(deliveries, words)
	out := csv.NewWriter(w)
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
