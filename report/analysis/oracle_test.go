package analysis

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v within %v", what, got, want, tolerance)
	}
}

func money(id string, side dataset.Side, group dataset.Group) dataset.Attribute {
	return dataset.Attribute{ID: id, Label: id, Side: side, Group: group, Money: true, Weight: nan}
}

// Oracle 1 of METHOD: the Caterpillar tractor of Kotler and Keller, Marketing
// Management, chapter 5.
func TestCaterpillar(t *testing.T) {
	d := &dataset.Dataset{
		Attributes: []dataset.Attribute{
			money("reference", dataset.Benefit, dataset.Product), money("durability", dataset.Benefit, dataset.Product),
			money("reliability", dataset.Benefit, dataset.Product), money("service", dataset.Benefit, dataset.Service),
			money("warranty", dataset.Benefit, dataset.Service), money("price", dataset.Cost, dataset.Monetary),
		},
		Suppliers: []dataset.Supplier{{Name: "Caterpillar", Own: true}, {Name: "Competitor"}},
	}
	d.Customers.ID = []string{"buyer"}
	for _, x := range []float64{90000, 7000, 6000, 5000, 2000, 100000, 90000, 0, 0, 0, 0, 90000} {
		d.Ratings = append(d.Ratings, dataset.Series{Values: []float64{x}})
	}
	v := Analyse(d, DefaultOptions()).Value
	if v.Mode != value.Money {
		t.Fatalf("mode %s", v.Mode)
	}
	within(t, "total perceived value", v.Own.Benefits[0], 110000, 0)
	within(t, "price", v.Own.Costs[0], 100000, 0)
	within(t, "value", v.Own.Value[0], 10000, 0)
	ratio, _ := v.Own.Ratio(0)
	within(t, "ratio", ratio, 1.10, 1e-12)
	_, rival := v.Against(0, 0)
	within(t, "competitor's value", rival, 0, 0)
	within(t, "advantage", v.Relative[0], 10000, 0)
	within(t, "relative price", v.Market.RelativePrice.Value, 100*100000.0/90000, 1e-9)
	if v.Verdict[0] != value.WorthIt || !v.Market.ActualPrices || v.Market.RelativeCost {
		t.Errorf("verdict %s, actual prices %v, relative cost %v", v.Verdict[0], v.Market.ActualPrices, v.Market.RelativeCost)
	}
	sum := 0.0
	for _, c := range v.Contributions(0) {
		if d.Attributes[c.Attribute].Side == dataset.Benefit && c.Attribute > 0 {
			sum += c.Points
		}
	}
	within(t, "extra value created", sum, 20000, 0)
}

// Oracles 2, 3 and 5: Yang, Design for Six Sigma for Service, tables 5.3 and
// 5.4, and Gale's chicken (1994), all after Gale.
func TestProfilesPublished(t *testing.T) {
	parity := []float64{1, 1, 1, 1, 1}
	score, _ := value.Profile([]float64{60, 20, 10, 10}, []float64{9, 6, 9, 7}, []float64{7, 6, 8, 7})
	within(t, "luxury cars, price satisfaction", score, 118.7, 0.4)
	within(t, "luxury cars, unrounded", score, 118.393, 0.0005)
	within(t, "luxury cars, relative price", 10000/score, 84.465, 0.0005)
	rounded := 0.0
	for i, r := range []float64{9.0 / 7, 1, 9.0 / 8, 1} {
		rounded += math.Round(10*[]float64{60, 20, 10, 10}[i]*math.Round(100*r)/100) / 10
	}
	within(t, "luxury cars, rounded as printed", rounded, 118.7, 1e-9)
	score, areas := value.Profile([]float64{40, 30, 10, 5, 15}, []float64{3, 2, 1.5, 1.4, 2}, parity)
	within(t, "gall-bladder surgery", score, 232, 1e-9)
	for i, want := range []float64{120, 60, 15, 7, 30} {
		within(t, "gall-bladder surgery, weighted", areas[i]+[]float64{40, 30, 10, 5, 15}[i], want, 1e-9)
	}
	weights := []float64{10, 20, 20, 15, 10, 25}
	perdue, average := []float64{8.1, 9.0, 9.2, 8.0, 8.0, 9.4}, []float64{7.2, 7.3, 6.5, 8.0, 8.0, 6.4}
	score, _ = value.Profile(weights, perdue, average)
	within(t, "chicken", score, 125.934, 0.0005)
	within(t, "chicken, own satisfaction", stat.Dot(perdue, weights)/100, 8.8, 0.005)
	within(t, "chicken, average satisfaction", stat.Dot(average, weights)/100, 7.08, 0.005)
	within(t, "chicken, aggregate variant", 100*stat.Dot(perdue, weights)/stat.Dot(average, weights), 124.3, 0.05)
}

// The same car profile through the whole analysis, as price satisfactions:
// among the costs, high = cheap.
func TestLuxuryCarsThroughAnalysis(t *testing.T) {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "Acura", Own: true}, {Name: "Average"}}}
	d.Customers.ID = []string{"market"}
	for i, w := range []float64{60, 20, 10, 10} {
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: fmt.Sprint(i), Side: dataset.Cost, Group: dataset.Monetary, Down: true,
			Scale: dataset.Scale{Lo: 1, Hi: 10}, Weight: w})
	}
	for _, x := range []float64{9, 6, 9, 7, 7, 6, 8, 7} {
		d.Ratings = append(d.Ratings, dataset.Series{Values: []float64{x}})
	}
	m := Analyse(d, DefaultOptions()).Value.Market
	within(t, "relative price", m.RelativePrice.Value, 84.465, 0.0005)
	if m.RelativeCost || m.OneToTen {
		t.Errorf("relative cost %v, 1-10 base %v", m.RelativeCost, m.OneToTen)
	}
}

// toasters is table 5.5 of Yang after Gale: quality score, price in dollars,
// relative price as printed, and whether the book's diagonal leaves it above.
// The printed 85 of the second is a slip for 86.
var toasters = []struct {
	name                    string
	quality, price, printed float64
	above                   bool
}{
	{"Cuisinart CPT-60", 128, 70, 215, true}, {"Sunbeam", 119, 28, 86, false}, {"KitchenAid", 117, 77, 237, true},
	{"Black & Decker", 112, 25, 77, false}, {"Cuisinart CPT-30", 109, 40, 123, true}, {"Breadman", 107, 35, 108, true},
	{"Proctor-Silex 22425", 104, 15, 46, false}, {"Krups", 101, 32, 98, false}, {"Oster", 94, 45, 138, true},
	{"Toastmaster B1021", 91, 16, 49, false}, {"Proctor-Silex 22415", 87, 35, 108, true}, {"Toastmaster B1035", 84, 21, 65, false},
	{"Betty Crocker", 84, 25, 77, false}, {"Proctor-Silex 22205", 83, 11, 34, false}, {"Rival", 80, 13, 40, false},
}

// Oracle 4, as offers: one rated quality on a scale whose mean is 100, and a
// price in dollars. No offer is ours.
func TestToasters(t *testing.T) {
	quality := dataset.Attribute{ID: "quality", Label: "Quality", Scale: dataset.Scale{Lo: 1, Hi: 200}, Weight: 100}
	d := &dataset.Dataset{Attributes: []dataset.Attribute{quality, money("price", dataset.Cost, "")}}
	d.Offers = &dataset.Offers{Own: -1, Values: make([]dataset.Series, 2)}
	for _, toaster := range toasters {
		d.Offers.Name = append(d.Offers.Name, toaster.name)
		d.Offers.Values[0].Values = append(d.Offers.Values[0].Values, toaster.quality)
		d.Offers.Values[1].Values = append(d.Offers.Values[1].Values, toaster.price)
	}
	r := Analyse(d, DefaultOptions())
	if len(r.OfferMap) != len(toasters) {
		t.Fatalf("%d of %d on the map", len(r.OfferMap), len(toasters))
	}
	for i, want := range toasters {
		p := r.OfferMap[i]
		within(t, want.name+" quality", p.Quality, want.quality, 1e-9)
		within(t, want.name+" relative price", math.Round(p.RelativePrice), want.printed, 0)
		if (p.Distance < 0) != want.above {
			t.Errorf("%s: distance %v, above the line %v", want.name, p.Distance, want.above)
		}
	}
	// The order of the distances, by hand: P-S 22425, P-S 22205, Toastmaster B1021, Rival, B & D, Sunbeam, Toastmaster B1035.
	for k, order := 1, []int{6, 13, 9, 14, 3, 1, 11}; k < len(order); k++ {
		if r.OfferMap[order[k-1]].Distance <= r.OfferMap[order[k]].Distance {
			t.Errorf("%s is not further from the line than %s", toasters[order[k-1]].name, toasters[order[k]].name)
		}
	}
	// Half-width 10: |128 - 215| and so on, by hand.
	fair := map[string]bool{"Krups": true, "Breadman": true, "Betty Crocker": true}
	for i, p := range r.OfferMap {
		if (p.Position == value.Fair) != fair[toasters[i].name] {
			t.Errorf("%s: %s", toasters[i].name, p.Position)
		}
	}
	if math.IsNaN(r.Offers[0].Benefits) || !math.IsNaN(r.Offers[0].Value) || r.Offers[0].Why != value.CostsNotRated {
		t.Errorf("an offer whose only cost is a price: %+v", r.Offers[0])
	}
}

// A third check of the book: 35,200 against 40,000 is 88.
func TestRelativePriceOfAcura(t *testing.T) {
	d := &dataset.Dataset{Attributes: []dataset.Attribute{money("price", dataset.Cost, dataset.Monetary), {ID: "q", Scale: dataset.Scale{Lo: 1, Hi: 10}, Weight: nan}},
		Suppliers: []dataset.Supplier{{Name: "Acura", Own: true}, {Name: "Average"}}}
	d.Customers.ID = []string{"market"}
	for _, x := range []float64{35200, 8, 40000, 8} {
		d.Ratings = append(d.Ratings, dataset.Series{Values: []float64{x}})
	}
	m := Analyse(d, DefaultOptions()).Value.Market
	within(t, "relative price", m.RelativePrice.Value, 88, 1e-9)
	within(t, "on the map", m.MapPoints[0].RelativePrice, 100*35200/37600.0, 1e-9)
	within(t, "price", m.MapPoints[0].Price, 35200, 0)
}

// Regression over the toasters, checked against the normal equations by hand:
// slope = sum dq dp / sum dq^2.
func TestRegressionLine(t *testing.T) {
	var points []value.MapPoint
	var sq, sp, sqq, sqp float64
	for _, toaster := range toasters {
		p := 100 * toaster.price / 32.53333333333333
		points = append(points, value.MapPoint{Quality: toaster.quality, RelativePrice: p})
		sq, sp, sqq, sqp = sq+toaster.quality, sp+p, sqq+toaster.quality*toaster.quality, sqp+toaster.quality*p
	}
	n := float64(len(points))
	slope := (sqp - sq*sp/n) / (sqq - sq*sq/n)
	line := value.Place(points, value.Regression, 0.5, 10)
	within(t, "slope", line.Slope, slope, 1e-9)
	within(t, "offset", line.Offset, 0, 1e-9) // both means are 100
	if line.FellBack || line.Mode != value.Regression {
		t.Errorf("line %+v", line)
	}
	for what, line := range map[string]value.FairValueLine{
		"four suppliers":   value.Place(points[:4], value.Regression, 0.5, 10),
		"falling prices":   value.Place([]value.MapPoint{{Quality: 1, RelativePrice: 5}, {Quality: 2, RelativePrice: 4}, {Quality: 3, RelativePrice: 3}, {Quality: 4, RelativePrice: 2}, {Quality: 5, RelativePrice: 1}}, value.Regression, 0.5, 10),
		"one quality":      value.Place([]value.MapPoint{{Quality: 1}, {Quality: 1}, {Quality: 1}, {Quality: 1}, {Quality: 1}}, value.Regression, 0.5, 10),
		"quality is all":   value.Place(points, value.Importance, 1, 10),
		"no points at all": value.Place(nil, value.Regression, 0.5, 10),
	} {
		if !line.FellBack || line.Mode != value.Diagonal || line.Slope != 1 {
			t.Errorf("%s: %+v", what, line)
		}
	}
	within(t, "importance", value.Place(points, value.Importance, 0.6, 10).Slope, 1.5, 1e-12)
}
