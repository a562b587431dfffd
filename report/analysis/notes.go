package analysis

import (
	"math"
	"slices"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// A remarks collects the notes on how the results were made.
type remarks struct {
	d    *dataset.Dataset
	o    Options
	r    *Results
	list []dataset.Message
}

// notes says what a reader must know to use the numbers rightly. What belongs
// to one figure alone (reasons, ties, a line that does not divide) is said with
// that figure, not here.
func notes(d *dataset.Dataset, o Options, r *Results) []dataset.Message {
	n := &remarks{d: d, o: o, r: r}
	scored := r.Value
	if scored == nil {
		scored = r.OfferScores
	}
	if scored != nil {
		n.onWeights(scored)
		n.onScores(scored)
	}
	if r.Value != nil {
		n.onSampling(r.Value)
		n.onRivals(r.Value)
	}
	if r.OfferScores != nil {
		n.onCosts(r.OfferScores)
		n.onLine(r.OfferLine, len(r.OfferMap))
	}
	n.onAxes()
	if r.Segments != nil && r.Segments.Simpson {
		n.add("note.simpson", n.labels(r.Segments.Reversed))
	}
	return n.list
}

// onCosts says that offers without rated costs can be compared by benefits
// alone.
func (n *remarks) onCosts(v *value.Result) {
	if math.IsNaN(v.MeanCosts.Value) && !math.IsNaN(v.MeanBenefits.Value) {
		n.add("note.benefits-only")
	}
}

func (n *remarks) add(code string, args ...dataset.Quantity) {
	n.list = append(n.list, dataset.Msg(code, args...))
}

func (n *remarks) labels(attributes []int) dataset.Quantity {
	var names []string
	for _, a := range attributes {
		names = append(names, label(n.d.Attributes[a]))
	}
	slices.Sort(names) // the order of the columns tells nothing
	return dataset.List(names...)
}

// label returns the name of an attribute to show, the ID where it has none.
func label(a dataset.Attribute) string {
	if a.Label != "" {
		return a.Label
	}
	return a.ID
}

// onWeights remarks on the importance given to the attributes of each side.
func (n *remarks) onWeights(v *value.Result) {
	if v.Mode == value.Money {
		return
	}
	for _, side := range []dataset.Side{dataset.Benefit, dataset.Cost} {
		var given []float64
		count := 0
		for _, a := range n.d.Attributes {
			if a.Side != side || !a.Scale.Bounded() {
				continue
			}
			count++
			w, set := n.o.Weights[a.ID]
			if !set {
				w = a.Weight
			}
			if w >= 0 && !math.IsInf(w, 1) {
				given = append(given, w)
			}
		}
		n.onSide(dataset.TermOf("note-side."+side.String()+"s"), given, count)
	}
}

func (n *remarks) onSide(side dataset.Quantity, given []float64, count int) {
	sum := stat.Nearly(stat.Sum(given))
	sorted := stat.Ascending(given)
	switch {
	case count == 0:
	case len(given) == 0 && count > 1:
		n.add("note.weights-equal", side)
	case len(given) == 0:
	case sum == 0:
		n.add("note.weights-zero", side)
	case sum != 100 && math.Abs(sum-100) <= 1:
		n.add("note.weights-rounded", side, dataset.Num(sum, dataset.Exact))
	}
	if len(sorted) > 1 && sorted[0] > 0 {
		if spread := sorted[len(sorted)-1] / sorted[0]; spread > 1 && spread < 1.5 {
			n.add("note.importance-flat", side, dataset.Num(spread, dataset.Ratio))
		}
	}
}

// onScores remarks on what the scores leave out.
func (n *remarks) onScores(v *value.Result) {
	if v.Mode == value.Money {
		n.add("note.money")
	}
	var outside []int
	for a, attribute := range n.d.Attributes {
		if v.Mode == value.Index && !attribute.Scale.Bounded() {
			outside = append(outside, a)
		}
	}
	if len(outside) > 0 {
		n.add("note.outside", n.labels(outside))
	}
	if v.NoCost > 0 {
		n.add("note.no-cost", dataset.N(v.NoCost))
	}
	low := 0
	for _, why := range v.Own.Why {
		if why == value.LowCoverage {
			low++
		}
	}
	if low > 0 {
		n.add("note.low-coverage", dataset.N(low), dataset.Num(v.MinCoverage, dataset.Share))
	}
}

// onSampling remarks on whom the respondents stand for.
func (n *remarks) onSampling(v *value.Result) {
	by := dataset.TermOf("weight-by." + orNone(n.o.WeightBy))
	switch {
	case n.o.WeightBy == "":
	case n.o.sample(n.d) == nil:
		n.add("note.weight-missing", by)
	case v.LeftOut() > 0:
		n.add("note.weighted-left-out", by, dataset.N(v.LeftOut()))
	default:
		n.add("note.weighted", by)
	}
	switch rated := v.MeanValue.N; {
	case n.o.Census:
		n.add("note.census")
	case n.o.Population > 0 && rated > n.o.Population:
		n.add("note.population-small", dataset.N(n.o.Population), dataset.N(rated))
	case n.o.Population > 0:
		n.add("note.population", dataset.N(n.o.Population))
	}
}

// onRivals remarks on the position against the rivals.
func (n *remarks) onRivals(v *value.Result) {
	m := v.Market
	if m == nil {
		n.add("note.no-rival")
		return
	}
	if m.OneToTen && v.Mode == value.Index {
		n.add("note.one-to-ten")
	}
	var independent []int
	for _, c := range m.Comparisons {
		if c.Independent {
			independent = append(independent, c.Attribute)
		}
	}
	if len(independent) > 0 {
		n.add("note.independent", n.labels(independent))
	}
	if !m.WorthAsked && !math.IsNaN(m.CVA.Value) {
		n.add("note.worth-from-ratings")
	}
	n.onPrices(v, m)
	n.onCompared(m)
	n.onIntervals(m)
	if v.Mode == value.Index {
		n.onMap(m)
		n.onLine(m.Line, len(m.MapPoints))
	}
}

func (n *remarks) onPrices(v *value.Result, m *value.Market) {
	switch {
	case math.IsNaN(m.RelativePrice.Value):
	case m.ActualPrices:
		n.add("note.actual-prices")
	case m.RelativeCost:
		n.add("note.relative-cost")
	default:
		n.add("note.rated-prices")
	}
}

// onCompared says when the profiles rest on a part of the weight only, and when
// that part is smaller than what a customer's value needs.
func (n *remarks) onCompared(m *value.Market) {
	if !math.IsNaN(m.MPQ.Value) {
		n.onCover("note-side.benefits", m.CoverQuality)
	}
	if !math.IsNaN(m.RelativePrice.Value) && !m.ActualPrices {
		n.onCover("note-side.costs", m.CoverPrice)
	}
}

func (n *remarks) onCover(side string, cover float64) {
	switch cover = stat.Nearly(cover); {
	case cover < stat.Nearly(n.o.Coverage):
		n.add("note.little-compared", dataset.TermOf(side), dataset.Num(cover, dataset.Share), dataset.Num(n.o.Coverage, dataset.Share))
	case cover < 1:
		n.add("note.part-compared", dataset.TermOf(side), dataset.Num(cover, dataset.Share))
	}
}

// onIntervals says how the intervals of MPQ and relative price were made.
func (n *remarks) onIntervals(m *value.Market) {
	e := m.MPQ
	if math.IsNaN(e.Value) {
		e = m.RelativePrice
	}
	switch {
	case math.IsNaN(e.Value):
	case e.Method == stat.BootstrapCI:
		n.add("note.bootstrap", dataset.N(n.o.Bootstrap), dataset.Num(float64(n.o.Seed), dataset.Number), dataset.N(e.N))
	case e.Method == stat.LogDelta:
		n.add("note.delta-method", dataset.N(e.N), dataset.N(n.o.BootstrapMax))
	case e.Why == stat.NotOffered && e.N < stat.MinBootstrap:
		n.add("note.too-few-to-resample", dataset.N(e.N), dataset.N(stat.MinBootstrap))
	}
}

// onMap names the suppliers that the value map lacks.
func (n *remarks) onMap(m *value.Market) {
	plotted := map[int]bool{}
	for _, p := range m.MapPoints {
		plotted[p.Supplier] = true
	}
	var left []string
	for _, k := range m.Rivals {
		if !plotted[k] {
			left = append(left, n.d.Suppliers[k].Name)
		}
	}
	if len(left) > 0 && len(plotted) > 0 {
		n.add("note.not-plotted", dataset.List(left...))
	}
}

func (n *remarks) onLine(line value.FairValueLine, points int) {
	if points > 0 && line.FellBack {
		n.add("note.line-fell-back", dataset.TermOf("fair-value-line."+string(n.o.FairValue)))
	}
}

// onAxes remarks on axes and thresholds where the user's wish or the data did
// not hold.
func (n *remarks) onAxes() {
	measure := func(m quadrant.Measure) dataset.Quantity { return dataset.TermOf("measure." + string(m)) }
	q, asked := n.r.Quadrant, n.o.Axes
	if n.d.Offers != nil {
		q = n.r.OfferQuadrant
	}
	if q == nil {
		if asked != [2]quadrant.Measure{} {
			n.add("note.axes-none", measure(asked[0]), measure(asked[1]))
		}
		return
	}
	if q.Refused != [2]quadrant.Measure{} {
		n.add("note.axes-without-data", measure(asked[0]), measure(asked[1]), measure(q.X.Measure), measure(q.Y.Measure))
	}
	for _, axis := range []quadrant.Axis{q.X, q.Y} {
		if axis.RaisedToZero {
			n.add("note.threshold-raised", measure(axis.Measure))
		}
		if axis.Measure == quadrant.FirmValue && n.r.FirmSource == FirmColumn && len(n.d.ValueScore) > 0 {
			n.add("note.firm-column", dataset.Str(n.d.FirmLabel))
		}
		if axis.Measure == quadrant.FirmValue {
			n.onLifetime(q)
		}
	}
}

// onLifetime says when value to the firm was computed from purchases, and whom
// that leaves out.
func (n *remarks) onLifetime(q *quadrant.Result) {
	l := n.r.Lifetime
	switch n.r.FirmSource {
	case FirmFitted:
		n.add("note.firm-fitted", dataset.N(l.Horizon), dataset.TermOf("lifetime.model."+string(l.Model)))
	case FirmHistory:
		n.add("note.firm-history", dataset.N(l.Horizon))
	default:
		return
	}
	young := 0
	for _, why := range q.Why {
		if why == quadrant.Young {
			young++
		}
	}
	if young > 0 {
		n.add("note.firm-young", dataset.N(young), dataset.N(l.Horizon))
	}
}
