package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/concept"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/voice"
	"valuebook/report/dataset"
)

// Concepts are the smaller concepts around customer value (METHOD 7.5). A part
// whose columns are not there is nil; one that they do not bear says why in its
// Refused.
type Concepts struct {
	Canvas     *concept.Canvas
	Claims     *concept.Proposition
	Price      *concept.ValueBasedPrices
	FairPrices *concept.FairPrices
	Effort     *concept.Effort
	Access     *concept.AccessCosts
	Loyalty    *concept.Loyalty
	Maximise   *concept.Maximisation
	Model      *concept.ValueModel
	Exchange   *concept.Exchange
}

// listen counts what customers said in their own words, and computes the
// concepts that the columns allow.
func listen(d *dataset.Dataset, o Options, r *Results) {
	if d.Offers != nil || d.Customers.Len() == 0 {
		return
	}
	options := voice.DefaultOptions()
	options.Sampling = o.sampling()
	r.Voice = voice.Listen(d, r.Value, options)
	c := &Concepts{
		Canvas: concept.NeedsCanvas(d, r.Value),
		Claims: concept.Claims(concept.Survey{Data: d, Value: r.Value}, nil),
		Price:  concept.ValueBasedPrice(d, r.Value, o.sampling()), Effort: concept.Activities(d),
		Access:  concept.Access(d, concept.AccessOptions{Rate: o.AccessRate, Sampling: o.sampling()}),
		Loyalty: concept.LoyaltyOf(d, o.sampling()), Maximise: concept.Maximise(d, o.maximise(d, r)),
		Model: concept.ValueModelOf(d, r.Value, o.Coverage, o.drivers()),
	}
	if r.Value != nil && r.Value.Market != nil {
		c.FairPrices = concept.FairPricesOf(r.Value.Market.MapPoints, r.Value.Market.Line, r.Value.Market.ActualPrices)
	}
	if r.FirmValue != nil {
		firm := quadrant.Source{Measure: quadrant.FirmValue, Values: r.FirmValue, Money: !r.FirmScore}
		c.Exchange = concept.ExchangeOf(d, r.Value, firm, o.sampling())
	}
	if *c != (Concepts{}) {
		r.Concepts = c
	}
}

// maximise returns the options of winning, keeping and using. What a new
// customer is worth is known from a forecast of profit alone, and taken before
// what winning one costs.
func (o Options) maximise(d *dataset.Dataset, r *Results) concept.MaximiseOptions {
	options := concept.DefaultMaximiseOptions()
	options.Sampling = o.sampling()
	if o.MarketingSpend > 0 {
		options.MarketingExpense, options.MarginGain = o.MarketingSpend, o.MarketingGain
	}
	if l := r.Lifetime; l != nil && !l.Revenue {
		options.NewCustomer = l.Equity.NewCustomerValue
		if cost := stat.Mean(stat.Ascending(acquisition(d, r)), nil); !math.IsNaN(cost) {
			options.NewCustomer += cost
		}
	}
	return options
}

// acquisition returns what winning each customer cost: by the purchases, else by
// the sheet of customers (METHOD 5.0).
func acquisition(d *dataset.Dataset, r *Results) []float64 {
	out := slices.Clone(d.Customers.Acquisition)
	if !r.bought() {
		return out
	}
	for i, cost := range r.Purchases.Acquisition {
		switch {
		case math.IsNaN(cost):
		case i < len(out):
			out[i] = cost
		default:
			out = append(out, cost)
		}
	}
	return out
}

// amounts are settings in money that nobody need give.
var amounts = []field{
	amount("access_rate", func(o *Options) *float64 { return &o.AccessRate }),
	amount("marketing_gain", func(o *Options) *float64 { return &o.MarketingGain }),
	amount("marketing_spend", func(o *Options) *float64 { return &o.MarketingSpend }),
}

// amount is the field of an amount of money; 0 means not given.
func amount(name string, at func(*Options) *float64) field {
	return field{name, "7.5",
		func(o *Options) dataset.Quantity {
			if *at(o) == 0 {
				return dataset.TermOf("margin.none")
			}
			return dataset.Num(*at(o), dataset.Number)
		},
		func(o *Options, text string) error {
			if plain := strings.TrimSpace(text); plain == "" || strings.EqualFold(plain, "none") {
				*at(o) = 0
				return nil
			}
			x, err := parse(text)
			if err == nil && x < 0 {
				err = fmt.Errorf("%q is not an amount from 0, or none", text)
			}
			if err == nil {
				*at(o) = x
			}
			return err
		}}
}
