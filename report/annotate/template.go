package annotate

import (
	"regexp"
	"strconv"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// A template is a formula of one row that serves the others: the text between
// the numbers of its own row.
type template struct {
	parts  []string
	master string // the formula of the first row that uses it
	shared bool   // it may be kept once for all rows: it names no other sheet
}

// relative is a cell without "$".
var relative = regexp.MustCompile(`[A-Z]{1,3}[0-9]{1,7}`)

// newTemplate takes the formula of a row apart.
func newTemplate(formula string, row int) template {
	t, text := template{shared: !strings.Contains(withoutTexts(formula), "!")}, strings.Builder{}
	number, at := strconv.Itoa(row), 0
	for _, piece := range splitTexts(formula) {
		if strings.HasPrefix(piece, `"`) {
			text.WriteString(piece)
			continue
		}
		at = 0
		for _, m := range relative.FindAllStringIndex(piece, -1) {
			address := piece[m[0]:m[1]]
			if !alone(piece, m[0], m[1]) || strings.TrimLeft(address, letters) != number {
				continue
			}
			text.WriteString(piece[at : m[1]-len(number)])
			t.parts = append(t.parts, text.String())
			text.Reset()
			at = m[1]
		}
		text.WriteString(piece[at:])
	}
	t.parts = append(t.parts, text.String())
	return t
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// alone reports whether a part of a formula is no part of a longer word.
func alone(text string, from, to int) bool {
	const inside = letters + "abcdefghijklmnopqrstuvwxyz0123456789_.$!'("
	return (from == 0 || !strings.ContainsRune(strings.TrimSuffix(inside, "("), rune(text[from-1]))) &&
		(to == len(text) || !strings.ContainsRune(inside, rune(text[to])))
}

// splitTexts parts a formula into texts in quotes and what stands between them.
func splitTexts(formula string) []string {
	var out []string
	for formula != "" {
		end := strings.IndexByte(formula, '"')
		if end == 0 {
			if end = strings.IndexByte(formula[1:], '"') + 2; end < 2 {
				end = len(formula)
			}
		}
		if end < 0 {
			end = len(formula)
		}
		out, formula = append(out, formula[:end]), formula[end:]
	}
	return out
}

func withoutTexts(formula string) string {
	out := ""
	for _, piece := range splitTexts(formula) {
		if !strings.HasPrefix(piece, `"`) {
			out += piece
		}
	}
	return out
}

// in returns the formula of a row.
func (t template) in(row int) string { return strings.Join(t.parts, strconv.Itoa(row)) }

// templates returns the formulas that the usual rows of each column share;
// parts is nil for a column that has none.
func (b *Bulk) templates() []template {
	out := make([]template, len(b.Columns))
	first := -1
	var others []int
	for i := range b.Rows {
		if !b.usual(i) {
			continue
		}
		if first < 0 || b.Rows[i] < b.Rows[first] {
			first = i
		}
		if len(others) < 100 || i%max(1, len(b.Rows)/100) == 0 {
			others = append(others, i)
		}
	}
	if first < 0 {
		return out
	}
	for k, c := range b.Columns {
		if c.Formula == nil {
			continue
		}
		t := newTemplate(c.Formula(first), b.Rows[first])
		t.master = t.in(b.Rows[first])
		fits := t.master != ""
		for _, i := range others {
			fits = fits && t.in(b.Rows[i]) == c.Formula(i)
		}
		if fits {
			out[k] = t
		}
	}
	return out
}

// fixedCell is a cell or range of a sheet with "$".
var fixedCell = regexp.MustCompile(`!\$([A-Z]{1,3})\$([0-9]{1,7})(?::\$([A-Z]{1,3})\$([0-9]{1,7}))?`)

// nameCells gives every fixed cell of the Parameters sheet that formulas of a
// large table use a name: formulas that are kept once for all rows may name no
// other sheet.
func (p *planner) nameCells(formula string) string {
	sheet := dataset.QuoteSheet(p.names[sheetParameters])
	pieces := splitTexts(formula)
	for k, piece := range pieces {
		if strings.HasPrefix(piece, `"`) || !strings.Contains(piece, sheet+"!$") {
			continue
		}
		pieces[k] = p.nameIn(piece, sheet)
	}
	return strings.Join(pieces, "")
}

func (p *planner) nameIn(piece, sheet string) string {
	var out strings.Builder
	for {
		at := strings.Index(piece, sheet+"!$")
		if at < 0 {
			return out.String() + piece
		}
		m := fixedCell.FindStringSubmatchIndex(piece[at+len(sheet):])
		if m == nil || m[0] != 0 || at > 0 && strings.ContainsRune(letters+"abcdefghijklmnopqrstuvwxyz0123456789_.'!", rune(piece[at-1])) {
			out.WriteString(piece[:at+len(sheet)])
			piece = piece[at+len(sheet):]
			continue
		}
		cell := piece[at+len(sheet)+1 : at+len(sheet)+m[1]]
		out.WriteString(piece[:at] + p.cellName(sheet, cell))
		piece = piece[at+len(sheet)+m[1]:]
	}
}

// cellName returns the name of a cell or range of the Parameters sheet.
func (p *planner) cellName(sheet, cell string) string {
	name := figures + "p_" + strings.NewReplacer("$", "", ":", "_").Replace(cell)
	p.lock.Lock()
	defer p.lock.Unlock()
	if !p.named[name] {
		if p.sealed {
			return sheet + "!" + cell
		}
		p.named[name] = true
		p.defined = append(p.defined, sheets.Name{Name: name, RefersTo: sheet + "!" + cell})
	}
	return name
}
