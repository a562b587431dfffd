package sheetxml

import "bytes"

// Conditions returns the conditional formats that lie wholly in an area, for
// another workbook: with the numbers of its styles, and without extensions,
// which would need a second part elsewhere in the sheet.
func Conditions(part []byte, area Area, numbers Numbers) ([][]byte, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, c := range s.named("conditionalFormatting") {
		if ref, _ := c.Attr(part, "sqref"); !within(ref, area) {
			continue
		}
		fragment, err := withoutExtensions(c.Bytes(part))
		if err != nil {
			return nil, err
		}
		l := localiser{data: fragment, numbers: numbers}
		scan := NewScanner(fragment)
		for t, ok := scan.Next(); ok; t, ok = scan.Next() {
			l.tag(scan, t)
		}
		if l.err != nil {
			return nil, l.err
		}
		if fragment, err = Apply(fragment, l.edits); err != nil {
			return nil, err
		}
		out = append(out, fragment)
	}
	return out, nil
}

// withoutExtensions removes the elements extLst of a fragment.
func withoutExtensions(fragment []byte) ([]byte, error) {
	var edits []Edit
	scan := NewScanner(fragment)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if t.Local() != "extLst" || t.Kind == Close {
			continue
		}
		e, err := scan.Element(t)
		if err != nil {
			return nil, err
		}
		edits = append(edits, Replace(fragment, e.Start, e.End, ""))
	}
	return Apply(fragment, edits)
}

// Hyperlinks returns the links in an area that lead to places within the
// workbook.
func Hyperlinks(part []byte, area Area) ([][]byte, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, list := range s.named("hyperlinks") {
		links, err := Within(part, list)
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			ref, _ := l.Attr(part, "ref")
			if within(ref, area) && !bytes.Contains(l.Bytes(part), []byte(":id=")) {
				out = append(out, l.Bytes(part))
			}
		}
	}
	return out, nil
}
