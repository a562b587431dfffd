package annotate

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// noteAuthor is the author of our notes, by which the next run knows them.
const noteAuthor = "valuebook"

// notes puts the notes of the block onto the user's sheet. A sheet that has
// notes or comments already gets none: ours would have to be written among the
// user's.
func (j *joiner) notes(part, from string, sheet []byte, add *sheetxml.Addition) error {
	if !slices.ContainsFunc(j.plan.Block.Cells, func(c sheets.Cell) bool { return c.Note != "" }) {
		return nil
	}
	theirs, err := j.to.pack.Relations(part)
	if err != nil {
		return err
	}
	drawn, err := sheetxml.HasDrawing(sheet)
	if err != nil || drawn || slices.ContainsFunc(theirs, isNotes) {
		return err
	}
	relations, err := j.from.pack.Relations(from)
	if err != nil {
		return err
	}
	var mine []parts.Relation
	for _, r := range relations {
		if !isNotes(r) || r.External() {
			continue
		}
		if err := j.bring(r.Target, nil); err != nil {
			return err
		}
		r.ID = freeID(append(theirs, mine...))
		mine = append(mine, r)
		if r.Kind() == "vmlDrawing" {
			add.Drawing = r.ID
		}
	}
	return j.relate(part, mine)
}

// isNotes reports whether a relation leads to notes, comments or their drawing.
func isNotes(r parts.Relation) bool {
	return slices.Contains([]string{"comments", "threadedComment", "vmlDrawing"}, r.Kind())
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

// notes takes the notes of an earlier run off the user's sheet: those of a sheet
// where every note is ours. It returns the edits of the sheet.
func (e *earlier) notes(sheet []byte) ([]sheetxml.Edit, error) {
	relations, err := e.at.pack.Relations(e.block)
	if err != nil {
		return nil, err
	}
	var mine []string
	ours := 0
	for _, r := range relations {
		if !isNotes(r) || r.External() {
			continue
		}
		mine = append(mine, r.Target)
		if r.Kind() == "comments" && e.allOurs(r.Target) {
			ours++
		}
	}
	if len(mine) != 2 || ours != 1 {
		return nil, nil
	}
	for _, part := range mine {
		e.gone[strings.ToLower(part)] = true
	}
	if len(relations) == len(mine) {
		e.gone[strings.ToLower(parts.RelationsName(e.block))] = true
	} else if err := e.cut(parts.RelationsName(e.block), "Relationship", "Target", func(target string) string {
		return parts.Resolve(e.block, target)
	}); err != nil {
		return nil, err
	}
	return sheetxml.RemoveDrawing(sheet)
}

// allOurs reports whether all notes of a part are ours.
func (e *earlier) allOurs(part string) bool {
	data, err := e.at.pack.Read(part)
	if err != nil {
		return false
	}
	var doc struct {
		Authors []string `xml:"authors>author"`
	}
	if xml.Unmarshal(data, &doc) != nil || len(doc.Authors) == 0 {
		return false
	}
	return !slices.ContainsFunc(doc.Authors, func(author string) bool { return author != noteAuthor })
}
