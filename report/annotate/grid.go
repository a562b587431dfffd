package annotate

import (
	"sort"
	"strconv"
	"strings"

	"valuebook/report/sheets"
)

// A page is a sheet of ours in the making.
type page struct{ sheets.Sheet }

func (s *page) put(row, col int, value any, style sheets.Style) {
	s.Cells = append(s.Cells, sheets.Cell{Row: row, Col: col, Value: value, Style: style})
}

func (s *page) formula(row, col int, formula string, value any, style sheets.Style) {
	s.Cells = append(s.Cells, sheets.Cell{Row: row, Col: col, Formula: formula, Value: value, Style: style})
}

func (s *page) linked(row, col int, text, target string) {
	s.Cells = append(s.Cells, sheets.Cell{Row: row, Col: col, Value: text, Link: target, Style: sheets.Style{Role: sheets.LinkText}})
}

// header writes a row of headers, made unique.
func (s *page) header(row, col int, texts ...string) {
	for i, text := range unique(texts) {
		s.put(row, col+i, text, sheets.Style{Role: sheets.Header})
	}
}

func (s *page) widths(widths ...float64) {
	if s.Widths == nil {
		s.Widths = map[int]float64{}
	}
	for i, w := range widths {
		s.Widths[i+1] = w
	}
}

// unique tells equal headers apart by a number, as tables demand.
func unique(texts []string) []string {
	out, seen := make([]string, len(texts)), map[string]int{}
	for i, text := range texts {
		if text == "" {
			text = "-"
		}
		out[i] = text
		for n := 2; seen[fold(out[i])] > 0; n++ {
			out[i] = text + " (" + itoa(n) + ")"
		}
		seen[fold(out[i])]++
	}
	return out
}

func sortedCodes(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for code := range set {
		out = append(out, code)
	}
	sort.Strings(out)
	return out
}

func fold(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

func itoa(n int) string { return strconv.Itoa(n) }

// cutKey parts a key such as "threshold.match" at its first dot.
func cutKey(key string) (family, of string) {
	family, of, _ = strings.Cut(key, ".")
	return family, of
}

// plain writes a number for a formula.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (s *page) height(row int, points float64) {
	if s.Heights == nil {
		s.Heights = map[int]float64{}
	}
	s.Heights[row] = points
}

func (s *page) merge(row, col, lastRow, lastCol int) {
	s.Merges = append(s.Merges, sheets.Area{Row: row, Col: col, LastRow: lastRow, LastCol: lastCol})
}

// titleHeight is the height of a sheet's title, with room below it, in points.
const titleHeight = 27

// finish gives headers the alignment of what stands below them and the height
// that their text needs, and rows of tables a hairline.
func (s *page) finish() {
	below := map[[2]int]*sheets.Cell{}
	for i := range s.Cells {
		below[[2]int{s.Cells[i].Row, s.Cells[i].Col}] = &s.Cells[i]
	}
	for _, t := range s.Tables {
		for i := range s.Cells {
			c := &s.Cells[i]
			if c.Row > t.Area.Row && c.Row <= t.Area.LastRow && c.Col >= t.Area.Col && c.Col <= t.Area.LastCol {
				c.Style.Rule = true
			}
		}
	}
	for i := range s.Cells {
		c := &s.Cells[i]
		if c.Row == 1 && c.Style.Role == sheets.Title && s.Heights[1] == 0 {
			s.height(1, titleHeight)
		}
		text, ok := c.Value.(string)
		if !isHeader(*c) || !ok {
			continue
		}
		if next := below[[2]int{c.Row + 1, c.Col}]; next != nil {
			c.Style.Right, c.Style.Center, c.Style.Indent = next.Style.Right, next.Style.Center, next.Style.Indent
		}
		if width := s.Widths[c.Col]; width > 0 {
			if need := 4 + 15*lines(text, max(1, int(width))); need > max(19, s.Heights[c.Row]) {
				s.height(c.Row, need)
			}
		}
	}
}

// table makes the rows below a header row a native table with a filter.
func (s *page) table(name string, header, col, lastRow, lastCol int) {
	if lastRow > header {
		s.Tables = append(s.Tables, sheets.Table{Name: name, Area: sheets.Area{Row: header, Col: col, LastRow: lastRow, LastCol: lastCol}})
	}
}
