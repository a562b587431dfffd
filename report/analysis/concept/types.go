// Package concept computes the smaller concepts around customer value (METHOD
// 7.5): needs, claims, value-based price, effort that adds no value, the cost of
// access, loyalty and advocacy, change between surveys, acquisition and
// retention, the value model and the exchange.
//
// Every function returns nil when its columns are not there, and a result with
// a refusal when they are there and do not bear it.
package concept

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Refusal is the fixed identifier of why a concept cannot be computed.
type Refusal string

// The refusals.
const (
	Accepted         Refusal = ""
	NoRate           Refusal = "no_rate"           // hours of access, and no rate to turn them into money
	OtherScale       Refusal = "other_scale"       // recommendation not asked on 0-10
	NothingPaired    Refusal = "nothing_paired"    // no customer with every amount for us and a rival
	PricesRated      Refusal = "prices_rated"      // prices are ratings, not amounts
	NoDates          Refusal = "no_dates"          // no date says when anything happened
	OnePart          Refusal = "one_part"          // fewer than two of quality, image and price were rated
	NoDiscrimination Refusal = "no_discrimination" // everybody is alike on one of the two axes
)

// Code returns the catalogue code of the sentence that says the refusal.
func (r Refusal) Code() string { return "concept.refusal." + string(r) }

// A Survey is one dataset with its perceived value.
type Survey struct {
	Data  *dataset.Dataset
	Value *value.Result
}

// byIdentifier returns the customers in the order of their identifiers, in
// which they are added up (METHOD 0.2).
func byIdentifier(d *dataset.Dataset) []int {
	id := d.Customers.ID
	order := make([]int, len(id))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(id[a], id[b]) })
	return order
}

// given returns the finite values of the customers, by identifier.
func given(values []float64, order []int) []float64 {
	var out []float64
	for _, i := range order {
		if i < len(values) && !math.IsNaN(values[i]) && !math.IsInf(values[i], 0) {
			out = append(out, values[i])
		}
	}
	return out
}

func mean(values []float64, order []int, s stat.Sampling) stat.Estimate {
	return stat.OneSample(given(values, order), nil, math.NaN(), s)
}

// comparison returns how we stand on an attribute, nil when it was not compared.
func comparison(v *value.Result, attribute int) *value.Comparison {
	if v == nil || v.Market == nil {
		return nil
	}
	for k := range v.Market.Comparisons {
		if v.Market.Comparisons[k].Attribute == attribute {
			return &v.Market.Comparisons[k]
		}
	}
	return nil
}
