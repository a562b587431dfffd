package annotate

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/workbook/sheetxml"
)

// A picture is what the user's sheets hold before anything is written.
type picture struct {
	file   *excelize.File
	bytes  []byte // of the workbook, nil for one that was made here
	order  []string
	active string
	sheets map[string]*grid
	parts  map[string]string // parts of the package that must not change
}

// A grid is the content of one sheet, by row and column from 0.
type grid struct {
	cells [][]string
	last  int // last column with content, of a sheet whose cells were left out
}

// photograph reads all sheets that can be read.
func photograph(f *excelize.File) (*picture, error) { return photographOf(f, f.GetSheetList()) }

// photographOf reads some of the sheets.
func photographOf(f *excelize.File, names []string) (*picture, error) {
	pic := &picture{file: f, order: f.GetSheetList(), sheets: map[string]*grid{}, parts: untouched(f)}
	pic.active = f.GetSheetName(f.GetActiveSheetIndex())
	for _, name := range names {
		cells, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			continue // a sheet of charts or macros has no cells
		}
		pic.sheets[name] = &grid{cells: cells}
	}
	if len(pic.sheets) == 0 {
		return nil, fmt.Errorf("annotate: no sheet of the workbook can be read")
	}
	return pic, nil
}

// number returns the number of a cell.
func (p *picture) number(sheet string, row, col int) (float64, bool) {
	g := p.sheets[sheet]
	if g == nil || row < 1 || row > len(g.cells) || col < 1 || col > len(g.cells[row-1]) {
		return 0, false
	}
	text := g.cells[row-1][col-1]
	if text == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	axis, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return 0, false
	}
	if kind, err := p.file.GetCellType(sheet, axis); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeBool || kind == excelize.CellTypeError {
		return 0, false
	}
	return x, true
}

// space says what the plan must know of the workbook.
func space(r *report.Report, pic *picture) Space {
	place := r.Dataset.Customers.Place
	if r.Dataset.Offers != nil {
		place = r.Dataset.Offers.Place
	}
	out := Space{Sheets: pic.order, Number: pic.number}
	if g := pic.sheets[place.Sheet]; g != nil && !inLongTable(r.Dataset, place) {
		if out.Beside = pic.free(place.Sheet, g); out.Beside == 0 {
			out.Beside, out.Below = pic.gap(r.Dataset, g)
		}
	}
	return out
}

// inLongTable reports whether the rows stand in a table with several rows per
// customer.
func inLongTable(d *dataset.Dataset, place dataset.Place) bool {
	for _, t := range d.Receipt.Tables {
		if t.Sheet == place.Sheet && (t.Role == dataset.TableRatings || t.Role == dataset.TableTransactions) {
			for _, row := range place.Rows {
				if int(row) >= t.FirstRow && int(row) <= t.LastRow {
					return true
				}
			}
		}
	}
	return false
}

// maxColumn is the last column of a sheet.
const maxColumn = 16384

// blockRoom is more columns than a block has.
const blockRoom = 40

// free returns the first column right of everything on a sheet, after one
// empty column; 0 when there is no room for a block.
func (p *picture) free(sheet string, g *grid) int {
	last := g.last
	for _, row := range g.cells {
		for col := len(row); col > last; col-- {
			if row[col-1] != "" {
				last = col
			}
		}
	}
	last = max(last, p.filled(sheet), p.drawn(sheet), p.tabled(sheet))
	if last+blockRoom > maxColumn {
		return 0
	}
	return last + 2
}

// filled returns the last column with content or a merged range in the bytes of
// a sheet. Formulas without a result and empty texts are content, which [grid]
// does not show.
func (p *picture) filled(sheet string) int {
	if p.bytes == nil {
		return 0
	}
	part, err := p.part(sheet)
	if err != nil {
		return maxColumn
	}
	last, err := sheetxml.LastColumn(part)
	if err != nil {
		return maxColumn
	}
	return last
}

// part returns the bytes of a sheet.
func (p *picture) part(sheet string) ([]byte, error) {
	b, err := openArchive(p.bytes)
	if err != nil {
		return nil, err
	}
	return b.pack.Read(b.part(sheet))
}

// takes reports whether the block of a plan finds its place free.
func (p *picture) takes(plan Plan) bool {
	part, err := p.part(plan.Block.Name)
	return err == nil && p.tabled(plan.Block.Name) < plan.Area.Col && plan.Area.LastCol <= maxColumn &&
		sheetxml.Unoccupied(part, sheetxml.Area(plan.Area)) == nil
}

// tabled returns the last column of a native table of a sheet.
func (p *picture) tabled(sheet string) int {
	if p.bytes != nil { // the library would take the whole sheet apart
		if at, err := openArchive(p.bytes); err == nil {
			if list, err := tablesOf(at.pack, at.part(sheet)); err == nil {
				last := 0
				for _, t := range list {
					last = max(last, t.area.LastCol)
				}
				return last
			}
		}
	}
	tables, err := p.file.GetTables(sheet)
	if err != nil {
		return 0
	}
	last := 0
	for _, t := range tables {
		if _, _, end, ok := target("x!" + t.Range); ok {
			if col, _, err := excelize.CellNameToCoordinates(end); err == nil {
				last = max(last, col)
			}
		}
	}
	return last
}
