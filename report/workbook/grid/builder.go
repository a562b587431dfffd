package grid

import (
	"math"
	"sort"
	"strconv"
)

// A Builder makes a grid of cells that come row by row.
type Builder struct {
	grid    Grid
	number  int // of the row being built, 0 for none
	numbers []int32
	hidden  []bool
	starts  []int32
	cells   []stored
	ordered bool // the cells of the last row ascend so far
	count   int
	merges  []Area
	work    workspace
}

// NewBuilder returns a builder for a grid with the given properties, such as its sheet; what the
// properties tell to ignore is not kept.
func NewBuilder(properties Grid) *Builder {
	properties.texts = &Texts{}
	return &Builder{grid: properties, ordered: true}
}

// Share gives the builder the shared texts that SharedText takes by their numbers.
func (b *Builder) Share(texts *Texts) { b.grid.shared = texts }

// Row begins a row: the cells that follow are its cells. The numbers of rows must ascend; a row that does not is
// refused with false, and so are its cells.
func (b *Builder) Row(number int, hidden bool) bool {
	if n := len(b.numbers); number < 1 || n > 0 && number <= int(b.numbers[n-1]) || number <= b.number {
		b.number = 0
		return false
	}
	b.endRow()
	if len(b.numbers) >= blockRows || len(b.cells) >= blockCells {
		b.seal()
	}
	b.number = number
	b.numbers, b.hidden = append(b.numbers, int32(number)), append(b.hidden, hidden)
	b.starts = append(b.starts, int32(len(b.cells)))
	return true
}

// endRow brings the cells of the last row in order, and drops the row when it has none.
func (b *Builder) endRow() {
	n := len(b.numbers) - 1
	if n < 0 {
		return
	}
	if from := int(b.starts[n]); len(b.cells) == from {
		b.numbers, b.hidden, b.starts = b.numbers[:n], b.hidden[:n], b.starts[:n]
	} else if !b.ordered {
		b.cells = b.cells[:from+len(inOrder(b.cells[from:]))]
	}
	b.ordered = true
}

// seal packs the rows so far as a block.
func (b *Builder) seal() {
	if len(b.numbers) == 0 {
		return
	}
	block := newBlock(b.numbers, b.hidden, append(b.starts, int32(len(b.cells))), b.cells, &b.work)
	block.first = b.grid.length
	b.grid.length += block.rows
	b.grid.blocks = append(b.grid.blocks, block)
	b.numbers, b.hidden, b.starts, b.cells = b.numbers[:0], b.hidden[:0], b.starts[:0], b.cells[:0]
}

func (b *Builder) put(col int, tag uint8, value uint64) {
	if b.number == 0 || col < 1 || col > MaxCols || b.grid.Ignore.Holds(b.number, col) {
		return
	}
	if n := len(b.cells); n > int(b.starts[len(b.starts)-1]) && b.cells[n-1].col >= int32(col) {
		b.ordered = false
	}
	b.cells = append(b.cells, stored{value, int32(col), tag})
	b.count++
}

// Number adds a number to the row that was begun last.
func (b *Builder) Number(col int, x float64, percent bool) {
	tag := uint8(Number)
	if percent {
		tag |= tagPercent
	}
	b.put(col, tag, math.Float64bits(x))
}

// Date adds a date as the serial day of the 1900 calendar.
func (b *Builder) Date(col int, serial float64) { b.put(col, uint8(Date), math.Float64bits(serial)) }

// Bool adds a truth value.
func (b *Builder) Bool(col int, truth bool) {
	x := 0.0
	if truth {
		x = 1
	}
	b.put(col, uint8(Bool), math.Float64bits(x))
}

// Text adds a text: the code of an error is an error, blanks are nothing.
func (b *Builder) Text(col int, text []byte, percent bool) {
	kind := textKind(text)
	if kind == Empty {
		return
	}
	tag := uint8(kind) | tagText
	if percent {
		tag |= tagPercent
	}
	b.put(col, tag, uint64(b.grid.texts.Intern(text)))
}

// SharedText adds one of the shared texts, as Text does.
func (b *Builder) SharedText(col int, number uint32, percent bool) {
	kind := b.grid.shared.Kind(number)
	if kind == Empty {
		return
	}
	tag := uint8(kind) | tagText | tagShared
	if percent {
		tag |= tagPercent
	}
	b.put(col, tag, uint64(number))
}

// Error adds the code of an error.
func (b *Builder) Error(col int, code []byte) {
	b.put(col, uint8(ErrorValue)|tagText, uint64(b.grid.texts.Intern(code)))
}

// NoValue adds a formula whose result was not stored.
func (b *Builder) NoValue(col int) { b.put(col, tagNoValue, 0) }

// Plain adds a field of a text file: kind is Number, Text or ErrorValue; a number is one that
// strconv.ParseFloat reads.
func (b *Builder) Plain(col int, kind CellKind, text []byte) {
	if kind == Number {
		if x, ok := usual(text); ok {
			b.put(col, uint8(Number)|tagPlain, math.Float64bits(x))
			return
		}
	}
	b.put(col, uint8(kind)|tagText|tagPlain, uint64(b.grid.texts.Intern(text)))
}

// usual returns a number that is written as it would be again, in fifteen digits at most: then the text need not be kept.
func usual(text []byte) (x float64, ok bool) {
	digits, decimals, whole := text, 0, int64(0)
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 15 || digits[0] == '0' && len(digits) > 1 && digits[1] != '.' {
		return 0, false
	}
	for i, c := range digits {
		if c == '.' {
			if decimals = len(digits) - 1 - i; i == 0 || decimals == 0 || decimals > 6 || digits[len(digits)-1] == '0' {
				return 0, false
			}
			continue
		}
		whole = whole*10 + int64(c-'0')
	}
	if x = float64(whole); decimals > 0 {
		x /= math.Pow10(decimals)
	}
	if len(digits) < len(text) {
		x = -x
	}
	return x, whole > 0 || len(text) == 1
}

// Add adds a cell to the row that was begun last. What is empty is left out; of two cells with one
// address the later counts.
func (b *Builder) Add(c Cell) {
	tag := uint8(c.Kind)
	if c.Percent {
		tag |= tagPercent
	}
	if c.Plain {
		tag |= tagPlain
	}
	switch {
	case c.Kind == Empty && c.NoValue:
		b.NoValue(int(c.Col))
	case c.Kind == Empty:
	case c.Kind == Text, c.Kind == ErrorValue, c.Plain && c.Text != strconv.FormatFloat(c.Num, 'f', -1, 64):
		b.put(int(c.Col), tag|tagText, uint64(b.grid.texts.Intern([]byte(c.Text))))
	default:
		b.put(int(c.Col), tag, math.Float64bits(c.Num))
	}
}

// Cells returns the number of cells so far.
func (b *Builder) Cells() int { return b.count }

// Merge adds a merged range.
func (b *Builder) Merge(area Area) { b.merges = append(b.merges, area) }

// Merges returns the number of merged ranges so far.
func (b *Builder) Merges() int { return len(b.merges) }

// HideColumns marks columns as hidden.
func (b *Builder) HideColumns(first, last int) {
	b.grid.HiddenCols = append(b.grid.HiddenCols, Area{Row: 1, Col: first, LastRow: MaxRows, LastCol: last})
}

// Rule adds a limit of what may be entered.
func (b *Builder) Rule(r Rule) { b.grid.Rules = append(b.grid.Rules, r) }

// Grid returns the grid. The builder is not used any more.
func (b *Builder) Grid() Grid {
	b.endRow()
	b.seal()
	b.grid.merges = newMerges(b.merges)
	b.grid.texts.recent = nil
	b.numbers, b.hidden, b.starts, b.cells = nil, nil, nil, nil
	return b.grid
}

// inOrder sorts cells by column; of two with one address the later stays, as
// spreadsheets do.
func inOrder(cells []stored) []stored {
	sort.SliceStable(cells, func(i, k int) bool { return cells[i].col < cells[k].col })
	kept := cells[:0]
	for _, c := range cells {
		if n := len(kept); n > 0 && kept[n-1].col == c.col {
			kept[n-1] = c
			continue
		}
		kept = append(kept, c)
	}
	return kept
}
