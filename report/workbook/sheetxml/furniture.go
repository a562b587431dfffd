package sheetxml

import (
	"slices"
	"strconv"
	"strings"
)

// after lists the children of a worksheet that follow the rows, in the order
// that the format demands.
var after = []string{
	"sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
	"customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
	"pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
	"smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
	"webPublishItems", "tableParts", "extLst",
}

// placeOf returns where an element of a name belongs: behind the last child
// that may stand before it.
func (s *sheet) placeOf(name string) int {
	rank, at := slices.Index(after, name), s.table.End
	for _, c := range s.children {
		if r := slices.Index(after, c.Local()); r >= 0 && r <= rank && c.Start > s.table.Start {
			at = c.End
		}
	}
	return at
}

// furniture inserts what is not a cell: conditional formats, links within the
// workbook, the drawing of notes.
func (s *sheet) furniture(add Addition) []Edit {
	var edits []Edit
	if len(add.Conditions) > 0 {
		edits = append(edits, Insert(s.placeOf("conditionalFormatting"), s.conditions(add.Conditions)))
	}
	if len(add.Hyperlinks) > 0 {
		links := ""
		for _, h := range add.Hyperlinks {
			links += string(Prefixed(h, s.prefix))
		}
		if lists := s.named("hyperlinks"); len(lists) > 0 {
			edits = append(edits, Into(s.data, lists[0], links))
		} else {
			edits = append(edits, Insert(s.placeOf("hyperlinks"), "<"+s.prefix+"hyperlinks>"+links+"</"+s.prefix+"hyperlinks>"))
		}
	}
	if add.Drawing != "" {
		text := "<" + s.prefix + `legacyDrawing xmlns:r="` + relationships + `" r:id="` + add.Drawing + `"/>`
		edits = append(edits, Insert(s.placeOf("legacyDrawing"), text))
	}
	return edits
}

// relationships is the namespace of references to relations.
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// conditions writes conditional formats with priorities behind the user's.
func (s *sheet) conditions(fragments [][]byte) string {
	var out strings.Builder
	used := s.highestPriority()
	for _, f := range fragments {
		out.Write(Prefixed(raised(f, used), s.prefix))
	}
	return out.String()
}

// highestPriority returns the highest priority of the rules that are there,
// those of extensions included.
func (s *sheet) highestPriority() int {
	highest := 0
	for _, c := range s.children {
		if c.Start == s.table.Start {
			continue
		}
		scan := &Scanner{data: s.data[:c.End], at: c.Start}
		for t, ok := scan.Next(); ok; t, ok = scan.Next() {
			if t.Local() != "cfRule" {
				continue
			}
			text, _ := t.Attr(s.data, "priority")
			if n, err := strconv.Atoi(text); err == nil {
				highest = max(highest, n)
			}
		}
	}
	return highest
}

// raised returns a conditional format with its priorities raised.
func raised(fragment []byte, by int) []byte {
	var edits []Edit
	scan := NewScanner(fragment)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		from, to, has := t.Span(fragment, "priority")
		n, err := strconv.Atoi(string(fragment[from:to]))
		if has && err == nil && t.Local() == "cfRule" {
			edits = append(edits, Replace(fragment, from, to, strconv.Itoa(n+by)))
		}
	}
	out, err := Apply(fragment, edits)
	if err != nil {
		return fragment // the edits are of one scan and cannot overlap
	}
	return out
}

// HasDrawing reports whether a worksheet part has a drawing for notes.
func HasDrawing(part []byte) (bool, error) {
	s, err := read(part)
	if err != nil {
		return false, err
	}
	return len(s.named("legacyDrawing")) > 0, nil
}

// RemoveDrawing returns the edits that take the drawing for notes out of a
// worksheet part.
func RemoveDrawing(part []byte) ([]Edit, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var edits []Edit
	for _, d := range s.named("legacyDrawing") {
		edits = append(edits, Replace(part, d.Start, d.End, ""))
	}
	return edits, nil
}
