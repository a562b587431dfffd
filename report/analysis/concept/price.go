package concept

import (
	"math"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// An EconomicPrice is what our offer could cost before a rival is the better
// buy (METHOD 7.5; Nagle, Forbis and Mehta).
type EconomicPrice struct {
	Supplier        int           // the rival that serves as reference
	N               int           // customers with every amount for both
	Reference       float64       // mean of what the rival costs in all
	Differentiation stat.Estimate // our benefits less the rival's
	ValueBased      stat.Estimate // reference + differentiation
	Price           float64       // what we cost in all
	Incentive       float64       // value-based price less ours: what the buyer gains with us
	Premium         float64       // our price less the reference
}

// ValueBasedPrices are the economic prices against each rival.
type ValueBasedPrices struct {
	Prices  []EconomicPrice // rivals in the order of the value result
	Best    int             // index into Prices of the best alternative: the one that leaves us the lowest value-based price
	Refused Refusal
}

// ValueBasedPrice compares amounts of money: price = reference price +
// differentiation value, over the customers who gave every amount for us and
// the rival. Costs are all costs, not the price tag alone. It returns nil unless
// all attributes are money and rivals have amounts.
func ValueBasedPrice(d *dataset.Dataset, v *value.Result, s stat.Sampling) *ValueBasedPrices {
	own := driver.Own(d)
	if v == nil || v.Mode != value.Money || v.Market == nil || own < 0 {
		return nil
	}
	out, order := &ValueBasedPrices{Best: -1}, byIdentifier(d)
	for _, rival := range v.Market.Rivals {
		p := EconomicPrice{Supplier: rival}
		var benefit, based, theirs, ours []float64
		for _, i := range order {
			b, c, ok := amounts(d, own, i)
			rb, rc, both := amounts(d, rival, i)
			if ok && both {
				benefit, based = append(benefit, b-rb), append(based, rc+b-rb)
				theirs, ours = append(theirs, rc), append(ours, c)
			}
		}
		if p.N = len(ours); p.N == 0 {
			continue
		}
		p.Reference, p.Price = stat.Mean(theirs, nil), stat.Mean(ours, nil)
		p.Differentiation, p.ValueBased = stat.PairedMean(benefit, nil, s), stat.OneSample(based, nil, math.NaN(), s)
		p.Incentive, p.Premium = p.ValueBased.Value-p.Price, p.Price-p.Reference
		if out.Best < 0 || stat.Nearly(p.Incentive) < stat.Nearly(out.Prices[out.Best].Incentive) {
			out.Best = len(out.Prices)
		}
		out.Prices = append(out.Prices, p)
	}
	if out.Best < 0 {
		out.Refused = NothingPaired
	}
	return out
}

// amounts adds up what a customer gave for a supplier, by side; false unless
// every amount is there.
func amounts(d *dataset.Dataset, supplier, customer int) (benefits, costs float64, all bool) {
	var sums [2]stat.Summer
	for a, attribute := range d.Attributes {
		at := supplier*len(d.Attributes) + a
		if at >= len(d.Ratings) || customer >= len(d.Ratings[at].Values) {
			return 0, 0, false
		}
		x := d.Ratings[at].Values[customer]
		if !(math.Abs(x) <= 1e100) {
			return 0, 0, false
		}
		sums[attribute.Side].Add(x)
	}
	return sums[dataset.Benefit].Sum(), sums[dataset.Cost].Sum(), true
}

// A FairPrice is where a supplier's price would lie on the fair-value line.
type FairPrice struct {
	Supplier   int
	Price      float64
	Fair       float64
	Difference float64 // Price less Fair: + = dearer than fair
}

// FairPrices are those of every supplier on the value map.
type FairPrices struct {
	Base    float64 // mean price of all plotted suppliers
	Prices  []FairPrice
	Refused Refusal
}

// FairPricesOf reads fair prices off the value map: base * (100 + s (Q - 100) +
// offset)/100. actual says that the prices are amounts; ratings of price have no
// fair amount. It returns nil without a map.
func FairPricesOf(points []value.MapPoint, line value.FairValueLine, actual bool) *FairPrices {
	if len(points) == 0 {
		return nil
	}
	f := &FairPrices{Base: math.NaN()}
	var prices []float64
	for _, p := range points {
		prices = append(prices, p.Price)
	}
	if base := stat.Mean(prices, nil); actual && base > 0 {
		f.Base = base
	} else {
		f.Refused = PricesRated
		return f
	}
	for _, p := range points {
		fair := f.Base * (100 + line.Slope*(p.Quality-100) + line.Offset) / 100
		f.Prices = append(f.Prices, FairPrice{Supplier: p.Supplier, Price: p.Price, Fair: fair, Difference: p.Price - fair})
	}
	return f
}
