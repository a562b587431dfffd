package grid

import "math"

// Kinds is a set of kinds of cells, with what else is true of some of them.
type Kinds uint16

// What else may be true of the cells of a stretch.
const (
	odd      Kinds = 1 << (8 + iota) // a number is shown as per cent or kept as it was written, or a formula has no value
	plain                            // numbers are from a text file and stand there as they are usually written, with two decimals at most
	fraction                         // some of those have decimals
)

// anyKinds is the set of a stretch of which nothing is known.
const anyKinds = odd | plain | fraction | 1<<(Date+1) - 1

// Has reports whether cells of a kind may be among them; Empty stands for rows without a cell.
func (k Kinds) Has(kind CellKind) bool { return k&(1<<kind) != 0 }

// Full reports whether no row is without a cell.
func (k Kinds) Full() bool { return !k.Has(Empty) }

// OnlyNumbers reports whether every row has a number that [Numbers] reads.
func (k Kinds) OnlyNumbers() bool { return k&^(plain|fraction) == 1<<Number }

// OnlyTexts reports whether every row has a text.
func (k Kinds) OnlyTexts() bool { return k == 1<<Text }

// Ambiguous reports whether a cell may have to be understood before it is a number: a text, or a number as somebody wrote it.
func (k Kinds) Ambiguous() bool { return k.Has(Text) || k&odd != 0 }

// Fractions reports whether a decimal point stands in numbers of a text file, known without a look at them.
func (k Kinds) Fractions() bool { return k&fraction != 0 }

func kindsOf(tag uint8) Kinds {
	kind := CellKind(tag & tagKind)
	k := Kinds(1) << kind
	switch {
	case kind == Number && tag&(tagText|tagPercent) != 0, tag&tagNoValue != 0:
		k |= odd
	case kind == Number && tag&tagPlain != 0:
		k |= plain
	}
	return k
}

// Stretch returns which kinds of cells the column has from a row on, and the last row for which that holds. It looks at
// no cell, and may name kinds that stand only before the row.
func (c *Column) Stretch(row int) (kinds Kinds, last int) {
	if !c.reaches(row) {
		last = MaxRows
		if len(c.grid.blocks) > 0 {
			last = c.grid.blocks[0].number - 1
		}
		return kindsOf(0), max(last, row)
	}
	b := c.block
	if last = b.numberAt(b.rows - 1); row > last {
		last = MaxRows
		if c.next < len(c.grid.blocks) {
			last = c.grid.blocks[c.next].number - 1
		}
		return kindsOf(0), last
	}
	switch {
	case b.starts != nil:
		return anyKinds, last
	case c.chunk < 0:
		return kindsOf(0), last
	}
	kinds = b.chunks[c.chunk].kinds
	if b.numbers != nil {
		kinds |= kindsOf(0)
	}
	return kinds, last
}

// reaches makes the block current that may hold a row, false when there is none.
func (c *Column) reaches(row int) bool {
	if c.block == nil || row < c.block.number || c.next < len(c.grid.blocks) && row >= c.grid.blocks[c.next].number {
		return c.seek(row)
	}
	return true
}

// Numbers reads the cells of the first rows given, as long as each is simply a number: not shown as per cent and, in a text file,
// written without a sign or spelling that leaves a choice. It returns how many it read.
func Numbers[R int | int32](c *Column, rows []R, x []float64) int {
	n := 0
	for n < len(rows) {
		read := numbersOf(c, rows[n:], x[n:])
		if read == 0 {
			break
		}
		n += read
	}
	return n
}

// numbersOf is [Numbers] for the rows of one block.
func numbersOf[R int | int32](c *Column, rows []R, x []float64) int {
	if !c.reaches(int(rows[0])) || c.chunk < 0 || c.block.starts != nil {
		return 0
	}
	b, k := c.block, &c.block.chunks[c.chunk]
	if !k.kinds.Has(Number) || k.divide == 0 && k.exact == nil {
		return 0
	}
	written := uint8(0) // how the numbers may be marked
	if k.exact == nil {
		written = tagPlain
	}
	for n, row := range rows {
		i := int(row) - b.number
		if b.numbers != nil {
			found, ok := b.find(int(row))
			if !ok {
				return n
			}
			i = found
		}
		if i < 0 || i >= b.rows || k.tagAt(i)&^written != uint8(Number) {
			return n
		}
		switch {
		case k.small != nil:
			x[n] = float64(k.small[i]) / k.divide
		case k.medium != nil:
			x[n] = float64(k.medium[i]) / k.divide
		case k.large != nil:
			x[n] = float64(k.large[i]) / k.divide
		default:
			x[n] = math.Float64frombits(k.exact[i])
		}
	}
	return len(rows)
}

// A TextID names a text of a sheet: equal ones are the same text, though one text can have several.
type TextID uint64

// TextID returns the name of the text in a row, false where there is no text.
func (c *Column) TextID(row int) (TextID, bool) {
	if !c.reaches(row) {
		return 0, false
	}
	i, ok := c.block.find(row)
	if !ok {
		return 0, false
	}
	var value uint64
	var tag uint8
	if c.block.starts != nil {
		s, _ := c.block.at(i, c.col)
		value, tag = s.value, s.tag
	} else if c.chunk >= 0 {
		k := &c.block.chunks[c.chunk]
		if tag = k.tagAt(i); tag != 0 {
			value = k.value(i)
		}
	}
	if CellKind(tag&tagKind) != Text {
		return 0, false
	}
	return TextID(value)<<1 | TextID(tag&tagShared>>6), true
}

// Text returns a text by its name.
func (c *Column) Text(id TextID) string {
	if id&1 != 0 {
		return c.grid.shared.Text(uint32(id >> 1))
	}
	return c.grid.texts.Text(uint32(id >> 1))
}

// AfterNumbers returns the index of the row after those, from the one at an index on, that are known to have numbers in one
// column, without a look at any of them; the index itself where that is not known.
func (g *Grid) AfterNumbers(i int) int {
	b := g.blocks[g.blockAt(i)]
	for k := range b.chunks {
		if b.chunks[k].kinds&^(odd|plain|fraction) == 1<<Number {
			return b.first + b.rows
		}
	}
	return i
}
