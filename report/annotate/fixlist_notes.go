package annotate

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// fixAuthor is the author of the notes of a fix list, by which the next run
// knows them. Notes of the block have another one. The text begins with it too,
// as in notes that people write: LibreOffice saves no authors.
const fixAuthor = "valuebook check"

// A cellNote is a note at a cell.
type cellNote struct {
	row, col int
	text     string
}

const (
	commentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	drawingType  = "application/vnd.openxmlformats-officedocument.vmlDrawing"

	emptyComments = xml.Header + `<comments xmlns="` + sheetxml.Namespace + `"><authors></authors><commentList></commentList></comments>`
	emptyDrawing  = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>`

	shapeType = `<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
)

// A notePart is a part of notes, or of their drawing, with what goes into it.
type notePart struct {
	name string // "" for a new part
	data []byte
	root sheetxml.Element
	list []sheetxml.Element
}

// fixNotes puts notes onto a sheet, beside those that are there. A cell that
// has a note of the user's keeps it. It returns the edits of the sheet. A
// sheet whose drawing is not XML, as some programs write it, gets none.
func (j *joiner) fixNotes(part string, sheet []byte, notes []cellNote) ([]sheetxml.Edit, error) {
	drawing, err := j.putNotes(part, sheet, fixAuthor, notes)
	if err != nil || drawing == "" {
		return nil, err
	}
	return sheetxml.Splice(sheet, sheetxml.Addition{Drawing: drawing})
}

// putNotes puts notes of an author onto a sheet, beside those that are there,
// and returns the relation of their drawing where the sheet has none yet.
func (j *joiner) putNotes(part string, sheet []byte, author string, notes []cellNote) (drawingID string, err error) {
	relations, err := j.to.pack.Relations(part)
	if err != nil {
		return "", err
	}
	comments, ok1 := j.notePart(relations, "comments", emptyComments)
	drawing, ok2 := j.notePart(relations, "vmlDrawing", emptyDrawing)
	drawn, err := sheetxml.HasDrawing(sheet)
	if err != nil || !ok1 || !ok2 || drawn != (drawing.name != "") {
		return "", err
	}
	if notes = comments.without(notes); len(notes) == 0 {
		return "", nil
	}
	edits, ok := comments.commentEdits(author, notes)
	if !ok {
		return "", nil
	}
	var added []parts.Relation
	if err := j.noteRelation(&added, relations, comments, edits, "comments", "xl/comments1.xml", commentsType); err != nil {
		return "", err
	}
	if err := j.noteRelation(&added, relations, drawing, drawing.shapeEdits(notes), "vmlDrawing", "xl/drawings/vmlDrawing1.vml", drawingType); err != nil {
		return "", err
	}
	if len(added) > 0 {
		if err := j.relate(part, added); err != nil {
			return "", err
		}
	}
	if drawing.name != "" {
		return "", nil
	}
	return added[len(added)-1].ID, nil
}

// notePart reads the part of a kind; ok is false when there are several, or one
// that cannot be edited.
func (j *joiner) notePart(relations []parts.Relation, kind, empty string) (p notePart, ok bool) {
	for _, r := range relations {
		if r.Kind() != kind || r.External() {
			continue
		}
		if p.name != "" || j.names[r.Target] != "" {
			return p, false
		}
		p.name = r.Target
	}
	p.data = []byte(empty)
	if p.name != "" {
		data, err := j.to.pack.Read(p.name)
		if err != nil || parts.WellFormed(data) != nil {
			return p, false
		}
		p.data = data
	}
	var err error
	p.root, p.list, err = sheetxml.Children(p.data)
	return p, err == nil && p.root.Kind != sheetxml.Empty
}

// noteRelation keeps a part with its edits: a changed one, or a new one with its
// relation.
func (j *joiner) noteRelation(added *[]parts.Relation, theirs []parts.Relation, p notePart, edits []sheetxml.Edit, kind, wish, contentType string) error {
	if p.name != "" {
		return j.edit(p.name, p.data, edits)
	}
	data, err := sheetxml.Apply(p.data, edits)
	if err != nil {
		return err
	}
	name := j.free(wish)
	j.names[name] = name
	j.add(name, data, contentType)
	*added = append(*added, parts.Relation{ID: freeID(append(slices.Clone(theirs), *added...)), Type: officeRelations + "/" + kind, Target: name})
	return nil
}

// without leaves out the notes of cells that have one already.
func (p notePart) without(notes []cellNote) []cellNote {
	taken := map[string]bool{}
	scan := sheetxml.NewScanner(p.data)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if ref, has := t.Attr(p.data, "ref"); has && t.Local() == "comment" {
			taken[strings.ToUpper(ref)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(notes), func(n cellNote) bool { return taken[sheets.Address(n.row, n.col)] })
}

// commentEdits writes notes behind those that are there.
func (p notePart) commentEdits(by string, notes []cellNote) (edits []sheetxml.Edit, ok bool) {
	prefix := p.root.Prefix()
	author := -1
	var list sheetxml.Element
	for _, c := range p.list {
		switch c.Local() {
		case "authors":
			authors, err := sheetxml.Within(p.data, c)
			if err != nil {
				return nil, false
			}
			author = len(authors)
			text := fmt.Sprintf("<%[1]sauthor>%[2]s</%[1]sauthor>", prefix, by)
			edits = append(edits, sheetxml.Into(p.data, c, text))
		case "commentList":
			list = c
		}
	}
	if author < 0 || list.Name == nil {
		return nil, false
	}
	var out strings.Builder
	for _, n := range notes {
		fmt.Fprintf(&out, `<comment ref="%s" authorId="%d"><text><r><rPr><sz val="9"/><rFont val="Tahoma"/><family val="2"/></rPr><t xml:space="preserve">%s</t></r></text></comment>`,
			sheets.Address(n.row, n.col), author, escaped(n.text))
	}
	return append(edits, sheetxml.Into(p.data, list, string(sheetxml.Prefixed([]byte(out.String()), prefix)))), true
}

var shapeNumber = regexp.MustCompile(`_x0000_s(\d+)`)

// shapeEdits draws the boxes of notes behind the shapes that are there.
func (p notePart) shapeEdits(notes []cellNote) []sheetxml.Edit {
	last := 1024
	for _, m := range shapeNumber.FindAllSubmatch(p.data, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil && n < math.MaxInt32 {
			last = max(last, n)
		}
	}
	var out strings.Builder
	if !bytes.Contains(p.data, []byte(`"_x0000_t202"`)) {
		out.WriteString(shapeType)
	}
	for i, n := range notes {
		fmt.Fprintf(&out, `<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#fffbe0" o:insetmode="auto"><v:fill color2="#fffbe0"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			last+1+i, n.anchor(), n.row-1, n.col-1)
	}
	return []sheetxml.Edit{sheetxml.Into(p.data, p.root, out.String())}
}

// noteLetters is how many letters of a note stand on a line of its box, about.
const noteLetters = 46

// anchor places the box of a note right of its cell, as high as its text needs.
func (n cellNote) anchor() string {
	count := 0.0
	for _, line := range strings.Split(n.text, "\n") {
		count += lines(line, noteLetters)
	}
	top := max(n.row-2, 0)
	bottom := top + 1 + int(math.Ceil(count*12/15))
	return fmt.Sprintf("%d, 15, %d, 4, %d, 31, %d, 9", n.col, top, n.col+4, bottom)
}
