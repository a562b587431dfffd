package annotate

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// What a cell of a large table is made of does not change from row to row but
// for the row's number and the value: it is kept ready, and a value is written
// behind it without an allocation.

// A ready is what stands in each cell of a column.
type ready struct {
	quick  bool
	open   []byte // up to the row's number
	middle []byte // between that and a number
	text   []byte // between that and a text
	ending []byte // behind a text
}

var endOfValue = []byte("</v></c>")

// prepare returns what stands in the cells of a column; not for formulas that
// each row has for itself.
func (c *fillColumn) prepare() ready {
	live := c.template.parts != nil && c.template.shared
	quick := c.quick.number != nil || c.quick.text != nil || c.quick.append != nil
	if !quick || !live && c.Formula != nil {
		return ready{}
	}
	out := ready{quick: true, open: []byte(`<c r="` + c.letters), middle: []byte{'"'}}
	style, formula := c.styles[0], `<f t="shared" si="`+strconv.Itoa(c.number)+`"/>`
	if !live {
		style, formula = c.styles[1], ""
	}
	if style > 0 {
		out.middle = append(strconv.AppendInt(append(out.middle, ` s="`...), int64(style), 10), '"')
	}
	if out.text = append(out.text, out.middle...); live {
		out.text, out.ending = append(out.text, ` t="str">`+formula+`<v>`...), endOfValue
	} else {
		out.text, out.ending = append(out.text, ` t="inlineStr"><is><t>`...), []byte("</t></is></c>")
	}
	out.middle = append(out.middle, '>')
	out.middle = append(append(out.middle, formula...), "<v>"...)
	return out
}

// rowState is what the cells of a row share while they are written.
type rowState struct {
	row, item int
	usual     bool
	digits    []byte // of the row
	space     [8]byte
	numbers   [8]writtenNumber
	count     int
}

// A writtenNumber is a number of the row and where its digits stand: columns
// often repeat one.
type writtenNumber struct {
	number   float64
	from, to int
}

// quickly appends the cell of an item when it is one of many that are alike.
func (c *fillColumn) quickly(to []byte, s *rowState) ([]byte, bool) {
	live := c.Formula != nil
	if !c.ready.quick || live && (!s.usual || s.row == c.master) {
		return to, false
	}
	start := len(to)
	to = append(append(to, c.ready.open...), s.digits...)
	if c.quick.number != nil {
		x := c.quick.number(s.item)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return to[:start], false
		}
		to = s.appendNumber(append(to, c.ready.middle...), x)
		return append(to, endOfValue...), true
	}
	to = append(to, c.ready.text...)
	from := len(to)
	if c.quick.append != nil {
		to = c.quick.append(to, s.item)
	} else {
		to = append(to, c.quick.text(s.item)...)
	}
	if text := to[from:]; len(text) > longestText || !live && (len(text) == 0 || !tight(text)) || !plainText(text) {
		return to[:start], false
	}
	return append(to, c.ready.ending...), true
}

// appendNumber appends a number as briefly as it can be read again exactly.
func (s *rowState) appendNumber(to []byte, x float64) []byte {
	for k := range s.count {
		if n := &s.numbers[k]; math.Float64bits(n.number) == math.Float64bits(x) {
			return append(to, to[n.from:n.to]...)
		}
	}
	from := len(to)
	if whole := int64(x); float64(whole) == x && whole > -1e9 && whole < 1e9 && (whole != 0 || !math.Signbit(x)) {
		return strconv.AppendInt(to, whole, 10)
	}
	to = strconv.AppendFloat(to, x, 'g', -1, 64)
	if s.count < len(s.numbers) {
		s.numbers[s.count] = writtenNumber{x, from, len(to)}
		s.count++
	}
	return to
}

// tight reports whether a text begins and ends with something to see; where that
// is not plain, it says no.
func tight(text []byte) bool {
	last, _ := utf8.DecodeLastRune(text)
	first, _ := utf8.DecodeRune(text)
	blank := func(r rune) bool {
		return r <= ' ' || r == 0x85 || r == 0xa0 || r >= 0x1680 && r < 0x2010 || r >= 0x2028 && r <= 0x205f || r == 0x3000
	}
	return !blank(first) && !blank(last)
}

// plainText reports whether a text stands for itself in XML.
func plainText(text []byte) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if marked[c] {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError || r >= 0xfffe && r <= 0xffff {
			return false
		}
		i += n
	}
	return true
}

// marked are the characters that XML writes in another way.
var marked = func() (out [utf8.RuneSelf]bool) {
	for c := range ' ' {
		out[c] = true
	}
	for _, c := range "<>&\"'\x7f" {
		out[c] = true
	}
	return out
}()
