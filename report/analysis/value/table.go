package value

import (
	"math"
	"slices"
	"strings"
	"sync"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// A table is the dataset made ready for computing: ratings that can be used,
// raw weights, the order in which customers are added up.
type table struct {
	d       *dataset.Dataset
	o       Options
	n, m    int // customers, attributes
	own     int // index of our supplier, -1 = none
	rivals  []int
	mode    Mode
	columns [][]float64 // supplier-major; nil where nothing usable was rated
	in      []bool      // the attribute takes part in the scores
	weight  []float64   // raw weight, 0 outside the scores
	total   [2]float64  // of weight, by side
	has     [2]bool     // the side has an attribute in the scores
	order   []int32     // customers by ID; those without a sampling weight left out
	inOrder bool        // the rows are in that order
	minimum float64     // coverage per side
	room    *sync.Pool  // memory for as many numbers as there are customers, a few times
}

// borrow returns memory for so many numbers, which hold anything.
func (t *table) borrow(n int) []float64 {
	if room, ok := t.room.Get().(*[]float64); ok && cap(*room) >= n {
		return (*room)[:n]
	}
	return make([]float64, n)
}

// giveBack returns memory that was borrowed: nobody may hold on to it.
func (t *table) giveBack(room []float64) { t.room.Put(&room) }

func newTable(d *dataset.Dataset, o Options) *table {
	t := &table{d: d, o: o, n: d.Customers.Len(), m: len(d.Attributes), own: -1, mode: modeOf(d.Attributes), room: &sync.Pool{}}
	t.minimum = o.Coverage
	if t.mode == Money {
		t.minimum = 1
	}
	t.takePart()
	t.weigh()
	t.readColumns()
	t.sortCustomers()
	return t
}

// modeOf returns Money when every attribute is an amount of money.
func modeOf(attributes []dataset.Attribute) Mode {
	for _, a := range attributes {
		if !a.Money {
			return Index
		}
	}
	if len(attributes) == 0 {
		return Index
	}
	return Money
}

// takePart marks the attributes of the scores: all in money mode, else those
// with a scale. An amount without a scale serves as the price of METHOD 2.3.
func (t *table) takePart() {
	t.in = make([]bool, t.m)
	for a, attribute := range t.d.Attributes {
		t.in[a] = t.mode == Money || attribute.Scale.Bounded()
		if t.in[a] {
			t.has[attribute.Side] = true
		}
	}
}

// weigh sets the raw weights: as given, equal on a side where none is given, 1
// in money mode. A single missing weight among given ones, or one that is
// negative or infinite, counts as 0; reading reports it.
func (t *table) weigh() {
	t.weight = make([]float64, t.m)
	var given [2]bool
	for a, attribute := range t.d.Attributes {
		t.weight[a] = attribute.Weight
		if w, ok := t.o.Weights[attribute.ID]; ok {
			t.weight[a] = w
		}
		if t.in[a] && !math.IsNaN(t.weight[a]) {
			given[attribute.Side] = true
		}
	}
	var sums [2]stat.Summer
	for a, attribute := range t.d.Attributes {
		switch w := t.weight[a]; {
		case !t.in[a]:
			t.weight[a] = 0
		case t.mode == Money || !given[attribute.Side]:
			t.weight[a] = 1
		case !(w > 0) || math.IsInf(w, 1):
			t.weight[a] = 0
		}
		sums[attribute.Side].Add(t.weight[a])
	}
	t.total = [2]float64{sums[0].Sum(), sums[1].Sum()}
}

// normalised returns the weight of an attribute on 100 within its side, NaN
// outside the scores, without weight on the side and in money mode.
func (t *table) normalised(a int) float64 {
	side := t.d.Attributes[a].Side
	if !t.in[a] || t.mode == Money || !(t.total[side] > 0) {
		return math.NaN()
	}
	return 100 * t.weight[a] / t.total[side]
}

func (t *table) readColumns() {
	t.columns = make([][]float64, len(t.d.Suppliers)*t.m)
	for s, supplier := range t.d.Suppliers {
		if supplier.Own && t.own < 0 {
			t.own = s
		}
		rated := false
		for a, attribute := range t.d.Attributes {
			at := s*t.m + a
			if at < len(t.d.Ratings) {
				t.columns[at] = usable(t.d.Ratings[at].Values, attribute, t.n)
			}
			rated = rated || t.columns[at] != nil
		}
		if rated && !supplier.Own {
			t.rivals = append(t.rivals, s)
		}
	}
	// By name, so that nothing depends on the order of rows or columns.
	slices.SortStableFunc(t.rivals, func(a, b int) int {
		return strings.Compare(t.d.Suppliers[a].Name, t.d.Suppliers[b].Name)
	})
}

// usable returns the values with NaN for whatever cannot be used: infinite, or
// off the scale. It copies only where something has to change, and returns nil
// when nothing is left.
func usable(values []float64, a dataset.Attribute, n int) []float64 {
	good, bad := 0, len(values) != n
	for _, x := range values {
		switch {
		case math.IsNaN(x):
		case fits(x, a.Scale):
			good++
		default:
			bad = true
		}
	}
	if good == 0 || !bad {
		if good == 0 {
			return nil
		}
		return values
	}
	clean := make([]float64, n)
	for i := range clean {
		clean[i] = math.NaN()
		if i < len(values) && fits(values[i], a.Scale) {
			clean[i] = values[i]
		}
	}
	return clean
}

// largestAmount is far above any price; what lies beyond would overflow when
// squared.
const largestAmount = 1e100

// fits reports whether a rating lies on its scale, or an amount is finite.
func fits(x float64, s dataset.Scale) bool {
	if s.Bounded() {
		return x >= s.Lo && x <= s.Hi
	}
	return math.Abs(x) <= largestAmount
}

// sortCustomers orders the customers by ID, so that sums do not depend on the
// order of the rows (METHOD 0.2).
func (t *table) sortCustomers() {
	t.order = make([]int32, 0, t.n)
	for i := range t.n {
		if t.o.Sample == nil || i < len(t.o.Sample) && t.o.Sample[i] > 0 && !math.IsInf(t.o.Sample[i], 1) {
			t.order = append(t.order, int32(i))
		}
	}
	id := t.d.Customers.ID
	byID := func(a, b int32) int {
		if c := strings.Compare(id[a], id[b]); c != 0 {
			return c
		}
		return int(a - b)
	}
	if t.inOrder = slices.IsSortedFunc(t.order, byID); !t.inOrder {
		slices.SortFunc(t.order, byID)
	}
}

// column returns the ratings of a supplier on an attribute, nil when there are
// none; supplier -1 has none.
func (t *table) column(supplier, a int) []float64 {
	if supplier < 0 {
		return nil
	}
	return t.columns[supplier*t.m+a]
}

// unit returns u of METHOD 0.2, or the amount in money mode.
func (t *table) unit(a int, x float64) float64 {
	if t.mode == Money {
		return x
	}
	return t.d.Attributes[a].Unit(x)
}

// sampleWeight returns the sampling weight of a customer, 1 without any.
func (t *table) sampleWeight(i int32) float64 {
	if t.o.Sample == nil {
		return 1
	}
	return t.o.Sample[i]
}

// gather returns the values that are finite, in the order of the customers'
// IDs, and their sampling weights (nil when all count once).
func (t *table) gather(values []float64) (x, p []float64) {
	return t.gatherOf(func(i int) float64 { return values[i] })
}

// gatherOf is gather for values that are computed.
func (t *table) gatherOf(value func(i int) float64) (x, p []float64) {
	x = make([]float64, 0, len(t.order))
	for _, i := range t.order {
		v := value(int(i))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		x = append(x, v)
		if t.o.Sample != nil {
			p = append(p, t.o.Sample[i])
		}
	}
	return x, p
}

// mean returns the mean of the finite values with its interval.
func (t *table) mean(values []float64, parity float64) stat.Estimate {
	x, p := t.gather(values)
	return stat.OneSample(x, p, parity, t.o.Sampling)
}
