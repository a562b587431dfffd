package annotate

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// An earlier run is what an earlier run left in a workbook.
type earlier struct {
	at      *archive
	sheets  []int // positions of our sheets
	gone    map[string]bool
	names   []int // positions of the defined names that go
	block   string
	area    sheetxml.Area
	rows    []sheetxml.Area // of the block that were written, nil when that is not known
	columns int             // that the block had when it was written, 0 when that is not known
	changed map[string][]byte

	filtered sheetxml.Area // of the block's sheet, where its filter is cut back; zero where it stays

	keepChain bool // no cell with a formula comes or goes: the order of calculation stays
}

// withoutEarlier returns a workbook without what an earlier run wrote: the block,
// our sheets with their parts, our defined names. Every other part keeps its
// bytes. A workbook without any of these is returned as it is. An error says
// that the workbook's form is not one that can be changed so.
func withoutEarlier(original []byte) ([]byte, error) {
	at, err := openArchive(original)
	if err != nil {
		return nil, err
	}
	e := &earlier{at: at, gone: map[string]bool{}, changed: map[string][]byte{}}
	e.find()
	if len(e.names) == 0 && len(e.sheets) == 0 {
		return original, nil
	}
	if len(e.sheets) == len(at.main.Sheets) {
		return nil, refuse(reasonForm, "every sheet is ours")
	}
	for _, step := range []func() error{e.cells, e.workbook, e.packageParts} {
		if err := step(); err != nil {
			return nil, classified(err)
		}
	}
	var out bytes.Buffer
	if err := at.pack.Write(&out, parts.Change{Replace: e.changed, Drop: e.gone}); err != nil {
		return nil, classified(err)
	}
	return out.Bytes(), nil
}

// blockBefore returns the sheet and the area of the block that an earlier run
// left, "" without one.
func blockBefore(original []byte) (sheet string, area sheetxml.Area) {
	at, err := openArchive(original)
	if err != nil {
		return "", area
	}
	e := &earlier{at: at}
	e.find()
	for _, s := range at.main.Sheets {
		if e.block != "" && at.part(s.Name) == e.block {
			return s.Name, e.area
		}
	}
	return "", area
}

// find looks for the names that an earlier run left. A name that belongs to one
// sheet is not of ours: programs make such names when the user copies a sheet,
// and the copy is the user's.
func (e *earlier) find() {
	for i, n := range e.at.main.Names {
		name := strings.ToLower(n.Name)
		if n.Local != "" || name != blockName && name != columnsName && name != rowsName && !strings.HasPrefix(name, sheetName) {
			continue
		}
		e.names = append(e.names, i)
		sheet, first, last, ok := target(n.Text)
		switch {
		case name == columnsName:
			e.columns, _ = strconv.Atoi(n.Text)
		case name == rowsName:
			e.rows = areasOf(n.Text)
		case !ok:
		case name == blockName:
			if area, ok := sheetxml.ParseArea(first + ":" + last); ok && e.at.part(sheet) != "" {
				e.block, e.area = e.at.part(sheet), area
			}
		default:
			if at := e.at.position(sheet); at >= 0 && !slices.Contains(e.sheets, at) {
				e.sheets = append(e.sheets, at)
			}
		}
	}
	slices.Sort(e.sheets)
	if len(e.names) > 0 {
		e.findFigures()
	}
}

// areaText is one area of a reference that names several.
var areaText = regexp.MustCompile(`!\$?([A-Z]+)\$?([0-9]+):\$?([A-Z]+)\$?([0-9]+)`)

// areasOf returns the areas that a reference names.
func areasOf(refersTo string) []sheetxml.Area {
	var areas []sheetxml.Area
	for _, m := range areaText.FindAllStringSubmatch(refersTo, -1) {
		if area, ok := sheetxml.ParseArea(m[1] + m[2] + ":" + m[3] + m[4]); ok {
			areas = append(areas, area)
		}
	}
	return areas
}

// findFigures looks for the names of figures on our sheets, and for those that
// belong to a sheet of ours. A figure's name that leads to a sheet of the user's
// is the user's; one that leads nowhere is what a deleted sheet of ours left.
func (e *earlier) findFigures() {
	for i, n := range e.at.main.Names {
		at, err := strconv.Atoi(n.Local)
		mine := err == nil && slices.Contains(e.sheets, at)
		if n.Local == "" && strings.HasPrefix(strings.ToLower(n.Name), figures) {
			sheet, _, _, ok := target(n.Text)
			mine = ok && slices.Contains(e.sheets, e.at.position(sheet)) || strings.Contains(n.Text, "#REF!")
		}
		if mine {
			e.names = append(e.names, i)
		}
	}
}

// cells takes the block out of the user's sheet.
func (e *earlier) cells() error {
	if e.block == "" || e.ours(e.block) {
		return nil
	}
	if width := e.area.LastCol - e.area.Col + 1; e.columns > 0 && width > e.columns {
		return refuse(reasonOccupied, "the block has %d columns and was written with %d", width, e.columns)
	}
	sheet, err := e.at.pack.Read(e.block)
	if err != nil {
		return err
	}
	edits, err := sheetxml.Remove(sheet, e.area, e.rows...)
	if err != nil {
		return err
	}
	notes, err := e.unnote(e.block, sheet, noteAuthor, e.area) // notes of ours elsewhere are the user's by now
	if err != nil {
		return err
	}
	filter, err := e.filter(sheet)
	if err != nil {
		return err
	}
	if edits = append(append(edits, notes...), filter...); len(edits) > 0 {
		if e.changed[e.block], err = sheetxml.Apply(sheet, edits); err != nil {
			return err
		}
	}
	return e.tables()
}

// ours reports whether a part is that of a sheet of ours.
func (e *earlier) ours(part string) bool {
	return slices.ContainsFunc(e.sheets, func(at int) bool { return strings.EqualFold(e.at.part(e.at.main.Sheets[at].Name), part) })
}

// workbook takes our sheets and names out of the main part, and counts what
// names sheets by their place anew.
func (e *earlier) workbook() error {
	data := e.at.data
	var edits []sheetxml.Edit
	if list, ok := e.at.child("sheets"); ok {
		elements, err := sheetxml.Within(data, list)
		if err != nil {
			return err
		}
		for _, at := range e.sheets {
			if at >= len(elements) {
				return refuse(reasonForm, "sheets are listed in an unknown way")
			}
			edits = append(edits, sheetxml.Replace(data, elements[at].Start, elements[at].End, ""))
		}
	}
	names, err := e.definedNames()
	if err != nil {
		return err
	}
	edits = append(edits, names...)
	filter, err := e.filterName()
	if err != nil {
		return err
	}
	edits = append(edits, filter...)
	if views, ok := e.at.child("bookViews"); ok {
		elements, err := sheetxml.Within(data, views)
		if err != nil {
			return err
		}
		for _, v := range elements {
			edits = append(edits, e.shift(v, "activeTab")...)
			edits = append(edits, e.shift(v, "firstSheet")...)
		}
	}
	e.changed[workbookPart], err = sheetxml.Apply(data, edits)
	return err
}

// definedNames removes our names; the list goes when nothing is left in it.
func (e *earlier) definedNames() ([]sheetxml.Edit, error) {
	list, ok := e.at.child("definedNames")
	if !ok {
		return nil, nil
	}
	elements, err := sheetxml.Within(e.at.data, list)
	if err != nil {
		return nil, err
	}
	if len(elements) != len(e.at.main.Names) {
		return nil, refuse(reasonForm, "names are listed in an unknown way")
	}
	if len(e.names) == len(elements) {
		return []sheetxml.Edit{sheetxml.Replace(e.at.data, list.Start, list.End, "")}, nil
	}
	var edits []sheetxml.Edit
	for i, n := range elements {
		if slices.Contains(e.names, i) {
			edits = append(edits, sheetxml.Replace(e.at.data, n.Start, n.End, ""))
			continue
		}
		edits = append(edits, e.shift(n, "localSheetId")...)
	}
	return edits, nil
}

// shift counts a sheet's place in an attribute anew; a place of ours becomes
// the first.
func (e *earlier) shift(element sheetxml.Element, name string) []sheetxml.Edit {
	from, to, ok := element.Span(e.at.data, name)
	at, err := strconv.Atoi(string(e.at.data[from:to]))
	if !ok || err != nil {
		return nil
	}
	now := at
	for _, ours := range e.sheets {
		if ours < at {
			now--
		}
	}
	if slices.Contains(e.sheets, at) {
		now = 0
	}
	if now == at {
		return nil
	}
	return []sheetxml.Edit{sheetxml.Replace(e.at.data, from, to, strconv.Itoa(now))}
}

// packageParts drops the parts that only our sheets used, and the order of
// calculation, with their relations and content types.
func (e *earlier) packageParts() error {
	before, err := e.at.pack.Reachable(nil)
	if err != nil {
		return err
	}
	without := map[string]bool{}
	for _, at := range e.sheets {
		without[strings.ToLower(e.at.part(e.at.main.Sheets[at].Name))] = true
	}
	if chain := e.at.related("calcChain"); chain != "" && !e.keepChain {
		without[strings.ToLower(chain)] = true
	}
	after, err := e.at.pack.Reachable(without)
	if err != nil {
		return err
	}
	for name := range before {
		if after[name] {
			continue
		}
		e.gone[name] = true
		if relations := parts.RelationsName(name); e.at.pack.Has(relations) {
			e.gone[relations] = true
		}
	}
	if err := e.cut(parts.RelationsName(workbookPart), "Relationship", "Target", func(target string) string {
		return parts.Resolve(workbookPart, target)
	}); err != nil {
		return err
	}
	return e.cut(parts.TypesName, "Override", "PartName", parts.Clean)
}

// cut removes the elements of a part that name a part which is gone.
func (e *earlier) cut(part, element, attribute string, name func(string) string) error {
	data, err := e.at.pack.Read(part)
	if err != nil {
		return err
	}
	_, children, err := sheetxml.Children(data)
	if err != nil {
		return err
	}
	var edits []sheetxml.Edit
	for _, c := range children {
		value, ok := c.Attr(data, attribute)
		mode, _ := c.Attr(data, "TargetMode")
		if ok && c.Local() == element && mode != "External" && e.gone[strings.ToLower(name(value))] {
			edits = append(edits, sheetxml.Replace(data, c.Start, c.End, ""))
		}
	}
	if len(edits) > 0 {
		e.changed[part], err = sheetxml.Apply(data, edits)
	}
	return err
}
