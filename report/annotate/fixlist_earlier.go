package annotate

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// fixSheetName is the defined name of the sheet of a fix list.
const fixSheetName = sheetName + "fixes"

// withoutFixes returns a workbook without the marks, the notes and the sheet of
// an earlier fix list, and the looks that it remembered. The cells that were
// marked look as before. A workbook without any of these is returned as it is.
func withoutFixes(original []byte) ([]byte, map[int]former, error) {
	at, err := openArchive(original)
	if err != nil {
		return nil, nil, err
	}
	e := &earlier{at: at, gone: map[string]bool{}, changed: map[string][]byte{}, keepChain: true}
	known := formers(at.main.Names)
	e.findFixes()
	if len(e.names) == 0 && len(e.sheets) == 0 {
		return original, nil, nil
	}
	if len(e.sheets) == len(at.main.Sheets) {
		return nil, nil, refuse(reasonForm, "every sheet is ours")
	}
	for _, step := range []func() error{func() error { return e.unmark(known) }, e.workbook, e.packageParts} {
		if err := step(); err != nil {
			return nil, nil, classified(err)
		}
	}
	var out bytes.Buffer
	if err := at.pack.Write(&out, parts.Change{Replace: e.changed, Drop: e.gone}); err != nil {
		return nil, nil, classified(err)
	}
	return out.Bytes(), known, nil
}

// findFixes looks for the names of an earlier fix list, and for those that
// belong to its sheet.
func (e *earlier) findFixes() {
	for i, n := range e.at.main.Names {
		name := strings.ToLower(n.Name)
		if n.Local != "" || name != fixSheetName && !strings.HasPrefix(name, fillName) {
			continue
		}
		e.names = append(e.names, i)
		if sheet, _, _, ok := target(n.Text); ok && name == fixSheetName {
			if at := e.at.position(sheet); at >= 0 {
				e.sheets = append(e.sheets, at)
			}
		}
	}
	for i, n := range e.at.main.Names {
		if at, err := strconv.Atoi(n.Local); err == nil && slices.Contains(e.sheets, at) {
			e.names = append(e.names, i)
		}
	}
}

// unmark takes marks and notes off every sheet.
func (e *earlier) unmark(known map[int]former) error {
	styles, marks, err := e.markStyles()
	if err != nil {
		return err
	}
	done := map[string]bool{}
	for _, r := range e.at.relations {
		if r.Kind() != "worksheet" || r.External() || !e.at.pack.Has(r.Target) || e.ours(r.Target) || done[r.Target] {
			continue
		}
		done[r.Target] = true
		sheet, err := e.at.pack.Read(r.Target)
		if err != nil {
			return err
		}
		edits, err := sheetxml.Unstyle(sheet, func(l sheetxml.Look) (sheetxml.Undo, bool, error) { return undo(l, styles, marks, known) })
		if err != nil {
			return err
		}
		more, err := e.unnote(r.Target, sheet, fixAuthor, sheetxml.EveryCell)
		if err != nil {
			return err
		}
		if edits = append(edits, more...); len(edits) > 0 {
			if e.changed[r.Target], err = sheetxml.Apply(sheet, edits); err != nil {
				return err
			}
		}
	}
	if styles == nil {
		return nil
	}
	data, edits, err := styles.Part()
	if err == nil && len(edits) > 0 {
		e.changed[e.at.related("styles")] = data
	}
	return err
}

// markStyles returns the styles of the workbook, nil where it has none, and the
// numbers of those that are marks with the numbers of their formers.
func (e *earlier) markStyles() (*sheetxml.StyleJoin, map[int]int, error) {
	part := e.at.related("styles")
	if part == "" {
		return nil, nil, nil
	}
	data, err := e.at.pack.Read(part)
	if err != nil {
		return nil, nil, err
	}
	styles, err := sheetxml.JoinStyles(data, []byte(`<styleSheet xmlns="`+sheetxml.Namespace+`"></styleSheet>`))
	if err != nil {
		return nil, nil, err
	}
	marks := map[int]int{}
	for style := range styles.Styles() {
		if number, ok := markOf(styles.Fill(style)); ok {
			marks[style] = number
		}
	}
	return styles, marks, nil
}

// undo says how a marked cell looked before: the style that it had, where its
// number still means that; else the style of now with the fill of before.
func undo(l sheetxml.Look, styles *sheetxml.StyleJoin, marks map[int]int, known map[int]former) (sheetxml.Undo, bool, error) {
	number, marked := marks[l.Style]
	f, ok := known[number]
	if !marked || !ok {
		return sheetxml.Undo{}, false, nil
	}
	if f.style < styles.Styles() && styles.Alike(f.style, l.Style) && styles.Fill(f.style) == f.fill {
		if !f.given && f.style == 0 {
			return sheetxml.Undo{Style: -1, Blank: f.absent}, true, nil
		}
		return sheetxml.Undo{Style: f.style, Blank: f.absent}, true, nil
	}
	style, err := styles.Filled(l.Style, f.fill)
	return sheetxml.Undo{Style: style, Blank: f.absent}, true, err
}

// unnote takes the notes of an author that lie in an area off a sheet; all others
// stay as they are. It returns the edits of the sheet.
func (e *earlier) unnote(part string, sheet []byte, by string, in sheetxml.Area) ([]sheetxml.Edit, error) {
	relations, err := e.at.pack.Relations(part)
	if err != nil {
		return nil, err
	}
	comments, drawing := "", ""
	for _, r := range relations {
		switch {
		case r.External():
		case r.Kind() == "comments":
			comments = r.Target
		case r.Kind() == "vmlDrawing":
			drawing = r.Target
		}
	}
	if comments == "" || !e.at.pack.Has(comments) {
		return nil, nil
	}
	places, left, err := e.cutNotes(comments, by, in)
	if err != nil || len(places) == 0 {
		return nil, err
	}
	shapes := 1
	if drawing != "" && e.at.pack.Has(drawing) {
		if shapes, err = e.cutShapes(drawing, places); err != nil {
			return nil, err
		}
	}
	return e.emptied(part, sheet, comments, left == 0, drawing, shapes == 0)
}

// emptied drops the parts that hold nothing any more.
func (e *earlier) emptied(part string, sheet []byte, comments string, noNotes bool, drawing string, noShapes bool) ([]sheetxml.Edit, error) {
	if noNotes {
		e.gone[strings.ToLower(comments)] = true
		delete(e.changed, comments)
	}
	if noShapes {
		e.gone[strings.ToLower(drawing)] = true
		delete(e.changed, drawing)
	}
	if noNotes || noShapes {
		if err := e.cutRelations(part); err != nil {
			return nil, err
		}
	}
	if !noShapes {
		return nil, nil
	}
	return sheetxml.RemoveDrawing(sheet)
}

// cutRelations removes the relations of a sheet to parts that are gone; its part
// of relations goes when none is left.
func (e *earlier) cutRelations(part string) error {
	relations, err := e.at.pack.Relations(part)
	if err != nil {
		return err
	}
	left := 0
	for _, r := range relations {
		if r.External() || !e.gone[strings.ToLower(r.Target)] {
			left++
		}
	}
	name := parts.RelationsName(part)
	if left == 0 {
		e.gone[strings.ToLower(name)] = true
		return nil
	}
	return e.cut(name, "Relationship", "Target", func(target string) string { return parts.Resolve(part, target) })
}

// cutNotes removes the notes of an author in an area from a part and returns their cells,
// and how many notes are left.
func (e *earlier) cutNotes(part, by string, in sheetxml.Area) (places map[sheetxml.Place]bool, left int, err error) {
	data, err := e.at.pack.Read(part)
	if err != nil {
		return nil, 0, err
	}
	var doc struct {
		Authors []string `xml:"authors>author"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		return nil, 0, nil // no part of ours: ours are well formed
	}
	_, children, err := sheetxml.Children(data)
	if err != nil || by != fixAuthor && !slices.Contains(doc.Authors, by) {
		return nil, 0, nil
	}
	mine := func(id string) bool {
		n, err := strconv.Atoi(id)
		return err == nil && n >= 0 && n < len(doc.Authors) && doc.Authors[n] == by
	}
	places = map[sheetxml.Place]bool{}
	var edits []sheetxml.Edit
	var authors []sheetxml.Element
	last := strconv.Itoa(len(doc.Authors) - 1)
	busy := !mine(last)
	for _, c := range children {
		list, err := sheetxml.Within(data, c)
		if err != nil {
			return nil, 0, err
		}
		if c.Local() == "authors" {
			authors = list
		}
		for _, note := range list {
			if c.Local() != "commentList" {
				break
			}
			author, _ := note.Attr(data, "authorId")
			ref, _ := note.Attr(data, "ref")
			if area, ok := sheetxml.ParseArea(ref); ok && (mine(author) || by == fixAuthor && signed(note.Bytes(data))) && in.Holds(area) {
				places[sheetxml.Place{Row: area.Row, Col: area.Col}] = true
				edits = append(edits, sheetxml.Replace(data, note.Start, note.End, ""))
				continue
			}
			left++
			busy = busy || author == last
		}
	}
	if len(places) == 0 {
		return nil, left, nil
	}
	if !busy && len(authors) == len(doc.Authors) { // others are counted by their place
		edits = append(edits, sheetxml.Replace(data, authors[len(authors)-1].Start, authors[len(authors)-1].End, ""))
	}
	e.changed[part], err = sheetxml.Apply(data, edits)
	return places, left, err
}

// signed reports whether the text of a note begins with our name.
func signed(note []byte) bool {
	text := ""
	decoder := xml.NewDecoder(bytes.NewReader(note))
	decoder.Strict = false // prefixes are declared outside
	for inside := false; len(text) <= len(fixAuthor); {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = t.Name.Local == "t"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				text += string(t)
			}
		}
	}
	return strings.HasPrefix(text, fixAuthor+":")
}

// cutShapes removes the boxes of notes at some cells, and returns how many
// shapes are left.
func (e *earlier) cutShapes(part string, places map[sheetxml.Place]bool) (left int, err error) {
	data, err := e.at.pack.Read(part)
	if err != nil {
		return 0, err
	}
	_, children, err := sheetxml.Children(data)
	if err != nil {
		return 1, nil // not in a form that we write
	}
	var edits []sheetxml.Edit
	for _, c := range children {
		if place, ok := shapePlace(c.Bytes(data)); ok && places[place] {
			edits = append(edits, sheetxml.Replace(data, c.Start, c.End, ""))
		} else if string(c.Name) == "v:shape" {
			left++
		} else if c.Local() == "shapetype" && string(c.Bytes(data)) == shapeType {
			edits = append(edits, sheetxml.Replace(data, c.Start, c.End, ""))
		}
	}
	e.changed[part], err = sheetxml.Apply(data, edits)
	return left, err
}

// shapePlace returns the cell of the note that a shape is the box of.
func shapePlace(shape []byte) (place sheetxml.Place, ok bool) {
	if !bytes.Contains(shape, []byte(`ObjectType="Note"`)) {
		return place, false
	}
	row, err1 := number(shape, "x:Row")
	col, err2 := number(shape, "x:Column")
	return sheetxml.Place{Row: row + 1, Col: col + 1}, err1 == nil && err2 == nil
}

// number reads the number in an element of a shape.
func number(shape []byte, element string) (int, error) {
	_, rest, ok := bytes.Cut(shape, []byte("<"+element+">"))
	text, _, closed := bytes.Cut(rest, []byte("</"))
	if !ok || !closed {
		return 0, fmt.Errorf("no element %s", element)
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}
