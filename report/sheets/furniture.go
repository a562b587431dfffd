package sheets

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
)

// shape sets widths, heights and merges.
func (b *Book) shape(s Sheet) error {
	for _, col := range sortedKeys(s.Widths) {
		letters := dataset.ColumnLetters(col)
		if err := b.File.SetColWidth(s.Name, letters, letters, min(s.Widths[col], 255)); err != nil {
			return err
		}
	}
	for _, span := range s.Hidden {
		letters := dataset.ColumnLetters(span.First) + ":" + dataset.ColumnLetters(span.Last)
		if err := b.File.SetColVisible(s.Name, letters, false); err != nil {
			return err
		}
	}
	for _, row := range sortedKeys(s.Heights) {
		if err := b.File.SetRowHeight(s.Name, row, s.Heights[row]); err != nil {
			return err
		}
	}
	for _, m := range s.Merges {
		if err := b.File.MergeCell(s.Name, Address(m.Row, m.Col), Address(m.LastRow, m.LastCol)); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys(m map[int]float64) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	return keys
}

// view sets frozen panes, grid lines and the tab's colour.
func (b *Book) view(s Sheet) error {
	if s.FreezeRow > 0 || s.FreezeCol > 0 {
		pane := "bottomRight"
		if s.FreezeRow == 0 {
			pane = "topRight"
		} else if s.FreezeCol == 0 {
			pane = "bottomLeft"
		}
		err := b.File.SetPanes(s.Name, &excelize.Panes{Freeze: true, XSplit: s.FreezeCol, YSplit: s.FreezeRow,
			TopLeftCell: Address(s.FreezeRow+1, s.FreezeCol+1), ActivePane: pane})
		if err != nil {
			return err
		}
	}
	if s.HideGrid {
		no := false
		if err := b.File.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
			return err
		}
	}
	if s.TabColor != "" {
		return b.File.SetSheetProps(s.Name, &excelize.SheetPropsOptions{TabColorRGB: &s.TabColor})
	}
	return nil
}

// tables adds native tables. Their looks stay those of the cells.
func (b *Book) tables(s Sheet) error {
	for _, t := range s.Tables {
		if err := b.uniqueHeaders(s, t); err != nil {
			return err
		}
		b.freeTable()
		stripes := false
		err := b.File.AddTable(s.Name, &excelize.Table{Range: t.Area.String(), Name: t.Name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		b.dropPads()
	}
	return nil
}

// freeTable sees to it that the library's next table does not overwrite a part
// of the user's: it numbers parts by the highest identifier, not by name.
func (b *Book) freeTable() {
	highest := 0
	b.File.Pkg.Range(func(name, part any) bool {
		if data, ok := part.([]byte); ok && strings.HasPrefix(name.(string), "xl/tables/table") {
			tag := tableElement.Find(data)
			if id, err := strconv.Atoi(attribute(tag, "id")); err == nil {
				highest = max(highest, id)
			}
		}
		return true
	})
	next := highest + 1
	for {
		if _, taken := b.File.Pkg.Load(fmt.Sprintf("xl/tables/table%d.xml", next)); !taken {
			break
		}
		next++
	}
	if next > highest+1 {
		pad := "xl/tables/table-pad.xml"
		b.File.Pkg.Store(pad, []byte(fmt.Sprintf(`<table id="%d"/>`, next-1)))
		b.pads = append(b.pads, pad)
	}
}

var tableElement = regexp.MustCompile(`<(?:\w+:)?table\s[^>]*>`)

// uniqueHeaders refuses a table that a spreadsheet program would repair.
func (b *Book) uniqueHeaders(s Sheet, t Table) error {
	seen := map[string]bool{}
	for col := t.Area.Col; col <= t.Area.LastCol; col++ {
		header, _ := b.plan[s.Name][place{t.Area.Row, col}].Value.(string)
		key := strings.ToLower(strings.TrimSpace(header))
		if key == "" || seen[key] {
			return fmt.Errorf("table %s: header %q of column %s is empty or there twice", t.Name, header, dataset.ColumnLetters(col))
		}
		seen[key] = true
	}
	if t.Area.LastRow <= t.Area.Row {
		return fmt.Errorf("table %s has no row below its header", t.Name)
	}
	return nil
}

// print sets paper, margins, repeated rows and the foot of the page.
func (b *Book) print(s Sheet) error {
	orientation, paper, fitWidth, fitHeight, fit := "portrait", 9, 1, 0, true
	if s.Landscape {
		orientation = "landscape"
	}
	if err := b.File.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	err := b.File.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &fitWidth, FitToHeight: &fitHeight})
	if err != nil {
		return err
	}
	side, end := 0.5, 0.6
	margins := &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &end, Bottom: &end}
	if err := b.File.SetPageMargins(s.Name, margins); err != nil {
		return err
	}
	if err := b.File.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"}); err != nil {
		return err
	}
	if s.RepeatRows == 0 {
		return nil
	}
	rows := dataset.QuoteSheet(s.Name) + "!$1:$" + strconv.Itoa(s.RepeatRows)
	return b.File.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: rows, Scope: s.Name})
}

// validations adds drop-downs and limits.
func (b *Book) validations(s Sheet) error {
	for _, v := range s.Validations {
		d := excelize.NewDataValidation(true)
		d.Sqref = v.Area.String()
		if err := limit(d, v); err != nil {
			return fmt.Errorf("validation %s: %w", d.Sqref, err)
		}
		if v.Prompt != "" {
			d.SetInput("", shorten(v.Prompt, 255))
		}
		if v.Error != "" {
			d.SetError(excelize.DataValidationErrorStyleStop, "", shorten(v.Error, 225))
		}
		d.ShowErrorMessage = !v.Open
		if err := b.File.AddDataValidation(s.Name, d); err != nil {
			return fmt.Errorf("validation %s: %w", d.Sqref, err)
		}
	}
	return nil
}

func limit(d *excelize.DataValidation, v Validation) error {
	switch {
	case v.Source != "":
		d.SetSqrefDropList(v.Source)
		return nil
	case v.List != nil:
		return d.SetDropList(v.List)
	case v.Whole:
		return d.SetRange(v.Min, v.Max, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	}
	return d.SetRange(v.Min, v.Max, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
}

func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// conditions adds conditional formats.
func (b *Book) conditions(s Sheet) error {
	for _, c := range s.Conditions {
		rules, err := b.rules(c)
		if err != nil {
			return err
		}
		if c.Kind == Icons {
			b.icons[s.Name] = append(b.icons[s.Name], c)
		}
		if err := b.File.SetConditionalFormat(s.Name, c.Area.String(), rules); err != nil {
			return fmt.Errorf("conditional format %s: %w", c.Area, err)
		}
	}
	return nil
}

// iconsMark is the formula of the rule that arrows replace.
const iconsMark = `"valuebook arrows"`

func (b *Book) rules(c Condition) ([]excelize.ConditionalFormatOptions, error) {
	switch c.Kind {
	case DataBar:
		color := c.Color
		if color == "" {
			color = classTints[0]
		}
		return []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#" + color, BarSolid: true}}, nil
	case Icons:
		// The library shares one rule of arrows among all files of a process;
		// ours is put in its place when the book is saved.
		id, err := b.File.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: ink}})
		return []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: "==", Value: iconsMark, Format: &id}}, err
	}
	var rules []excelize.ConditionalFormatOptions
	for i, text := range c.Texts {
		look := &excelize.Style{Fill: solid(classTints[i%len(classTints)])}
		if c.Kind == TextFill {
			base := &excelize.Style{Font: &excelize.Font{}, Alignment: &excelize.Alignment{}}
			applyRole(base, c.Role)
			look = &excelize.Style{Font: &excelize.Font{Color: base.Font.Color, Bold: true}}
		}
		id, err := b.File.NewConditionalStyle(look)
		if err != nil {
			return nil, err
		}
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: text, Format: &id})
	}
	return rules, nil
}
