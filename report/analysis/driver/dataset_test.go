package driver

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"valuebook/report/dataset"
)

// survey is a dataset of cars: the outcome is mpg, asked as "worth".
func survey() *dataset.Dataset {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "rival"}, {Name: "us", Own: true}}}
	names := []string{"cyl", "disp", "hp", "gear"}
	none := dataset.Series{}
	for _, name := range names {
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: name, Label: name, Scale: dataset.Scale{Lo: 0, Hi: 1000}})
		d.Ratings = append(d.Ratings, none)
	}
	for _, name := range names {
		d.Ratings = append(d.Ratings, dataset.Series{Values: column(mtcars, carColumns, name)})
	}
	d.Worth = []dataset.Series{none, {Values: column(mtcars, carColumns, "mpg")}}
	d.WorthScale = dataset.Scale{Lo: 0, Hi: 100}
	for i := range mtcars {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%02d", (i*7)%32))
	}
	return d
}

func TestAnalyseReadsTheDataset(t *testing.T) {
	d := survey()
	r := Analyse(d, small())
	if r == nil || r.Outcome != Worth || r.Answered != 32 || r.N != 32 || !slices.Equal(r.Attribute, []int{0, 1, 2, 3}) {
		t.Fatalf("%+v", r)
	}
	near(t, "Johnson of hp", r.Of(2).Johnson, .2321744, 5e-8)
	before := r.Of(1).Coefficient.Value
	d.Attributes[1].Side = dataset.Cost // disp is a cost now: less of it is better
	r = Analyse(d, small())
	near(t, "sign of a cost", r.Of(1).Coefficient.Value, -before, 1e-12)
	near(t, "importance of a cost", r.Of(1).Johnson, .2221469, 5e-8)
	d.Attributes[1].Scale = dataset.Scale{} // and now an amount of money
	near(t, "sign of an amount", Analyse(d, small()).Of(1).Coefficient.Value, -before, 1e-12)

	d.Ratings[4].Values[3], d.Ratings[5].Values[4] = nan, 5000 // blank, and off the scale of disp: but an amount has none
	if r := Analyse(d, small()); r.N != 31 || r.Answered != 32 {
		t.Errorf("%d of %d", r.N, r.Answered)
	}
	for i := range 20 {
		d.Ratings[6].Values[i] = nan
	}
	r = Analyse(d, small())
	if len(r.Omitted) != 1 || r.Omitted[0] != (Omission{2, RarelyAnswered, 12}) || r.Of(2) != nil || r.N != 31 {
		t.Errorf("%+v", r.Omitted)
	}
}

func TestAnalyseChoosesTheOutcome(t *testing.T) {
	d := survey()
	rebuy := make([]float64, 32)
	for i, x := range d.Worth[1].Values {
		if x > 20 {
			rebuy[i] = 1
		}
	}
	d.Rebuy.Values = rebuy
	if r := Analyse(d, small()); r.Outcome != Worth {
		t.Errorf("%s", r.Outcome)
	}
	o := small()
	o.Outcome = Rebuy
	if r := Analyse(d, o); r.Outcome != Rebuy || r.Refused != Accepted {
		t.Errorf("%s %s", r.Outcome, r.Refused)
	}
	for i := range d.Worth[1].Values {
		d.Worth[1].Values[i] = 7 // everybody the same
	}
	if r := Analyse(d, small()); r.Outcome != Rebuy {
		t.Errorf("%s", r.Outcome)
	}
	d.Rebuy.Values = nil
	if r := Analyse(d, small()); r.Outcome != Worth || r.Refused != NoVariation {
		t.Errorf("%s %s", r.Outcome, r.Refused)
	}
	d.Worth = nil
	if r := Analyse(d, small()); r != nil {
		t.Errorf("without an outcome: %+v", r)
	}
	if r := Analyse(&dataset.Dataset{}, DefaultOptions()); r != nil {
		t.Errorf("nothing: %+v", r)
	}
}

func TestRowOrderAndScaleChangeNothing(t *testing.T) {
	d, turned := survey(), survey()
	o := small()
	o.Bootstrap = 30
	random := rand.New(rand.NewPCG(1, 1))
	order := random.Perm(32)
	move := func(x []float64) {
		was := slices.Clone(x)
		for i, at := range order {
			x[i] = was[at]
		}
	}
	for _, s := range turned.Ratings[4:] {
		move(s.Values)
	}
	move(turned.Worth[1].Values)
	was := slices.Clone(turned.Customers.ID)
	for i, at := range order {
		turned.Customers.ID[i] = was[at]
	}
	want := Analyse(d, o)
	if a, b := fmt.Sprintf("%+v", Analyse(turned, o)), fmt.Sprintf("%+v", want); a != b {
		t.Errorf("rows in another order:\n%s\n%s", a, b)
	}
	for i := range 32 {
		d.Ratings[4].Values[i] = 3*d.Ratings[4].Values[i] - 7
	}
	d.Attributes[0].Scale = dataset.Scale{Lo: -7, Hi: 2993}
	for k, p := range Analyse(d, o).Predictors {
		near(t, "on another scale", p.Shapley, want.Predictors[k].Shapley, 1e-12)
	}
}

func TestMembersOnly(t *testing.T) {
	d, o := survey(), small()
	o.Members = make([]bool, 20)
	for i := range o.Members {
		o.Members[i] = true
	}
	if r := Analyse(d, o); r.N != 20 {
		t.Errorf("%d", r.N)
	}
}
