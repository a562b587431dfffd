package concept

import (
	"math"
	"slices"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Part is the fixed identifier of one of the three things that worth is
// explained by.
type Part string

// The parts.
const (
	Quality Part = "quality" // benefits, image left out
	Image   Part = "image"
	Price   Part = "price" // costs in money
)

// A ValueModel explains "worth what you paid" by a quality index, image and
// price (METHOD 7.5; Gale). Higher is better for all three.
type ValueModel struct {
	Parts []Part // parallel to Model.Predictors
	driver.Model
	Declined Refusal // OnePart; Model.Refused speaks of the fit
}

// ValueModelOf fits the value model on the customers who gave the worth and all
// parts. coverage is the share of the weight of a part that has to be answered.
// It returns nil when worth was not asked, or values are in money.
func ValueModelOf(d *dataset.Dataset, v *value.Result, coverage float64, o driver.Options) *ValueModel {
	worth := driver.Answers(d, driver.Worth)
	if v == nil || v.Mode == value.Money || worth == nil {
		return nil
	}
	m := &ValueModel{}
	var parts [][]float64
	for _, part := range []Part{Quality, Image, Price} {
		if x := partOf(d, v, part, coverage); x != nil {
			m.Parts, parts = append(m.Parts, part), append(parts, x)
		}
	}
	if len(parts) < 2 {
		m.Declined = OnePart
		return m
	}
	complete := slices.DeleteFunc(byIdentifier(d), func(i int) bool {
		return math.IsNaN(worth[i]) || slices.ContainsFunc(parts, func(x []float64) bool { return math.IsNaN(x[i]) })
	})
	columns := make([]driver.Column, len(parts))
	for k, x := range parts {
		columns[k] = driver.Column{Name: string(m.Parts[k]), Values: given(x, complete)}
	}
	m.Model = driver.Explain(given(worth, complete), columns, o)
	return m
}

// belongs reports whether an attribute is of a part.
func belongs(a dataset.Attribute, part Part) bool {
	switch part {
	case Quality:
		return a.Side == dataset.Benefit && a.Group != dataset.Image
	case Image:
		return a.Side == dataset.Benefit && a.Group == dataset.Image
	}
	return a.Side == dataset.Cost && a.Group == dataset.Monetary
}

// partOf returns the weighted mean goodness of a part per customer, 0..1; nil
// when nobody has one. A price that is an amount without a scale serves where no
// price was rated: the sum of the amounts, turned round.
func partOf(d *dataset.Dataset, v *value.Result, part Part, coverage float64) []float64 {
	own := driver.Own(d)
	var columns [][]float64
	var weights []float64
	for a, attribute := range d.Attributes {
		if !belongs(attribute, part) || !attribute.Scale.Bounded() || a >= len(v.Weights) || !(v.Weights[a] > 0) {
			continue
		}
		if x := driver.Goodness(d, own, a); x != nil {
			columns, weights = append(columns, x), append(weights, v.Weights[a])
		}
	}
	if len(columns) == 0 && part == Price {
		return amountPaid(d, own)
	}
	return weighted(columns, weights, d.Customers.Len(), coverage)
}

func weighted(columns [][]float64, weights []float64, n int, coverage float64) []float64 {
	out, some := make([]float64, n), false
	all := stat.Sum(weights)
	for i := range out {
		var sum, answered stat.Summer
		for k, x := range columns {
			if !math.IsNaN(x[i]) {
				sum.Add(weights[k] * x[i])
				answered.Add(weights[k])
			}
		}
		out[i] = math.NaN()
		if share := answered.Sum() / all; share > 0 && stat.Nearly(share) >= stat.Nearly(coverage) {
			out[i], some = sum.Sum()/answered.Sum(), true
		}
	}
	if !some {
		return nil
	}
	return out
}

func amountPaid(d *dataset.Dataset, own int) []float64 {
	var out []float64
	for a, attribute := range d.Attributes {
		if !attribute.Money || attribute.Scale.Bounded() || attribute.Side != dataset.Cost {
			continue
		}
		x := driver.Goodness(d, own, a)
		switch {
		case x == nil:
		case out == nil:
			out = x
		default:
			for i := range out {
				out[i] += x[i]
			}
		}
	}
	return out
}
