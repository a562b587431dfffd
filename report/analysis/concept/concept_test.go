package concept

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

var nan = math.NaN()

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %.10g, want %.10g", what, got, want)
	}
}

// A rated is one attribute of a survey with the ratings of us.
type rated struct {
	attribute dataset.Attribute
	ratings   []float64
}

func benefit(id string, group dataset.Group, ratings ...float64) rated {
	return rated{dataset.Attribute{ID: id, Label: id, Group: group, Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: nan}, ratings}
}

func cost(id string, group dataset.Group, ratings ...float64) rated {
	r := benefit(id, group, ratings...)
	r.attribute.Side = dataset.Cost
	return r
}

func survey(columns ...rated) Survey {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "us", Own: true}}}
	for _, c := range columns {
		d.Attributes = append(d.Attributes, c.attribute)
		d.Ratings = append(d.Ratings, dataset.Series{Values: c.ratings})
	}
	for i := range columns[0].ratings {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%02d", i))
	}
	return Survey{d, value.Analyse(d, value.Options{Coverage: 0.6, BenefitShare: 0.5})}
}

func standing(s Survey, standings ...value.Standing) Survey {
	s.Value.Market = &value.Market{}
	for a, x := range standings {
		s.Value.Market.Comparisons = append(s.Value.Market.Comparisons, value.Comparison{Attribute: a, Standing: x, N: 4 + a})
	}
	return s
}

func TestNeedsCanvas(t *testing.T) {
	s := survey(benefit("fast", "", 9, 9), benefit("kind", "", 2, 3), cost("effort", "", 8, 8), benefit("plain", "", 5, 5), benefit("silent", "", nan, nan))
	for a, need := range []string{"be served; feel safe", "feel safe", "save effort", "", "be heard"} {
		s.Data.Attributes[a].Need = need
	}
	c := NeedsCanvas(s.Data, s.Value)
	var got []string
	for _, n := range c.Needs {
		got = append(got, fmt.Sprintf("%s %d %.0f %v", n.Name, len(n.Servings), n.Best, n.Unserved))
	}
	want := []string{"be heard 1 NaN true", "be served 1 90 false", "feel safe 2 90 false", "save effort 1 20 true"}
	if !slices.Equal(got, want) || c.Unserved != 2 || !slices.Equal(c.Without, []int{3}) {
		t.Errorf("%q %d %v", got, c.Unserved, c.Without)
	}
	for a := range s.Data.Attributes {
		s.Data.Attributes[a].Need = ""
	}
	if NeedsCanvas(s.Data, s.Value) != nil || NeedsCanvas(s.Data, nil) != nil {
		t.Error("a canvas without needs")
	}
}

func TestClaims(t *testing.T) {
	columns := []rated{benefit("a", "", 1), benefit("b", "", 1), benefit("c", "", 1), benefit("d", "", 1)}
	now := standing(survey(columns...), value.Leader, value.Leader, value.Leader, value.Par)
	past := standing(survey(columns[3], columns[2], columns[0]), value.Leader, value.Par, value.Leader)
	p := Claims(now, &past)
	var got []string
	for _, c := range p.Claims {
		got = append(got, fmt.Sprintf("%v %v %v %v", c.Distinctive, c.Measurable, c.Sustainable, c.All))
	}
	// n is 4, 5, 6, 7; then d, c, a led, was par, led; b was not asked.
	want := []string{"true false 1 false", "true true 0 false", "true true 2 false", "false true 2 false"}
	if !slices.Equal(got, want) || p.Strong != 0 || !p.PastKnown {
		t.Errorf("%q %+v", got, p)
	}
	now.Data.Attributes[0].Money = true // an amount can be measured
	if p := Claims(now, &past); !p.Claims[0].All || p.Strong != 1 {
		t.Errorf("%+v", p)
	}
	if p := Claims(now, nil); p.PastKnown || p.Strong != 0 || p.Claims[0].Sustainable != dataset.Unstated {
		t.Errorf("%+v", p)
	}
	if Claims(survey(columns...), nil) != nil {
		t.Error("claims without rivals")
	}
}

// amountsOf is a dataset in money mode, supplier by supplier.
func amountsOf(sides []dataset.Side, suppliers ...[][]float64) Survey {
	d := &dataset.Dataset{}
	for k, side := range sides {
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: fmt.Sprint(k), Side: side, Money: true, Weight: nan})
	}
	for s, rows := range suppliers {
		d.Suppliers = append(d.Suppliers, dataset.Supplier{Name: fmt.Sprintf("S%d", s), Own: s == 0})
		for _, x := range rows {
			d.Ratings = append(d.Ratings, dataset.Series{Values: x})
		}
	}
	for i := range suppliers[0][0] {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprint(i))
	}
	return Survey{d, value.Analyse(d, value.Options{Coverage: 1, BenefitShare: 0.5})}
}

// Caterpillar of Kotler and Keller, Marketing Management: worth 110,000 against
// a rival's 90,000 at 90,000; sold at 100,000.
func TestValueBasedPriceCaterpillar(t *testing.T) {
	sides := []dataset.Side{dataset.Benefit, dataset.Benefit, dataset.Benefit, dataset.Benefit, dataset.Benefit, dataset.Cost}
	s := amountsOf(sides, [][]float64{{90000}, {7000}, {6000}, {5000}, {2000}, {100000}}, [][]float64{{90000}, {0}, {0}, {0}, {0}, {90000}})
	v := ValueBasedPrice(s.Data, s.Value, stat.Sampling{})
	if v == nil || len(v.Prices) != 1 || v.Best != 0 {
		t.Fatalf("%+v", v)
	}
	p := v.Prices[0]
	near(t, "reference", p.Reference, 90000, 0)
	near(t, "differentiation", p.Differentiation.Value, 20000, 0)
	near(t, "value-based price", p.ValueBased.Value, 110000, 0)
	near(t, "price", p.Price, 100000, 0)
	near(t, "left to the buyer", p.Incentive, 10000, 0)
	near(t, "premium", p.Premium, 10000, 0)
}

func TestValueBasedPriceNeedsPairs(t *testing.T) {
	sides := []dataset.Side{dataset.Benefit, dataset.Cost}
	s := amountsOf(sides, [][]float64{{10, nan, 30}, {5, 5, 5}}, [][]float64{{nan, 20, 20}, {4, 4, 6}}, [][]float64{{25, 25, 32}, {1, 1, 1}})
	v := ValueBasedPrice(s.Data, s.Value, stat.Sampling{})
	if len(v.Prices) != 2 || v.Prices[0].N != 1 || v.Prices[1].N != 2 || v.Best != 1 {
		t.Fatalf("%+v", v)
	}
	near(t, "against the first", v.Prices[0].ValueBased.Value, 6+30-20, 1e-12)
	near(t, "against the second", v.Prices[1].ValueBased.Value, (1+10-25+1+30-32)/2.0, 1e-12)
	s = amountsOf(sides, [][]float64{{10, nan}, {5, 5}}, [][]float64{{nan, 20}, {4, 4}})
	if v := ValueBasedPrice(s.Data, s.Value, stat.Sampling{}); v != nil && v.Refused != NothingPaired {
		t.Errorf("%+v", v)
	}
	index := survey(benefit("a", "", 1))
	if ValueBasedPrice(index.Data, index.Value, stat.Sampling{}) != nil {
		t.Error("a price from ratings")
	}
}

// Toasters of Yang, Design for Six Sigma for Service, table 5.5: 15 prices with
// mean 32.5333; the first has quality 128 at 70 dollars, the second 119 at 28.
func TestFairPrices(t *testing.T) {
	table := [][2]float64{{128, 70}, {119, 28}, {117, 77}, {112, 25}, {109, 40}, {107, 35}, {104, 15}, {101, 32}, {94, 45}, {91, 16}, {87, 35}, {84, 21}, {84, 25}, {83, 11}, {80, 13}}
	var points []value.MapPoint
	for k, x := range table {
		points = append(points, value.MapPoint{Supplier: k, Quality: x[0], Price: x[1]})
	}
	f := FairPricesOf(points, value.FairValueLine{Slope: 1}, true)
	near(t, "base", f.Base, 32.5333, 5e-5)
	near(t, "fair price of the first", f.Prices[0].Fair, 488*1.28/15, 1e-9)
	near(t, "too dear by", f.Prices[0].Difference, 70-488*1.28/15, 1e-9)
	sum := 0.0
	for _, p := range f.Prices {
		sum += p.Difference
	}
	near(t, "mean quality is 100, so differences cancel out", sum, 0, 1e-9)
	near(t, "steeper line, moved", FairPricesOf(points, value.FairValueLine{Slope: 2, Offset: -10}, true).Prices[1].Fair, 488.0/15*(100+38-10)/100, 1e-9)
	if f := FairPricesOf(points, value.FairValueLine{Slope: 1}, false); f.Refused != PricesRated || f.Prices != nil {
		t.Errorf("%+v", f)
	}
	if FairPricesOf(nil, value.FairValueLine{}, true) != nil {
		t.Error("fair prices without a map")
	}
}

func TestActivities(t *testing.T) {
	d := &dataset.Dataset{Activities: dataset.Activities{
		Step:    []string{"take order", "re-type order", "check", "ship", "file"},
		Process: []string{"order", "order", "order", "", "order"},
		Minutes: []float64{10, 6, 4, 20, nan},
		Cost:    []float64{nan, 3, 1, 12, 3},
		Adds:    []dataset.Answer{dataset.Yes, dataset.No, dataset.Unstated, dataset.Yes, dataset.No},
	}}
	e := Activities(d)
	near(t, "time", e.All.TimeShare, 6.0/40, 1e-12)
	near(t, "cost", e.All.CostShare, 6.0/19, 1e-12)
	near(t, "time of the process", e.Processes[0].TimeShare, 6.0/20, 1e-12)
	if e.All.Idle != 2 || e.All.Unstated != 1 || e.All.NoMinutes != 1 || e.All.NoCost != 1 || len(e.Processes) != 1 || !slices.Equal(e.Idle, []int{1, 4}) {
		t.Errorf("%+v", e)
	}
	d.Activities.Cost = nil
	e = Activities(d)
	near(t, "no costs", e.All.Cost, nan, 0)
	near(t, "no costs", e.All.CostShare, nan, 0)
	d.Activities.Adds = nil
	if Activities(d) != nil || Activities(&dataset.Dataset{}) != nil {
		t.Error("waste without a word on value")
	}
}

func TestAccess(t *testing.T) {
	s := survey(cost("hours", dataset.Access, 2, 1, nan, 4), cost("fee", dataset.Access, 10, nan, 5, 30), cost("effort", dataset.Access, 5, 5, 5, 5), cost("price", dataset.Monetary, 100, 100, 100, 100))
	for a := range 2 {
		s.Data.Attributes[a].Scale = dataset.Scale{}
	}
	s.Data.Attributes[1].Money, s.Data.Attributes[3].Money, s.Data.Attributes[3].Scale = true, true, dataset.Scale{}
	a := Access(s.Data, AccessOptions{Rate: 50})
	if len(a.Costs) != 1 || a.Costs[0].Cost.N != 2 {
		t.Fatalf("%+v", a)
	}
	near(t, "cost", a.Costs[0].Cost.Value, ((2*50+10)+(4*50+30))/2.0, 1e-12)
	near(t, "hours", a.Costs[0].Hours, 3, 1e-12)
	near(t, "fees", a.Costs[0].Fees, 20, 1e-12)
	if a := Access(s.Data, AccessOptions{Rate: nan}); a.Refused != NoRate || a.Costs != nil {
		t.Errorf("%+v", a)
	}
	s.Data.Attributes[0].Group = dataset.TimeCost
	a = Access(s.Data, AccessOptions{Rate: nan}) // fees alone need no rate
	near(t, "fees", a.Costs[0].Cost.Value, 15, 1e-12)
	near(t, "named hours", Access(s.Data, AccessOptions{Rate: 50, Hours: []string{"hours"}}).Costs[0].Cost.Value, 170, 1e-12)
	if Access(survey(benefit("a", "", 1)).Data, AccessOptions{Rate: 1}) != nil {
		t.Error("access without its columns")
	}
}

// 8 of 10 would buy again: Wilson 0.4902 to 0.9433, a textbook case. 70
// promoters, 20 passives and 10 detractors make a net promoter score of 60.
func TestLoyalty(t *testing.T) {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Own: true}}, RecommendScale: dataset.Scale{Lo: 0, Hi: 10}}
	for i := range 100 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%03d", i))
		d.Rebuy.Values = append(d.Rebuy.Values, nan)
		if i < 10 {
			d.Rebuy.Values[i] = []float64{1, 1, 1, 1, 0}[i%5]
		}
		switch {
		case i < 70:
			d.Recommend.Values = append(d.Recommend.Values, float64(9+i%2))
		case i < 90:
			d.Recommend.Values = append(d.Recommend.Values, float64(7+i%2))
		default:
			d.Recommend.Values = append(d.Recommend.Values, float64((i-90)*6/9))
		}
	}
	l := LoyaltyOf(d, stat.Sampling{})
	near(t, "rebuy", l.Rebuy.Value, 0.8, 0)
	near(t, "lo", l.Rebuy.Lo, 0.4902, 5e-5)
	near(t, "hi", l.Rebuy.Hi, 0.9433, 5e-5)
	near(t, "net promoter score", 100*l.Advocacy.Value, 60, 1e-9)
	// Variance 0.7 + 0.1 - 0.36 = 0.44, of 100 less one.
	near(t, "its error", l.Advocacy.SE, math.Sqrt(0.44/99), 1e-12)
	if l.Promoters != 70 || l.Passives != 20 || l.Detractors != 10 || l.RebuyNo != 2 {
		t.Errorf("%+v", l)
	}
	d.RecommendScale = dataset.Scale{Lo: 1, Hi: 10}
	if l := LoyaltyOf(d, stat.Sampling{}); l.AdvocacyRefused != OtherScale || l.Promoters != 0 {
		t.Errorf("%+v", l)
	}
	d.Rebuy.Values, d.Recommend.Values = nil, nil
	if LoyaltyOf(d, stat.Sampling{}) != nil {
		t.Error("loyalty that nobody was asked about")
	}
}

// Quality, image and price in a full design of two levels each, worth = 5 + 3
// quality + image - 2 price: shares 9/14, 1/14, 4/14.
func TestValueModel(t *testing.T) {
	var quality, image, price, worth []float64
	for i := range 48 {
		q, m, p := float64(i&1), float64(i>>1&1), float64(i>>2&1)
		quality, image, price = append(quality, 10*q), append(image, 10*m), append(price, 10*p)
		worth = append(worth, 5+3*q+m-2*p)
	}
	s := survey(benefit("quality", dataset.Product, quality...), benefit("image", dataset.Image, image...), cost("price", dataset.Monetary, price...), cost("effort", dataset.Energy, image...))
	s.Data.Worth, s.Data.WorthScale = []dataset.Series{{Values: worth}}, dataset.Scale{Lo: 1, Hi: 10}
	o := driver.DefaultOptions()
	o.Bootstrap = 0
	m := ValueModelOf(s.Data, s.Value, 0.6, o)
	if !slices.Equal(m.Parts, []Part{Quality, Image, Price}) || m.N != 48 {
		t.Fatalf("%+v", m)
	}
	for k, want := range []float64{9. / 14, 1. / 14, 4. / 14} {
		near(t, string(m.Parts[k]), m.Predictors[k].Share.Value, want, 1e-9)
		if !(m.Predictors[k].Coefficient.Value > 0) {
			t.Errorf("%s works the wrong way", m.Parts[k])
		}
	}
	s.Data.Attributes[2].Scale, s.Data.Attributes[2].Money = dataset.Scale{}, true // prices in money
	amount := Survey{s.Data, value.Analyse(s.Data, value.Options{Coverage: 0.6, BenefitShare: 0.5})}
	near(t, "price as an amount", ValueModelOf(amount.Data, amount.Value, 0.6, o).Predictors[2].Share.Value, 4./14, 1e-9)
	s.Data.Attributes[1].Group, s.Data.Attributes[2].Money = dataset.Product, false
	if m := ValueModelOf(s.Data, amount.Value, 0.6, o); m.Declined != OnePart {
		t.Errorf("%+v", m)
	}
	s.Data.Worth = nil
	if ValueModelOf(s.Data, s.Value, 0.6, o) != nil {
		t.Error("a model of what nobody was asked")
	}
}

func TestExchange(t *testing.T) {
	s := survey(benefit("a", "", 9, 8, 2, 1, 7, nan), cost("b", "", 2, 2, 8, 8, 7, 5))
	firm := quadrant.Source{Measure: quadrant.FirmValue, Values: []float64{100, 10, 90, 20, 60, 70}, Money: true}
	e := ExchangeOf(s.Data, s.Value, firm, stat.Sampling{})
	// Perceived value 70, 60, -60, -70, 0 against 0; firm value against the median 65.
	want := []Balance{Mutual, Receives, Gives, Thin, Receives, Unknown}
	if !slices.Equal(e.Balance, want) || e.N != 5 || e.Counts[Receives] != 2 {
		t.Errorf("%v %d", e.Balance, e.N)
	}
	// Ranks 5 4 2 1 3 and 5 1 4 2 3: sum of squared differences 14.
	near(t, "relation", e.Relation.Value, 1-6*14.0/(5*24), 1e-12)
	firm.Values = []float64{5, 5, 5, 5, 5, 5}
	if e := ExchangeOf(s.Data, s.Value, firm, stat.Sampling{}); e.Refused != NoDiscrimination || e.Counts[Unknown] != 6 {
		t.Errorf("%+v", e)
	}
	if ExchangeOf(s.Data, s.Value, quadrant.Source{Measure: quadrant.FirmValue}, stat.Sampling{}) != nil || ExchangeOf(s.Data, nil, firm, stat.Sampling{}) != nil {
		t.Error("an exchange of nothing")
	}
}
