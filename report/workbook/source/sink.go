package source

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"valuebook/report/workbook/grid"
	"valuebook/report/workbook/sheetxml"
)

// A setting is what the sheets of a workbook share.
type setting struct {
	shared   *grid.Texts
	numbers  []uint32 // of the shared texts, by their place in the table
	styles   []style
	date1904 bool
	cells    atomic.Int64 // of all sheets so far
}

// A sink gives the cells of a worksheet their kinds and values, and puts them into a grid.
type sink struct {
	*setting
	out   *grid.Builder
	hides int // spans of hidden columns
	rules int // areas with limits
}

// Row implements sheetxml.Sink.
func (s *sink) Row(number int, hidden bool) error {
	if !s.out.Row(number, hidden) {
		return fmt.Errorf("row %d does not follow", number)
	}
	return nil
}

// Merge implements sheetxml.Sink.
func (s *sink) Merge(ref string) error {
	if area, ok := grid.ParseArea(ref); ok {
		s.out.Merge(area)
	}
	if s.out.Merges() > maxMerges {
		return errMerges
	}
	return nil
}

// Columns implements sheetxml.Sink.
func (s *sink) Columns(first, last int, hidden bool) error {
	if hidden && s.hides < grid.MaxCols {
		s.hides++
		s.out.HideColumns(first, last)
	}
	return nil
}

// Cell implements sheetxml.Sink.
func (s *sink) Cell(c *sheetxml.RawCell) error {
	if s.cells.Add(1) > maxCells {
		return errCells
	}
	var look style
	if c.Style < len(s.styles) {
		look = s.styles[c.Style]
	}
	switch c.Type {
	case sheetxml.TypeShared:
		if len(bytes.TrimSpace(c.Value)) == 0 {
			break
		}
		i, ok := sheetxml.Digits(bytes.TrimSpace(c.Value))
		if !ok || i >= len(s.numbers) {
			return fmt.Errorf("there is no string number %q", c.Value[:min(len(c.Value), 20)])
		}
		s.out.SharedText(c.Col, s.numbers[i], look.percent)
		return nil
	case sheetxml.TypeInline:
		s.text(c.Col, c.Text, look)
		return nil
	case sheetxml.TypeFormula:
		s.text(c.Col, c.Value, look)
	case sheetxml.TypeError:
		if c.HasValue {
			s.out.Error(c.Col, c.Value)
		}
	case sheetxml.TypeBool:
		if c.HasValue {
			s.out.Bool(c.Col, truth(string(bytes.TrimSpace(c.Value))))
		}
	case sheetxml.TypeDate:
		s.isoDate(c, look)
	default:
		s.number(c, look)
	}
	if c.Formula && !c.HasValue {
		s.out.NoValue(c.Col)
	}
	return nil
}

// text adds a text with the spreadsheet's own escapes replaced.
func (s *sink) text(col int, text []byte, look style) {
	if len(text) > maxTextBytes {
		text = bytes.ToValidUTF8(text[:maxTextBytes], nil)
	}
	s.out.Text(col, unescape(text), look.percent)
}

func (s *sink) number(c *sheetxml.RawCell, look style) {
	value := bytes.TrimSpace(c.Value)
	if len(value) == 0 {
		s.text(c.Col, c.Text, look)
		return
	}
	x, ok := parseFloat(value)
	switch {
	case !ok:
		s.text(c.Col, value, look)
	case !look.date:
		s.out.Number(c.Col, x, look.percent)
	case s.date1904:
		s.out.Date(c.Col, x+1462)
	default:
		s.out.Date(c.Col, x)
	}
}

// isoLayouts are the ways in which strict files write dates.
var isoLayouts = []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000"}

func (s *sink) isoDate(c *sheetxml.RawCell, look style) {
	for _, layout := range isoLayouts {
		if t, err := time.Parse(layout, string(c.Value)); err == nil {
			s.out.Date(c.Col, t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24)
			return
		}
	}
	s.text(c.Col, c.Value, look)
}

// Validation implements sheetxml.Sink: it keeps a limit of numbers, between two or as a list of them.
func (s *sink) Validation(v sheetxml.Validation) error {
	list := v.Type == "list"
	if !list && (v.Type != "whole" && v.Type != "decimal" || v.Operator != "" && v.Operator != "between") {
		return nil
	}
	lo, hi, ok := ends(v, list)
	if !ok || !(hi > lo) {
		return nil
	}
	for ref := range strings.FieldsSeq(v.Areas) {
		if area, ok := grid.ParseArea(ref); ok && s.rules < maxRules {
			s.rules++
			s.out.Rule(grid.Rule{Area: area, Lo: lo, Hi: hi})
		}
	}
	return nil
}

func ends(v sheetxml.Validation, list bool) (lo, hi float64, ok bool) {
	if !list {
		lo, err1 := strconv.ParseFloat(strings.TrimSpace(v.Formulas[0]), 64)
		hi, err2 := strconv.ParseFloat(strings.TrimSpace(v.Formulas[1]), 64)
		return lo, hi, err1 == nil && err2 == nil
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	items := strings.Split(strings.Trim(strings.TrimSpace(v.Formulas[0]), `"`), ",")
	for _, item := range items {
		x, err := strconv.ParseFloat(strings.TrimSpace(item), 64)
		if err != nil {
			return 0, 0, false
		}
		lo, hi = math.Min(lo, x), math.Max(hi, x)
	}
	return lo, hi, len(items) > 2
}

func truth(text string) bool { return text == "1" || strings.EqualFold(text, "true") }

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// parseFloat reads a finite number. Up to 15 digits with a point need no more than one exact division; the rest
// is for strconv.
func parseFloat(text []byte) (float64, bool) {
	digits, point, mantissa := 0, -1, int64(0)
	start := 0
	if len(text) > 1 && text[0] == '-' {
		start = 1
	}
	for i := start; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= '0' && c <= '9':
			mantissa = mantissa*10 + int64(c-'0')
			digits++
		case c == '.' && point < 0 && i > start && i < len(text)-1:
			point = digits
		default:
			return parseAny(text)
		}
		if digits > 15 {
			return parseAny(text)
		}
	}
	if digits == 0 || start == 1 && mantissa == 0 {
		return parseAny(text)
	}
	x := float64(mantissa)
	if point >= 0 {
		x /= tens[digits-point]
	}
	if start == 1 {
		x = -x
	}
	return x, true
}

// parseAny reads numbers in all other forms, but not those of program code: 0x10, 1_000, Inf.
func parseAny(text []byte) (float64, bool) {
	for _, c := range text {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(string(text), 64)
	return x, err == nil && !math.IsInf(x, 0)
}

// unescape turns the spreadsheet's _x000D_ into the character it stands for. The text is not changed.
func unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if i+7 <= len(text) && text[i] == '_' && text[i+1] == 'x' && text[i+6] == '_' {
			if code, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16); err == nil {
				out = append(out, string(rune(code))...)
				i += 7
				continue
			}
		}
		out = append(out, text[i])
		i++
	}
	return out
}

// unknown reports whether a part may be good though it is made in a way that is not known.
func unknown(err error) bool { return errors.Is(err, sheetxml.ErrUnknown) }
