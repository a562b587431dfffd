package annotate

import (
	"fmt"
	"sort"
	"strings"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/wording"
)

// A Plan is everything that will be added to a workbook.
type Plan struct {
	// Block holds cells that go onto a sheet of the user's; its sheet is "" when
	// there is none.
	Block sheets.Sheet
	Area  sheets.Area // of the block, header included
	// Table is the name of the user's native table that the block continues, ""
	// for none.
	Table string
	// Filter says that the filter of the user's sheet reaches over the block.
	Filter bool
	// Sheets are new sheets, in their order after the user's.
	Sheets []sheets.Sheet
	Names  []sheets.Name
	// Bulk holds large tables, by the name of the sheet where they stand. Their
	// cells are in addition to those of Block and Sheets.
	Bulk map[string]*Bulk
	// Computed says why figures of the block are values instead of formulas, as
	// catalogue codes below "computed."; sorted.
	Computed []string
}

// A Space is what a plan must know of the workbook that it goes into.
type Space struct {
	Sheets []string // names of the user's sheets
	// Beside is the first column of the block on the sheet of the customers or
	// the offers, 0 when there is no room: they get a sheet of their own then.
	Beside int
	// Headers are those of the table that the block continues: ours must differ.
	Headers []string
	// Below says that the row above the headers of the block is not free.
	Below bool
	// Number returns the number that a cell of the user's holds. A nil function
	// means that the dataset is to be believed.
	Number func(sheet string, row, col int) (float64, bool)
	// Bulk is the number of rows from which tables are planned as columns, in
	// [Plan.Bulk]; 0 means never.
	Bulk int
	// Holds returns what reports whether the cells of a column of the dataset hold
	// its numbers. A nil function means that Number says so.
	Holds func(s dataset.Series) func(i int) bool
}

// Prepare plans the annotation of a report's workbook.
func Prepare(r *report.Report, w *wording.Writer, space Space) Plan {
	p := newPlanner(r, w, space)
	p.parameters()
	p.ratings()
	p.block()
	p.summary()
	p.quadrant()
	p.rivals()
	p.segments()
	p.sections()
	p.problems()
	p.about()
	return p.finish()
}

// Dump writes the plan as text: one line per cell with its place, kind, value,
// formula and role, then tables, charts and names. Tests compare it.
func (p Plan) Dump() string {
	var out strings.Builder
	if p.Block.Name != "" {
		fmt.Fprintf(&out, "# block %s!%s\n", p.Block.Name, p.Area)
		dumpSheet(&out, p.Block)
	}
	for _, s := range p.Sheets {
		fmt.Fprintf(&out, "# sheet %s\n", s.Name)
		dumpSheet(&out, s)
	}
	for _, n := range p.Names {
		fmt.Fprintf(&out, "name %s = %s\n", n.Name, n.RefersTo)
	}
	return out.String()
}

func dumpSheet(out *strings.Builder, s sheets.Sheet) {
	cells := append([]sheets.Cell(nil), s.Cells...)
	sort.SliceStable(cells, func(i, j int) bool {
		a, b := cells[i], cells[j]
		return a.Row < b.Row || a.Row == b.Row && a.Col < b.Col
	})
	for _, c := range cells {
		fmt.Fprintf(out, "%s!%s %s", s.Name, sheets.Address(c.Row, c.Col), describe(c.Value))
		if c.Formula != "" {
			fmt.Fprintf(out, " =%s", c.Formula)
		}
		if c.Link != "" {
			fmt.Fprintf(out, " ->%s", c.Link)
		}
		if c.Note != "" {
			fmt.Fprintf(out, " note %q", c.Note)
		}
		fmt.Fprintf(out, " [%d/%d]\n", c.Style.Role, c.Style.Format)
	}
	for _, t := range s.Tables {
		fmt.Fprintf(out, "table %s %s\n", t.Name, t.Area)
	}
	for _, v := range s.Validations {
		fmt.Fprintf(out, "validation %s %v %g..%g\n", v.Area, v.List, v.Min, v.Max)
	}
	for _, c := range s.Conditions {
		fmt.Fprintf(out, "condition %s %s %v\n", c.Kind, c.Area, c.Texts)
	}
	for _, c := range s.Charts {
		fmt.Fprintf(out, "chart %s %q\n", c.Kind, c.Title)
		for _, series := range c.Series {
			fmt.Fprintf(out, "  series %q x %s y %s\n", series.Name, series.Categories, series.Values)
		}
	}
}

func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "empty"
	case string:
		return fmt.Sprintf("text %q", v)
	case float64:
		return fmt.Sprintf("number %.9g", v)
	}
	return fmt.Sprintf("%T %v", v, v)
}
