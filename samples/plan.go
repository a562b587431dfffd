package samples

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"valuebook/report/sheets"
)

// plan turns a definition into the plan of a workbook.
func (d definition) plan() (sheets.Workbook, error) {
	wb := sheets.Workbook{Title: d.Title, Subject: d.Subject, Company: d.Company, Created: d.Created, Active: d.Active}
	for _, s := range d.Sheets {
		sheet, err := s.plan()
		if err != nil {
			return sheets.Workbook{}, fmt.Errorf("sheet %q: %w", s.Name, err)
		}
		wb.Sheets = append(wb.Sheets, sheet)
	}
	for name, target := range d.Names {
		wb.Names = append(wb.Names, sheets.Name{Name: name, RefersTo: target})
	}
	sort.Slice(wb.Names, func(i, j int) bool { return wb.Names[i].Name < wb.Names[j].Name })
	return wb, nil
}

func (s sheetDefinition) plan() (sheets.Sheet, error) {
	sheet := sheets.Sheet{
		Name: s.Name, TabColor: s.Tab, Landscape: s.wide(),
		Widths: map[int]float64{}, Heights: map[int]float64{},
	}
	for i, width := range s.Widths {
		sheet.Widths[i+1] = width
	}
	header := s.addText(&sheet) + 1
	if len(s.Columns) == 0 {
		sheet.HideGrid = true
		return sheet, nil
	}
	s.addHeader(&sheet, header)
	if err := s.addRows(&sheet, header); err != nil {
		return sheets.Sheet{}, err
	}
	s.addLimits(&sheet, header)
	if s.Table != "" {
		area := sheets.Area{Row: header, Col: 1, LastRow: header + max(1, len(s.Rows)), LastCol: len(s.Columns)}
		sheet.Tables = append(sheet.Tables, sheets.Table{Name: s.Table, Area: area})
	}
	sheet.FreezeRow, sheet.FreezeCol, sheet.RepeatRows = header, s.Freeze, header
	return sheet, nil
}

// portrait is how many characters fit across an upright page without
// shrinking much.
const portrait = 110

// wide reports whether a sheet is printed better in landscape.
func (s sheetDefinition) wide() bool {
	sum := 0.0
	for _, c := range s.Columns {
		sum += c.Width
	}
	return sum > portrait
}

// addText writes the lines above the table and returns the last row used.
func (s sheetDefinition) addText(sheet *sheets.Sheet) int {
	for i, line := range s.Text {
		row := i + 1
		text, style := textStyle(line)
		label, rest, two := strings.Cut(text, " | ")
		switch {
		case text == "":
			continue
		case two:
			style.Wrap = true
			sheet.Cells = append(sheet.Cells,
				sheets.Cell{Row: row, Col: 1, Value: label, Style: sheets.Style{Role: sheets.Label, Wrap: true}},
				sheets.Cell{Row: row, Col: 2, Value: rest, Style: style})
			s.fitHeight(sheet, row, 2, rest)
		default:
			sheet.Cells = append(sheet.Cells, sheets.Cell{Row: row, Col: 1, Value: text, Style: style})
			if height := heights[style.Role]; height > 0 {
				sheet.Heights[row] = height
			}
		}
	}
	return len(s.Text)
}

// heights of rows of text that stand out, in points.
var heights = map[sheets.Role]float64{sheets.Title: 30, sheets.Heading: 26, sheets.Fine: 16}

// textStyle returns a line without its mark, and the style that the mark
// stands for.
func textStyle(line string) (string, sheets.Style) {
	for _, m := range []struct {
		mark string
		role sheets.Role
	}{{"# ", sheets.Title}, {"## ", sheets.Heading}, {"> ", sheets.Fine}} {
		if text, marked := strings.CutPrefix(line, m.mark); marked {
			return text, sheets.Style{Role: m.role}
		}
	}
	return line, sheets.Style{}
}

// lineHeight is the height of one line of text, in points.
const lineHeight = 15

// fitHeight makes a row high enough for wrapped text in a column of known
// width: spreadsheets do not do so by themselves for rows they did not write.
func (s sheetDefinition) fitHeight(sheet *sheets.Sheet, row, col int, text string) {
	width := sheet.Widths[col]
	if width == 0 {
		return
	}
	lines := math.Ceil(float64(len([]rune(text))) * 0.88 / width)
	sheet.Heights[row] = max(sheet.Heights[row], lineHeight*lines+3)
}

func (s sheetDefinition) addHeader(sheet *sheets.Sheet, row int) {
	for i, c := range s.Columns {
		if c.Width > 0 {
			sheet.Widths[i+1] = c.Width
		}
		style := sheets.Style{Role: sheets.Header, Wrap: true, Right: c.numeric() && !c.Center, Center: c.Center}
		if c.Wrap {
			style.Indent = 1
		}
		sheet.Cells = append(sheet.Cells, sheets.Cell{Row: row, Col: i + 1, Value: c.Header, Style: style, Note: c.Note})
		s.fitHeader(sheet, row, i+1, c.Header)
	}
}

// fitHeader makes the header row high enough for headers that wrap between
// words.
func (s sheetDefinition) fitHeader(sheet *sheets.Sheet, row, col int, header string) {
	room, lines, used := max(sheet.Widths[col]-2, 1), 1.0, 0.0
	for _, word := range strings.Fields(header) {
		length := float64(len([]rune(word))) * 1.1
		if used > 0 && used+1+length > room {
			lines++
			used = 0
		}
		used += length + 1
	}
	sheet.Heights[row] = max(sheet.Heights[row], lineHeight*lines+5)
}

// numeric reports whether the values of a column stand on the right.
func (c columnDefinition) numeric() bool {
	return c.Format != "" && c.Format != "text" && c.Format != "date" && c.Format != "month"
}

func (s sheetDefinition) addRows(sheet *sheets.Sheet, header int) error {
	for i, row := range s.Rows {
		for j, value := range row {
			cell := sheets.Cell{Row: header + 1 + i, Col: j + 1, Style: s.style(j)}
			limit, err := fill(&cell, value)
			if err != nil {
				return fmt.Errorf("row %d, column %q: %w", i+1, s.Columns[j].Header, err)
			}
			area := sheets.Area{Row: cell.Row, Col: cell.Col, LastRow: cell.Row, LastCol: cell.Col}
			if v, limited := limit.validation(area); limited {
				sheet.Validations = append(sheet.Validations, v)
			}
			if slices.Contains(s.Emphasis, i+1) {
				cell.Style.Role = sheets.Total
			}
			if text, long := cell.Value.(string); long && s.Columns[j].Wrap {
				s.fitHeight(sheet, cell.Row, cell.Col, text)
			}
			if cell.Value != nil || cell.Style.Role != sheets.Plain {
				sheet.Cells = append(sheet.Cells, cell)
			}
		}
	}
	return nil
}

// style returns the style of a column. Where one column wraps all do, so that
// a row stands on one line.
func (s sheetDefinition) style(column int) sheets.Style {
	c := s.Columns[column]
	wraps := func(c columnDefinition) bool { return c.Wrap }
	style := sheets.Style{
		Role: roles[c.Role], Format: formats[c.Format], Center: c.Center,
		Wrap: slices.ContainsFunc(s.Columns, wraps),
	}
	if c.Wrap {
		style.Indent = 1 // clear of the number before it
	}
	return style
}

// fill puts a value of a definition into a cell. A mapping gives the value
// with a format and limits of its own.
func fill(cell *sheets.Cell, value any) (limits, error) {
	own, special := value.(map[string]any)
	if !special {
		cell.Value = value
		return limits{}, known(value)
	}
	var limit limits
	for key, v := range own {
		switch key {
		case "value":
			cell.Value = v
		case "format":
			cell.Style.Format = formats[fmt.Sprint(v)]
		case "prompt":
			limit.Prompt = fmt.Sprint(v)
		case "error":
			limit.Error = fmt.Sprint(v)
		case "whole":
			limit.Whole = v == true
		case "min":
			limit.Min = number(v)
		case "max":
			limit.Max = number(v)
		case "list":
			limit.List = texts(v)
		default:
			return limits{}, fmt.Errorf("no such setting of a cell: %q", key)
		}
	}
	return limit, known(cell.Value)
}

// known returns an error for a value that no cell can hold.
func known(value any) error {
	switch value.(type) {
	case nil, string, float64, int, bool, time.Time:
		return nil
	}
	return fmt.Errorf("a cell cannot hold %v", value)
}

func number(v any) *float64 {
	switch x := v.(type) {
	case int:
		f := float64(x)
		return &f
	case float64:
		return &x
	}
	return nil
}

func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, fmt.Sprint(x))
	}
	return out
}

// addLimits lets every cell of a column, and the spare rows below, take only
// what the column allows.
func (s sheetDefinition) addLimits(sheet *sheets.Sheet, header int) {
	last := header + len(s.Rows) + s.Spare
	for i, c := range s.Columns {
		area := sheets.Area{Row: header + 1, Col: i + 1, LastRow: last, LastCol: i + 1}
		if v, limited := c.validation(area); limited && last > header {
			sheet.Validations = append(sheet.Validations, v)
		}
	}
}
