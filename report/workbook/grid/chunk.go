package grid

import "math"

// A stored is one cell as it is kept: what it is, and its number or the number of its text.
type stored struct {
	value uint64 // the bits of the number, or the number of the text
	col   int32
	tag   uint8
}

// The parts of a tag: the kind of a cell, and what else is true of it.
const (
	tagKind    = 0x07
	tagPercent = 0x08
	tagPlain   = 0x10
	tagNoValue = 0x20
	tagShared  = 0x40 // the text is one of the workbook's shared ones
	tagText    = 0x80 // the value is the number of a text
)

// A chunk is the cells of one column in one block of rows. Values are kept as small as they are:
// whole numbers, and those with one or two decimals, in one, two or four bytes.
type chunk struct {
	kinds  Kinds   // of all cells
	tag    uint8   // of all cells, when tags is nil
	tags   []uint8 // by row, 0 where there is no cell
	divide float64 // what whole numbers are divided by, 0 for numbers of texts
	base   int32   // what is added to the kept numbers of texts
	few    []int32 // the different numbers of texts where they are few: those that are kept are their places
	small  []int8
	medium []int16
	large  []int32
	exact  []uint64 // of values that have no smaller form
}

// tagAt returns the tag of a cell, 0 when there is none.
func (c *chunk) tagAt(row int) uint8 {
	if c.tags == nil {
		return c.tag
	}
	return c.tags[row]
}

// value returns the value of a cell that is there.
func (c *chunk) value(row int) uint64 {
	var whole int32
	switch {
	case c.small != nil:
		whole = int32(c.small[row])
	case c.medium != nil:
		whole = int32(c.medium[row])
	case c.large != nil:
		whole = c.large[row]
	default:
		return c.exact[row]
	}
	switch {
	case c.few != nil:
		return uint64(uint32(c.few[whole]))
	case c.divide == 0:
		return uint64(uint32(whole + c.base))
	}
	return math.Float64bits(float64(whole) / c.divide)
}

// newChunk packs the tags and values of a column, by row. Neither slice is kept, nor is the third, which is as long and has room for
// numbers.
func newChunk(tags []uint8, values []uint64, whole []int32) chunk {
	c := chunk{}
	texts, numbers, uniform := false, false, true
	for _, tag := range tags {
		c.kinds |= kindsOf(tag)
		uniform = uniform && tag == tags[0]
		if tag != 0 && tag&tagText == 0 {
			numbers = true
		}
		texts = texts || tag&tagText != 0
	}
	if c.tag = tags[0]; !uniform {
		c.tags = append([]uint8(nil), tags...)
	}
	clear(whole)
	switch {
	case texts && !numbers:
		for i, v := range values {
			whole[i] = int32(uint32(v))
		}
		c.packTexts(whole, tags)
	case numbers && !texts && c.packNumbers(whole, tags, values):
	default:
		c.exact = append([]uint64(nil), values...)
	}
	c.noteFractions()
	return c
}

// noteFractions notes what the form in which the numbers of a text file could be kept says of them.
func (c *chunk) noteFractions() {
	switch {
	case c.kinds&plain == 0:
	case c.exact != nil:
		c.kinds |= odd // perhaps with three decimals, which may be a thousand
	case c.divide > 1:
		c.kinds |= fraction
	}
}

// packNumbers packs numbers that are whole after a multiplication by 1, 10 or 100, so that the division gives the
// same numbers again; false when they are not.
func (c *chunk) packNumbers(whole []int32, tags []uint8, values []uint64) bool {
next:
	for _, divide := range [...]float64{1, 10, 100} {
		for i, tag := range tags {
			if tag == 0 {
				continue
			}
			x := math.Float64frombits(values[i])
			product := math.Round(x * divide)
			if !(math.Abs(product) < math.MaxInt32) || math.Float64bits(product/divide) != values[i] {
				continue next
			}
			whole[i] = int32(product)
		}
		c.pack(whole, divide)
		return true
	}
	return false
}

// pack keeps whole numbers in as few bytes as they need.
func (c *chunk) pack(whole []int32, divide float64) {
	c.divide = divide
	lo, hi := int32(0), int32(0)
	for _, x := range whole {
		lo, hi = min(lo, x), max(hi, x)
	}
	switch {
	case lo >= math.MinInt8 && hi <= math.MaxInt8:
		c.small = narrow[int8](whole)
	case lo >= math.MinInt16 && hi <= math.MaxInt16:
		c.medium = narrow[int16](whole)
	default:
		c.large = append([]int32(nil), whole...)
	}
}

// fewTexts is how many different texts a column of a block may have for their places to be kept in place of their numbers.
const fewTexts = 64

// packTexts packs the numbers of texts: as distances where they lie close, as places in a list where they are few.
func (c *chunk) packTexts(whole []int32, tags []uint8) {
	lo, hi := int32(math.MaxInt32), int32(0)
	for i, x := range whole {
		if tags[i] != 0 {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	if few := fewOf(whole, tags); few != nil {
		c.few = few
	} else if half := hi/2 - lo/2; half < math.MaxInt16-1 { // else numbers go beyond int32 or lie far apart
		c.base = lo + half
		for i := range whole {
			if whole[i] -= c.base; tags[i] == 0 {
				whole[i] = 0
			}
		}
	}
	c.pack(whole, 0)
}

// fewOf replaces the numbers of texts by their places in the list of the different ones, which it returns; nil, and nothing replaced,
// where they are many.
func fewOf(whole []int32, tags []uint8) []int32 {
	var few []int32
	var places [blockRows]uint8
	if len(whole) > len(places) {
		return nil
	}
next:
	for i, x := range whole {
		if tags[i] == 0 {
			continue
		}
		for k, other := range few {
			if other == x {
				places[i] = uint8(k)
				continue next
			}
		}
		if len(few) == fewTexts {
			return nil
		}
		places[i] = uint8(len(few))
		few = append(few, x)
	}
	for i := range whole {
		whole[i] = int32(places[i])
	}
	return few
}

func narrow[T int8 | int16](whole []int32) []T {
	out := make([]T, len(whole))
	for i, x := range whole {
		out[i] = T(x)
	}
	return out
}
