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
	divide float64 // what whole numbers are divided by
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
	if c.divide == 0 {
		return uint64(uint32(whole))
	}
	return math.Float64bits(float64(whole) / c.divide)
}

// newChunk packs the tags and values of a column, by row. Neither slice is kept.
func newChunk(tags []uint8, values []uint64) chunk {
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
	whole := make([]int32, len(values))
	switch {
	case texts && !numbers:
		for i, v := range values {
			whole[i] = int32(uint32(v))
		}
		c.pack(whole, 0)
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
		c.large = whole
	}
}

func narrow[T int8 | int16](whole []int32) []T {
	out := make([]T, len(whole))
	for i, x := range whole {
		out[i] = T(x)
	}
	return out
}
