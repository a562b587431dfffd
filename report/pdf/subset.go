package pdf

import (
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
)

// A cutter takes single characters out of a font: what a document embeds. The
// font's file is taken apart once; any number of goroutines may cut from it.
//
// The instructions that fit outlines to coarse screens are left out: they are
// half of a small font, and no current reader runs them.
type cutter struct {
	font    *Font
	tables  map[string][]byte
	long    bool // offsets of glyphs are of four bytes
	metrics int  // glyphs with an advance of their own
	em      int
}

func newCutter(f *Font) (*cutter, error) {
	tables, err := fontTables(f.data)
	if err != nil {
		return nil, err
	}
	for table, size := range leastSizes {
		if len(tables[table]) < size {
			return nil, fmt.Errorf("%w: %s", ErrFontTables, strings.TrimSpace(table))
		}
	}
	return &cutter{font: f, tables: tables, long: binary.BigEndian.Uint16(tables["head"][50:]) != 0,
		metrics: int(binary.BigEndian.Uint16(tables["hhea"][34:])), em: int(binary.BigEndian.Uint16(tables["head"][18:]))}, nil
}

// A cut is a small font: its file, and the glyph of each of its characters.
type cut struct {
	file   []byte
	runes  []rune
	glyphs []uint16 // parallel to runes
}

// cut returns a font that has only the given characters, which are in
// ascending order.
func (c *cutter) cut(runes []rune) cut {
	out := cut{runes: runes, glyphs: make([]uint16, len(runes))}
	old := []uint16{0} // old numbers of the new glyphs; the first stands for what is missing
	numbers := map[uint16]uint16{0: 0}
	number := func(glyph uint16) uint16 {
		n, ok := numbers[glyph]
		if !ok {
			n = uint16(len(old))
			numbers[glyph] = n
			old = append(old, glyph)
		}
		return n
	}
	for i, r := range runes {
		out.glyphs[i] = number(uint16(c.font.font.Index(r)))
	}
	var outlines, places []byte
	for n := 0; n < len(old); n++ { // parts of composed glyphs join the list
		places = binary.BigEndian.AppendUint32(places, uint32(len(outlines)))
		outlines = append(outlines, plainOutline(c.outline(old[n]), number)...)
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
	}
	places = binary.BigEndian.AppendUint32(places, uint32(len(outlines)))
	out.file = c.assemble(old, outlines, places)
	return out
}

// outline returns the outline of a glyph, empty for a space and for what the
// font's table says wrongly.
func (c *cutter) outline(glyph uint16) []byte {
	loca, glyf := c.tables["loca"], c.tables["glyf"]
	at := func(n int) int {
		switch {
		case c.long && 4*n+4 <= len(loca):
			return int(binary.BigEndian.Uint32(loca[4*n:]))
		case !c.long && 2*n+2 <= len(loca):
			return 2 * int(binary.BigEndian.Uint16(loca[2*n:]))
		}
		return len(glyf)
	}
	from, to := at(int(glyph)), at(int(glyph)+1)
	if from >= to || to > len(glyf) {
		return nil
	}
	return glyf[from:to]
}

// The flags of a part of a composed glyph.
const (
	partWords        = 0x0001
	partScale        = 0x0008
	partMore         = 0x0020
	partTwoScales    = 0x0040
	partMatrix       = 0x0080
	partInstructions = 0x0100
)

// plainOutline returns an outline without instructions; number gives the parts
// of a composed glyph their new numbers.
func plainOutline(data []byte, number func(uint16) uint16) []byte {
	if len(data) < 12 {
		return nil
	}
	contours := int(int16(binary.BigEndian.Uint16(data)))
	if contours >= 0 {
		head := 10 + 2*contours
		if head+2 > len(data) {
			return nil
		}
		size := int(binary.BigEndian.Uint16(data[head:]))
		if head+2+size > len(data) {
			return nil
		}
		out := append([]byte(nil), data[:head]...)
		return append(append(out, 0, 0), data[head+2+size:]...)
	}
	out := append([]byte(nil), data[:10]...)
	for at, more := 10, true; more && at+4 <= len(data); {
		flags := binary.BigEndian.Uint16(data[at:])
		size := partSize(flags)
		if at+size > len(data) {
			return nil
		}
		more = flags&partMore != 0
		out = binary.BigEndian.AppendUint16(out, flags&^partInstructions)
		out = binary.BigEndian.AppendUint16(out, number(binary.BigEndian.Uint16(data[at+2:])))
		out = append(out, data[at+4:at+size]...)
		at += size
	}
	return out
}

// partSize is how many bytes a part of a composed glyph takes.
func partSize(flags uint16) int {
	size := 6
	if flags&partWords != 0 {
		size = 8
	}
	switch {
	case flags&partScale != 0:
		size += 2
	case flags&partTwoScales != 0:
		size += 4
	case flags&partMatrix != 0:
		size += 8
	}
	return size
}

// assemble writes the file of a cut font.
func (c *cutter) assemble(old []uint16, outlines, places []byte) []byte {
	head, hhea, maxp := clone(c.tables["head"]), clone(c.tables["hhea"]), clone(c.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)  // check sum of the file, without which it is valid
	binary.BigEndian.PutUint16(head[50:], 1) // offsets of four bytes
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(old)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(old)))
	var widths []byte
	for _, glyph := range old {
		widths = append(widths, c.metric(int(glyph))...)
	}
	if len(outlines) == 0 {
		outlines = []byte{0, 0, 0, 0}
	}
	return fontFile(map[string][]byte{"glyf": outlines, "head": head, "hhea": hhea, "hmtx": widths, "loca": places, "maxp": maxp})
}

func clone(table []byte) []byte { return append([]byte(nil), table...) }

// metric returns the advance and the bearing of a glyph, in four bytes.
func (c *cutter) metric(glyph int) []byte {
	hmtx := c.tables["hmtx"]
	if glyph < c.metrics && 4*glyph+4 <= len(hmtx) {
		return hmtx[4*glyph : 4*glyph+4]
	}
	last, bearing := 4*(c.metrics-1), 4*c.metrics+2*(glyph-c.metrics)
	if last < 0 || last+2 > len(hmtx) || bearing+2 > len(hmtx) {
		return []byte{0, 0, 0, 0}
	}
	return append(clone(hmtx[last:last+2]), hmtx[bearing:bearing+2]...)
}

// fontFile writes tables as a font file, each with its check sum.
func fontFile(tables map[string][]byte) []byte {
	names := make([]string, 0, len(tables))
	for name := range tables {
		names = append(names, name)
	}
	sort.Strings(names)
	entry, shift := 1, 0
	for entry*2 <= len(names) {
		entry, shift = entry*2, shift+1
	}
	out := []byte{0, 1, 0, 0}
	for _, n := range []int{len(names), 16 * entry, shift, 16 * (len(names) - entry)} {
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	at := 12 + 16*len(names)
	for _, name := range names {
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, checkSum(tables[name]))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tables[name])))
		at += (len(tables[name]) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

// checkSum adds up a table as numbers of four bytes.
func checkSum(table []byte) uint32 {
	sum := uint32(0)
	for i, b := range table {
		sum += uint32(b) << (24 - 8*(i%4))
	}
	return sum
}
