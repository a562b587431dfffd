package grid

import "valuebook/report/dataset"

// A Book is a workbook as grids, with what went wrong on the way.
type Book struct {
	Format    string // "xlsx", "xlsm", "csv" ...
	Grids     []Grid
	Encrypted bool     // only a password opened it
	Fallback  []string // sheets that a second reader took, because they are stored in an unusual way
	Converted string   // the format it was converted from, such as "xls"; "" without a conversion
	Encoding  string   // of a table in text, such as "UTF-8"
	Findings  []dataset.Finding
}

// Add appends a finding.
func (b *Book) Add(code string, severity dataset.Severity, ref dataset.Ref, args ...dataset.Quantity) {
	b.Findings = append(b.Findings, dataset.Finding{Code: code, Severity: severity, Ref: ref, Args: args})
}
