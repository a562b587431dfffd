package annotate

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

const (
	officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageTypes    = "http://schemas.openxmlformats.org/package/2006/content-types"
)

// workbook names our sheets and defined names in the main part. The active
// sheet stays the user's.
func (j *joiner) workbook() error {
	list, ok := j.to.child("sheets")
	if !ok {
		return refuse(reasonForm, "the workbook lists no sheets")
	}
	j.number()
	var edits []sheetxml.Edit
	if len(j.sheets) > 0 {
		edits = append(edits, sheetxml.Into(j.to.data, list, j.sheetElements()))
	}
	names, err := j.nameElements()
	if err != nil {
		return err
	}
	if names != "" {
		edits = append(edits, j.intoNames(names))
	}
	if j.plan.Filter {
		more, err := j.to.filterName(j.plan.Block.Name, j.filtered, j.plan.Area.LastCol)
		if err != nil {
			return err
		}
		edits = append(edits, more...)
	}
	return j.edit(workbookPart, j.to.data, edits)
}

// number gives each new sheet, and styles that are new, a relation.
func (j *joiner) number() {
	used := map[string]bool{}
	for _, r := range j.to.relations {
		used[strings.ToLower(r.ID)] = true
	}
	n := len(j.to.relations)
	for i := range j.sheets {
		for n++; used["rid"+strconv.Itoa(n)]; {
			n++
		}
		j.sheets[i].relation = "rId" + strconv.Itoa(n)
	}
}

func (j *joiner) sheetElements() string {
	highest := 0
	for _, s := range j.to.main.Sheets {
		highest = max(highest, s.ID)
	}
	prefix, declaration := j.relationPrefix()
	var out strings.Builder
	for i, s := range j.sheets {
		fmt.Fprintf(&out, `<%ssheet%s name="%s" sheetId="%d" %s:id="%s"/>`, j.to.prefix, declaration, escaped(s.name), highest+1+i, prefix, s.relation)
	}
	return out.String()
}

// relationPrefix returns the prefix of references to relations, and its
// declaration when the root has none.
func (j *joiner) relationPrefix() (prefix, declaration string) {
	if space, _ := j.to.root.Attr(j.to.data, "xmlns:r"); space == officeRelations {
		return "r", ""
	}
	return "r", ` xmlns:r="` + officeRelations + `"`
}

// nameElements writes the defined names of the plan, and those that belong to a
// sheet of ours, such as the rows that are repeated in print.
func (j *joiner) nameElements() (string, error) {
	used := map[string]bool{}
	for _, n := range j.to.main.Names {
		if n.Local == "" {
			used[strings.ToLower(n.Name)] = true
		}
	}
	var out strings.Builder
	for _, n := range j.plan.Names {
		if used[strings.ToLower(n.Name)] {
			return "", refuse(reasonOccupied, "name %s is taken", n.Name)
		}
		used[strings.ToLower(n.Name)] = true
		fmt.Fprintf(&out, `<%[1]sdefinedName name="%[2]s">%[3]s</%[1]sdefinedName>`, j.to.prefix, escaped(n.Name), escaped(n.RefersTo))
	}
	if j.plan.Block.Name != "" {
		if used[columnsName] {
			return "", refuse(reasonOccupied, "name %s is taken", columnsName)
		}
		fmt.Fprintf(&out, `<%[1]sdefinedName name="%[2]s" hidden="1">%[3]d</%[1]sdefinedName>`,
			j.to.prefix, columnsName, j.plan.Area.LastCol-j.plan.Area.Col+1)
		if rows := writtenRows(j.plan); rows != "" && !used[rowsName] {
			fmt.Fprintf(&out, `<%[1]sdefinedName name="%[2]s" hidden="1">%[3]s</%[1]sdefinedName>`, j.to.prefix, rowsName, escaped(rows))
		}
	}
	for _, n := range j.hidden {
		fmt.Fprintf(&out, `<%[1]sdefinedName name="%[2]s" hidden="1">%[3]s</%[1]sdefinedName>`, j.to.prefix, escaped(n.Name), escaped(n.Text))
	}
	for _, n := range j.from.main.Names {
		at, err := strconv.Atoi(n.Local)
		if err != nil || at < 0 || at >= len(j.from.main.Sheets) {
			continue
		}
		i := slices.IndexFunc(j.sheets, func(s newSheet) bool { return strings.EqualFold(s.name, j.from.main.Sheets[at].Name) })
		if i < 0 {
			continue
		}
		hidden := ""
		if n.Hidden == "1" || n.Hidden == "true" {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&out, `<%[1]sdefinedName name="%[2]s" localSheetId="%[3]d"%[4]s>%[5]s</%[1]sdefinedName>`,
			j.to.prefix, escaped(n.Name), len(j.to.main.Sheets)+i, hidden, escaped(n.Text))
	}
	return out.String(), nil
}

// maxReference is how long a reference a defined name bears.
const maxReference = 8000

// writtenRows names the rows of the block that hold cells of ours, as areas of
// rows that follow one another. Rows between them are the user's. It is "" where
// there are more areas than a name bears.
func writtenRows(plan Plan) string {
	written := make([]bool, plan.Area.LastRow+2)
	for _, c := range plan.Block.Cells {
		written[c.Row] = true
	}
	if b := plan.Bulk[plan.Block.Name]; b != nil {
		for _, row := range b.Rows {
			written[row] = true
		}
	}
	var areas []string
	for first, last := 1, 0; first < len(written); first = last + 1 {
		last = first
		if !written[first] {
			continue
		}
		for written[last+1] {
			last++
		}
		if len(areas) > maxReference/10 {
			return "" // they cannot be named all
		}
		area := sheets.Area{Row: first, Col: plan.Area.Col, LastRow: last, LastCol: plan.Area.LastCol}
		areas = append(areas, area.On(plan.Block.Name))
	}
	if text := strings.Join(areas, ","); len(text) <= maxReference {
		return text
	}
	return ""
}

// intoNames inserts defined names into their list, or the list into its place:
// behind the sheets, groups of functions and references to other workbooks.
func (j *joiner) intoNames(names string) sheetxml.Edit {
	if list, ok := j.to.child("definedNames"); ok {
		return sheetxml.Into(j.to.data, list, names)
	}
	at := 0
	for _, c := range j.to.children {
		switch c.Local() {
		case "sheets", "functionGroups", "externalReferences":
			at = c.End
		}
	}
	return sheetxml.Insert(at, "<"+j.to.prefix+"definedNames>"+names+"</"+j.to.prefix+"definedNames>")
}

// relations extends the relations of the main part, and drops the order of
// calculation: programs make it anew, and ours would not be in it.
func (j *joiner) relations() error {
	name := parts.RelationsName(workbookPart)
	data, err := j.to.pack.Read(name)
	if err != nil {
		return err
	}
	root, children, err := sheetxml.Children(data)
	if err != nil {
		return err
	}
	var edits []sheetxml.Edit
	for i, r := range j.to.relations {
		if r.Kind() != "calcChain" || r.External() || i >= len(children) || j.keepChain {
			continue
		}
		if id, _ := children[i].Attr(data, "Id"); id != r.ID {
			return fmt.Errorf("%w: relations of the workbook", sheetxml.ErrUnknown)
		}
		j.dropped[r.Target] = true
		edits = append(edits, sheetxml.Replace(data, children[i].Start, children[i].End, ""))
	}
	text := ""
	element := func(id, kind, part string) {
		text += fmt.Sprintf(`<%sRelationship Id="%s" Type="%s/%s" Target="%s"/>`, root.Prefix(), id, officeRelations, kind, escaped(parts.Target(workbookPart, part)))
	}
	for _, s := range j.sheets {
		element(s.relation, "worksheet", s.part)
	}
	if j.to.related("styles") == "" {
		element("rIdStyles", "styles", j.names[j.from.related("styles")])
	}
	if text != "" {
		edits = append(edits, sheetxml.Into(data, root, text))
	}
	return j.edit(name, data, edits)
}

// types extends the content types.
func (j *joiner) types() error {
	data, err := j.to.pack.Read(parts.TypesName)
	if err != nil {
		return err
	}
	root, children, err := sheetxml.Children(data)
	if err != nil {
		return err
	}
	if space, _ := root.Attr(data, "xmlns"); space != packageTypes {
		return fmt.Errorf("%w: content types of namespace %q", sheetxml.ErrUnknown, space)
	}
	var edits []sheetxml.Edit
	for _, c := range children {
		name, _ := c.Attr(data, "PartName")
		if c.Local() == "Override" && j.drops(name) {
			edits = append(edits, sheetxml.Replace(data, c.Start, c.End, ""))
		}
		if from, to, ok := c.Span(data, "ContentType"); ok && strings.EqualFold(parts.Clean(name), workbookPart) {
			// A template becomes a workbook: the file's name has that ending.
			old := string(data[from:to])
			if now := strings.Replace(old, ".template.", ".sheet.", 1); now != old {
				edits = append(edits, sheetxml.Replace(data, from, to, now))
			}
		}
	}
	if text := j.typeElements(); text != "" {
		edits = append(edits, sheetxml.Into(data, root, text))
	}
	return j.edit(parts.TypesName, data, edits)
}

func (j *joiner) drops(part string) bool {
	for name := range j.dropped {
		if strings.EqualFold(parts.Clean(part), name) {
			return true
		}
	}
	return false
}

// typeElements writes the content types of the new parts. An ending that the
// original does not know gets a type of its own when the applied workbook does
// so too.
func (j *joiner) typeElements() string {
	var out strings.Builder
	known := map[string]bool{}
	for _, k := range j.kinds {
		ending := strings.ToLower(strings.TrimPrefix(path.Ext(k.part), "."))
		switch {
		case j.to.types.Default(k.part) == k.contentType || known[ending+" "+k.contentType]:
		case j.to.types.Default(k.part) == "" && j.from.types.Default(k.part) == k.contentType && ending != "xml":
			known[ending+" "+k.contentType] = true
			fmt.Fprintf(&out, `<Default Extension="%s" ContentType="%s"/>`, escaped(ending), escaped(k.contentType))
		default:
			fmt.Fprintf(&out, `<Override PartName="/%s" ContentType="%s"/>`, escaped(k.part), escaped(k.contentType))
		}
	}
	return out.String()
}
