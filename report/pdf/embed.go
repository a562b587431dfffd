package pdf

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// embed writes a font with the characters that a document needs and returns
// the number of its object. Texts are written as their Unicode numbers, so
// that they copy out as they are.
func (f *file) embed(c *cutter, runes []rune) int {
	small := c.cut(runes)
	name := subsetTag[1:] + c.font.name
	if c.font.style == "B" {
		name += "B"
	}
	program := f.stream(fmt.Sprintf(" /Length1 %d", len(small.file)), compressed(small.file))
	glyphs := f.stream("", compressed(small.glyphTable()))
	unicode := f.stream("", compressed([]byte(small.unicodeTable())))
	descriptor := f.add("%s", c.descriptor(name, program))
	descendant := f.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> /FontDescriptor %d 0 R /W [%s] /CIDToGIDMap %d 0 R>>",
		name, descriptor, small.widthTable(c.font), glyphs)
	return f.add("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name, descendant, unicode)
}

// glyphTable maps the numbers of characters to those of glyphs.
func (c cut) glyphTable() []byte {
	if len(c.runes) == 0 {
		return []byte{0, 0}
	}
	table := make([]byte, 2*(int(c.runes[len(c.runes)-1])+1))
	for i, r := range c.runes {
		binary.BigEndian.PutUint16(table[2*r:], c.glyphs[i])
	}
	return table
}

// stretches calls do for every run of consecutive characters that differ in
// their last byte only.
func (c cut) stretches(do func(from, to int)) {
	for from := 0; from < len(c.runes); {
		to := from + 1
		for to < len(c.runes) && c.runes[to] == c.runes[to-1]+1 && c.runes[to]>>8 == c.runes[from]>>8 {
			to++
		}
		do(from, to)
		from = to
	}
}

// widthTable lists the advances of the characters.
func (c cut) widthTable(f *Font) string {
	var out strings.Builder
	c.stretches(func(from, to int) {
		fmt.Fprintf(&out, "%d [", c.runes[from])
		for _, r := range c.runes[from:to] {
			fmt.Fprintf(&out, "%d ", f.advance(r))
		}
		out.WriteString("] ")
	})
	return strings.ReplaceAll(strings.TrimSpace(out.String()), " ]", "]")
}

// mostRanges is how many ranges one list of a character table may have.
const mostRanges = 100

// unicodeTable says which characters the texts are made of: for copying and
// searching.
func (c cut) unicodeTable() string {
	var ranges []string
	c.stretches(func(from, to int) {
		ranges = append(ranges, fmt.Sprintf("<%04X> <%04X> <%04X>", c.runes[from], c.runes[to-1], c.runes[from]))
	})
	var out strings.Builder
	out.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(ranges) > 0 {
		n := min(len(ranges), mostRanges)
		fmt.Fprintf(&out, "%d beginbfrange\n%s\nendbfrange\n", n, strings.Join(ranges[:n], "\n"))
		ranges = ranges[n:]
	}
	out.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return out.String()
}

// descriptor describes a font as a whole, in thousandths of its size.
func (c *cutter) descriptor(name string, program int) string {
	head, hhea := c.tables["head"], c.tables["hhea"]
	scaled := func(table []byte, at int) int { return int(int16(binary.BigEndian.Uint16(table[at:]))) * 1000 / c.em }
	capital := scaled(hhea, 4)
	if os2 := c.tables["OS/2"]; len(os2) >= 90 && binary.BigEndian.Uint16(os2) > 1 {
		capital = scaled(os2, 88)
	}
	stem := 80
	if c.font.bold {
		stem = 140
	}
	return fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		name, scaled(head, 36), scaled(head, 38), scaled(head, 40), scaled(head, 42), scaled(hhea, 4), scaled(hhea, 6), capital, stem, program)
}
