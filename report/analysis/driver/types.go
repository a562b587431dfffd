// Package driver finds what moves overall satisfaction (METHOD 7.3): how much
// of "worth what you paid", "would buy again" or "would recommend" each rated
// benefit and cost explains.
//
// The outcome is never perceived value, benefits, costs or utility: those are
// made of the ratings themselves.
package driver

import "valuebook/report/analysis/stat"

// Outcome is the fixed identifier of what is explained.
type Outcome string

// The outcomes, in the order in which they are tried.
const (
	NoOutcome Outcome = ""
	Worth     Outcome = "worth"     // what the offer is worth for what was paid
	Rebuy     Outcome = "rebuy"     // would buy again: 1 yes, 0 no
	Recommend Outcome = "recommend" // would recommend
)

// Method is the fixed identifier of how importance was computed.
type Method string

// The methods.
const (
	NoMethod Method = ""
	Shapley  Method = "shapley" // LMG, general dominance
	Johnson  Method = "johnson" // relative weights
)

// Refusal is the fixed identifier of why there are no weights, or why a
// predictor takes no part.
type Refusal string

// The refusals. The first four are of the whole model, the others of one
// predictor.
const (
	Accepted        Refusal = ""
	TooFew          Refusal = "too_few"        // complete cases per predictor below the minimum
	NoVariation     Refusal = "no_variation"   // everybody gave the same answer
	NoPredictors    Refusal = "no_predictors"  // no rating could take part
	NotIdentified   Refusal = "not_identified" // overall F test: p at or above the level
	RarelyAnswered  Refusal = "rarely_answered"
	Constant        Refusal = "constant"
	Collinear       Refusal = "collinear"
	NotAttributable Refusal = "not_attributable" // the predictors could not be told apart numerically
	NotAsked        Refusal = "not_asked"        // nobody was asked for an outcome; for callers of Analyse, which returns nil then
)

// Code returns the catalogue code of the sentence that says the refusal.
func (r Refusal) Code() string { return "driver.refusal." + string(r) }

// Options are the settings of this package. Start from [DefaultOptions].
type Options struct {
	Outcome      Outcome // "" = the first one that bears a model
	PerPredictor int     // complete cases needed per predictor
	Coverage     float64 // share of those who gave the outcome that must have rated an attribute, 0..1
	ShapleyMax   int     // predictors up to which Shapley values are the headline, at most 20
	Level        float64 // of the overall F test
	Bootstrap    int     // resamples
	BootstrapMax int     // respondents above which the delta method is used
	Seed         uint64
	Sampling     stat.Sampling
	Members      []bool // the customers that count; nil = all
}

// DefaultOptions returns the documented defaults of METHOD 7.3.
func DefaultOptions() Options {
	return Options{PerPredictor: 15, Coverage: 0.6, ShapleyMax: 12, Level: 0.05, Bootstrap: 2000, BootstrapMax: 20000, Seed: 1}
}

// A Predictor is one explaining column.
type Predictor struct {
	Name string
	// Pearson and Spearman are the correlations with the outcome, on the
	// complete cases; given for every predictor that was not RarelyAnswered.
	Pearson, Spearman stat.Estimate
	Left              Refusal // why it takes no part in the model, Accepted = it does
	// Coefficient is the standardised regression coefficient: its sign says in
	// which direction the predictor works.
	Coefficient stat.Estimate
	Shapley     float64       // part of R2; NaN with more than ShapleyMax predictors, or refused
	Johnson     float64       // part of R2; NaN when refused
	Weight      stat.Estimate // the headline of the two, with its interval
	Share       stat.Estimate // Weight/R2, 0..1; the shares add up to 1
	Rank        float64       // by Weight, 1 = weightiest, mean rank for ties; NaN when refused
	Tied        bool
}

// A Model explains one column by others.
type Model struct {
	N            int // complete cases
	Needed       int // complete cases that the number of predictors asks for
	Predictors   []Predictor
	R2, Adjusted float64 // NaN where nothing was fitted
	F, DF1, DF2  float64
	P            float64 // of the overall F test
	Method       Method  // of Weight; NoMethod when refused
	Refused      Refusal // why there are no weights
	Resamples    int     // behind the intervals, 0 without a bootstrap
}

// An Omission is an attribute that was rated and takes no part in the model.
type Omission struct {
	Attribute int
	Why       Refusal
	N         int // customers with both the outcome and the attribute
}

// Result is the analysis of one dataset. Higher ratings count as better: a cost
// is turned round, so that a positive coefficient always means "a better
// rating goes with a better outcome".
type Result struct {
	Outcome   Outcome
	Answered  int        // customers who gave the outcome
	Attribute []int      // index into the dataset's attributes, parallel to Model.Predictors
	Omitted   []Omission // in attribute order
	Model
}

// Of returns the predictor of an attribute, nil when it has none.
func (r *Result) Of(attribute int) *Predictor {
	if r == nil {
		return nil
	}
	for k, a := range r.Attribute {
		if a == attribute {
			return &r.Predictors[k]
		}
	}
	return nil
}
