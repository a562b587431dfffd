// Package analysis computes what a dataset allows (METHOD): perceived value,
// relative performance, the quadrant, segments, value to the firm. It is pure and
// deterministic: random resampling is seeded.
package analysis

import (
	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/importance"
	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/profile"
	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/analysis/segment"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/analysis/voice"
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

	Horizon  int     // months ahead that lifetime value looks (METHOD 5.0)
	Discount float64 // a year, as a share
	Margin   float64 // share of revenue that is earned, 0 = not given
	Windows  []int   // months of historical value, ascending (METHOD 5.1)

	AccessRate     float64 // money per hour of getting at the product (METHOD 7.5), 0 = not given
	MarketingGain  float64 // margin that marketing brought in the last 12 months, 0 = not given
	MarketingSpend float64 // what it cost, 0 = not given

	RFMMode      rfm.Mode
	RFMFrequency string            // FrequencyOrders or FrequencyDays
	RFMMonetary  string            // AmountSum or AmountMean
	RFMWeights   [3]float64        // of the index (METHOD 6.3)
	RFMSegments  map[string]string // segment -> ranges of scores, "none" for no such row (METHOD 6.4)
}

// A Threshold says how one measure is divided; the zero Mode is the default
// of METHOD 4.3.
type Threshold = quadrant.Threshold

// DefaultOptions returns the documented defaults of METHOD.
func DefaultOptions() Options {
	return Options{
		Coverage: 0.6, Delta: 5, DeltaMoney: 0.01, Meaningful: 5, BenefitShare: 0.5,
		FairValue: value.Diagonal, Zone: 10, Tie: 0.05,
		Bootstrap: 2000, Seed: 1, BootstrapMax: 20000,
		Band: 5, BandMoney: 0.10,
		Horizon: 12, Discount: 0.10, Windows: []int{3, 6, 12, 24},
		RFMMode: rfm.Usual, RFMFrequency: FrequencyOrders, RFMMonetary: AmountSum, RFMWeights: [3]float64{1, 1, 1},
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
	// BenefitRank ranks by Benefits alone, NaN where those are missing: all that
	// can be said of offers whose costs were not rated.
	BenefitRank float64
	BenefitTied bool
	Class       quadrant.Class
	Why         value.Reason
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

	Drivers    *driver.Result     // nil when nobody gave an overall answer, or nothing of ours was rated
	Importance *importance.Result // nil without perceived value on scales
	Profile    *profile.Ideal     // nil without value to the firm, or columns that describe customers
	Personas   *profile.Groups    // nil without a column of personas
	Profiles   *profile.Groups    // of the segments, nil without a segment column
	Voice      *voice.Result      // nil without verbatims
	Concepts   *Concepts          // nil when no column bears any of them

	// What customers are worth to the firm. Purchases is nil without a list of
	// purchases; with one, its Refused says when nothing can be made of it, and
	// the others are nil then.
	Purchases     *purchase.History
	Lifetime      *lifetime.Result // nil without purchases, contracts, cohorts, and starts and ends
	RFM           *rfm.Result
	Concentration *Concentration // of revenue, nil where nobody's revenue is known
	Earnings      *Concentration // of revenue less cost, nil unless every customer's costs are known

	FirmSource FirmSource // where value to the firm comes from
	// FirmValue is value to the firm as the quadrant shows it, NaN = unknown; nil
	// without any. It is in money unless FirmScore says that it is a score.
	FirmValue []float64
	FirmScore bool

	Offers        []Offer
	OfferScores   *value.Result    // the offers scored like customers, for contributions; nil without offers
	OfferQuadrant *quadrant.Result // benefits x costs of the offers, indexed like Offers
	OfferMap      []value.MapPoint // value map when prices or cost ratings allow it
	OfferLine     value.FairValueLine
	OfferMarket   *value.Market // ours against the other offers, one judgement each; nil unless one is ours

	Notes []dataset.Message // remarks on the method: rounded weights, axes chosen, what is missing
}

// largest is how many pluses and minuses are named for a customer.
const largest = 3

// Analyse computes everything that the dataset bears. It never fails: what
// cannot be computed is absent, with a note or a reason. The dataset must not
// change while the results are used.
func Analyse(d *dataset.Dataset, o Options) *Results {
	r := &Results{Options: o}
	analyseFirm(d, o, r)
	if d.Customers.Len() > 0 && len(d.Attributes) > 0 && d.Offers == nil {
		r.Value = value.Analyse(d, o.value(d))
	}
	if d.Customers.Len() > 0 && d.Offers == nil {
		classify(d, o, r)
		r.Segments = segments(d, o, r)
	}
	if d.Offers != nil {
		analyseOffers(d, o, r)
	}
	r.Drivers = driver.Analyse(d, o.drivers())
	r.Importance = importance.Analyse(d, r.Value, r.Drivers)
	describe(d, o, r)
	listen(d, o, r)
	r.Notes = notes(d, o, r)
	return r
}

// value returns the options of package value.
func (o Options) value(d *dataset.Dataset) value.Options {
	return value.Options{
		Coverage: o.Coverage, Delta: o.Delta, DeltaMoney: o.DeltaMoney, Meaningful: o.Meaningful, BenefitShare: o.BenefitShare,
		FairValue: o.FairValue, Zone: o.Zone, Tie: o.Tie, Bootstrap: o.Bootstrap, Seed: o.Seed, BootstrapMax: o.BootstrapMax,
		Sampling: o.sampling(), Sample: o.sample(d), Weights: o.Weights,
	}
}

// drivers returns the options of package driver.
func (o Options) drivers() driver.Options {
	options := driver.DefaultOptions()
	options.Coverage, options.Sampling = o.Coverage, o.sampling()
	options.Bootstrap, options.BootstrapMax, options.Seed = o.Bootstrap, o.BootstrapMax, o.Seed
	return options
}

func (o Options) sampling() stat.Sampling {
	return stat.Sampling{Population: o.Population, Census: o.Census}
}

// sample returns the column of sampling weights, nil when none is asked for or
// the workbook lacks it.
func (o Options) sample(d *dataset.Dataset) []float64 {
	switch o.WeightBy {
	case "weight":
		return d.Customers.Weight
	case "revenue":
		return d.Customers.Revenue
	}
	return nil
}

// Why returns the largest terms in favour of us and against us for a customer,
// at most three each, the weightiest first (METHOD 3.1). Both are empty where
// the customer has no such figure.
func (r *Results) Why(d *dataset.Dataset, customer int) (pluses, minuses []Driver) {
	if r.Value == nil {
		return nil, nil
	}
	return value.Drivers(r.Value.RelativeTerms(customer), d.Attributes, largest)
}
