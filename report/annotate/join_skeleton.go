package annotate

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// skeleton returns a workbook in which a plan was applied to nothing: the block
// stands on an empty sheet with the name of the user's. It has everything that
// [join] needs, at a cost that does not grow with the user's workbook.
func skeleton(plan Plan, font string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if font != "" {
		if err := f.SetDefaultFont(font); err != nil {
			return nil, fmt.Errorf("annotate: font %q: %w", font, err)
		}
	}
	name := plan.Block.Name
	if name == "" && len(plan.Sheets) > 0 {
		name = plan.Sheets[0].Name
	}
	if name != "" {
		if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
			return nil, fmt.Errorf("annotate: sheet %q: %w", name, err)
		}
	}
	return apply(f, withSamples(plan))
}

// withSamples returns a plan with cells that show the looks of its large tables.
func withSamples(plan Plan) Plan {
	plan.Sheets = slices.Clone(plan.Sheets)
	if b := plan.Bulk[plan.Block.Name]; b != nil {
		plan.Block.Cells = append(slices.Clone(plan.Block.Cells), b.samples()...)
	}
	for i, s := range plan.Sheets {
		if b := plan.Bulk[s.Name]; b != nil {
			plan.Sheets[i].Cells = append(slices.Clone(s.Cells), b.samples()...)
		}
	}
	return plan
}

// defaultFont returns the name of a workbook's standard font, "" when it names
// none. The library panics where a workbook has no fonts at all.
func defaultFont(f *excelize.File) (name string) {
	defer func() {
		if recover() != nil {
			name = ""
		}
	}()
	name, err := f.GetDefaultFont()
	if err != nil {
		return ""
	}
	return name
}
