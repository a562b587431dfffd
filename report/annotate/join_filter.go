package annotate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/wording"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// filterDatabase is the hidden name by which programs know the range of a
// sheet's filter.
const filterDatabase = "_xlnm._filterdatabase"

// filtered plans the block as further columns of the filter that covers the
// user's rows, so that sorting and filtering take both along. ok is false when
// there is no such filter, when something stands right of it, and when an earlier
// block stands elsewhere on the sheet.
func (p *picture) filtered(r *report.Report, w *wording.Writer, room Space, sheet string, was sheetxml.Area) (plan Plan, ok bool) {
	place, n := placeOf(r.Dataset)
	header := headerRow(r.Dataset, place)
	if p.bytes == nil || room.Beside == 0 || !everyRow(place, n, header) {
		return plan, false
	}
	part, err := p.part(place.Sheet)
	if err != nil {
		return plan, false
	}
	filter, err := sheetxml.SheetFilter(part)
	a := filter.Area
	if err != nil || a.Row != header || a.LastRow < int(slices.Max(place.Rows[:n])) || room.Beside > a.LastCol+2 {
		return plan, false
	}
	again := sheet == place.Sheet && sheet != ""
	room.Beside = a.LastCol + 1
	if again && a.Col < was.Col && was.LastCol <= a.LastCol {
		room.Beside = was.Col // rows are filtered by a column of ours, or there are more columns behind it
	}
	if again && was.Col != room.Beside {
		return plan, false
	}
	plan = Prepare(r, w, room)
	plan.Filter = plan.Block.Name == place.Sheet && p.takes(plan)
	return plan, plan.Filter
}

// placeOf returns where the rows of the customers stand, or of the offers, and
// how many they are.
func placeOf(d *dataset.Dataset) (dataset.Place, int) {
	if d.Offers != nil {
		return d.Offers.Place, min(len(d.Offers.Name), len(d.Offers.Place.Rows))
	}
	return d.Customers.Place, min(d.Customers.Len(), len(d.Customers.Place.Rows))
}

// spliced returns the edits that put an addition into the user's sheet, and let
// its filter reach over it.
func (j *joiner) spliced(sheet []byte, add sheetxml.Addition) ([]sheetxml.Edit, error) {
	edits, err := sheetxml.Splice(sheet, add)
	if err != nil || !j.plan.Filter {
		return edits, err
	}
	filter, err := sheetxml.SheetFilter(sheet)
	if err != nil {
		return nil, err
	}
	j.filtered = filter.Area
	more, err := sheetxml.EndFilter(sheet, max(filter.Area.LastCol, j.plan.Area.LastCol))
	return append(edits, more...), err
}

// filterName returns the edits that let the name of a sheet's filter end in
// another column. A name that does not lead to the filter stays.
func (b *archive) filterName(sheet string, was sheetxml.Area, lastCol int) ([]sheetxml.Edit, error) {
	list, ok := b.child("definedNames")
	if !ok || lastCol == was.LastCol {
		return nil, nil
	}
	elements, err := sheetxml.Within(b.data, list)
	if err != nil || len(elements) != len(b.main.Names) {
		return nil, err
	}
	var edits []sheetxml.Edit
	for i, n := range b.main.Names {
		_, first, last, ok := target(n.Text)
		area, known := sheetxml.ParseArea(first + ":" + last)
		text := elements[i].Inner(b.data)
		if !b.isFilterName(n, sheet) || !ok || !known || area != was {
			continue
		}
		if colon := strings.LastIndexByte(string(text), ':'); colon > 0 {
			edits = append(edits, sheetxml.Replace(b.data, elements[i].Tag.End+colon+1, elements[i].InnerEnd, sheets.Fixed(was.LastRow, lastCol)))
		}
	}
	return edits, nil
}

func (b *archive) isFilterName(n definedName, sheet string) bool {
	return strings.ToLower(n.Name) == filterDatabase && n.Local == strconv.Itoa(b.position(sheet))
}

// sameFilter holds that the filter reaches over the rows and the columns of the
// block, and that its name says the same.
func (j *joiner) sameFilter(after *parts.Package) error {
	if !j.plan.Filter {
		return nil
	}
	part := j.to.part(j.plan.Block.Name)
	var data []byte
	var err error
	if s := j.streams[part]; s != nil {
		data = s.after.Part()
	} else if data, err = after.Read(part); err != nil {
		return err
	}
	filter, err := sheetxml.SheetFilter(data)
	if err != nil {
		return err
	}
	want := j.filtered
	want.LastCol = max(want.LastCol, j.plan.Area.LastCol)
	if filter.Area != want || want.Col >= j.plan.Area.Col {
		return fmt.Errorf("the filter covers %s, not %s", sheets.Area(filter.Area), sheets.Area(want))
	}
	return j.sameFilterName(after, want)
}

func (j *joiner) sameFilterName(after *parts.Package, want sheetxml.Area) error {
	made, err := newArchive(after)
	if err != nil {
		return err
	}
	for i, n := range made.main.Names {
		if !made.isFilterName(n, j.plan.Block.Name) || i >= len(j.to.main.Names) {
			continue
		}
		_, first, last, _ := target(j.to.main.Names[i].Text)
		if area, ok := sheetxml.ParseArea(first + ":" + last); !ok || area != j.filtered {
			continue // it did not lead to the filter before
		}
		_, first, last, _ = target(n.Text)
		if area, ok := sheetxml.ParseArea(first + ":" + last); !ok || area != want {
			return fmt.Errorf("the name of the filter leads to %s, not to %s", n.Text, sheets.Area(want))
		}
	}
	return nil
}

// filter takes the columns of the block out of the filter of the user's sheet
// that an earlier run let reach over them. Where the user filters or sorts by
// them, or has added columns behind them, the filter stays as it is: the new block
// stands in the same columns.
func (e *earlier) filter(sheet []byte) ([]sheetxml.Edit, error) {
	f, err := sheetxml.SheetFilter(sheet)
	if err != nil {
		return nil, err
	}
	a := f.Area
	if a.LastCol != e.area.LastCol || a.Col >= e.area.Col || f.Criteria >= e.area.Col || a.Row > e.area.LastRow || e.area.Row > a.LastRow {
		return nil, nil
	}
	e.filtered = a
	return sheetxml.EndFilter(sheet, e.area.Col-1)
}

// filterName cuts the name of the filter back with it.
func (e *earlier) filterName() ([]sheetxml.Edit, error) {
	for _, s := range e.at.main.Sheets {
		if e.filtered != (sheetxml.Area{}) && e.at.part(s.Name) == e.block {
			return e.at.filterName(s.Name, e.filtered, e.area.Col-1)
		}
	}
	return nil, nil
}
