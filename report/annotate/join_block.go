package annotate

import "valuebook/report/workbook/sheetxml"

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
	if bulk := j.plan.Bulk[j.plan.Block.Name]; bulk != nil {
		return j.blockBitByBit(part, from, bulk)
	}
	sheet, err := j.to.pack.Read(part)
	if err != nil {
		return err
	}
	if err := j.blockTables(part); err != nil {
		return err
	}
	add, err := j.addition(from)
	if err != nil {
		return err
	}
	if err := j.unlock(sheet, add.Cells); err != nil {
		return err
	}
	if err := j.notes(part, sheet, &add); err != nil {
		return err
	}
	edits, err := j.spliced(sheet, add)
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

// unlock leaves cells of the block open on a protected sheet where the user's
// are: who may fill in a row may change what we say of it.
func (j *joiner) unlock(sheet []byte, cells []sheetxml.Cell) error {
	protected, err := sheetxml.Protected(sheet)
	if err != nil || !protected {
		return err
	}
	open, err := sheetxml.Unlocked(sheet, j.area(), j.styles.Locked)
	if err != nil {
		return err
	}
	for i := range cells {
		if !open(cells[i].Row, cells[i].Col) {
			continue
		}
		if cells[i].Style, err = j.styles.Unlock(cells[i].Style); err != nil {
			return err
		}
	}
	return nil
}
