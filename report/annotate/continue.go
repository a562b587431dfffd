package annotate

import (
	"slices"

	"valuebook/report"
	"valuebook/report/sheets"
	"valuebook/report/wording"
	"valuebook/report/workbook/sheetxml"
)

// continued plans the block as further columns of the native table that holds
// the user's rows, so that sorting and filtering take both along. ok is false
// when there is no such table, when something stands right of it, and when an
// earlier block stands elsewhere on the sheet.
//
// was is the area of the earlier block on a sheet, "" without one. Where the
// user added columns behind it, the block stays between them.
func (p *picture) continued(r *report.Report, w *wording.Writer, room Space, plan Plan, sheet string, was sheetxml.Area) (Plan, bool) {
	if plan.Block.Name == "" || p.bytes == nil {
		return plan, false
	}
	at, err := openArchive(p.bytes)
	if err != nil {
		return plan, false
	}
	list, err := tablesOf(at.pack, at.part(plan.Block.Name))
	header, top, bottom := plan.rows()
	if err != nil || bottom == 0 {
		return plan, false
	}
	for _, t := range list {
		if !t.takes(header, top, bottom) {
			continue
		}
		room.Beside = t.area.LastCol + 1
		within := sheet == plan.Block.Name && t.area.Col < was.Col && was.LastCol <= t.area.LastCol
		if within {
			room.Beside = was.Col
		}
		if sheet == plan.Block.Name && was.Col != room.Beside {
			return plan, false
		}
		return p.continuing(r, w, room, t, was, within)
	}
	return plan, false
}

// continuing plans the block from a column of a table on.
func (p *picture) continuing(r *report.Report, w *wording.Writer, room Space, t table, was sheetxml.Area, within bool) (Plan, bool) {
	room.Headers = t.columnNames()
	if within {
		room.Headers = slices.Delete(room.Headers, was.Col-t.area.Col, was.LastCol-t.area.Col+1)
	}
	plan := Prepare(r, w, room)
	sheet, err := p.part(plan.Block.Name)
	if err != nil || within && plan.Area.LastCol != was.LastCol {
		return plan, false
	}
	if plan.Area.Row < t.area.Row && sheetxml.Unoccupied(sheet, rowOf(plan.Area, plan.Area.Row)) != nil {
		room.Below = true
		plan = Prepare(r, w, room)
	}
	needed := plan.Area
	needed.LastRow = max(needed.LastRow, t.area.LastRow)
	if !within {
		needed.LastCol++ // a gap to what stands further right
	}
	free := needed.LastCol <= maxColumn && sheetxml.Unoccupied(sheet, sheetxml.Area(needed)) == nil
	if !free || !within && p.drawn(plan.Block.Name) >= plan.Area.Col || p.meetsTable(plan.Block.Name, t, needed) {
		return plan, false
	}
	plan.Table = t.name
	return plan, true
}

// rowOf returns one row of an area.
func rowOf(a sheets.Area, row int) sheetxml.Area {
	return sheetxml.Area{Row: row, Col: a.Col, LastRow: row, LastCol: a.LastCol}
}

// meetsTable reports whether an area reaches into another table of the sheet.
func (p *picture) meetsTable(sheet string, but table, area sheets.Area) bool {
	at, err := openArchive(p.bytes)
	if err != nil {
		return true
	}
	list, err := tablesOf(at.pack, at.part(sheet))
	return err != nil || slices.ContainsFunc(list, func(t table) bool { return t.part != but.part && t.area.Meets(sheetxml.Area(area)) })
}

// isHeader reports whether a cell is a header.
func isHeader(c sheets.Cell) bool {
	return c.Style.Role == sheets.Header || c.Style.Role == sheets.LinkHeader
}

// rows returns the row of the block's headers, and the first and the last row
// below it; zero without a block.
func (p Plan) rows() (header, top, bottom int) {
	for _, c := range p.Block.Cells {
		if isHeader(c) {
			header = max(header, c.Row)
		}
	}
	for _, c := range p.Block.Cells {
		if c.Row <= header {
			continue
		}
		if top == 0 || c.Row < top {
			top = c.Row
		}
		bottom = max(bottom, c.Row)
	}
	return header, top, bottom
}
