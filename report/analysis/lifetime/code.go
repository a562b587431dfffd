package lifetime

import "valuebook/report/dataset"

// Model is the fixed identifier of a way to value customers (METHOD 5.0); its
// name for users has the code "lifetime.model." + Model.
type Model string

// The models.
const (
	ModelNone       Model = "none"       // nothing can be said
	ModelHistorical Model = "historical" // what customers brought in (5.1): no forecast
	ModelRetention  Model = "retention"  // constant margin and retention (5.2)
	ModelSBG        Model = "sbg"        // contract with renewals (5.3)
	ModelBGNBD      Model = "bgnbd"      // purchases at any time (5.4, 5.5)
	ModelParetoNBD  Model = "paretonbd"  // the same where customers may stop between purchases (5.6)
)

// Why is the fixed identifier of why a model was chosen; its sentence has the
// code "lifetime.why." + Why.
type Why string

// Why a model was chosen.
const (
	WhyAsked       Why = "asked"       // Options.Model names it
	WhyNoContract  Why = "no-contract" // customers buy when they like
	WhyCohorts     Why = "cohorts"     // counts of survivors are given
	WhyContract    Why = "contract"    // starts and ends of customers are given
	WhyRetention   Why = "retention"   // only an average retention is known
	WhyOnlyHistory Why = "history"     // no forecast can be borne: see Declined
	WhyNothing     Why = "nothing"     // not even the history: see Declined
)

// Refusal is the fixed identifier of why a model or a figure is not given; its
// sentence has the code "lifetime.refused." + Refusal. "" means it is given.
type Refusal string

// Why a model or figure is refused. The arguments of the sentence stand in
// [Declined].
const (
	TooFewCustomers  Refusal = "customers"        // {0} customers, {1} needed
	TooFewRepeaters  Refusal = "repeaters"        // {0} customers bought again, {1} needed
	OneTimeBuyers    Refusal = "one-time"         // nobody of {0} customers bought again
	TooShort         Refusal = "short"            // {0} days of purchases, {1} needed
	NotIdentified    Refusal = "identified"       // the data do not tell the parameters apart
	SpendUnknown     Refusal = "spend"            // fewer than {1} customers with a repeat purchase and an amount: {0}
	SpendInfinite    Refusal = "spend-infinite"   // the Gamma-Gamma is not identified or has no mean
	NegativeMargin   Refusal = "negative"         // costs and refunds eat up the revenue: margin {0}
	ContractualSet   Refusal = "contractual"      // a contract customer's silence is not death
	NoRepeatData     Refusal = "no-purchases"     // no history of purchases
	NoSurvivors      Refusal = "no-survivors"     // no counts of survivors, and no starts and ends to make them from
	SurvivorsRise    Refusal = "survivors-rise"   // cohort {0} grows
	SurvivorsNone    Refusal = "survivors-none"   // cohort {0} begins with nobody, or not at period 0
	SurvivorsAll     Refusal = "survivors-all"    // nobody left
	NoneAtRenewal    Refusal = "survivors-since"  // {0} customers left, all of them within the period of {1} months that is still running
	TooFewRenewals   Refusal = "renewals"         // {0} points of renewal, {1} needed
	SmallCohort      Refusal = "cohort-small"     // cohorts begin with {0} customers, {1} needed
	RetentionRange   Refusal = "retention"        // retention is not from 0 to 1
	DiscountRange    Refusal = "discount"         // discount is below 0
	GrowthTooLarge   Refusal = "growth"           // r(1+g) is not below 1+d
	Infinite         Refusal = "infinite"         // no discount and nobody, or too few, ever leave
	NoRetention      Refusal = "no-retention"     // no retention given, and fewer than {1} active customers to count it from: {0}
	NoMargin         Refusal = "no-margin"        // no amounts to take a margin from
	HistoryTooShort  Refusal = "regression-short" // nobody has been a customer for {0} months
	TooFewToRegress  Refusal = "regression-few"   // {0} customers for {1} facts, {2} needed
	NothingToRegress Refusal = "regression-flat"  // no fact varies, or the outcome does not
	NoPredictive     Refusal = "regression-power" // no predictive power out of the sample
	NoHoldout        Refusal = "holdout"          // the first part is too small for a fit of its own
)

// Note is the fixed identifier of a remark on the figures; its sentence has
// the code "lifetime.note." + Note.
type Note string

// Remarks. The arguments of the sentence stand in [Remark].
const (
	NoteRevenue     Note = "revenue"       // without costs: expected revenue, not profit
	NoteCosts       Note = "costs-unknown" // the cost of {0} purchases is unknown, so revenue is shown
	NoteMissing     Note = "costs-missing" // the cost of {0} purchases is unknown, so some values are
	NoteMargin      Note = "margin"        // a margin of {0} was used
	NoteCorrelation Note = "correlation"   // x and z correlate by {0}
	NoteOneTime     Note = "one-time"      // one-time buyers get the mean of the population
	NoteParameters  Note = "parameters"    // the interval holds the parameters fixed
	NoteHomogeneous Note = "homogeneous"   // all customers leave at the same rate
	NoteShares      Note = "shares"        // survivors are shares: each cohort counts as {0}
	NoteBuilt       Note = "built"         // cohorts were made from starts and ends, periods of {0} months
	NoteBeforeStart Note = "before-start"  // {0} purchases lie before the start of their customer
	NoteEarly       Note = "early"         // {0} customers began before the purchases do
	NoteShort       Note = "short"         // the purchases begin on {0}, after a trailing window does
	NoteAfter       Note = "after"         // {0} events after the date of the report are left out
	NoteFirstBuy    Note = "first-buy"     // {0} customers without a start: the first purchase is taken
	NoteHoldout     Note = "holdout"       // hold-out: {0} predicted, {1} happened
	NoteSkewed      Note = "skewed"        // the regression is of the logarithm
	NoteCollinear   Note = "collinear"     // the fact {0} says much the same as others: variance inflation {1}
)

// Declined is a model or figure that is not given.
type Declined struct {
	Model Model // ModelNone for what is no model
	Why   Refusal
	Args  []dataset.Quantity
}

// Message returns the sentence as data.
func (d Declined) Message() dataset.Message {
	return dataset.Message{Code: "lifetime.refused." + string(d.Why), Args: d.Args}
}

// Remark is one remark on the figures.
type Remark struct {
	Note Note
	Args []dataset.Quantity
}

// Message returns the sentence as data.
func (r Remark) Message() dataset.Message {
	return dataset.Message{Code: "lifetime.note." + string(r.Note), Args: r.Args}
}

// Reason is why a model was chosen.
type Reason struct {
	Why  Why
	Args []dataset.Quantity
}

// Message returns the sentence as data.
func (r Reason) Message() dataset.Message {
	return dataset.Message{Code: "lifetime.why." + string(r.Why), Args: r.Args}
}
