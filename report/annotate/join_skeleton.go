package annotate

import (
	"fmt"

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
	return apply(f, plan)
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
