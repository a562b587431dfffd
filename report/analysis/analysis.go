// Package analysis computes what a dataset allows (METHOD 1-4): perceived
// value, relative performance, the quadrant, segments. It is pure and
// deterministic: random resampling is seeded.
package analysis

import (
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/segment"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Options are the settings of an analysis. Start from [DefaultOptions]; the
// zero value has no meaning of its own.
type Options struct {
	Coverage     float64 // smallest share of weight answered per side, 0..1 (METHOD 1)
	Delta        float64 // minimum meaningful difference in index points (METHOD 1)
	DeltaMoney   float64 // the same in money mode, as a share of costs
	Meaningful   float64 // m_min of METHOD 3.9, points
	BenefitShare float64 // omega of METHOD 1
	FairValue    value.FairValueMode
	Zone         float64 // half-width of the fair-value zone
	Tie          float64 // share of the scale range (METHOD 2.7)
	Bootstrap    int     // resamples
	Seed         uint64
	BootstrapMax int    // respondents above which the delta method is used
	WeightBy     string // "", "weight" or "revenue": sampling weights
	Population   int    // finite population size, 0 = unknown
	Census       bool   // the ratings are everybody: no intervals

	Axes       [2]quadrant.Measure // empty: chosen from the data (METHOD 4.7)
	Thresholds map[quadrant.Measure]Threshold
	Band       float64            // border band on score axes, points
	BandMoney  float64            // border band on money axes, share of the interquartile range
	ClassNames map[string]string  // class identifier -> name shown instead
	Weights    map[string]float64 // attribute ID -> raw weight instead of the workbook's
}

// A Threshold says how one measure is divided; the zero Mode is the default
// of METHOD 4.3.
type Threshold struct {
	Mode  quadrant.Mode
	Value float64 // for Custom
}

// DefaultOptions returns the documented defaults of METHOD.
func DefaultOptions() Options {
	return Options{
		Coverage: 0.6, Delta: 5, DeltaMoney: 0.01, Meaningful: 5, BenefitShare: 0.5,
		FairValue: value.Diagonal, Zone: 10, Tie: 0.05,
		Bootstrap: 2000, Seed: 1, BootstrapMax: 20000,
		Band: 5, BandMoney: 0.10,
	}
}

// An Offer is one row of a supplier or product comparison (DESIGN, layout 3).
type Offer struct {
	Name     string
	Own      bool
	Benefits float64
	Costs    float64
	Value    float64
	Ratio    float64
	Coverage float64
	Rank     float64 // 1 = best, mean rank for ties, NaN when Value is missing
	Tied     bool
	Class    quadrant.Class
	Why      value.Reason
}

// A Driver is one term of why a customer stands where it stands: signed
// points, + in our favour (METHOD 3.1).
type Driver = value.Contribution

// Results is everything the dataset allowed. Parts that it does not bear are
// nil or empty, never zero figures.
type Results struct {
	Options  Options
	Value    *value.Result    // nil for offers and purchase lists
	Quadrant *quadrant.Result // nil when no pair of axes has data
	Segments *segment.Result  // nil without a segment column
	Pluses   [][]Driver       // per customer, at most three, largest first
	Minuses  [][]Driver       // per customer, at most three, most negative first

	Offers        []Offer
	OfferQuadrant *quadrant.Result // benefits x costs of the offers, indexed like Offers
	OfferMap      []value.MapPoint // value map when prices or cost ratings allow it
	OfferLine     value.FairValueLine

	Notes []dataset.Message // remarks on the method: rounded weights, axes chosen, what is missing
}
