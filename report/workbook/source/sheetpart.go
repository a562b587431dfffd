package source

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"valuebook/report/workbook/grid"
)

// A sheetReader reads worksheet parts, one after the other. It is strict about
// the end: a part that is cut off or broken is an error, never a short table.
type sheetReader struct {
	shared   []string
	styles   []style
	date1904 bool
	cells    int // of all sheets so far
	hides    int // spans of hidden columns

	grid      *grid.Builder
	row       int // number of the row being read, for the place of an error
	col       int
	depth     int
	cell      grid.Cell
	kind      string // attribute t
	value     []byte
	inValue   bool
	inFormula bool
	formula   bool
	hasValue  bool
	text      textReader
	rule      grid.Rule
	ruleText  [2][]byte
	ruleList  bool
	ruleAt    int // 0 outside, else 1 + index into ruleText
	ruleAreas []grid.Area
}

func (s *sheetReader) read(p *pack, part string, g *grid.Builder) error {
	s.grid, s.row, s.col, s.depth, s.ruleAt = g, 0, 0, 0, 0
	s.inValue, s.inFormula, s.text = false, false, textReader{}
	r, err := p.open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	return s.scan(newDecoder(r))
}

func (s *sheetReader) scan(d *xml.Decoder) error {
	var open []string
	seen := false
	for {
		token, err := d.RawToken()
		if err == io.EOF && len(open) == 0 && seen {
			return nil
		}
		if err != nil {
			return fmt.Errorf("sheet is cut off or broken: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			seen = true
			if len(open) > 100 {
				return errors.New("nested too deeply")
			}
			open = append(open, t.Name.Local)
			err = s.start(t)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != t.Name.Local {
				return errors.New("elements do not match")
			}
			open = open[:len(open)-1]
			err = s.end(t.Name.Local)
		case xml.CharData:
			s.chars(t)
		case xml.Directive:
			return errUnsafe
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		return s.startRow(t.Attr)
	case "c":
		return s.startCell(t.Attr)
	case "v":
		s.inValue, s.hasValue = true, true
	case "f":
		s.formula, s.inFormula = true, true
	case "t", "rPh":
		s.text.start(t.Name.Local)
	case "mergeCell":
		if area, ok := grid.ParseArea(attribute(t.Attr, "ref")); ok && s.grid.Merges() < maxMerges {
			s.grid.Merge(area)
		}
	case "col":
		s.column(t.Attr)
	case "dataValidation":
		s.startRule(t.Attr)
	case "formula1", "formula2":
		s.ruleAt = int(t.Name.Local[7] - '0')
	}
	return nil
}

func (s *sheetReader) startRow(attrs []xml.Attr) error {
	number, hidden := s.row+1, false
	for _, a := range attrs {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n < 1 || n > grid.MaxRows {
				return fmt.Errorf("row number %q", a.Value)
			}
			number = n
		case "hidden":
			hidden = truth(a.Value)
		}
	}
	if number > grid.MaxRows {
		return errors.New("too many rows")
	}
	s.row, s.col = number, 0
	s.grid.Row(number, hidden)
	return nil
}

func (s *sheetReader) startCell(attrs []xml.Attr) error {
	s.col++
	s.cell, s.kind = grid.Cell{}, ""
	s.value, s.formula, s.hasValue = s.value[:0], false, false
	for _, a := range attrs {
		switch a.Name.Local {
		case "r":
			_, col, ok := grid.ParseAddress(a.Value)
			if !ok || col == 0 {
				return fmt.Errorf("cell address %q", a.Value)
			}
			s.col = col
		case "t":
			s.kind = a.Value
		case "s":
			if n, err := strconv.Atoi(a.Value); err == nil && n >= 0 && n < len(s.styles) {
				s.cell.Percent = s.styles[n].percent
				if s.styles[n].date {
					s.cell.Kind = grid.Date
				}
			}
		}
	}
	if s.col > grid.MaxCols {
		return errors.New("too many columns")
	}
	s.cell.Col = int32(s.col)
	return nil
}

func (s *sheetReader) end(name string) error {
	switch name {
	case "c":
		return s.endCell()
	case "v":
		s.inValue = false
	case "f":
		s.inFormula = false
	case "t", "rPh":
		s.text.end(name)
	case "formula1", "formula2":
		s.ruleAt = 0
	case "dataValidation":
		s.endRule()
	}
	return nil
}

func (s *sheetReader) chars(data []byte) {
	switch {
	case s.inValue:
		if len(s.value) < maxTextBytes {
			s.value = append(s.value, data...)
		}
	case s.text.inText:
		s.text.add(data)
	case s.ruleAt > 0:
		s.ruleText[s.ruleAt-1] = append(s.ruleText[s.ruleAt-1], data...)
	}
}

func (s *sheetReader) endCell() error {
	if s.cells++; s.cells > maxCells {
		return errCells
	}
	if s.row == 0 {
		return errors.New("cell outside a row")
	}
	if err := s.fill(); err != nil {
		return err
	}
	s.cell.NoValue = s.formula && s.cell.Kind == grid.Empty && !s.hasValue
	s.grid.Add(s.cell)
	return nil
}

// fill gives the cell its kind and value.
func (s *sheetReader) fill() error {
	inline := s.text.take()
	isDate := s.cell.Kind == grid.Date
	s.cell.Kind = grid.Empty
	value := string(s.value)
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if value == "" {
			return nil
		}
		if err != nil || i < 0 || i >= len(s.shared) {
			return fmt.Errorf("string number %q", value)
		}
		s.setText(s.shared[i])
	case "inlineStr":
		s.setText(inline)
	case "str":
		s.setText(unescape(value))
	case "e":
		s.cell.Kind, s.cell.Text = grid.ErrorValue, value
	case "b":
		s.cell.Kind, s.cell.Num = grid.Bool, 0
		if truth(strings.TrimSpace(value)) {
			s.cell.Num = 1
		}
	case "d":
		s.setISODate(value)
	default:
		s.setNumber(strings.TrimSpace(value), inline, isDate)
	}
	return nil
}

func (s *sheetReader) setText(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	s.cell.Kind, s.cell.Text = grid.Text, text
	if grid.ErrorCode(text) { // an error that was pasted as a value
		s.cell.Kind = grid.ErrorValue
	}
}

func (s *sheetReader) setNumber(value, inline string, isDate bool) {
	if value == "" {
		s.setText(inline)
		return
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		s.setText(value)
		return
	}
	s.cell.Kind, s.cell.Num = grid.Number, x
	if isDate {
		s.cell.Kind = grid.Date
		if s.date1904 {
			s.cell.Num += 1462
		}
	}
}

// setISODate reads the dates of strict files.
func (s *sheetReader) setISODate(value string) {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000"} {
		if t, err := time.Parse(layout, value); err == nil {
			s.cell.Kind = grid.Date
			s.cell.Num = t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
			return
		}
	}
	s.setText(value)
}

func (s *sheetReader) column(attrs []xml.Attr) {
	first, _ := strconv.Atoi(attribute(attrs, "min"))
	last, _ := strconv.Atoi(attribute(attrs, "max"))
	if truth(attribute(attrs, "hidden")) && first > 0 && s.hides < grid.MaxCols {
		s.hides++
		s.grid.HideColumns(first, last)
	}
}

func (s *sheetReader) startRule(attrs []xml.Attr) {
	s.rule = grid.Rule{Lo: math.NaN(), Hi: math.NaN()}
	s.ruleText = [2][]byte{}
	s.ruleAreas = s.ruleAreas[:0]
	kind := attribute(attrs, "type")
	operator := attribute(attrs, "operator")
	s.ruleList = kind == "list"
	if s.ruleList || (kind == "whole" || kind == "decimal") && (operator == "" || operator == "between") {
		for _, ref := range strings.Fields(attribute(attrs, "sqref")) {
			if area, ok := grid.ParseArea(ref); ok && len(s.ruleAreas) < 1000 {
				s.ruleAreas = append(s.ruleAreas, area)
			}
		}
	}
}

// endRule keeps a rule that limits numbers: between two, or a list of them.
func (s *sheetReader) endRule() {
	lo, hi, ok := s.ruleEnds()
	if !ok || !(hi > lo) {
		return
	}
	for _, area := range s.ruleAreas {
		s.grid.Rule(grid.Rule{Area: area, Lo: lo, Hi: hi})
	}
}

func (s *sheetReader) ruleEnds() (lo, hi float64, ok bool) {
	if !s.ruleList {
		lo, err1 := strconv.ParseFloat(strings.TrimSpace(string(s.ruleText[0])), 64)
		hi, err2 := strconv.ParseFloat(strings.TrimSpace(string(s.ruleText[1])), 64)
		return lo, hi, err1 == nil && err2 == nil
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	items := strings.Split(strings.Trim(strings.TrimSpace(string(s.ruleText[0])), `"`), ",")
	for _, item := range items {
		x, err := strconv.ParseFloat(strings.TrimSpace(item), 64)
		if err != nil {
			return 0, 0, false
		}
		lo, hi = math.Min(lo, x), math.Max(hi, x)
	}
	return lo, hi, len(items) > 2
}

func attribute(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func truth(text string) bool { return text == "1" || strings.EqualFold(text, "true") }
