package value

import "valuebook/report/analysis/stat"

// Options are the settings of this package; the analysis fills them from its
// own, which hold the documented defaults.
type Options struct {
	Coverage     float64 // smallest share of weight answered per side, 0..1
	Delta        float64 // minimum meaningful difference, index points
	DeltaMoney   float64 // the same in money mode, as a share of costs
	Meaningful   float64 // m_min of METHOD 3.9, points
	BenefitShare float64 // omega of METHOD 1
	FairValue    FairValueMode
	Zone         float64 // half-width of the fair-value zone, points
	Tie          float64 // share of the scale range (METHOD 2.7)
	Bootstrap    int     // resamples
	Seed         uint64
	BootstrapMax int // respondents above which the delta method is used
	Sampling     stat.Sampling
	// Sample holds the sampling weight of each customer; nil counts everybody
	// once. A customer without a weight above 0 is left out of the statistics.
	Sample []float64
	// Weights replaces the workbook's raw weight of an attribute, by its ID.
	Weights map[string]float64
}

// pairShare is the share of the customers who rated us that must have rated a
// rival too for a paired comparison (METHOD 2.1).
const pairShare = 0.6
