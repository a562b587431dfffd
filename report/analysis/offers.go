package analysis

import (
	"strconv"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// analyseOffers scores the rows of a comparison with the functions that score
// customers (DESIGN, layout 3). No customer is invented: an offer is what is
// rated.
func analyseOffers(d *dataset.Dataset, o Options, r *Results) {
	n := len(d.Offers.Name)
	if n == 0 || len(d.Attributes) == 0 {
		return
	}
	options := o.value(d)
	options.Sample = nil
	scored := value.Analyse(asRows(d), options)
	classes := quadrant.Classify(o.offerAxis(scored, quadrant.Benefits, scored.Own.Benefits),
		o.offerAxis(scored, quadrant.Costs, scored.Own.Costs), nil)
	rank, tied := stat.Ranks(scored.Own.Benefits)
	for i, name := range d.Offers.Name {
		ratio, _ := scored.Own.Ratio(i)
		r.Offers = append(r.Offers, Offer{
			Name: name, Own: i == d.Offers.Own, Benefits: scored.Own.Benefits[i], Costs: scored.Own.Costs[i],
			Value: scored.Own.Value[i], Ratio: ratio, Coverage: scored.Own.Coverage(i),
			Rank: scored.Rank[i], Tied: scored.RankTied[i], BenefitRank: rank[i], BenefitTied: tied[i],
			Class: classes.Class[i], Why: scored.Own.Why[i],
		})
	}
	r.OfferScores = scored
	if benefitsCosts := [2]quadrant.Measure{quadrant.Benefits, quadrant.Costs}; o.Axes == benefitsCosts {
		classes.Chosen = true
	} else {
		classes.Refused = o.Axes
	}
	if classes.Counts[quadrant.NotClassified] < n {
		r.OfferQuadrant = classes
	}
	suppliers := asSuppliers(d)
	r.OfferMap, r.OfferLine = value.Map(suppliers, options)
	if d.Offers.Own >= 0 && d.Offers.Own < n && n > 1 {
		r.OfferMarket = value.Analyse(suppliers, options).Market
	}
}

func (o Options) offerAxis(scored *value.Result, m quadrant.Measure, values []float64) quadrant.Axis {
	source := quadrant.Source{Measure: m, Values: values, Money: scored.Mode == value.Money}
	return quadrant.NewAxis(source, o.Thresholds[m], o.Band, o.BandMoney)
}

// asRows views offers as the rows of one supplier's ratings.
func asRows(d *dataset.Dataset) *dataset.Dataset {
	rows := &dataset.Dataset{Attributes: d.Attributes, Suppliers: []dataset.Supplier{{Own: true}}, Ratings: d.Offers.Values}
	rows.Customers.Name = d.Offers.Name
	for i := range d.Offers.Name {
		rows.Customers.ID = append(rows.Customers.ID, strconv.Itoa(i))
	}
	return rows
}

// asSuppliers views offers as suppliers with one judgement each.
func asSuppliers(d *dataset.Dataset) *dataset.Dataset {
	one := &dataset.Dataset{Attributes: d.Attributes}
	one.Customers.ID = []string{""}
	for i, name := range d.Offers.Name {
		one.Suppliers = append(one.Suppliers, dataset.Supplier{Name: name, Own: i == d.Offers.Own})
		for a := range d.Attributes {
			s := dataset.Series{}
			if a < len(d.Offers.Values) && i < len(d.Offers.Values[a].Values) {
				s.Values = d.Offers.Values[a].Values[i : i+1]
			}
			one.Ratings = append(one.Ratings, s)
		}
	}
	return one
}
