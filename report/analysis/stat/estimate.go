// Package stat holds the statistics that the analyses share: means, intervals,
// tests, the bootstrap. It knows nothing of customers.
package stat

// An Estimate is a statistic with its uncertainty (METHOD 3).
//
// Value is NaN when there is nothing to estimate. Lo and Hi are the ends of
// the 95 % interval, both NaN when none can be given; Why then says why.
type Estimate struct {
	Value  float64
	Lo, Hi float64
	SE     float64 // standard error, NaN when none
	DF     float64 // degrees of freedom, NaN when none
	P      float64 // two-sided p-value against the parity value, NaN when none
	N      int     // respondents
	Method Method
	Why    Why
}

// Method is the fixed identifier of how an interval was made.
type Method string

// The interval methods.
const (
	NoInterval  Method = ""
	Paired      Method = "paired"
	WelchT      Method = "welch"
	OneSampleT  Method = "one_sample"
	LogDelta    Method = "log_delta"
	BootstrapCI Method = "bootstrap"
	WilsonScore Method = "wilson"
	FisherZ     Method = "fisher_z" // of a correlation
	Delta       Method = "delta"
)

// Why is the fixed identifier of the reason for a missing interval.
type Why string

// The reasons.
const (
	HasInterval Why = ""
	TooFew      Why = "too_few"
	NoVariation Why = "no_variation"
	Census      Why = "census"
	NotOffered  Why = "not_offered"
)
