package annotate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/workbook/sheetxml"
)

// A former is the look that a marked cell had before, as a defined name of the
// workbook remembers it.
//
// The number of the former is in the colour of the mark itself. So the mark
// finds its way back when rows are inserted, moved or sorted, and when another
// program saved the workbook and numbered its styles anew: neither the address
// of the cell nor a number of a style has to hold.
type former struct {
	absent bool   // the part had no element for the cell
	given  bool   // the element named its style
	style  int    // the number that the style had when the mark was made
	fill   string // element of the fill, "" for none
}

// fillName begins the names that remember formers.
const fillName = "valuebook_fill_"

// mostFormers is how many formers colours can tell apart.
const mostFormers = 1 << 9

// scramble keeps the colours of low numbers from being round ones, which
// users choose too.
const scramble = 0x15b

// The colours of marks, with three free bits in each part.
var markColours = [2][3]int{{0xf8, 0xc8, 0xb8}, {0xf8, 0xe8, 0xb0}} // errors, warnings

// colour returns the colour of a mark, such as "FFF8C8B9". The numbers differ
// by less than the eye sees.
func colour(grave bool, number int) string {
	base := markColours[1]
	if grave {
		base = markColours[0]
	}
	bits := number ^ scramble
	return fmt.Sprintf("FF%02X%02X%02X", base[0]|bits&7, base[1]|bits>>3&7, base[2]|bits>>6&7)
}

// numberOf returns the number in the colour of a mark; ok is false for any other
// colour.
func numberOf(colour string) (number int, ok bool) {
	value, err := strconv.ParseUint(colour, 16, 32)
	if err != nil || len(colour) != 8 {
		return 0, false
	}
	part := [3]int{int(value >> 16 & 0xff), int(value >> 8 & 0xff), int(value & 0xff)}
	for _, base := range markColours {
		if part[0]&^7 == base[0] && part[1]&^7 == base[1] && part[2]&^7 == base[2] {
			return (part[0]&7 | part[1]&7<<3 | part[2]&7<<6) ^ scramble, true
		}
	}
	return 0, false
}

// markFill is the fill of a mark.
func markFill(grave bool, number int) string {
	return `<fill><patternFill patternType="solid"><fgColor rgb="` + colour(grave, number) + `"/><bgColor indexed="64"/></patternFill></fill>`
}

// markOf returns the number in a fill; ok is false when the fill is no mark.
func markOf(fill string) (number int, ok bool) {
	scan := sheetxml.NewScanner([]byte(fill))
	for t, more := scan.Next(); more; t, more = scan.Next() {
		if t.Local() != "fgColor" || t.Kind == sheetxml.Close {
			continue
		}
		rgb, _ := t.Attr([]byte(fill), "rgb")
		return numberOf(strings.ToUpper(rgb))
	}
	return 0, false
}

// A memory gives formers their numbers.
type memory struct {
	numbers map[former]int
	taken   map[int]bool // numbers whose colours the user has
	next    int
}

func newMemory() *memory { return &memory{numbers: map[former]int{}, taken: map[int]bool{}} }

// number returns the number of a former; ok is false when there is none left.
func (m *memory) number(f former) (number int, ok bool) {
	if n, known := m.numbers[f]; known {
		return n, true
	}
	for m.taken[m.next] {
		m.next++
	}
	if m.next >= mostFormers {
		return 0, false
	}
	m.numbers[f] = m.next
	m.next++
	return m.next - 1, true
}

// names writes the defined names that remember the formers.
func (m *memory) names() []definedName {
	by := map[int]former{}
	for f, n := range m.numbers {
		by[n] = f
	}
	var out []definedName
	for _, n := range slices.Sorted(maps.Keys(by)) {
		out = append(out, definedName{Name: fillName + strconv.Itoa(n), Hidden: "1", Text: quoted(by[n].text())})
	}
	return out
}

// text writes a former.
func (f former) text() string {
	kind := "none"
	switch {
	case f.absent:
		kind = "absent"
	case f.given:
		kind = "style"
	}
	return kind + " " + strconv.Itoa(f.style) + " " + f.fill
}

// formerOf reads what text wrote.
func formerOf(text string) (f former, ok bool) {
	kind, rest, _ := strings.Cut(text, " ")
	number, fill, _ := strings.Cut(rest, " ")
	style, err := strconv.Atoi(number)
	f = former{absent: kind == "absent", given: kind == "style", style: style, fill: fill}
	return f, err == nil && (f.absent || f.given || kind == "none")
}

// literal is how long a text in a formula may be.
const literal = 250

// quoted writes a text as a formula: texts in quotes, put together.
func quoted(text string) string {
	var out []string
	for len(text) > literal {
		out, text = append(out, text[:literal]), text[literal:]
	}
	out = append(out, text)
	for i, part := range out {
		out[i] = `"` + strings.ReplaceAll(part, `"`, `""`) + `"`
	}
	return strings.Join(out, "&")
}

// unquoted reads what quoted wrote, also with blanks between the texts.
func unquoted(formula string) string {
	var out strings.Builder
	inside := false
	for i := 0; i < len(formula); i++ {
		switch {
		case formula[i] == '"' && inside && i+1 < len(formula) && formula[i+1] == '"':
			out.WriteByte('"')
			i++
		case formula[i] == '"':
			inside = !inside
		case inside:
			out.WriteByte(formula[i])
		}
	}
	return out.String()
}

// formers reads the names of an earlier run.
func formers(names []definedName) map[int]former {
	out := map[int]former{}
	for _, n := range names {
		number, is := strings.CutPrefix(strings.ToLower(n.Name), fillName)
		at, err := strconv.Atoi(number)
		if !is || err != nil || n.Local != "" {
			continue
		}
		if f, ok := formerOf(unquoted(n.Text)); ok {
			out[at] = f
		}
	}
	return out
}
