package sheetxml

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A columnRange is an element col: the columns first to last look alike.
type columnRange struct {
	Element
	first, last int
}

// widths gives columns a width. A range of columns of the user's that holds
// one of ours is split; its other columns keep their bytes but for the bounds.
// A list of columns that is not in order stays as it is.
func (s *sheet) widths(widths map[int]float64) []Edit {
	wanted := make([]int, 0, len(widths))
	for col, width := range widths {
		if col >= 1 && col <= maxCol && width > 0 && width <= 255 {
			wanted = append(wanted, col)
		}
	}
	slices.Sort(wanted)
	lists := s.named("cols")
	switch {
	case len(wanted) == 0 || len(lists) > 1:
		return nil
	case len(lists) == 0:
		text := "<" + s.prefix + "cols>" + s.newColumns(wanted, widths) + "</" + s.prefix + "cols>"
		return []Edit{Insert(s.table.Start, text)}
	}
	ranges, ok := s.columnRanges(lists[0])
	if !ok {
		return nil
	}
	var edits []Edit
	for _, r := range ranges {
		n, _ := slices.BinarySearch(wanted, r.first)
		if n > 0 {
			edits = append(edits, Insert(r.Start, s.newColumns(wanted[:n], widths)))
		}
		inside, _ := slices.BinarySearch(wanted, r.last+1)
		if inside > n {
			edits = append(edits, Replace(s.data, r.Start, r.Element.End, s.split(r, wanted[n:inside], widths)))
		}
		wanted = wanted[inside:]
	}
	if len(wanted) == 0 {
		return edits
	}
	return append(edits, Into(s.data, lists[0], s.newColumns(wanted, widths)))
}

// columnRanges reads the list of columns; ok is false when it is not in order.
func (s *sheet) columnRanges(list Element) (ranges []columnRange, ok bool) {
	elements, err := Within(s.data, list)
	if err != nil {
		return nil, false
	}
	last := 0
	for _, e := range elements {
		low, _ := e.Attr(s.data, "min")
		high, _ := e.Attr(s.data, "max")
		r := columnRange{Element: e}
		var err1, err2 error
		r.first, err1 = strconv.Atoi(low)
		r.last, err2 = strconv.Atoi(high)
		if err1 != nil || err2 != nil || r.first <= last || r.last < r.first || string(e.Name) != s.prefix+"col" {
			return nil, false
		}
		last = r.last
		ranges = append(ranges, r)
	}
	return ranges, true
}

func (s *sheet) newColumns(cols []int, widths map[int]float64) string {
	var out strings.Builder
	for _, col := range cols {
		out.WriteString(s.column(col, widths[col], ""))
	}
	return out.String()
}

func (s *sheet) column(col int, width float64, more string) string {
	return fmt.Sprintf(`<%scol min="%d" max="%d" width="%s"%s customWidth="1"/>`,
		s.prefix, col, col, strconv.FormatFloat(width, 'f', -1, 64), more)
}

// split writes a range of columns anew with some of them in a width of ours.
// These keep the user's style, and are shown even where the others are hidden.
func (s *sheet) split(r columnRange, mine []int, widths map[int]float64) string {
	var out strings.Builder
	style := ""
	if number, ok := r.Attr(s.data, "style"); ok {
		style = ` style="` + number + `"`
	}
	first := r.first
	for _, col := range mine {
		if first < col {
			out.Write(s.bounded(r, first, col-1))
		}
		out.WriteString(s.column(col, widths[col], style))
		first = col + 1
	}
	if first <= r.last {
		out.Write(s.bounded(r, first, r.last))
	}
	return out.String()
}

// bounded returns the element of a range of columns with other bounds.
func (s *sheet) bounded(r columnRange, first, last int) []byte {
	element := r.Bytes(s.data)
	shifted := Tag{Start: 0, End: r.Tag.End - r.Start, Name: r.Name}
	var edits []Edit
	for name, value := range map[string]int{"min": first, "max": last} {
		from, to, _ := shifted.Span(element, name)
		edits = append(edits, Replace(element, from, to, strconv.Itoa(value)))
	}
	out, err := Apply(element, edits)
	if err != nil {
		return element // the two attributes cannot overlap
	}
	return out
}
