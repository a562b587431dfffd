package rfm

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"valuebook/report/analysis/stat"
)

// A Range is a range of scores, both ends included.
type Range struct{ Low, High uint8 }

// anyScore holds every score, and a customer without that score.
var anyScore = Range{1, best}

func (r Range) holds(score uint8) bool {
	return r == anyScore || score >= r.Low && score <= r.High && score > 0
}

func (r Range) valid() bool { return r.Low >= 1 && r.Low <= r.High && r.High <= best }

// String returns the range as the segment table writes it: "4-5", "3", "1-5".
func (r Range) String() string {
	if r.Low == r.High {
		return strconv.Itoa(int(r.Low))
	}
	return fmt.Sprintf("%d-%d", r.Low, r.High)
}

// A Segment is one row of the table: who has scores in all three ranges.
type Segment struct {
	ID      string // identifier of the shipped tables, "" for a row of the user's
	Name    string // the user's name for it, "" for the catalogue's
	R, F, M Range
}

// holds reports whether scores belong to the row. A score that does not exist
// (0) satisfies only a row that leaves it open.
func (s Segment) holds(r, f, m uint8) bool { return s.R.holds(r) && s.F.holds(f) && s.M.holds(m) }

// Others is the identifier of the rest: customers in no row of the table.
const Others = "others"

// DefaultSegments returns the table of METHOD 6.4: each of the 25 cells of
// recency and frequency belongs to exactly one row, whatever the amount.
func DefaultSegments() []Segment {
	return []Segment{
		{ID: "champions", R: Range{5, 5}, F: Range{4, 5}, M: anyScore},
		{ID: "loyal", R: Range{3, 4}, F: Range{4, 5}, M: anyScore},
		{ID: "potential_loyalist", R: Range{4, 5}, F: Range{2, 3}, M: anyScore},
		{ID: "new", R: Range{5, 5}, F: Range{1, 1}, M: anyScore},
		{ID: "promising", R: Range{4, 4}, F: Range{1, 1}, M: anyScore},
		{ID: "need_attention", R: Range{3, 3}, F: Range{3, 3}, M: anyScore},
		{ID: "about_to_sleep", R: Range{3, 3}, F: Range{1, 2}, M: anyScore},
		{ID: "cant_lose", R: Range{1, 2}, F: Range{5, 5}, M: anyScore},
		{ID: "at_risk", R: Range{1, 2}, F: Range{3, 4}, M: anyScore},
		{ID: "hibernating", R: Range{1, 2}, F: Range{1, 2}, M: anyScore},
	}
}

// CompatibleSegments returns the table in the tests of the R package rfm. Three
// of its rows are never reached and 36 of the 125 cells are in no row.
func CompatibleSegments() []Segment {
	return []Segment{
		{ID: "champions", R: Range{4, 5}, F: Range{4, 5}, M: Range{4, 5}},
		{ID: "loyal_customers", R: Range{2, 5}, F: Range{3, 5}, M: Range{3, 5}},
		{ID: "potential_loyalist", R: Range{3, 5}, F: Range{1, 3}, M: Range{1, 3}},
		{ID: "new_customers", R: Range{4, 5}, F: Range{1, 1}, M: Range{1, 1}},
		{ID: "promising", R: Range{3, 4}, F: Range{1, 1}, M: Range{1, 1}},
		{ID: "need_attention", R: Range{2, 3}, F: Range{2, 3}, M: Range{2, 3}},
		{ID: "about_to_sleep", R: Range{2, 3}, F: Range{1, 2}, M: Range{1, 2}},
		{ID: "at_risk", R: Range{1, 2}, F: Range{2, 5}, M: Range{2, 5}},
		{ID: "cant_lose_them", R: Range{1, 1}, F: Range{4, 5}, M: Range{4, 5}},
		{ID: "lost", R: Range{1, 2}, F: Range{1, 2}, M: Range{1, 2}},
	}
}

// SegmentsOf returns the table that belongs to a mode.
func SegmentsOf(mode Mode) []Segment {
	if mode == Compatible {
		return CompatibleSegments()
	}
	return DefaultSegments()
}

// ErrRanges says that a text is no row of a segment table.
var ErrRanges = errors.New(`not three ranges of scores from 1 to 5, such as "4-5; 2-3; 1-5"`)

// ParseSegment reads the ranges of a row: recency, frequency and amount with
// semicolons between, each a score, a range "4-5" or "any". A missing amount is
// any. The error is ErrRanges.
func ParseSegment(text string) (Segment, error) {
	parts := strings.Split(text, ";")
	if len(parts) == 2 {
		parts = append(parts, "any")
	}
	if len(parts) != 3 {
		return Segment{}, ErrRanges
	}
	var ranges [3]Range
	for k, part := range parts {
		r, err := parseRange(strings.TrimSpace(part))
		if err != nil {
			return Segment{}, err
		}
		ranges[k] = r
	}
	return Segment{R: ranges[0], F: ranges[1], M: ranges[2]}, nil
}

func parseRange(text string) (Range, error) {
	if strings.EqualFold(text, "any") {
		return anyScore, nil
	}
	low, high, two := strings.Cut(strings.ReplaceAll(text, "–", "-"), "-")
	if !two {
		high = low
	}
	from, err := strconv.ParseUint(strings.TrimSpace(low), 10, 8)
	to, wrong := strconv.ParseUint(strings.TrimSpace(high), 10, 8)
	r := Range{uint8(from), uint8(to)}
	if err != nil || wrong != nil || !r.valid() {
		return Range{}, ErrRanges
	}
	return r, nil
}

// Ranges returns the row's ranges as ParseSegment takes them.
func (s Segment) Ranges() string { return s.R.String() + "; " + s.F.String() + "; " + s.M.String() }

// A Check is what is wrong with a segment table.
type Check struct {
	Unreachable []int // rows that no cell reaches, because rows above hold all of theirs; ascending
	Uncovered   []int // cells in no row, as codes 100 R + 10 F + M, ascending
	Overlaps    []Overlap
}

// An Overlap is two rows that hold a cell in common; it goes to the first.
type Overlap struct{ First, Second, Cells int }

// Validate goes through all 125 cells of a table (METHOD 6.4).
func Validate(table []Segment) Check {
	var c Check
	reached := make([]bool, len(table))
	shared := map[[2]int]int{}
	for r := uint8(1); r <= best; r++ {
		for f := uint8(1); f <= best; f++ {
			for m := uint8(1); m <= best; m++ {
				rows := matching(table, r, f, m)
				if len(rows) == 0 {
					c.Uncovered = append(c.Uncovered, 100*int(r)+10*int(f)+int(m))
					continue
				}
				reached[rows[0]] = true
				for _, later := range rows[1:] {
					shared[[2]int{rows[0], later}]++
				}
			}
		}
	}
	for row := range table {
		if !reached[row] {
			c.Unreachable = append(c.Unreachable, row)
		}
		for later := row + 1; later < len(table); later++ {
			if cells := shared[[2]int{row, later}]; cells > 0 {
				c.Overlaps = append(c.Overlaps, Overlap{row, later, cells})
			}
		}
	}
	return c
}

func matching(table []Segment, r, f, m uint8) []int {
	var rows []int
	for k, s := range table {
		if s.holds(r, f, m) {
			rows = append(rows, k)
		}
	}
	return rows
}

// first returns the first row that holds scores, the table's length where none
// does.
func first(table []Segment, r, f, m uint8) int {
	for k, s := range table {
		if s.holds(r, f, m) {
			return k
		}
	}
	return len(table)
}

// A Group is the customers of one segment.
type Group struct {
	Segment
	Customers int
	Orders    float64
	Revenue   float64
	Average   float64 // revenue per order, NaN without orders
}

// group puts every scored customer into the first row that holds it, the rest
// into a last group of its own.
func (r *Result) group(in Input, table []Segment, bought []bool) {
	orders, revenue := in.Orders, in.Revenue
	if orders == nil {
		orders = in.Frequency
	}
	if revenue == nil {
		revenue = in.Monetary
	}
	rows := append(append([]Segment{}, table...), Segment{ID: Others})
	sums := make([][2]stat.Summer, len(rows))
	r.Segments = make([]Group, len(rows))
	r.Segment = make([]int, len(r.RScore))
	for k := range r.Segment {
		i := k
		if in.Order != nil {
			i = in.Order[k]
		}
		r.Segment[i] = -1
		if !bought[i] || r.Why != Scored {
			continue
		}
		row := first(table, r.RScore[i], r.FScore[i], r.MScore[i])
		r.Segment[i] = row
		r.Segments[row].Customers++
		sums[row][0].Add(orders[i])
		sums[row][1].Add(revenue[i])
	}
	for row := range rows {
		g := &r.Segments[row]
		g.Segment, g.Orders, g.Revenue = rows[row], sums[row][0].Sum(), sums[row][1].Sum()
		if g.Average = math.NaN(); g.Orders > 0 {
			g.Average = g.Revenue / g.Orders
		}
	}
}
