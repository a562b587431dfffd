package sheets

import "github.com/xuri/excelize/v2"

// Colours of REPORT, "Page" and "The workbook".
const (
	ink       = "1B1F24"
	secondary = "5B6570"
	rule      = "D5DAE0"
	navy      = "0B3C5D"
	alert     = "B3261E"
	inputInk  = "1F4FBF"
	inputFill = "FFFBE0"
	white     = "FFFFFF"

	markedBad  = "F8C8B8"
	markedWarn = "F8E8B0"
)

// ClassColors are the colours of the four classes, in their order; ClassMarkers
// the shapes that tell them apart without colour.
var (
	ClassColors  = [4]string{"0B3C5D", "3B8EA5", "E08E1B", "B8BEC6"}
	ClassMarkers = [4]string{"circle", "diamond", "triangle", "square"}
)

// classTints are light versions of the class colours, for cells with text.
var classTints = [4]string{"D6E2EA", "DCEEF2", "FBE9CF", "ECEEF1"}

var numberFormats = map[Format]string{
	Whole: "#,##0", OneDigit: "0.0", TwoDigits: "0.00", Percent: "0%",
	Signed: `+0;\-0;0`, Amount: "#,##0", Date: "yyyy\\-mm\\-dd", Month: "yyyy\\-mm", AsText: "@",
	Exact: "0.######", Trend: `+0;\-0;0`, SignedOne: `+0.0;\-0.0;0.0`, ThreeDigits: `[<0.001]"< 0.001";0.000`,
}

// looks keeps the number of each style that a file already has.
type looks struct {
	file *excelize.File
	font string
	ids  map[Style]int
}

func newLooks(f *excelize.File) *looks {
	font, err := f.GetDefaultFont()
	if err != nil || font == "" {
		font = "Calibri"
	}
	return &looks{file: f, font: font, ids: map[Style]int{}}
}

// id returns the number of a style in the file, adding it when it is new.
func (l *looks) id(s Style) (int, error) {
	if id, ok := l.ids[s]; ok {
		return id, nil
	}
	id, err := l.file.NewStyle(l.style(s))
	if err != nil {
		return 0, err
	}
	l.ids[s] = id
	return id, nil
}

func (l *looks) style(s Style) *excelize.Style {
	font := &excelize.Font{Family: l.font, Size: 10.5, Color: ink}
	out := &excelize.Style{Font: font, Alignment: &excelize.Alignment{Vertical: "center", WrapText: s.Wrap, Indent: s.Indent}}
	if s.Wrap {
		out.Alignment.Vertical = "top"
	}
	applyRole(out, s.Role)
	if s.Class > 0 && s.Class <= len(classTints) {
		out.Fill = solid(classTints[s.Class-1])
	}
	if s.Rule && out.Border == nil {
		out.Border = below(rule)
	}
	switch {
	case s.Center:
		out.Alignment.Horizontal = "center"
	case s.Indent > 0:
		out.Alignment.Horizontal = "left"
	case s.Right:
		out.Alignment.Horizontal = "right"
	}
	if format, ok := numberFormats[s.Format]; ok {
		out.CustomNumFmt = &format
	}
	return out
}

// applyRole gives a style the looks of its role.
func applyRole(out *excelize.Style, role Role) {
	font := out.Font
	switch role {
	case Title:
		font.Size, font.Bold, font.Color = 18, true, navy
	case Alert:
		font.Size, font.Bold, font.Color = 18, true, alert
	case Heading:
		font.Size, font.Bold, font.Color = 13, true, navy
	case Header:
		font.Bold, font.Color = true, white
		out.Fill = solid(navy)
		out.Alignment.WrapText, out.Alignment.Vertical = true, "center"
	case LinkHeader:
		font.Bold, font.Color, font.Underline = true, navy, "single"
		out.Fill = solid(classTints[0])
		out.Alignment.WrapText, out.Alignment.Vertical = true, "center"
	case Label:
		font.Color = secondary
	case Input:
		font.Color = inputInk
		out.Fill = solid(inputFill)
		out.Border = box(rule)
	case Result:
		out.Border = below(rule)
	case Computed:
		font.Color = secondary
		out.Border = below(rule)
	case Total:
		font.Bold = true
		out.Border = []excelize.Border{{Type: "top", Style: 1, Color: ink}}
	case Fine:
		font.Size, font.Color = 9, secondary
	case Good, Warn, Bad:
		font.Color = map[Role]string{Good: "1E6B3A", Warn: "8A5A00", Bad: alert}[role]
		out.Border = below(rule)
	case MarkedBad:
		out.Fill = solid(markedBad)
	case MarkedWarn:
		out.Fill = solid(markedWarn)
	case LinkText:
		font.Color, font.Underline = inputInk, "single"
	}
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func below(color string) []excelize.Border {
	return []excelize.Border{{Type: "bottom", Style: 1, Color: color}}
}

func box(color string) []excelize.Border {
	sides := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Style: 1, Color: color})
	}
	return sides
}
