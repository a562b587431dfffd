package value

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/dataset"
)

// market builds a dataset on 1-5 with equal weights; sides says per attribute
// whether it is a benefit ('b') or a cost ('c'), and each supplier, ours first,
// has one row of ratings that every customer gives.
func market(customers int, sides string, suppliers ...[]float64) *dataset.Dataset {
	d := &dataset.Dataset{}
	for a, side := range sides {
		attribute := dataset.Attribute{ID: fmt.Sprint("a", a), Scale: dataset.Scale{Lo: 1, Hi: 5}, Weight: nan}
		if side == 'c' {
			attribute.Side, attribute.Group = dataset.Cost, dataset.Monetary
		}
		d.Attributes = append(d.Attributes, attribute)
	}
	for i := range customers {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%03d", i))
	}
	for k, row := range suppliers {
		d.Suppliers = append(d.Suppliers, dataset.Supplier{Name: fmt.Sprint("s", k), Own: k == 0})
		for _, x := range row {
			values := make([]float64, customers)
			for i := range values {
				values[i] = x
			}
			d.Ratings = append(d.Ratings, dataset.Series{Values: values})
		}
	}
	return d
}

// Each map by hand: Q over the benefits rated for every supplier shown.
func TestMapRestsOnWhatEverySupplierIsRatedOn(t *testing.T) {
	type point struct {
		supplier int
		quality  float64
	}
	for _, c := range []struct {
		name   string
		d      *dataset.Dataset
		points []point
	}{
		{"a benefit rated for us alone", market(6, "bbbc", []float64{5, 4, 1, 3}, []float64{3, 4, nan, 3}),
			[]point{{0, 100 * (1.25 + 1) / 2}, {1, 100 * (0.75 + 1) / 2}}},
		{"a benefit that nobody rated for us", market(6, "bbbc", []float64{5, 4, nan, 3}, []float64{4, 4, 5, 3}, []float64{3, 4, 1, 3}),
			[]point{{0, 112.5}, {1, 100}, {2, 87.5}}},
		{"a benefit that one rival lacks", market(6, "bbbc", []float64{5, 4, 2, 3}, []float64{4, 4, 5, 3}, []float64{3, 4, nan, 3}),
			[]point{{0, 112.5}, {1, 100}, {2, 87.5}}},
		{"rivals that leave too little in common", market(6, "bbbc", []float64{5, 4, 2, 3}, []float64{3, 4, nan, 3}, []float64{nan, 4, 5, 3}),
			[]point{{0, 112.5}, {1, 87.5}}},
		{"we lack too much", market(6, "bbbc", []float64{5, nan, nan, 3}, []float64{3, 4, 2, 3}, []float64{3, 4, 2, 3}), nil},
	} {
		points := Analyse(c.d, options()).Market.MapPoints
		if len(points) != len(c.points) {
			t.Errorf("%s: %d points, want %d", c.name, len(points), len(c.points))
			continue
		}
		for k, want := range c.points {
			if got := points[k]; got.Supplier != want.supplier || math.Abs(got.Quality-want.quality) > 1e-9 {
				t.Errorf("%s: %+v, want %+v", c.name, got, want)
			}
		}
	}
}

// We stay where the rivals were judged by others (two samples).
func TestMapOfTwoSamples(t *testing.T) {
	d := market(6, "bbc", []float64{5, 4, 3}, []float64{4, 3, 4}, []float64{3, 4, 2})
	for at, series := range d.Ratings {
		for i := range series.Values {
			if (i == 0) != (at < 3) {
				series.Values[i] = nan
			}
		}
	}
	points := Analyse(d, options()).Market.MapPoints
	if len(points) != 3 || points[0].Supplier != 0 {
		t.Errorf("%+v", points)
	}
}

// A price as asked is given only where the costs behind it share one scale, and
// it rests on the costs rated for every supplier shown.
func TestPriceOnTheMap(t *testing.T) {
	build := func(change func(d *dataset.Dataset)) float64 {
		d := market(6, "bcc", []float64{4, 2, 5}, []float64{3, 4, 1})
		change(d)
		points := Analyse(d, options()).Market.MapPoints
		if len(points) != 2 {
			t.Fatalf("%+v", points)
		}
		return points[0].Price
	}
	if got := build(func(*dataset.Dataset) {}); got != 3.5 {
		t.Errorf("one scale: %v", got)
	}
	if got := build(func(d *dataset.Dataset) { d.Attributes[2].Scale.Hi = 10 }); !math.IsNaN(got) {
		t.Errorf("two scales: %v", got)
	}
	if got := build(func(d *dataset.Dataset) { d.Attributes[2].Down = true }); !math.IsNaN(got) {
		t.Errorf("two directions: %v", got)
	}
	if got := build(func(d *dataset.Dataset) {
		d.Attributes[1].Weight, d.Attributes[2].Weight = 70, 30
		d.Ratings[5] = dataset.Series{}
	}); got != 2 {
		t.Errorf("one cost not rated for the rival: %v", got)
	}
}

// Rivals stand by name, whatever their columns.
func TestRivalsByName(t *testing.T) {
	d := market(3, "bc", []float64{4, 2}, []float64{3, 4}, []float64{3, 3}, []float64{2, 3})
	d.Suppliers[1].Name, d.Suppliers[2].Name, d.Suppliers[3].Name = "Zeta", "Beta", "Gamma"
	m := Analyse(d, options()).Market
	if fmt.Sprint(m.Rivals) != "[2 3 1]" || fmt.Sprint(m.MapPoints[1].Supplier, m.MapPoints[2].Supplier, m.MapPoints[3].Supplier) != "2 3 1" {
		t.Errorf("%v, %+v", m.Rivals, m.MapPoints)
	}
}

// Mean benefits and mean costs rest on the customers who have a value; where
// nobody has one, on the respondents of their side (METHOD 1).
func TestMeansRestOnOneSetOfCustomers(t *testing.T) {
	d := market(4, "bbc", []float64{3, 3, 2})
	d.Ratings[0].Values[1], d.Ratings[1].Values[1] = 5, 5
	d.Ratings[0].Values[3], d.Ratings[1].Values[3], d.Ratings[2].Values[3] = 5, 5, nan // no costs: no value
	d.Ratings[0].Values[2], d.Ratings[1].Values[2], d.Ratings[2].Values[2] = nan, nan, 5
	r := Analyse(d, options())
	if r.MeanBenefits.Value != 75 || r.MeanCosts.Value != 25 || r.MeanValue.Value != 50 || r.MeanRatio != 3 {
		t.Errorf("mean benefits %v, costs %v, value %v, ratio %v", r.MeanBenefits.Value, r.MeanCosts.Value, r.MeanValue.Value, r.MeanRatio)
	}
	if r.MeanBenefits.N != 2 || r.MeanCosts.N != 2 || r.Attributes[0].Contribution != 37.5 || r.Groups[0].Points != 75 || r.Attributes[0].N != 3 {
		t.Errorf("benefits of %d, costs of %d; %+v", r.MeanBenefits.N, r.MeanCosts.N, r.Attributes[0])
	}
	d.Ratings[2] = dataset.Series{}
	r = Analyse(d, options())
	if r.MeanBenefits.N != 3 || math.Abs(r.MeanBenefits.Value-250.0/3) > 1e-9 || !math.IsNaN(r.MeanCosts.Value) || !math.IsNaN(r.MeanValue.Value) {
		t.Errorf("nobody rated costs: %+v", r.MeanBenefits)
	}
}

// Equal drivers stand by label, then by ID; what rounding leaves of zero is none.
func TestEqualDrivers(t *testing.T) {
	attributes := []dataset.Attribute{{ID: "3", Label: "b"}, {ID: "2", Label: "a"}, {ID: "1", Label: "a"}, {ID: "4", Label: "c"}}
	pluses, minuses := Drivers([]Contribution{{0, 5.0000000000001}, {1, 5}, {2, 4.9999999999999}, {3, -1e-15}}, attributes, 3)
	if len(minuses) != 0 || len(pluses) != 3 || pluses[0].Attribute != 2 || pluses[1].Attribute != 1 || pluses[2].Attribute != 0 {
		t.Errorf("%v, %v", pluses, minuses)
	}
}
