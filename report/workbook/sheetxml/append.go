package sheetxml

import "strconv"

// Append appends the cell as an element without a prefix.
func (c Cell) Append(to []byte) []byte {
	to = append(append(append(to, `<c r="`...), address(c.Row, c.Col)...), '"')
	if c.Style > 0 {
		to = append(strconv.AppendInt(append(to, ` s="`...), int64(c.Style), 10), '"')
	}
	if c.Type != "" {
		to = append(append(append(to, ` t="`...), c.Type...), '"')
	}
	if len(c.Inner) == 0 {
		return append(to, "/>"...)
	}
	return append(append(append(to, '>'), c.Inner...), "</c>"...)
}
