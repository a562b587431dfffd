package workbook

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// legendRows is how many rows at the beginning and at the end of a sheet are searched for a legend; legendText how long it may be.
const legendRows, legendText = 60, 240

// meansPattern is one entry of a legend: "1 = very poor".
var meansPattern = regexp.MustCompile(`^(-?\d{1,3})\s*=\s*(\pL[^=]*)$`)

// A legend says what numbers on a sheet mean: the ends of the scale, and the codes of answers that were not given.
type legend struct {
	words map[float64]string
	codes map[float64]bool
}

// legend collects the entries "1 = very poor" that stand around the rows of data of a table.
func (t *table) legend() legend {
	l := legend{words: map[float64]string{}, codes: map[float64]bool{}}
	data := map[int]bool{}
	for _, row := range t.headers {
		data[row] = true
	}
	n := t.grid.Len()
	for i := 0; i < n; i++ {
		if i == legendRows && n > 2*legendRows {
			i = n - legendRows
		}
		r := t.grid.RowAt(i)
		for cell := range r.Cells() {
			if cell.Kind == grid.Text && len(cell.Text) <= legendText && strings.Contains(cell.Text, "=") && !data[r.Number] {
				l.take(cell.Text)
			}
		}
	}
	return l
}

// take takes the entries of one text.
func (l legend) take(text string) {
	if i := strings.IndexAny(text, "(["); i >= 0 {
		text = strings.Trim(text[i:], "()[]. ")
	}
	if before, after, found := strings.Cut(text, ":"); found && !strings.Contains(before, "=") {
		text = after
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;/\n|", r) }) {
		m := meansPattern.FindStringSubmatch(strings.Trim(part, " .…"))
		if m == nil {
			continue
		}
		x, _ := strconv.ParseFloat(m[1], 64)
		if missingText(m[2]) {
			l.codes[x] = true
		} else if _, known := l.words[x]; !known {
			l.words[x] = strings.TrimSpace(m[2])
		}
	}
}

// scale returns the scale that the entries span, and whether its low end or its high one is the good one. It needs two entries, and
// a word for something good or bad among them.
func (l legend) scale() (scale dataset.Scale, down, lowGood, ok bool) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for x := range l.words {
		lo, hi = math.Min(lo, x), math.Max(hi, x)
	}
	if hi <= lo || hi > 100 || lo < 0 {
		return dataset.Scale{}, false, false, false
	}
	h := heading{}
	h.takeEnds(l.words[lo], l.words[hi], true)
	low, high := fold(l.words[lo]), fold(l.words[hi])
	known := goodWords[low] || goodWords[high] || judge(low) != 0 || judge(high) != 0 || l.levels(lo, hi)
	return dataset.Scale{Lo: lo, Hi: hi}, h.down, h.lowGood, known
}

// levels reports whether every number from one end to the other has its word, as steps of a scale have.
func (l legend) levels(lo, hi float64) bool {
	return len(l.words) >= 3 && float64(len(l.words)) == hi-lo+1
}

// obeyLegend gives the columns of ratings that say nothing of their scale that of the legend, and notes which numbers are codes.
func (t *table) obeyLegend() {
	if t.role != dataset.TableWide && t.role != dataset.TableOffers && t.role != dataset.TableRatings {
		return
	}
	l := t.legend()
	scale, down, lowGood, ok := l.scale()
	for _, c := range t.columns {
		if c.role != dataset.ColumnRating || c.head.money || c.why == whyMoney {
			continue
		}
		c.codes = l.codesOutside(c.head.scale, scale)
		if _, about := t.aboutScale(c); !ok || about || c.words != nil || c.stats.percents > 0 {
			continue
		}
		if !c.head.scale.Bounded() && t.mostlyOn(c, scale) {
			c.head.scale = scale
		}
		if c.head.scale == scale && !c.head.down && !c.head.lowGood {
			c.head.down, c.head.lowGood = down, lowGood
		}
	}
}

// codesOutside returns the codes of answers that were not given, those that cannot be ratings on the scale of a column.
func (l legend) codesOutside(own, shared dataset.Scale) map[float64]bool {
	if !own.Bounded() {
		own = shared
	}
	var codes map[float64]bool
	for x := range l.codes {
		if own.Bounded() && inside(x, own) {
			continue
		}
		if codes == nil {
			codes = map[float64]bool{}
		}
		codes[x] = true
	}
	return codes
}

// mostlyOn reports whether four in five numbers of a column lie on a scale.
func (t *table) mostlyOn(c *column, scale dataset.Scale) bool {
	on, all := 0, 0
	for _, row := range t.samples(checkedRows) {
		x := math.NaN()
		switch cell := t.grid.At(row, c.col); cell.Kind {
		case grid.Number:
			x = cell.Num
		case grid.Text:
			if r := readingOf(cell); r.ok() {
				if x = r.Point; math.IsNaN(x) {
					x = r.Comma
				}
			}
		}
		if !math.IsNaN(x) {
			all++
			if inside(x, scale) {
				on++
			}
		}
	}
	return all > 0 && on*5 >= all*4
}

// leaveCodes takes the codes of answers that were not given out of the numbers of a column.
func (n *numbers) leaveCodes(codes map[float64]bool) {
	if len(codes) == 0 {
		return
	}
	list := n.list()
	n.odd = nil
	for i, v := range list {
		if codes[v.x] {
			v = value{x: math.NaN(), got: strconv.FormatFloat(v.x, 'f', -1, 64), asRead: true}
			n.x[i] = v.x
		}
		n.add(i, v)
	}
}
