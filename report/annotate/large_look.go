package annotate

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"valuebook/report/dataset"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// largePart is the size, in bytes, from which a sheet is not read as a whole.
const largePart = 4 << 20

// A look is what is known of a large sheet that was read once from its
// beginning to its end.
type look struct {
	part   string
	frame  sheetxml.Frame
	last   int                // last column with content
	last2  int                // last column of a merged range
	shared int                // the first number that shared formulas of ours may have
	wants  map[int][]*want    // by column: in long layouts several have one
	rows   map[*int32][]int32 // by the first of a list of rows: one more than the item, by row
	row    int
}

// A want is a column of numbers of the dataset, to be compared with the cells
// that it was read from.
type want struct {
	values []float64
	items  []int32 // one more than the item, by row
	number bits    // items whose cell holds a number
	same   bits    // items whose cell holds the number that was read
}

// bits are a set of items.
type bits []uint64

func (b bits) add(i int)      { b[i>>6] |= 1 << (i & 63) }
func (b bits) has(i int) bool { return b[i>>6]>>(i&63)&1 == 1 }

// newLook prepares to read a sheet, with the columns of the dataset that were
// read from it.
func newLook(part, sheet string, d *dataset.Dataset) *look {
	l := &look{part: part, wants: map[int][]*want{}, rows: map[*int32][]int32{}}
	for _, s := range columnsOf(d) {
		if s.Place.Sheet == sheet && s.Place.Col > 0 && len(s.Values) > 0 && len(s.Place.Rows) >= len(s.Values) && l.want(s) == nil {
			n := (len(s.Values) + 63) / 64
			l.wants[s.Place.Col] = append(l.wants[s.Place.Col], &want{values: s.Values, items: l.items(s.Place.Rows), number: make(bits, n), same: make(bits, n)})
		}
	}
	return l
}

// columnsOf lists the columns of a dataset that formulas may use.
func columnsOf(d *dataset.Dataset) []dataset.Series {
	list := append([]dataset.Series{d.FirmValue}, d.Ratings...)
	for _, c := range append(append([]dataset.Component{}, d.ValueScore...), d.Match...) {
		list = append(list, c.Series)
	}
	if d.Offers != nil {
		list = append(list, d.Offers.Values...)
	}
	return list
}

// items turns a list of rows round.
func (l *look) items(rows []int32) []int32 {
	if have := l.rows[&rows[0]]; have != nil {
		return have
	}
	last := int32(0)
	for _, row := range rows {
		last = max(last, row)
	}
	items := make([]int32, last+1)
	for i, row := range rows {
		items[row] = int32(i + 1)
	}
	items[0] = 0
	l.rows[&rows[0]] = items
	return items
}

// want returns what is known of a column, nil for one that is not known.
func (l *look) want(s dataset.Series) *want {
	for _, w := range l.wants[s.Place.Col] {
		if len(s.Values) > 0 && &w.values[0] == &s.Values[0] {
			return w
		}
	}
	return nil
}

// holds returns what reports whether the cells of a column hold its numbers.
func (l *look) holds(s dataset.Series) func(i int) bool {
	w := l.want(s)
	if w == nil {
		return nil
	}
	return func(i int) bool { return w.same.has(i) || !w.number.has(i) && s.Values[i] != s.Values[i] }
}

// Row implements [sheetxml.Sink].
func (l *look) Row(number int, _ bool) error { l.row = number; return nil }

// Cell implements [sheetxml.Sink].
func (l *look) Cell(c *sheetxml.RawCell) error {
	if c.Col > l.last && (c.HasValue || c.Formula || c.Type == sheetxml.TypeInline) {
		l.last = c.Col
	}
	if c.Formula {
		l.last, l.shared = max(l.last, c.Over.LastCol), max(l.shared, c.Shared)
	}
	if c.Type != sheetxml.TypeNumber || !c.HasValue {
		return nil
	}
	for _, w := range l.wants[c.Col] {
		w.compare(c)
	}
	return nil
}

// compare compares the number of a cell with that of the dataset.
func (w *want) compare(c *sheetxml.RawCell) {
	if c.Row >= len(w.items) || w.items[c.Row] == 0 || int(w.items[c.Row]) > len(w.values) {
		return
	}
	i := int(w.items[c.Row]) - 1
	if x, ok := cellNumber(c.Value); ok {
		w.number.add(i)
		if x == w.values[i] {
			w.same.add(i)
		}
	}
}

// cellNumber reads the value of a cell.
func cellNumber(text []byte) (float64, bool) {
	if n, ok := sheetxml.Digits(text); ok {
		return float64(n), true
	}
	x, err := strconv.ParseFloat(string(text), 64)
	return x, err == nil
}

// Merge implements [sheetxml.Sink].
func (l *look) Merge(ref string) error {
	if area, ok := sheetxml.ParseArea(ref); ok {
		l.last2 = max(l.last2, area.LastCol)
	}
	return nil
}

// Columns implements [sheetxml.Sink].
func (l *look) Columns(int, int, bool) error { return nil }

// Validation implements [sheetxml.Sink].
func (l *look) Validation(sheetxml.Validation) error { return nil }

// read reads the sheet.
func (l *look) read(pack *parts.Package) error {
	in, err := pack.Stream(l.part)
	if err != nil {
		return err
	}
	defer in.Close()
	framer := sheetxml.NewFramer(in)
	if err := sheetxml.Scan(framer, l); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, framer); err != nil {
		return err
	}
	l.frame, err = framer.Frame()
	return err
}

// looks reads every sheet of a workbook: the large ones, and those that the
// dataset was read from, bit by bit. An error says that a sheet cannot be read to its end.
func looks(b *archive, d *dataset.Dataset) (map[string]*look, error) {
	out := map[string]*look{}
	bitByBit := map[string]bool{d.Customers.Place.Sheet: true}
	if d.Offers != nil {
		bitByBit[d.Offers.Place.Sheet] = true
	}
	for _, s := range columnsOf(d) {
		bitByBit[s.Place.Sheet] = true
	}
	for _, s := range b.main.Sheets {
		part := b.part(s.Name)
		if part == "" || !b.pack.Has(part) {
			continue
		}
		if !bitByBit[s.Name] && b.pack.Size(part) < largePart {
			sheet, err := b.pack.Read(part)
			if err == nil {
				err = sheetxml.Check(sheet)
			}
			if err != nil {
				return nil, refusal{reasonForm, fmt.Errorf("part %s: %w", part, err)}
			}
			continue
		}
		l := newLook(part, s.Name, d)
		if err := l.read(b.pack); err != nil {
			return nil, refusal{reasonForm, fmt.Errorf("part %s: %w", part, err)}
		}
		out[part] = l
	}
	if len(out) == 0 {
		return nil, refusal{reasonForm, errors.New("no sheet holds the customers")}
	}
	return out, nil
}
