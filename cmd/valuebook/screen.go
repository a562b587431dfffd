package main

import (
	"strings"

	"golang.org/x/text/width"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// A screen prints blocks of a report as plain text.
type screen struct {
	words *wording.Writer
	print func(lines ...string)
}

// block prints one block; charts have no place in text and say their title.
func (s screen) block(b report.Block) {
	switch {
	case b.Heading != nil:
		title := s.words.Text(*b.Heading)
		s.print("", title, strings.Repeat("-", columns(title)))
	case b.Paragraph != nil:
		s.print(s.words.Text(*b.Paragraph))
	case b.Note != nil:
		s.print("  " + s.words.Text(*b.Note))
	case b.Table != nil:
		s.table(*b.Table)
	case b.Chart != nil:
		s.print(s.words.Text(b.Chart.Alt))
	}
	for _, m := range b.List {
		s.print("  " + s.words.Text(m))
	}
}

// table prints aligned columns, text left and numbers right.
func (s screen) table(t report.Table) {
	if !t.Title.IsZero() {
		s.print(s.words.Text(t.Title))
	}
	var rows [][]string
	var header []string
	for _, c := range t.Columns {
		header = append(header, s.words.Text(c.Header))
	}
	rows = append(rows, header)
	for _, row := range t.Rows {
		rows = append(rows, s.cells(row))
	}
	if t.Total != nil {
		rows = append(rows, s.cells(t.Total))
	}
	widths := make([]int, len(t.Columns))
	for _, row := range rows {
		for i := range min(len(row), len(widths)) {
			widths[i] = max(widths[i], columns(row[i]))
		}
	}
	for _, row := range rows {
		s.print(strings.TrimRight("  "+aligned(row, widths, t.Columns), " "))
	}
}

func (s screen) cells(row []dataset.Quantity) []string {
	var cells []string
	for _, q := range row {
		cells = append(cells, s.words.Quantity(q))
	}
	return cells
}

func aligned(row []string, widths []int, kinds []report.Column) string {
	var line []string
	for i := range min(len(row), len(widths)) {
		gap := strings.Repeat(" ", widths[i]-columns(row[i]))
		if kinds[i].Text {
			line = append(line, row[i]+gap)
		} else {
			line = append(line, gap+row[i])
		}
	}
	return strings.Join(line, "  ")
}

// columns counts the columns that a text takes on a terminal: two for a wide
// character such as 价.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
