package concept

import (
	"math"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Balance is the fixed identifier of what a customer receives and gives.
type Balance string

// The balances; Unknown where either figure is missing.
const (
	Unknown  Balance = ""
	Mutual   Balance = "mutual"   // receives much and gives much
	Receives Balance = "receives" // receives much and gives little
	Gives    Balance = "gives"    // gives much and receives little
	Thin     Balance = "thin"     // neither
)

// An Exchange sets what customers receive (perceived value) against what they
// give (value to the firm): METHOD 7.5.
type Exchange struct {
	Received, Given quadrant.Axis // the two axes with their thresholds (METHOD 4.3)
	Balance         []Balance     // per customer
	Counts          map[Balance]int
	N               int           // customers with both figures
	Relation        stat.Estimate // Spearman between the two
	Refused         Refusal
}

// ExchangeOf classifies customers by both values. firm is value to the firm, in
// money or as a score; the thresholds are those of METHOD 4.3. It returns nil when
// no customer has both.
func ExchangeOf(d *dataset.Dataset, v *value.Result, firm quadrant.Source, s stat.Sampling) *Exchange {
	if v == nil || len(firm.Values) != len(v.Own.Value) {
		return nil
	}
	var x, y []float64
	for _, i := range byIdentifier(d) {
		if a, b := v.Own.Value[i], firm.Values[i]; !math.IsNaN(a) && !math.IsNaN(b) && !math.IsInf(b, 0) {
			x, y = append(x, a), append(y, b)
		}
	}
	if len(x) == 0 {
		return nil
	}
	received := quadrant.Source{Measure: quadrant.PerceivedValue, Values: v.Own.Value, Money: v.Mode == value.Money}
	e := &Exchange{N: len(x), Relation: stat.SpearmanEstimate(x, y, s), Counts: map[Balance]int{},
		Received: quadrant.NewAxis(received, quadrant.Threshold{}, 0, 0), Given: quadrant.NewAxis(firm, quadrant.Threshold{}, 0, 0)}
	classes := quadrant.Classify(e.Received, e.Given, nil)
	for _, c := range classes.Class {
		b := [...]Balance{quadrant.NotClassified: Unknown, quadrant.HighHigh: Mutual, quadrant.HighLow: Receives, quadrant.LowHigh: Gives, quadrant.LowLow: Thin}[c]
		e.Balance = append(e.Balance, b)
		e.Counts[b]++
	}
	if !e.Received.Discriminates || !e.Given.Discriminates {
		e.Refused = NoDiscrimination
	}
	return e
}
