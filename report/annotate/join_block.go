package annotate

import (
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// block puts the cells beside the user's data.
func (j *joiner) block() error {
	if j.plan.Block.Name == "" {
		return nil
	}
	part := j.to.part(j.plan.Block.Name)
	from := j.from.part(j.plan.Block.Name)
	if part == "" || from == "" {
		return refuse(reasonForm, "sheet %q is not there", j.plan.Block.Name)
	}
	sheet, err := j.to.pack.Read(part)
	if err != nil {
		return err
	}
	if err := j.noTables(part); err != nil {
		return err
	}
	add, err := j.addition(from)
	if err != nil {
		return err
	}
	if err := j.notes(part, from, sheet, &add); err != nil {
		return err
	}
	edits, err := sheetxml.Splice(sheet, add)
	if err != nil {
		return err
	}
	return j.edit(part, sheet, edits)
}

func (j *joiner) area() sheetxml.Area { return sheetxml.Area(j.plan.Area) }

// addition takes the block out of the applied sheet.
func (j *joiner) addition(part string) (sheetxml.Addition, error) {
	add := sheetxml.Addition{Widths: j.plan.Block.Widths}
	sheet, err := j.from.pack.Read(part)
	if err != nil {
		return add, err
	}
	cells, err := sheetxml.Cells(sheet, j.area())
	if err != nil {
		return add, err
	}
	for _, c := range cells {
		if c, err = c.Localise(j.texts, j.styles); err != nil {
			return add, err
		}
		add.Cells = append(add.Cells, c)
	}
	if len(cells) == 0 {
		return add, refuse(reasonGate, "the block has no cells")
	}
	if add.Conditions, err = sheetxml.Conditions(sheet, j.area(), j.styles); err != nil {
		return add, err
	}
	add.Hyperlinks, err = sheetxml.Hyperlinks(sheet, j.area())
	return add, err
}

// noTables refuses a block that a table of the user's reaches into.
func (j *joiner) noTables(sheet string) error {
	relations, err := j.to.pack.Relations(sheet)
	if err != nil {
		return err
	}
	for _, r := range relations {
		if r.Kind() != "table" || r.External() {
			continue
		}
		table, err := readTable(j.to.pack, r.Target)
		if err != nil {
			return err
		}
		if area, ok := sheetxml.ParseArea(table.ref); ok && area.Meets(j.area()) {
			return refuse(reasonOccupied, "table %s covers %s", table.name, table.ref)
		}
	}
	return nil
}

// A table is what must be known of a table's part.
type table struct {
	data          []byte
	root          sheetxml.Element
	id, name, ref string
}

func readTable(pack *parts.Package, part string) (table, error) {
	data, err := pack.Read(part)
	if err != nil {
		return table{}, err
	}
	root, _, err := sheetxml.Children(data)
	t := table{data: data, root: root}
	if err != nil {
		return t, err
	}
	t.id, _ = root.Attr(data, "id")
	t.name, _ = root.Attr(data, "displayName")
	t.ref, _ = root.Attr(data, "ref")
	return t, nil
}
