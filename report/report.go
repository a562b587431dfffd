package report

import (
	"time"

	"valuebook/report/analysis"
	"valuebook/report/dataset"
)

// A Report is the finished report as plain data: what the pages, the sheets
// and the JSON document say, without any layout. Renderers do no arithmetic
// and build no sentences; they turn messages into text with report/wording.
type Report struct {
	Title   dataset.Message
	Company string
	Period  string    // "2026-10", "" when unknown
	AsOf    time.Time // zero when unknown
	Version string    // of the program

	Dataset *dataset.Dataset
	Results *analysis.Results

	History    *History // nil without an earlier period
	KeyFigures []KeyFigure
	Sentences  []dataset.Message // what we found, most valuable first; Evidence names the section
	Actions    []Action          // what to do, one per class that has members
	Sections   []Section         // in page order, findings page not included
	Settings   []Setting         // every setting that a number depends on
}

// A KeyFigure is one of up to five large numbers of the findings page.
type KeyFigure struct {
	Label dataset.Message
	Value dataset.Quantity
	Note  dataset.Message // interval or base, small print
	Since dataset.Message // how it changed since the period before, "" = not known
	Alert bool            // something to act on
}

// An Action is what to do with one class.
type Action struct {
	Class   string          // fixed identifier, such as "strategic"
	Label   dataset.Message // its name where it is no class of a quadrant, else ""
	Style   int             // 0..3, place of the class in the quadrant (REPORT, classes); -1 for none
	Count   int
	Offers  bool             // Count is of offers, not of customers
	Share   dataset.Quantity // share of the base: revenue, value to the firm or the head count
	ShareOf dataset.Message  // of what, such as "of revenue"
	Meaning dataset.Message
	Advice  dataset.Message
	Names   []string // the foremost customers, at most three
}

// A Setting is one parameter with its value and where METHOD explains it.
type Setting struct {
	Name    string // fixed identifier, also the Parameters sheet's key
	Label   dataset.Message
	Value   dataset.Quantity
	Method  string // section of METHOD, such as "1"
	Default bool
}

// A Section is one part of the report, with a title that states its finding.
type Section struct {
	ID     string // fixed identifier: "quadrant", "rivals", "customers", "segments", "offers", "data", "method"
	Title  dataset.Message
	Blocks []Block
}

// A Block is one element of a section: exactly one field is set.
type Block struct {
	Heading   *dataset.Message
	Paragraph *dataset.Message
	Note      *dataset.Message // small print
	List      []dataset.Message
	Chart     *Chart
	Table     *Table
}

// A Table is rows of cells. Renderers cut at Limit rows and print More then.
type Table struct {
	ID      string
	Title   dataset.Message // "" where the section's title serves
	Columns []Column
	Rows    [][]dataset.Quantity
	Total   []dataset.Quantity // last row in bold, nil for none
	Bold    map[int]bool       // rows that are totals of those above
	Indent  map[int]bool       // rows that are parts of the one above
	Least   int                // rows that stand in any case, those behind only where a page has room; 0 = all
	More    int                // rows that are only in the workbook
	MoreIn  dataset.Message    // name of the sheet that has them all
}

// A Column is the header of a table column.
type Column struct {
	Header dataset.Message
	Text   bool    // left aligned and wrapped; numbers are right aligned
	Share  float64 // wish for width, relative to the other columns; 0 = by content
	Class  bool    // the cell is a class term: draw its mark before it
}
