package sheetxml

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxStyles is the most cell styles that a workbook may have.
const maxStyles = 64000

// lists are the lists of a styles part in the order that the format demands.
// The part has further elements behind them.
var lists = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}

// needed are the entries that a list must begin with.
var needed = map[string][]string{
	"fonts":   {"<font/>"},
	"fills":   {`<fill><patternFill patternType="none"/></fill>`, `<fill><patternFill patternType="gray125"/></fill>`},
	"borders": {"<border/>"},
	"cellXfs": {`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`},
}

// noStyles is the part of a workbook that has none.
const noStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<styleSheet xmlns="` + Namespace + `"></styleSheet>`

// A styleList is one list of a styles part.
type styleList struct {
	Element
	there   bool
	entries []Element
}

// A stylePart is a styles part, taken apart.
type stylePart struct {
	data   []byte
	prefix string
	root   Element
	lists  map[string]*styleList
	order  []Element
}

func readStyles(data []byte) (*stylePart, error) {
	root, children, err := Children(data)
	if err != nil {
		return nil, err
	}
	p := &stylePart{data: data, prefix: root.Prefix(), root: root, lists: map[string]*styleList{}, order: children}
	if root.Local() != "styleSheet" || root.Kind == Empty {
		return nil, fmt.Errorf("%w: root %s instead of styleSheet", ErrUnknown, root.Name)
	}
	for _, name := range lists {
		p.lists[name] = &styleList{}
	}
	for _, c := range children {
		list := p.lists[c.Local()]
		if list == nil || string(c.Name) != p.prefix+c.Local() {
			continue
		}
		if list.there {
			return nil, fmt.Errorf("%w: list %s twice", ErrUnknown, c.Name)
		}
		list.Element, list.there = c, true
		if list.entries, err = Within(data, c); err != nil {
			return nil, err
		}
		for _, e := range list.entries {
			if e.Prefix() != p.prefix {
				return nil, fmt.Errorf("%w: %s among %s", ErrUnknown, e.Name, c.Name)
			}
		}
	}
	return p, nil
}

// entry returns an entry of a list; ok is false when there is none.
func (p *stylePart) entry(list string, number int) (e Element, ok bool) {
	entries := p.lists[list].entries
	if number < 0 || number >= len(entries) {
		return e, false
	}
	return entries[number], true
}

// A StyleJoin appends to one styles part what is used of another. Nothing that
// is there is touched or renumbered, and an entry that is there in the same
// bytes is used again.
type StyleJoin struct {
	base, from *stylePart
	created    bool                      // the workbook had no styles part
	known      map[string]map[string]int // list -> entry -> number
	added      map[string][]string       // list -> new entries
	styles     map[int]int
	formats    map[string]int // new number formats by code
	lastFormat int
}

// JoinStyles prepares to append to base what is used of from. base may be nil:
// the workbook has no styles part.
func JoinStyles(base, from []byte) (*StyleJoin, error) {
	created := base == nil
	if created {
		base = []byte(noStyles)
	}
	b, err := readStyles(base)
	if err != nil {
		return nil, fmt.Errorf("styles: %w", err)
	}
	f, err := readStyles(from)
	if err != nil {
		return nil, fmt.Errorf("new styles: %w", err)
	}
	if f.prefix != "" {
		return nil, fmt.Errorf("%w: prefix %s in new styles", ErrUnknown, f.prefix)
	}
	j := &StyleJoin{base: b, from: f, created: created, known: map[string]map[string]int{}, added: map[string][]string{},
		styles: map[int]int{}, formats: map[string]int{}, lastFormat: 163}
	for _, name := range lists {
		j.known[name] = map[string]int{}
		for i, e := range b.lists[name].entries {
			if _, twice := j.known[name][string(e.Bytes(base))]; !twice {
				j.known[name][string(e.Bytes(base))] = i
			}
		}
	}
	for _, e := range b.lists["numFmts"].entries {
		id, _ := e.Attr(base, "numFmtId")
		if n, err := strconv.Atoi(id); err == nil {
			j.lastFormat = max(j.lastFormat, n)
		}
	}
	return j, nil
}

// Style returns the number that a cell style of the other part has here, and
// appends it when it is new. Style 0 is the standard style of both.
func (j *StyleJoin) Style(number int) (int, error) {
	if number == 0 {
		return 0, nil
	}
	if known, ok := j.styles[number]; ok {
		return known, nil
	}
	e, ok := j.from.entry("cellXfs", number)
	if !ok {
		return 0, fmt.Errorf("%w: cell style %d", ErrBroken, number)
	}
	text, err := j.cellStyle(e)
	if err != nil {
		return 0, err
	}
	at := j.append("cellXfs", text)
	if at >= maxStyles {
		return 0, fmt.Errorf("%w: more than %d cell styles", ErrOccupied, maxStyles)
	}
	j.styles[number] = at
	return at, nil
}

// cellStyle writes a cell style with the numbers of this part.
func (j *StyleJoin) cellStyle(e Element) (string, error) {
	text := e.Bytes(j.from.data)
	t := Tag{Start: 0, End: e.Tag.End - e.Start, Name: e.Name}
	var edits []Edit
	for _, part := range [][2]string{{"fontId", "fonts"}, {"fillId", "fills"}, {"borderId", "borders"}, {"numFmtId", "numFmts"}} {
		from, to, ok := t.Span(text, part[0])
		if !ok {
			continue
		}
		number, err := strconv.Atoi(string(text[from:to]))
		if err != nil {
			return "", fmt.Errorf("%w: %s %q", ErrBroken, part[0], text[from:to])
		}
		if number, err = j.numbered(part[1], number); err != nil {
			return "", err
		}
		edits = append(edits, Replace(text, from, to, strconv.Itoa(number)))
	}
	if from, to, ok := t.Span(text, "xfId"); ok {
		if len(j.base.lists["cellStyleXfs"].entries) > 0 {
			edits = append(edits, Replace(text, from, to, "0"))
		} else {
			edits = append(edits, Replace(text, from-len(`xfId="`), to+1, ""))
		}
	}
	out, err := Apply(text, edits)
	return string(out), err
}

// numbered returns the number here of an entry of the other part.
func (j *StyleJoin) numbered(list string, number int) (int, error) {
	if list == "numFmts" {
		return j.format(number)
	}
	e, ok := j.from.entry(list, number)
	if !ok {
		return 0, fmt.Errorf("%w: entry %d of %s", ErrBroken, number, list)
	}
	return j.append(list, string(e.Bytes(j.from.data))), nil
}

// format returns the number here of a number format; those below 164 are the
// same in every workbook.
func (j *StyleJoin) format(number int) (int, error) {
	if number < 164 {
		return number, nil
	}
	for _, e := range j.from.lists["numFmts"].entries {
		if id, _ := e.Attr(j.from.data, "numFmtId"); id != strconv.Itoa(number) {
			continue
		}
		code, _ := e.Attr(j.from.data, "formatCode")
		return j.formatNumber(code), nil
	}
	return 0, nil // a format that the other part lacks is the general one
}

func (j *StyleJoin) formatNumber(code string) int {
	if n, ok := j.formats[code]; ok {
		return n
	}
	for _, e := range j.base.lists["numFmts"].entries {
		id, _ := e.Attr(j.base.data, "numFmtId")
		theirs, _ := e.Attr(j.base.data, "formatCode")
		if n, err := strconv.Atoi(id); err == nil && theirs == code {
			return n
		}
	}
	j.lastFormat++
	j.formats[code] = j.lastFormat
	quoted := strings.ReplaceAll(code, `"`, "&quot;")
	j.append("numFmts", fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, j.lastFormat, quoted))
	return j.lastFormat
}

// Differential returns the number that a differential style, that of a
// conditional format, has here.
func (j *StyleJoin) Differential(number int) (int, error) {
	e, ok := j.from.entry("dxfs", number)
	if !ok {
		return 0, fmt.Errorf("%w: differential style %d", ErrBroken, number)
	}
	return j.append("dxfs", string(e.Bytes(j.from.data))), nil
}

// append returns the number of an entry in a list, appending it when it is new.
func (j *StyleJoin) append(list, entry string) int {
	if len(j.base.lists[list].entries)+len(j.added[list]) == 0 {
		for _, first := range needed[list] {
			j.add(list, first)
		}
	}
	if n, ok := j.known[list][string(Prefixed([]byte(entry), j.base.prefix))]; ok {
		return n
	}
	return j.add(list, entry)
}

func (j *StyleJoin) add(list, entry string) int {
	text := string(Prefixed([]byte(entry), j.base.prefix))
	number := len(j.base.lists[list].entries) + len(j.added[list])
	j.known[list][text] = number
	j.added[list] = append(j.added[list], text)
	return number
}

// Part returns the styles part with everything appended, and the edits that
// did it. A workbook that had none gets a new one, with no edits.
func (j *StyleJoin) Part() ([]byte, []Edit, error) {
	var edits []Edit
	for i, name := range lists {
		if len(j.added[name]) == 0 {
			continue
		}
		list := j.base.lists[name]
		text, count := strings.Join(j.added[name], ""), strconv.Itoa(len(list.entries)+len(j.added[name]))
		if !list.there {
			open, end := "<"+j.base.prefix+name, "</"+j.base.prefix+name+">"
			edits = append(edits, Insert(j.placeOf(i), open+` count="`+count+`">`+text+end))
			continue
		}
		if from, to, ok := list.Span(j.base.data, "count"); ok {
			edits = append(edits, Replace(j.base.data, from, to, count))
		}
		edits = append(edits, Into(j.base.data, list.Element, text))
	}
	out, err := Apply(j.base.data, edits)
	if j.created {
		edits = nil
	}
	return out, edits, err
}

// placeOf returns where a list belongs that is not there: behind the last
// element that may stand before it.
func (j *StyleJoin) placeOf(rank int) int {
	at := j.base.root.Tag.End
	for _, c := range j.base.order {
		if r := slices.Index(lists, c.Local()); r >= 0 && r <= rank {
			at = c.End
		}
	}
	return at
}
