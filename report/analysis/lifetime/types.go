package lifetime

import (
	"math"
	"time"

	"valuebook/report/dataset"
)

// Options are the settings of the valuation. Start from [DefaultOptions].
type Options struct {
	Horizon  int     // months that a forecast covers
	Discount float64 // per year, at least 0
	// Margin is the profit per unit of revenue of purchases whose cost is
	// unknown; NaN = not given. Known costs stand.
	Margin    float64
	Retention float64 // share of customers who stay, per year; NaN = count it
	Growth    float64 // of the margin per year, for the constant retention
	Windows   []int   // months of the windows of what customers brought in
	Unit      float64 // days in the unit of time of the models; 7 = weeks
	Renewal   int     // months between renewals, and between the points of cohorts
	Holdout   float64 // share of the time that is kept back for the check, below 1; 0 = no check
	Bootstrap int     // resamples for the interval of customer equity
	Seed      uint64
	Model     Model // the only forecast that is tried; "" = chosen from the data
}

// DefaultOptions returns the documented defaults of METHOD 5.0.
func DefaultOptions() Options {
	return Options{
		Horizon: 12, Discount: 0.10, Margin: math.NaN(), Retention: math.NaN(),
		Windows: []int{3, 6, 12, 24}, Unit: 7, Renewal: 12, Holdout: 0.5, Bootstrap: 1000, Seed: 1,
	}
}

// Least data that a model needs (METHOD 5.0).
const (
	MinCustomers = 200 // who bought
	MinRepeaters = 50  // who bought again
	MinDays      = 28  // from the first purchase to the as-of date
	MinRenewals  = 3   // points of renewal of the sBG
	MinCohort    = 100 // customers at the beginning of all cohorts
	MinActive    = 10  // customers active a year ago, to count a retention
	MinPerFact   = 15  // customers per fact of the regression
)

// Result is what customers are worth to the firm. Columns have one value per
// customer of the dataset.
type Result struct {
	Model    Model // by which Value was computed
	Why      Reason
	Declined []Declined // models and figures that are not given, in the order of trying
	Remarks  []Remark

	AsOf     time.Time
	Horizon  int       // months that Value covers: ahead for a forecast, back for ModelHistorical
	Since    time.Time // of ModelHistorical: the first purchase of all, where the list begins after those months do; else zero
	Discount float64   // per year
	Margin   float64   // profit per unit of sales in a forecast of purchases; 1 when Revenue is set and nothing was refunded; NaN = not used
	Revenue  bool      // values are revenue, not profit: costs are not known
	Unit     float64   // days in the unit of time of the parameters

	Value     []float64 // money; NaN = not known
	Alive     []float64 // chance of still being a customer; NaN = not applicable, as for one-time buyers
	Purchases []float64 // expected over the horizon; NaN = no forecast of purchases
	Spend     []float64 // expected per purchase, or per month under a contract; NaN = not known

	Parameters []Parameter // in the letters of the literature, by name
	Historical *Historical // nil without purchases
	Buying     *Buying     // nil without a forecast of purchases
	Contract   *Contract   // nil without a contract model
	Regression *Regression // nil when refused; without predictions when it has no power: see Declined
	Equity     Equity
}

// Parameter is one parameter of a model, such as "bgnbd.r".
type Parameter struct {
	Name  string
	Value float64
}

// Meaning says in words what the parameter stands for, as data.
func (p Parameter) Meaning() dataset.Message {
	return dataset.Msg("lifetime.parameter."+p.Name, dataset.Num(p.Value, dataset.Number))
}

// Buying is a model of repeat buying and how it fits.
type Buying struct {
	Fit         Fit
	SpendFit    Fit     // of the Gamma-Gamma
	SpendMean   float64 // expected spend per purchase over all customers; NaN = not known
	Correlation float64 // of x and z
	Repeaters   int
	Tracking    Tracking
	Holdout     *Holdout // nil when refused: see Declined
}

// Tracking compares repeat purchases with those that the model expects, both
// cumulative over all customers: the chart of how well the model tracks.
type Tracking struct {
	Day              []int32 // days since 1970-01-01
	Actual, Expected []float64
}

// Holdout is a second fit on the first part of the time, and how well it
// foretold the second.
type Holdout struct {
	From, To          int32 // days since 1970-01-01: kept back is (From, To]
	Customers         int   // who had bought by From
	Predicted, Actual float64
	Bins              []HoldoutBin // by repeat purchases in the first part
	Parameters        []Parameter
}

// HoldoutBin compares customers with the same number of repeat purchases in
// the first part; the last bin holds those with X or more.
type HoldoutBin struct {
	X                 int
	Customers         int
	Predicted, Actual float64 // mean repeat purchases in the second part
}

// Contract is a model of customers under contract.
type Contract struct {
	Retention   float64 // share who stay, a year (retention) or at the first renewal (sBG)
	Active      int     // customers active a year before, from whom Retention was counted; 0 = given
	Timing      Timing
	Discount    float64 // a period
	Multiple    float64 // for ever: margins of a year (retention) or periods (sBG: DEL) that a customer is worth; NaN = none
	Months      int     // in a period of renewal
	Homogeneous bool
	LogLik      float64
	Curves      []Survival
}

// Survival is the share of a cohort left after each period.
type Survival struct {
	Cohort         string
	Customers      float64
	Period         []int
	Actual, Fitted []float64
	// Alone is the fit of this cohort by itself, nil where there is no other, or
	// it is too small for one: then Fitted is by the model of all.
	Alone *Alone
}

// Alone is the fit of the sBG to one cohort by itself.
type Alone struct {
	SBG
	LogLik float64
	DEL    float64 // expected lifetime in periods, discounted; NaN = infinite
}

// Equity is customer equity: the value of all current customers (METHOD 5.8).
type Equity struct {
	Customers        int     // current ones with a value; for ModelHistorical all with one
	Total            float64 // negative values included
	Negative         int     // customers with a value below 0
	WithoutNegative  float64
	Lo, Hi, SE       float64 // 95 % interval by resampling customers, parameters held fixed; NaN = too few
	Resamples        int     // 0 = by formula
	NewPerMonth      float64 // first purchases per month over the last 12 months; NaN = not forecast
	NewValue         float64 // value over the horizon of the customers expected to come
	NewCustomerValue float64 // value over the horizon of one customer who comes now
}
