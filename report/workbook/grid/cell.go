package grid

import (
	"math"
	"strconv"
	"strings"
	"time"
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

// ErrorCode reports whether a text is the error of a spreadsheet's formula.
func ErrorCode(text string) bool {
	switch strings.ToUpper(text) {
	case "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#NV", "#WERT!", "#BEZUG!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}
