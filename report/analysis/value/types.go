// Package value computes perceived value per customer and supplier (METHOD 1),
// the position against rivals (METHOD 2) and its uncertainty (METHOD 3).
package value

import (
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// Mode says what values are measured in; the two are never mixed (METHOD 1).
type Mode string

// The modes.
const (
	Index Mode = "index" // ratings: benefits and costs 0..100, value -100..100
	Money Mode = "money" // amounts: benefits minus costs in currency
)

// Reason says why a figure is missing. It is a small number, not a text: there
// is one per customer.
type Reason uint8

// The reasons. NoCostReported goes with an infinite ratio.
const (
	Fine             Reason = iota
	NotRated                // nothing answered at all
	CostsNotRated           // no cost answered
	BenefitsNotRated        // no benefit answered
	LowCoverage             // too little of the weight of a side answered
	NoCostReported          // C = 0, B > 0: ratio infinite
	RatioUndefined          // B = C = 0, or a negative side
	NoWeight                // every weight of a side is zero
)

var reasons = [...]string{"", "not_rated", "costs_not_rated", "benefits_not_rated", "low_coverage", "no_cost_reported", "ratio_undefined", "no_weight"}

// String returns the fixed identifier, such as "not_rated"; "" for Fine.
func (r Reason) String() string { return reasons[r] }

// Verdict is the flag of METHOD 1, a small number as there is one per customer.
type Verdict uint8

// The verdicts; NoVerdict where value is missing.
const (
	NoVerdict Verdict = iota
	WorthIt
	Borderline
	BetterElsewhere
	Regret
)

var verdicts = [...]string{"", "worth_it", "borderline", "better_elsewhere", "regret"}

// String returns the fixed identifier, such as "worth_it"; "" for NoVerdict.
func (v Verdict) String() string { return verdicts[v] }

// Scores are our figures, one element per customer; NaN where missing (METHOD
// 1). What follows from these few columns and the ratings is computed when it
// is asked for: of a million customers it is shown once, if at all.
type Scores struct {
	Benefits []float64 // B
	Costs    []float64 // C
	Value    []float64 // PV = B - C
	Why      []Reason  // why Value is missing

	table *table
}

// Contribution is one term of a customer's figure.
type Contribution struct {
	Attribute int     // index into the dataset's attributes
	Points    float64 // signed: + in our favour
}

// A Position is how one supplier of the value map stands (METHOD 2.5).
type Position string

// The positions relative to the fair-value zone.
const (
	Better Position = "better"
	Fair   Position = "fair"
	Worse  Position = "worse"
)

// Standing is the verdict on one attribute (METHOD 3.9).
type Standing string

// The standings.
const (
	Leader         Standing = "leader"
	SlightlyAhead  Standing = "slightly_ahead"
	Par            Standing = "par"
	SlightlyBehind Standing = "slightly_behind"
	Laggard        Standing = "laggard"
	Unclear        Standing = "unclear"
)

// A Comparison is one attribute against the mean of the rivals, or against
// one of them (METHOD 2.1, 3.2, 3.3, 3.7, 3.9).
type Comparison struct {
	Attribute          int
	Rival              int           // supplier index; -1 = mean of the rivals
	Weight             float64       // normalised to 100 within its side
	Own, Other         float64       // means as asked, on the attribute's scale
	OwnGood, OtherGood float64       // the same with high = good, on the base of ratios
	N                  int           // size of the pair set, or of the smaller of two independent samples
	Ratio              stat.Estimate // own/other on goodness, 1 = parity
	Difference         stat.Estimate // points of 100, + = we are better
	PHolm              float64       // adjusted p of Difference, NaN when none
	Standing           Standing
	// Area is w (r - 1) of METHOD 2.6 with the weights renormalised over the
	// attributes of the side that could be compared: the areas of the benefits
	// add up to MPQ - 100. NaN without a ratio or a weight.
	Area float64
	// Independent is set when fewer than 60 % of the customers who rated us
	// rated a rival too: two samples are compared then (METHOD 2.1, 3.3).
	Independent bool
}

// A WinLoss is a net preference score (METHOD 2.7).
type WinLoss struct {
	Net                          float64 // -100..100, NaN when nothing was compared
	WinWeight, LossWeight, Total float64
}

// A MapPoint is one supplier on the value map (METHOD 2.5).
type MapPoint struct {
	Supplier      int
	Quality       float64 // Q, 100 = mean of all plotted suppliers
	Price         float64 // mean price: money, or rating as asked; NaN when the prices rated do not share a scale
	RelativePrice float64 // P, 100 = base
	Distance      float64 // signed, + = better value
	Position      Position
}

// FairValueMode is the fixed identifier of how the fair-value line was drawn.
type FairValueMode string

// The three modes of METHOD 2.5.
const (
	Diagonal   FairValueMode = "diagonal"
	Importance FairValueMode = "importance"
	Regression FairValueMode = "regression"
)

// A FairValueLine is P = 100 + Slope (Q - 100) + Offset; Offset is 0 but for a
// regression line.
type FairValueLine struct {
	Mode     FairValueMode
	Slope    float64
	Offset   float64
	Zone     float64 // half-width h
	FellBack bool    // a regression was asked for and not possible
}

// Market is the position against rivals. Every estimate's parity is said with
// the field.
type Market struct {
	Rivals                        []int         // supplier indices of the rivals that were rated, by name
	OneToTen                      bool          // ratios formed on the 1-10 base (METHOD 2, scale handling)
	Comparisons                   []Comparison  // against the mean of the rivals, attribute order
	PerRival                      []Comparison  // against each rival, rival-major
	MPQ                           stat.Estimate // market-perceived quality, 100 = parity
	Q2                            float64       // aggregate variant
	RelativePrice                 stat.Estimate // 100 = parity, above = dearer; profile, base rivals
	RelativeCost                  bool          // the profile holds costs other than money: call it relative cost
	ActualPrices                  bool          // from actual prices, not ratings
	CVA                           stat.Estimate // ratio, 1 = parity (METHOD 2.4)
	OwnWorth, RivalWorth          float64       // the two means behind CVA, 1..10
	WorthAsked                    bool          // "worth what paid" was asked; else V = 1 + 9U/100
	WinBenefits, WinCosts, WinAll WinLoss
	Relative                      stat.Estimate // mean of relative_i, points, 0 = parity
	BestRival                     int           // supplier with the highest mean value on common sets, -1 none
	AgainstBest                   stat.Estimate // mean PV_us - PV_best, points
	WinShare                      stat.Estimate // share of customers with relative > 0, 0..1
	MapPoints                     []MapPoint    // plotted suppliers, ours first, rivals by name
	Line                          FairValueLine
	CoverQuality, CoverPrice      float64 // share of the weight of benefits and costs that could be compared, 0..1
}

// An AttributeMean is one attribute of ours over all customers.
type AttributeMean struct {
	Attribute int
	N         int     // customers who rated it
	Mean      float64 // as asked, NaN when nobody did
	Unit      float64 // mean u, 0..1; the mean amount in money mode
	// Contribution is the mean of 100 w u / sum w over the customers that
	// MeanBenefits and MeanCosts rest on: those of the benefits add up to the one,
	// those of the costs to the other. NaN for an attribute outside the scores.
	Contribution float64
}

// A GroupMean is what a family of benefits or costs contributes to the mean
// benefits or costs (METHOD 1, group subtotals).
type GroupMean struct {
	Side     dataset.Side
	Group    dataset.Group  // "" when not stated
	Tangible dataset.Answer // in Result.Tangible only
	Weight   float64        // share of 100 within the side; NaN in money mode
	Points   float64        // mean contribution
}

// Result is everything of this package for one dataset.
type Result struct {
	Mode Mode
	// Weights holds per attribute the weight, normalised to 100 within its side;
	// NaN for an attribute outside the scores, on a side without weight, and in
	// money mode.
	Weights       []float64
	MinCoverage   float64 // per side, 0..1: the setting, or 1 in money mode, where a missing amount cannot be made up for
	Own           Scores
	Verdict       []Verdict
	Relative      []float64 // METHOD 3.1, NaN without rivals
	RelativeIndex []float64 // METHOD 3.11, 100 = average customer; nil unless no rival is rated
	MeanUtility   float64   // the mean U behind it
	Rank          []float64 // by Value, 1 = best, mean rank for ties; NaN where Value is missing
	RankTied      []bool
	Market        *Market // nil when no rival was rated

	// MeanBenefits and MeanCosts rest on the customers who have a value, so that
	// their difference is MeanValue; where nobody has one, each on the customers
	// who have that score.
	MeanBenefits, MeanCosts, MeanValue stat.Estimate
	MeanRatio                          float64         // sum B / sum C over the customers with a finite ratio (METHOD 1)
	Attributes                         []AttributeMean // in attribute order
	Groups                             []GroupMean     // by side, then in the order of METHOD 1
	Tangible                           []GroupMean     // by side: tangible, intangible, not stated
	VerdictCount                       map[Verdict]int
	NoCost                             int // customers with an infinite ratio, left out of MeanRatio

	table *table // for what is computed on demand
}
