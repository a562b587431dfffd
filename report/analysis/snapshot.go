package analysis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Snapshot returns what a later period needs to know of this one (METHOD 4.4).
// Customers who began after the as-of date are not in it. Revision is 1: who
// keeps revisions sets it.
func Snapshot(d *dataset.Dataset, r *Results) *movement.Snapshot {
	s := &movement.Snapshot{Period: d.Period, Revision: 1, Method: method(d, r), Figures: keyFigures(d, r),
		Amounts: r.Value != nil && r.Value.Mode == value.Money}
	x := &standings{d: d, r: r, s: s, tenure: lifetime.TenureOf(d, r.Purchases), revenue: r.Revenue(d)}
	x.axes()
	x.attributes()
	for _, i := range Standing(d) {
		s.Customers = append(s.Customers, x.standing(i))
	}
	return s
}

// Standing lists the customers that are in a snapshot of the dataset, in its
// order: all but those who began after the as-of date.
func Standing(d *dataset.Dataset) []int {
	var rows []int
	for i := range d.Customers.Len() {
		if i >= len(d.Customers.Start) || d.AsOf.IsZero() || !d.Customers.Start[i].After(d.AsOf) {
			rows = append(rows, i)
		}
	}
	return rows
}

// standings makes the parts of a snapshot.
type standings struct {
	d       *dataset.Dataset
	r       *Results
	s       *movement.Snapshot
	tenure  lifetime.Tenure
	revenue []float64

	rated  []int // indices of the attributes that count
	scores []*quadrant.Composite
}

func (x *standings) axes() {
	x.s.Thresholds = [2]float64{math.NaN(), math.NaN()}
	if q := x.r.Quadrant; q != nil {
		x.s.Axes, x.s.Modes = [2]quadrant.Measure{q.Pair.X, q.Pair.Y}, [2]quadrant.Mode{q.X.Mode, q.Y.Mode}
		x.s.Thresholds, x.s.Bands, x.s.Money = [2]float64{q.X.Threshold, q.Y.Threshold}, [2]float64{q.X.Band, q.Y.Band}, [2]bool{q.X.Money, q.Y.Money}
	}
}

// standing is the verdict on an attribute against all rivals, "" without one.
func standing(v *value.Result, attribute int) string {
	if v.Market == nil {
		return ""
	}
	for _, c := range v.Market.Comparisons {
		if c.Attribute == attribute {
			return string(c.Standing)
		}
	}
	return ""
}

// attributes lists the benefits and costs that count, then the components of
// the scores.
func (x *standings) attributes() {
	if v := x.r.Value; v != nil {
		for a, attribute := range x.d.Attributes {
			share := v.Weights[a] / 100
			if x.s.Amounts {
				share = 1
			} else if math.IsNaN(share) {
				continue
			}
			x.rated = append(x.rated, a)
			x.s.Attributes = append(x.s.Attributes, movement.Attribute{ID: attribute.ID, Label: label(attribute), Cost: attribute.Side == dataset.Cost, Share: share, Standing: standing(v, a)})
		}
	}
	n := x.d.Customers.Len()
	x.addScore(quadrant.Match, quadrant.NewComposite(x.d.Match, quadrant.MatchComponents, n))
	if x.r.FirmSource == FirmComponents {
		x.addScore(quadrant.FirmValue, quadrant.NewComposite(x.d.ValueScore, quadrant.ValueComponents, n))
	}
}

func (x *standings) addScore(m quadrant.Measure, c *quadrant.Composite) {
	x.scores = append(x.scores, c)
	for _, part := range c.Parts() {
		x.s.Attributes = append(x.s.Attributes, movement.Attribute{ID: part.ID, Label: part.Label, Score: m, Share: part.Share})
	}
}

func (x *standings) standing(i int) movement.Standing {
	c := x.d.Customers
	out := movement.Standing{ID: c.ID[i], Gone: x.tenure.Gone(i), X: math.NaN(), Y: math.NaN(), Value: math.NaN(), Relative: math.NaN(),
		Firm: at(x.r.FirmValue, i), Revenue: at(x.revenue, i)}
	if i < len(c.Name) {
		out.Name = c.Name[i]
	}
	if i < len(c.Segment) {
		out.Segment = c.Segment[i]
	}
	if q := x.r.Quadrant; q != nil {
		out.X, out.Y = q.X.Values[i], q.Y.Values[i]
		if q.Class[i] != quadrant.NotClassified {
			out.Class = q.ID(q.Class[i])
		}
	}
	out.Own = make([]float64, 0, len(x.s.Attributes))
	if v := x.r.Value; v != nil {
		out.Value, out.Relative = v.Own.Value[i], at(v.Relative, i)
		own, rivals := v.Units(i)
		for _, a := range x.rated {
			out.Own = append(out.Own, own[a])
			if rivals != nil {
				out.Rivals = append(out.Rivals, rivals[a])
			}
		}
	}
	for _, score := range x.scores {
		out.Own = score.Places(i, out.Own)
	}
	return out
}

// at returns element i of a column, NaN where there is none.
func at(values []float64, i int) float64 {
	if i < len(values) {
		return values[i]
	}
	return math.NaN()
}

// method names the settings that must be equal for two periods to be compared,
// by name. Weights and thresholds are not among them: what they do is told.
func method(d *dataset.Dataset, r *Results) string {
	parts := []string{"coverage_min=" + plain(r.Options.Coverage), "weight_by=" + orNone(r.Options.WeightBy)}
	if r.Value != nil {
		parts = append(parts, "mode="+string(r.Value.Mode), "benefit_share="+plain(r.Options.BenefitShare))
	}
	if q := r.Quadrant; q != nil {
		parts = append(parts, "axes="+string(q.Pair.X)+","+string(q.Pair.Y))
	}
	if r.FirmSource != NoFirmValue {
		parts = append(parts, "firm_value="+string(r.FirmSource))
	}
	if l := r.Lifetime; l != nil && (r.FirmSource == FirmFitted || r.FirmSource == FirmHistory) {
		parts = append(parts, "horizon="+strconv.Itoa(r.Options.Horizon), "discount="+plain(r.Options.Discount), "margin="+plain(r.Options.Margin), "model="+string(l.Model))
	}
	if guessed := guessedScales(d); guessed != "" {
		parts = append(parts, "scale="+guessed)
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

// guessedScales lists the ends of scales that were taken from the values: what a
// rating is worth then differs from one period to the next. Stated ends may
// change, since ratings are compared as places on their scale.
func guessedScales(d *dataset.Dataset) string {
	var ends []string
	for _, a := range d.Attributes {
		if a.Scale.Inferred {
			ends = append(ends, fmt.Sprintf("%s-%s", plain(a.Scale.Lo), plain(a.Scale.Hi)))
		}
	}
	slices.Sort(ends)
	return strings.Join(slices.Compact(ends), ",")
}

func plain(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// keyFigures are the key figures that a trend shows, by fixed identifiers.
func keyFigures(d *dataset.Dataset, r *Results) []movement.Figure {
	var list []movement.Figure
	add := func(code string, x float64, unit string) {
		list = append(list, movement.Figure{Code: code, Value: x, Unit: unit})
	}
	add("customers", float64(present(d, r)), "count")
	if v := r.Value; v != nil {
		unit := "points"
		if v.Mode == value.Money {
			unit = "money"
		}
		add("value", v.MeanValue.Value, unit)
		if m := v.Market; m != nil {
			add("relative", m.Relative.Value, unit)
			add("cva", m.CVA.Value, "ratio")
			add("win_share", m.WinShare.Value, "share")
		}
		add("at_risk", float64(v.VerdictCount[value.Regret]+v.VerdictCount[value.BetterElsewhere]), "count")
	}
	if q := r.Quadrant; q != nil {
		if n := q.Counts[1] + q.Counts[2] + q.Counts[3] + q.Counts[4]; n > 0 {
			best := quadrant.HighHigh
			if q.Pair.X == quadrant.Benefits && q.Pair.Y == quadrant.Costs {
				best = quadrant.HighLow
			}
			add("best_class", float64(q.Counts[best])/float64(n), "share")
		}
	}
	if l := r.Lifetime; l != nil && l.Model != lifetime.ModelNone {
		add("equity", l.Equity.Total, "money")
	}
	return list
}

// present is how many customers there are: those who began and have not left.
func present(d *dataset.Dataset, r *Results) int {
	tenure, n := lifetime.TenureOf(d, r.Purchases), 0
	for _, i := range Standing(d) {
		if !tenure.Gone(i) {
			n++
		}
	}
	return n
}
