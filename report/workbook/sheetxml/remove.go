package sheetxml

import (
	"strings"
)

// Remove returns the edits that take an area of cells out of a worksheet part,
// with the conditional formats and links that lie wholly in it. Rows that hold
// nothing afterwards and have no look of their own go too. Widths stay. With
// rows, only cells in the rows of these areas go.
func Remove(part []byte, area Area, rows ...Area) ([]Edit, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var edits []Edit
	err = s.rows(func(row rowAt) error {
		if row.number < area.Row || row.number > area.LastRow || !inRows(row.number, rows) {
			return nil
		}
		kept := 0
		var mine []Edit
		_, err := s.cells(row, func(c cellAt) error {
			if c.col < area.Col || c.col > area.LastCol {
				kept++
				return nil
			}
			mine = append(mine, Replace(part, c.Start, c.End, ""))
			return nil
		})
		if kept == 0 && len(mine) > 0 && s.plain(row) {
			mine = []Edit{Replace(part, row.Start, row.End, "")}
		}
		edits = append(edits, mine...)
		return err
	})
	if err != nil {
		return nil, err
	}
	furniture, err := s.removeFurniture(area)
	return append(edits, furniture...), err
}

// inRows reports whether a row belongs to one of the areas; every row belongs
// to none at all.
func inRows(row int, areas []Area) bool {
	for _, a := range areas {
		if a.Row <= row && row <= a.LastRow {
			return true
		}
	}
	return len(areas) == 0
}

// plain reports whether a row has no attributes but its number and the hint
// of its columns.
func (s *sheet) plain(row rowAt) bool {
	text := string(s.data[row.Tag.Start:row.Tag.End])
	for _, name := range []string{"r", "spans"} {
		if value, ok := row.Attr(s.data, name); ok {
			text = strings.Replace(text, name+`="`+value+`"`, "", 1)
		}
	}
	return !strings.Contains(text, "=")
}

func (s *sheet) removeFurniture(area Area) ([]Edit, error) {
	var edits []Edit
	for _, c := range s.named("conditionalFormatting") {
		if ref, _ := c.Attr(s.data, "sqref"); within(ref, area) {
			edits = append(edits, Replace(s.data, c.Start, c.End, ""))
		}
	}
	for _, list := range s.named("hyperlinks") {
		links, err := Within(s.data, list)
		if err != nil {
			return nil, err
		}
		var mine []Edit
		for _, l := range links {
			_, related := l.Attr(s.data, "r:id")
			if ref, _ := l.Attr(s.data, "ref"); within(ref, area) && !related {
				mine = append(mine, Replace(s.data, l.Start, l.End, ""))
			}
		}
		if len(mine) > 0 && len(mine) == len(links) {
			mine = []Edit{Replace(s.data, list.Start, list.End, "")}
		}
		edits = append(edits, mine...)
	}
	return edits, nil
}

// within reports whether each range of a list lies in an area.
func within(list string, area Area) bool {
	refs := strings.Fields(list)
	for _, ref := range refs {
		if a, ok := ParseArea(ref); !ok || !area.Holds(a) {
			return false
		}
	}
	return len(refs) > 0
}
