package grid

import (
	"math"
	"sort"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
)

// CellKind is what a cell holds.
type CellKind uint8

// The kinds of cells.
const (
	Empty CellKind = iota
	Number
	Text
	Bool       // Num is 0 or 1
	ErrorValue // Text is the code, such as "#N/A"
	Date       // Num is the serial day of the 1900 calendar
)

// A Cell is one cell as it was stored, before anybody decides what it means.
type Cell struct {
	Col     int32 // counted from 1
	Kind    CellKind
	Percent bool // the number format shows the value as per cent
	Plain   bool // from a text file: Text is what was written, also for a number
	NoValue bool // a formula whose result was not stored
	Num     float64
	Text    string
}

// IsEmpty reports whether the cell holds nothing.
func (c Cell) IsEmpty() bool { return c.Kind == Empty }

// String returns the cell as text: a number in its shortest form, a date as
// 2006-01-02, with the time of day when there is one.
func (c Cell) String() string {
	switch {
	case c.Kind == Empty:
		return ""
	case c.Plain, c.Kind == Text, c.Kind == ErrorValue:
		return c.Text
	case c.Kind == Bool:
		if c.Num != 0 {
			return "TRUE"
		}
		return "FALSE"
	case c.Kind == Date:
		return dateText(c.Num)
	}
	if math.Abs(c.Num) < 1e15 && c.Num == math.Trunc(c.Num) {
		return strconv.FormatFloat(c.Num, 'f', 0, 64)
	}
	return strconv.FormatFloat(c.Num, 'g', -1, 64)
}

func dateText(serial float64) string {
	t := SerialTime(serial)
	if t.IsZero() {
		return strconv.FormatFloat(serial, 'g', -1, 64)
	}
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04")
}

// SerialTime returns the date of a serial day of the 1900 calendar, zero when
// it is none.
func SerialTime(serial float64) time.Time {
	if !(serial >= 1 && serial < 2958466) {
		return time.Time{}
	}
	if serial < 60 { // the calendar has a 29 February 1900
		serial++
	}
	seconds := math.Round(serial * 86400)
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
}

// A Row is one row that has cells, in ascending order of columns.
type Row struct {
	Number int // counted from 1
	Hidden bool
	Cells  []Cell
}

// An Area is a rectangle of cells, ends included, counted from 1.
type Area struct{ Row, Col, LastRow, LastCol int }

// Holds reports whether a cell lies in the area.
func (a Area) Holds(row, col int) bool {
	return row >= a.Row && row <= a.LastRow && col >= a.Col && col <= a.LastCol
}

// A Rule is a limit that the sheet itself sets on what may be entered.
type Rule struct {
	Area   Area
	Lo, Hi float64
}

// A Grid is one sheet as cells: all that recognition sees.
type Grid struct {
	Sheet      string
	Hidden     bool
	Rows       []Row // ascending, only rows with cells
	Merges     []Area
	HiddenCols []Area
	Rules      []Rule
	Ours       bool // a sheet that this program wrote
	Ignore     Area // a block that this program wrote beside the data
	Delimiter  rune // of a text file, 0 otherwise
}

// Row returns a row by its number; a row without cells is empty.
func (g *Grid) Row(number int) Row {
	i := number - 1
	if i < 0 || i >= len(g.Rows) || g.Rows[i].Number != number {
		i = sort.Search(len(g.Rows), func(k int) bool { return g.Rows[k].Number >= number })
		if i == len(g.Rows) || g.Rows[i].Number != number {
			return Row{Number: number}
		}
	}
	return g.Rows[i]
}

// At returns the cell of the row in a column; Empty where there is none.
func (r Row) At(col int) Cell {
	i := col - 1
	if i < 0 || i >= len(r.Cells) || int(r.Cells[i].Col) != col {
		i = sort.Search(len(r.Cells), func(k int) bool { return int(r.Cells[k].Col) >= col })
		if i == len(r.Cells) || int(r.Cells[i].Col) != col {
			return Cell{Col: int32(col)}
		}
	}
	return r.Cells[i]
}

// At returns a cell; Empty where there is none.
func (g *Grid) At(row, col int) Cell { return g.Row(row).At(col) }

// Filled returns a cell, or the upper left one of the merged range it lies in.
func (g *Grid) Filled(row, col int) Cell {
	cell := g.At(row, col)
	if !cell.IsEmpty() {
		return cell
	}
	if m, ok := g.Merge(row, col); ok {
		return g.At(m.Row, m.Col)
	}
	return cell
}

// Merge returns the merged range that a cell lies in.
func (g *Grid) Merge(row, col int) (Area, bool) {
	for _, m := range g.Merges {
		if m.Holds(row, col) {
			return m, true
		}
	}
	return Area{}, false
}

// Ref names a cell of the grid.
func (g *Grid) Ref(row, col int) dataset.Ref {
	return dataset.Ref{Sheet: g.Sheet, Row: row, Col: col}
}

// Normalise sorts rows and cells, drops what is empty or lies in the block to be
// ignored, and joins rows that were stored twice.
func (g *Grid) Normalise() {
	sort.SliceStable(g.Rows, func(i, k int) bool { return g.Rows[i].Number < g.Rows[k].Number })
	rows := g.Rows[:0]
	for _, r := range g.Rows {
		r.Cells = g.kept(r)
		if n := len(rows); n > 0 && rows[n-1].Number == r.Number {
			r.Cells = append(rows[n-1].Cells, r.Cells...)
			rows = rows[:n-1]
		}
		if len(r.Cells) > 0 {
			rows = append(rows, Row{r.Number, r.Hidden, inOrder(r.Cells)})
		}
	}
	g.Rows = rows
}

func (g *Grid) kept(r Row) []Cell {
	cells := r.Cells[:0]
	for _, c := range r.Cells {
		if (c.Kind != Empty || c.NoValue) && !g.Ignore.Holds(r.Number, int(c.Col)) {
			cells = append(cells, c)
		}
	}
	return cells
}

// inOrder sorts cells by column; of two with one address the later stays, as
// spreadsheets do.
func inOrder(cells []Cell) []Cell {
	ordered := true
	for i := 1; i < len(cells); i++ {
		ordered = ordered && cells[i-1].Col < cells[i].Col
	}
	if ordered {
		return cells
	}
	sort.SliceStable(cells, func(i, k int) bool { return cells[i].Col < cells[k].Col })
	kept := cells[:0]
	for _, c := range cells {
		if n := len(kept); n > 0 && kept[n-1].Col == c.Col {
			kept[n-1] = c
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// HiddenColumn reports whether a column is hidden.
func (g *Grid) HiddenColumn(col int) bool {
	for _, area := range g.HiddenCols {
		if area.Holds(1, col) {
			return true
		}
	}
	return false
}

// ErrorCode reports whether a text is the error of a spreadsheet's formula.
func ErrorCode(text string) bool {
	switch strings.ToUpper(text) {
	case "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#NV", "#WERT!", "#BEZUG!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}
