package profile

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// twoPersonas are 12 customers of ours: six planners, who rate the price badly,
// five drifters, who rate service badly, and one without a persona.
func twoPersonas() *dataset.Dataset {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "us", Own: true}}}
	scale := dataset.Scale{Lo: 0, Hi: 10}
	d.Attributes = []dataset.Attribute{
		{ID: "s", Label: "Service", Scale: scale, Weight: math.NaN()}, {ID: "q", Label: "Quality", Scale: scale, Weight: math.NaN()},
		{ID: "p", Label: "Price", Side: dataset.Cost, Scale: scale, Weight: math.NaN()},
	}
	ratings := [][3]float64{}
	var towns, ages []string
	for i := range 12 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%02d", i))
		persona, rating, town, age := "Planner", [3]float64{9, 5, 8}, "Bern", fmt.Sprint(30+i)
		if i >= 6 {
			persona, rating, town = "Drifter", [3]float64{1, 5, 2}, "Rome"
		}
		if i == 11 {
			persona, age = "", ""
		}
		d.Customers.Persona = append(d.Customers.Persona, persona)
		ratings = append(ratings, rating)
		if i == 0 {
			town = "Rome"
		}
		towns, ages = append(towns, town), append(ages, age)
	}
	d.Customers.Profiles = []dataset.Profile{{Name: "Town", Values: dataset.TextsOf(towns)}, {Name: "Age", Values: dataset.TextsOf(ages)}}
	for a := range 3 {
		x := make([]float64, 12)
		for i := range x {
			x[i] = ratings[i][a]
		}
		d.Ratings = append(d.Ratings, dataset.Series{Values: x})
	}
	return d
}

func described(d *dataset.Dataset) *Groups {
	firm := []float64{10, 20, 30, 40, 50, 60, 5, 5, 5, math.NaN(), 5, 100}
	classes := &quadrant.Result{Class: []quadrant.Class{1, 1, 1, 2, 2, 3, 4, 4, 4, 4, 0, 1}}
	v := value.Analyse(d, value.Options{Coverage: 0.6, BenefitShare: 0.5})
	return DescribeGroups(GroupInput{Data: d, Kind: Persona, Value: v, Classes: classes, Firm: firm, Drivers: driver.DefaultOptions()})
}

func TestPersonas(t *testing.T) {
	g := described(twoPersonas())
	if len(g.Groups) != 2 || g.Unassigned != 1 || g.Groups[0].Name != "Drifter" || g.Groups[1].N != 6 {
		t.Fatalf("%+v", g)
	}
	drifter, planner := g.Groups[0], g.Groups[1]
	near(t, "share", planner.Share, 0.5, 0)
	near(t, "mean value", planner.Value.Mean.Value, 70-80, 1e-9)
	near(t, "mean value", drifter.Value.Mean.Value, 30-20, 1e-9)
	near(t, "everybody's value", planner.Value.All, 0, 1e-9)
	near(t, "no contrast with a base of 0", planner.Value.Contrast, math.NaN(), 0)
	near(t, "difference", drifter.Value.Difference, 10, 1e-9)
	near(t, "firm value", planner.Firm.Mean.Value, 35, 1e-9)
	near(t, "everybody's firm value", planner.Firm.All, 330.0/11, 1e-9)
	near(t, "contrast", planner.Firm.Contrast, 100*35.0/30, 1e-9)
	if drifter.Firm.Mean.N != 4 || !math.IsNaN(drifter.Firm.Mean.Lo) || math.IsNaN(planner.Firm.Mean.Lo) {
		t.Errorf("%+v", drifter.Firm)
	}
	near(t, "no match scores", planner.Match.Mean.Value, math.NaN(), 0)
	if planner.Classes != [5]int{0, 3, 2, 1, 0} || drifter.Classes != [5]int{1, 0, 0, 0, 4} {
		t.Errorf("%v %v", planner.Classes, drifter.Classes)
	}
	if town := planner.Typical[0]; town.Text != "Bern" || town.Count != 5 || town.N != 6 {
		t.Errorf("%+v", town)
	}
	near(t, "median age", planner.Typical[1].Median, 32.5, 1e-12)
	if planner.DriversRefused != driver.NotAsked || planner.Drivers != nil {
		t.Errorf("%s", planner.DriversRefused)
	}
}

// Terms against the mean customer: service 50 * (0.9 - 0.5), price -100 * (0.8 -
// 0.5); quality is the same for all.
func TestPlusesAndComplaints(t *testing.T) {
	d := twoPersonas()
	planner := described(d).Groups[1]
	if len(planner.Pluses) != 1 || planner.Pluses[0].Attribute != 0 || len(planner.Complaints) != 1 || planner.Complaints[0].Attribute != 2 {
		t.Fatalf("%+v %+v", planner.Pluses, planner.Complaints)
	}
	near(t, "service", planner.Pluses[0].Points, 50*(0.9-0.5), 1e-9)
	near(t, "price", planner.Complaints[0].Points, -100*(0.8-0.5), 1e-9)

	d.Verbatims = dataset.Verbatims{Customer: []int32{0, 1, 2, 7, -1, 3}, Attribute: []int32{1, 1, 0, 2, 2, -1}, Tone: []float64{-1, -1, -1, -1, -1, -1}}
	groups := described(d).Groups
	want := []Complaint{{Attribute: 1, Count: 2}, {Attribute: 0, Count: 1}}
	for k, c := range groups[1].Complaints {
		if c.Attribute != want[k].Attribute || c.Count != want[k].Count || !math.IsNaN(c.Points) {
			t.Errorf("%+v", c)
		}
	}
	if c := groups[0].Complaints; len(c) != 1 || c[0].Attribute != 2 {
		t.Errorf("%+v", c)
	}
}

// Weights of 2 for the planners, none for the rest: everybody is the planners.
func TestGroupsOfWeightedCustomers(t *testing.T) {
	d := twoPersonas()
	in := GroupInput{Data: d, Kind: Persona, Firm: []float64{10, 20, 30, 40, 50, 60, 5, 5, 5, math.NaN(), 5, 100}, Drivers: driver.DefaultOptions()}
	in.Sample = []float64{2, 2, 2, 2, 2, 4, 0, math.NaN(), -1, 0, 0}
	g := DescribeGroups(in).Groups
	near(t, "mean", g[1].Firm.Mean.Value, (2*(10+20+30+40+50)+4*60)/14.0, 1e-12)
	near(t, "of everybody", g[1].Firm.Contrast, 100, 1e-12)
	if g[0].Firm.Mean.N != 0 || g[0].N != 5 {
		t.Errorf("%+v", g[0])
	}
}

func TestGroupDrivers(t *testing.T) {
	d := twoPersonas()
	for i := range d.Customers.ID {
		d.Customers.Persona[i] = "all"
		d.Ratings[0].Values[i] = float64(i % 5)
		d.Ratings[1].Values[i] = float64(i * 7 % 10)
		d.Ratings[2].Values[i] = float64(i % 3)
		d.Recommend.Values = append(d.Recommend.Values, d.Ratings[1].Values[i])
	}
	d.RecommendScale = dataset.Scale{Lo: 0, Hi: 10}
	o := driver.DefaultOptions()
	o.PerPredictor = 3
	g := DescribeGroups(GroupInput{Data: d, Kind: Persona, Drivers: o}).Groups[0]
	if len(g.Drivers) != 3 || g.Drivers[0] != 1 || g.DriversRefused != driver.Accepted {
		t.Errorf("%v %s", g.Drivers, g.DriversRefused)
	}
	o.PerPredictor = 5
	if g := DescribeGroups(GroupInput{Data: d, Kind: Persona, Drivers: o}).Groups[0]; g.Drivers != nil || g.DriversRefused != driver.TooFew {
		t.Errorf("%v %s", g.Drivers, g.DriversRefused)
	}
	if DescribeGroups(GroupInput{Data: d, Kind: Segment}) != nil || DescribeGroups(GroupInput{Data: &dataset.Dataset{}, Kind: Persona}) != nil {
		t.Error("groups without a column")
	}
	if names := g.Typical; !slices.ContainsFunc(names, func(x Typical) bool { return x.Text != "" }) {
		t.Errorf("%+v", names)
	}
}
