package annotate

import (
	"cmp"
	"maps"
	"slices"

	"valuebook/report/dataset"
	"valuebook/report/receipt"
	"valuebook/report/wording"
	"valuebook/report/workbook/sheetxml"
)

// A mark is what a fix list does with one cell.
type mark struct {
	grave bool   // its value is not used; else it is only doubtful
	note  string // "" where the note of the cause stands elsewhere
}

// marks are the marks by sheet and cell.
type marks map[string]map[sheetxml.Place]mark

// mostNotes is how many notes a sheet gets: programs become slow with more.
// Cells beyond are filled, and all of them are listed.
const mostNotes = 1000

// longestNote is how many letters of a note are kept.
const longestNote = 2000

// marksOf places the findings of a dataset. Notes and findings about the whole
// file or a whole sheet have no cell.
func marksOf(d *dataset.Dataset, w *wording.Writer) marks {
	out := marks{}
	for _, f := range d.Findings {
		if f.Severity < dataset.Warning || f.Ref.Sheet == "" || f.Ref.Row == 0 && f.Ref.Col == 0 {
			continue
		}
		text := receipt.Problem(w, f) + "."
		if fix := receipt.Fix(w, f); fix != "" {
			text += "\n" + fix
		}
		grave := f.Severity >= dataset.Error
		at := anchorOf(d, f)
		out.put(f.Ref.Sheet, at, grave, text)
		for _, row := range f.Rows {
			out.put(f.Ref.Sheet, sheetxml.Place{Row: row, Col: at.Col}, grave, "")
		}
	}
	return out
}

// anchorOf returns the cell at which a finding is noted: its own, the header of
// its column, or the beginning of its row.
func anchorOf(d *dataset.Dataset, f dataset.Finding) sheetxml.Place {
	at := sheetxml.Place{Row: f.Ref.Row, Col: f.Ref.Col}
	for _, t := range d.Receipt.Tables {
		if t.Sheet != f.Ref.Sheet {
			continue
		}
		if at.Row == 0 && t.FirstCol <= at.Col && at.Col <= t.LastCol && len(t.HeaderRows) > 0 {
			at.Row = slices.Max(t.HeaderRows)
		}
		if at.Col == 0 && t.FirstRow <= at.Row && at.Row <= t.LastRow {
			at.Col = t.FirstCol
		}
	}
	if at.Row == 0 && len(f.Rows) > 0 {
		at.Row = f.Rows[0]
	}
	return sheetxml.Place{Row: max(at.Row, 1), Col: max(at.Col, 1)}
}

// put adds a finding to a cell.
func (m marks) put(sheet string, at sheetxml.Place, grave bool, note string) {
	if m[sheet] == nil {
		m[sheet] = map[sheetxml.Place]mark{}
	}
	is := m[sheet][at]
	is.grave = is.grave || grave
	if is.note != "" && note != "" {
		is.note += "\n\n"
	}
	is.note = limited(is.note+note, longestNote)
	m[sheet][at] = is
}

// places returns the marked cells of a sheet in the order of rows.
func (m marks) places(sheet string) []sheetxml.Place {
	return slices.SortedFunc(maps.Keys(m[sheet]), func(a, b sheetxml.Place) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
	})
}

// onto moves marks of cells beneath merged ranges to the cells that show.
func (m marks) onto(sheet string, merged []sheetxml.Area) {
	for _, at := range m.places(sheet) {
		for _, a := range merged {
			corner := sheetxml.Place{Row: a.Row, Col: a.Col}
			if at == corner || !a.Holds(sheetxml.Area{Row: at.Row, Col: at.Col, LastRow: at.Row, LastCol: at.Col}) {
				continue
			}
			is := m[sheet][at]
			delete(m[sheet], at)
			m.put(sheet, corner, is.grave, is.note)
			break
		}
	}
}

// A marker joins marks into the original.
type marker struct {
	*joiner
	marks  marks
	memory *memory
}

// mark fills the cells and writes the notes, sheet by sheet.
func (m *marker) mark() error {
	for _, s := range m.to.main.Sheets {
		part := m.to.part(s.Name)
		if part == "" || len(m.marks[s.Name]) == 0 {
			continue
		}
		if err := m.markSheet(s.Name, part); err != nil {
			return err
		}
	}
	m.hidden = m.memory.names()
	return nil
}

func (m *marker) markSheet(name, part string) error {
	sheet, err := m.to.pack.Read(part)
	if err != nil {
		return err
	}
	merged, err := sheetxml.Merged(sheet)
	if err != nil {
		return err
	}
	m.marks.onto(name, merged)
	places := m.marks.places(name)
	edits, err := sheetxml.Restyle(sheet, places, func(l sheetxml.Look) (int, error) { return m.style(name, l) })
	if err != nil {
		return err
	}
	var notes []cellNote
	for _, at := range places {
		if text := m.marks[name][at].note; text != "" && len(notes) < mostNotes {
			notes = append(notes, cellNote{at.Row, at.Col, fixAuthor + ":\n" + text})
		}
	}
	more, err := m.fixNotes(part, sheet, notes)
	if err != nil {
		return err
	}
	return m.edit(part, sheet, append(edits, more...))
}

// style returns the style of a marked cell: its own with another fill, whose
// colour says which former look is remembered for it. Below zero means that
// none is left: the cell is noted and listed only.
func (m *marker) style(sheet string, l sheetxml.Look) (int, error) {
	f := former{absent: !l.There, given: l.Given, style: l.Style, fill: m.styles.Fill(l.Style)}
	number, ok := m.memory.number(f)
	if !ok {
		return -1, nil
	}
	grave := m.marks[sheet][sheetxml.Place{Row: l.Row, Col: l.Col}].grave
	return m.styles.Filled(l.Style, markFill(grave, number))
}

// avoid keeps colours free that the workbook has by itself: all of them but
// those that an earlier fix list left in the styles.
func (m *marker) avoid(left map[int]former) {
	for style := range m.styles.Styles() {
		if number, ok := markOf(m.styles.Fill(style)); ok {
			if _, ours := left[number]; !ours {
				m.memory.taken[number] = true
			}
		}
	}
}
