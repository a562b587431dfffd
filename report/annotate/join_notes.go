package annotate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// noteAuthor is the author of our notes, by which the next run knows them.
const noteAuthor = "valuebook"

// notes puts the notes of the block onto the user's sheet, beside the notes and
// comments that are there. A cell that has one keeps it.
func (j *joiner) notes(part string, sheet []byte, add *sheetxml.Addition) error {
	var notes []cellNote
	for _, c := range j.plan.Block.Cells {
		if c.Note != "" {
			notes = append(notes, cellNote{c.Row, c.Col, c.Note})
		}
	}
	if len(notes) == 0 {
		return nil
	}
	var err error
	add.Drawing, err = j.putNotes(part, sheet, noteAuthor, notes)
	return err
}

func freeID(used []parts.Relation) string {
	for n := 1; ; n++ {
		id := fmt.Sprintf("rIdNote%d", n)
		if !slices.ContainsFunc(used, func(r parts.Relation) bool { return strings.EqualFold(r.ID, id) }) {
			return id
		}
	}
}

// relate adds relations, whose targets are parts of the applied workbook, to a
// part of the original.
func (j *joiner) relate(part string, relations []parts.Relation) error {
	name := parts.RelationsName(part)
	if !j.to.pack.Has(name) {
		j.add(name, j.relationsPart(part, relations), relationsType)
		return nil
	}
	data, err := j.to.pack.Read(name)
	if err != nil {
		return err
	}
	root, _, err := sheetxml.Children(data)
	if err != nil {
		return err
	}
	text := ""
	for _, r := range relations {
		text += fmt.Sprintf(`<%sRelationship Id="%s" Type="%s" Target="%s"/>`, root.Prefix(), r.ID, escaped(r.Type), escaped(parts.Target(part, j.names[r.Target])))
	}
	return j.edit(name, data, []sheetxml.Edit{sheetxml.Into(data, root, text)})
}

// oneNoteEach holds that no cell has two notes, in the parts of notes that were
// written or changed: programs repair such a workbook.
func (j *joiner) oneNoteEach(after *parts.Package) error {
	names := slices.Collect(maps.Keys(j.changed))
	for _, p := range j.added {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	types, err := after.Types()
	if err != nil {
		return err
	}
	for _, name := range names {
		if !strings.HasSuffix(types.Of(name), ".comments+xml") {
			continue
		}
		data, err := after.Read(name)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		scan := sheetxml.NewScanner(data)
		for t, ok := scan.Next(); ok; t, ok = scan.Next() {
			ref, has := t.Attr(data, "ref")
			if t.Local() != "comment" || t.Kind == sheetxml.Close || !has {
				continue
			}
			if seen[strings.ToUpper(ref)] {
				return fmt.Errorf("part %s: cell %s has two notes", name, ref)
			}
			seen[strings.ToUpper(ref)] = true
		}
	}
	return nil
}
