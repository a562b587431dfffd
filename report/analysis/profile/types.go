// Package profile describes customers by their own columns: the ideal customer
// (METHOD 7.2), and segments and personas (METHOD 7.1).
//
// What goes together is shown, never what causes what.
package profile

import "valuebook/report/analysis/stat"

// Caution is the catalogue code of the sentence that has to stand beside every
// profile: correlation is not cause.
const Caution = "profile.caution"

// Kind is the fixed identifier of where a describing column comes from.
type Kind string

// The kinds. A Free column has its own header.
const (
	Segment Kind = "segment"
	Persona Kind = "persona"
	Free    Kind = "free"
)

// Refusal is the fixed identifier of why there is no profile, or why a column
// takes no part in it.
type Refusal string

// The refusals. The first four are of the whole profile, the others of one
// column.
const (
	Accepted     Refusal = ""
	TooFew       Refusal = "too_few"   // customers with a value below the minimum
	NoSpread     Refusal = "no_spread" // nobody stands out in value
	NoColumns    Refusal = "no_columns"
	NotFound     Refusal = "not_found"     // the scorecard tells no better than AUC 0.6
	PartOfValue  Refusal = "part_of_value" // its name says that it is made of what the customer paid
	NearPerfect  Refusal = "near_perfect"  // it follows value so closely that it must be made of it
	Derived      Refusal = "derived"       // columns that are part of value determine it
	NoLevel      Refusal = "no_level"      // no answer is shared by enough customers
	OneLevel     Refusal = "one_level"     // everybody has the same answer
	FewAnswers   Refusal = "few_answers"   // too few customers have one
	NoDifference Refusal = "no_difference" // either everybody or nobody who answered is in the top
)

// Code returns the catalogue code of the sentence that says the refusal.
func (r Refusal) Code() string { return "profile.refusal." + string(r) }

// Options are the settings of the ideal-customer profile. Start from
// [DefaultOptions].
type Options struct {
	Top          float64 // share of customers, by percentile rank, that are the model, 0..1
	MinLevel     int     // customers that must share an answer
	MinCustomers int     // customers with a value
	Folds        int     // of the cross-validation
	AUC          float64 // below it no profile is found
	Level        float64 // of Fisher's test that lets an answer into the scorecard
	NearPerfect  float64 // rank correlation, or share of the largest possible eta squared
	Sampling     stat.Sampling
}

// DefaultOptions returns the documented defaults of METHOD 7.2.
func DefaultOptions() Options {
	return Options{Top: 0.25, MinLevel: 5, MinCustomers: 40, Folds: 5, AUC: 0.6, Level: 0.05, NearPerfect: 0.95}
}

// A Level is one answer of a column against all other answers.
type Level struct {
	Column int    // index into Ideal.Columns
	Name   string // the answer
	N      int    // customers with a value who gave it
	Top    int    // those of them in the top
	Of     int    // customers with a value who answered the column
	OfTop  int    // those of them in the top
	Lift   float64
	// Odds is the odds ratio (with halves added) of being in the top with this
	// answer against without; its P is Fisher's.
	Odds  stat.Estimate
	PHolm float64 // Fisher's p adjusted over all tests of the profile
}

// A Number is a numeric column.
type Number struct {
	Column            int
	N                 int
	Rho               stat.Estimate // Spearman with the value score
	MeanTop, MeanRest float64
	Difference        stat.Estimate // MeanTop - MeanRest, Welch
	PHolmRho          float64
	PHolmDifference   float64
}

// An Omission is a column that takes no part.
type Omission struct {
	Column int
	Why    Refusal
}

// A Line is one answer of the scorecard and what it is worth.
type Line struct {
	Column int
	Level  string  // the answer; "" for a band of numbers
	Lo, Hi float64 // the band: above Lo, up to Hi; infinite at the ends, NaN for an answer
	N, Top int
	Points float64 // ln P(answer|top)/P(answer|rest), halves added
}

// Ideal is the ideal-customer profile.
type Ideal struct {
	Columns []Column  // all describing columns, in the order of the workbook
	Score   []float64 // percentile rank of value per customer, 0..1; NaN = no value
	Top     []bool    // per customer
	N, TopN int
	Cut     float64 // smallest value in the top
	Levels  []Level // by column, then answer
	Numbers []Number
	Omitted []Omission
	AUC     float64   // out of fold, pooled; NaN when nothing could be tried
	Card    []Line    // most telling first; empty when refused
	Points  []float64 // scorecard sum per customer, also those without a value; nil when refused
	Refused Refusal
}
