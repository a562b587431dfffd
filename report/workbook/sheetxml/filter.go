package sheetxml

import (
	"fmt"
	"strconv"
)

// A Filter is the filter of a worksheet part.
type Filter struct {
	Area     Area // header included; zero without a filter
	Criteria int  // last column by which rows are filtered or sorted, 0 for none
}

// SheetFilter returns the filter of a worksheet part, not that of a table.
func SheetFilter(part []byte) (Filter, error) {
	s, err := read(part)
	if err != nil {
		return Filter{}, err
	}
	f, _, err := s.filter()
	return f, err
}

// filter takes the filter apart. One without a known range counts as none.
func (s *sheet) filter() (f Filter, e Element, err error) {
	for _, e = range s.named("autoFilter") {
		ref, _ := e.Attr(s.data, "ref")
		area, ok := ParseArea(ref)
		if !ok {
			continue
		}
		f.Area = area
		f.Criteria, err = LastCriterion(s.data, append(s.named("sortState"), e), area)
		return f, e, err
	}
	return f, e, nil
}

// LastCriterion returns the last column of an area by which filters and orders
// hide or sort its rows, 0 for none.
func LastCriterion(data []byte, elements []Element, area Area) (int, error) {
	last := 0
	for _, e := range elements {
		scan := &Scanner{data: data[:e.End], at: e.Start}
		for t, ok := scan.Next(); ok; t, ok = scan.Next() {
			switch t.Local() {
			case "filterColumn":
				text, _ := t.Attr(data, "colId")
				if at, err := strconv.Atoi(text); err == nil && at >= 0 {
					last = max(last, area.Col+at)
				}
			case "sortCondition":
				ref, _ := t.Attr(data, "ref")
				if by, ok := ParseArea(ref); ok && by.Meets(area) {
					last = max(last, by.LastCol)
				}
			}
		}
		if err := scan.Err(); err != nil {
			return 0, err
		}
	}
	return last, nil
}

// EndFilter returns the edits that let the filter of a worksheet part end in
// another column, and with it the range that it sorts. A column by which rows are
// filtered or sorted stays in it: to leave it out is [ErrUnknown].
func EndFilter(part []byte, lastCol int) ([]Edit, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	f, e, err := s.filter()
	if err != nil {
		return nil, err
	}
	if f.Area == (Area{}) || lastCol < max(f.Area.Col, f.Criteria) || lastCol > maxCol {
		return nil, fmt.Errorf("%w: a filter that ends in column %d", ErrUnknown, lastCol)
	}
	edits := s.endIn(e, lastCol)
	within, err := Within(s.data, e)
	if err != nil {
		return nil, err
	}
	for _, c := range append(within, s.named("sortState")...) {
		ref, _ := c.Attr(s.data, "ref")
		if area, ok := ParseArea(ref); ok && c.Local() == "sortState" && area.LastCol == f.Area.LastCol {
			edits = append(edits, s.endIn(c, lastCol)...)
		}
	}
	return edits, nil
}

// endIn lets the range of an element end in another column.
func (s *sheet) endIn(e Element, lastCol int) []Edit {
	from, to, _ := e.Span(s.data, "ref")
	area, ok := ParseArea(string(s.data[from:to]))
	if !ok || area.LastCol == lastCol {
		return nil
	}
	return []Edit{Replace(s.data, from, to, address(area.Row, area.Col)+":"+address(area.LastRow, lastCol))}
}
