package quadrant

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/dataset"
)

var nan = math.NaN()

func score(m Measure, values ...float64) Source { return Source{Measure: m, Values: values} }

func amount(m Measure, values ...float64) Source {
	return Source{Measure: m, Values: values, Money: true}
}

func TestThresholds(t *testing.T) {
	cases := []struct {
		name      string
		source    Source
		threshold Threshold
		want      float64 // NaN: does not discriminate
		mode      Mode
	}{
		{"match score", score(Match, 1, 2, 3, 4), Threshold{}, 50, Fixed},
		{"benefits", score(Benefits, 1), Threshold{}, 50, Fixed},
		{"perceived value", score(PerceivedValue, 1, 1), Threshold{}, 0, Fixed},
		{"relative", score(Relative, 1, 1), Threshold{}, 0, Fixed},
		{"money takes the median", amount(FirmValue, 1, 2, 4, 100, nan), Threshold{}, 3, Median},
		{"benefits in money", amount(Benefits, 1, 2, 4, 100), Threshold{}, 3, Median},
		{"value in money is divided at zero", amount(PerceivedValue, 1, 2, 4, 100), Threshold{}, 0, Fixed},
		{"mean", score(Match, 10, 20, 30, 100), Threshold{Mode: Mean}, 40, Mean},
		{"custom", score(Match, 10), Threshold{Mode: Custom, Value: 42}, 42, Custom},
		{"custom on money", amount(FirmValue, 10), Threshold{Mode: Custom, Value: -42}, -42, Custom},
		// 50 + 20 of 100 is 70 %, with 10 it is exactly 80 %.
		{"top share", amount(FirmValue, 50, 20, 10, 9, 7, 4), Threshold{Mode: TopShare}, 10, TopShare},
		{"top share of losses", amount(FirmValue, -50, 20, 10, 10, 6, 4), Threshold{Mode: TopShare}, nan, TopShare},
		{"median of equal values", score(Match, 50, 50, 50, 50.0000000001), Threshold{Mode: Median}, nan, Median},
		{"fixed with equal values", score(Match, 50, 50, 50, 50), Threshold{}, 50, Fixed},
		{"median of three", score(Match, 1, 2, 3), Threshold{Mode: Median}, nan, Median},
		{"median of four", score(Match, 1, 2, 3, 4), Threshold{Mode: Median}, 2.5, Median},
		{"nobody", score(Match), Threshold{Mode: Median}, nan, Median},
		{"negative median customer", amount(FirmValue, -9, -8, -7, 4), Threshold{}, 0, Median},
		{"negative median of a score", score(PerceivedValue, -9, -8, -7, 4), Threshold{Mode: Median}, -7.5, Median},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := NewAxis(c.source, c.threshold, 5, 0.1)
			if a.Threshold != c.want && !(math.IsNaN(a.Threshold) && math.IsNaN(c.want)) || a.Mode != c.mode || a.Discriminates == math.IsNaN(c.want) {
				t.Errorf("threshold %v, mode %s, discriminates %v; want %v, %s", a.Threshold, a.Mode, a.Discriminates, c.want, c.mode)
			}
			if a.RaisedToZero != (c.name == "negative median customer") {
				t.Errorf("raised to zero: %v", a.RaisedToZero)
			}
		})
	}
}

func TestSkewWarning(t *testing.T) {
	if a := NewAxis(amount(FirmValue, 1, 1, 1, 97), Threshold{Mode: Mean}, 5, 0.1); !a.SkewWarning {
		t.Error("mean 25, median 1")
	}
	if a := NewAxis(amount(FirmValue, 2, 3, 3, 4), Threshold{Mode: Mean}, 5, 0.1); a.SkewWarning {
		t.Error("mean 3, median 3")
	}
}

func TestBandOnMoneyIsAShareOfTheQuartiles(t *testing.T) {
	// Quartiles 20 and 40: a band of 2 around the median 30.
	a := NewAxis(amount(FirmValue, 10, 20, 30, 40, 50), Threshold{}, 5, 0.1)
	if a.Span != 20 || a.Band != 2 || !a.near(32) || a.near(32.1) || a.OnThreshold != 1 {
		t.Errorf("%+v", a)
	}
	a = NewAxis(amount(FirmValue, 1, 3, 3, 3, 9), Threshold{}, 5, 0.1)
	if !a.NoBand || a.Band != 0 || a.near(3) {
		t.Errorf("no spread between the quartiles, so no band: %+v", a)
	}
}

// Who stands on the line is border even where the band has no width (METHOD 4.5).
func TestBandOfNoWidthHoldsTheLine(t *testing.T) {
	a := NewAxis(score(Match, 50, 50.1), Threshold{}, 0, 0.1)
	if a.NoBand || !a.near(50) || a.near(50.1) {
		t.Errorf("score: %+v", a)
	}
	a = NewAxis(amount(FirmValue, 10, 20, 30, 40, 50), Threshold{}, 5, 0)
	if a.NoBand || !a.near(30) || a.near(30.1) {
		t.Errorf("money: %+v", a)
	}
}

// Of equal changes the first by label serves, then by ID, whatever the order and
// whatever rounding leaves.
func TestEqualChangesByLabel(t *testing.T) {
	lever := func(label, id string, width float64) Lever {
		return Lever{Component: label, ID: id, Attribute: -1, From: 5, Lo: 0, Hi: 10, Step: 1, Width: width, X: 2}
	}
	for _, levers := range [][]Lever{
		{lever("b", "1", 10.0000000000001), lever("a", "2", 10), lever("a", "1", 9.9999999999999)},
		{lever("a", "1", 9.9999999999999), lever("b", "1", 10), lever("a", "2", 10.0000000000001)},
	} {
		r := Classify(NewAxis(score(Match, 49), Threshold{}, 5, 0.1), NewAxis(score(Benefits, 90), Threshold{}, 5, 0.1), nil)
		levers[0].From, levers[1].From, levers[2].From = number(levers[0]), number(levers[1]), number(levers[2])
		r.SetLevers(func(_ int, into []Lever) []Lever { return append(into, levers...) })
		if n := r.Nearest(0); !n.Found || n.From != 1 {
			t.Errorf("%+v", n)
		}
	}
}

// number tells the three levers apart by where they stand: 1 for the one to be
// found.
func number(l Lever) float64 {
	switch l.Component + l.ID {
	case "a1":
		return 1
	case "a2":
		return 2
	}
	return 3
}

func TestUnitsDecideTheFlipAxis(t *testing.T) {
	// 12 of 200 is less than 8 of 100.
	x := NewAxis(score(PerceivedValue, 12), Threshold{}, 5, 0.1)
	y := NewAxis(score(Match, 58), Threshold{}, 5, 0.1)
	r := Classify(x, y, nil)
	if !r.FlipX(0) || r.FlipDistance(0) != 12 || r.Change(0) != -12 || r.ID(r.FlipClass(0)) != "potential" {
		t.Errorf("%+v", r)
	}
	// Equal units: points; equal distances: y.
	x = NewAxis(score(FirmValue, 58), Threshold{}, 5, 0.1)
	if r := Classify(x, y, nil); r.FlipX(0) || r.ID(r.FlipClass(0)) != "profit" {
		t.Errorf("%+v", r)
	}
	// Money: 5 of 20 between the quartiles is more than 8 of 100.
	x = NewAxis(amount(FirmValue, 10, 20, 30, 40, 35), Threshold{Mode: Custom, Value: 40}, 5, 0.1)
	y = NewAxis(score(Match, 58, 58, 58, 58, 58), Threshold{}, 5, 0.1)
	if r := Classify(x, y, nil); r.FlipX(4) || r.FlipDistance(4) != 8 || !r.FlipX(3) || r.FlipDistance(3) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestEveryCustomerIsInOneClassOrHasAReason(t *testing.T) {
	x := NewAxis(score(FirmValue, 60, 60, 40, 40, nan, 60, 60), Threshold{}, 5, 0.1)
	y := NewAxis(score(Match, 60, 40, 60, 40, 50, nan, 60), Threshold{}, 5, 0.1)
	r := Classify(x, y, []Reason{6: Churned})
	if fmt.Sprint(r.Class) != "[1 2 3 4 0 0 0]" || fmt.Sprint(r.Why) != "[    x_missing y_missing churned]" || fmt.Sprint(r.Counts) != "[3 1 1 1 1]" {
		t.Errorf("%v %q %v", r.Class, r.Why, r.Counts)
	}
	if r.ID(NotClassified) != "not_classified" {
		t.Error(r.ID(NotClassified))
	}
	flat := NewAxis(score(Match, 50, 50, 50, 50, 50, 50, 50), Threshold{Mode: Median}, 5, 0.1)
	if r := Classify(x, flat, nil); r.Counts[0] != 7 || r.Why[0] != NoDiscrimination || r.Why[4] != XMissing {
		t.Errorf("classes from an axis that does not divide: %v", r.Why)
	}
}

func TestPairsOutsideTheTable(t *testing.T) {
	if p := PairOf(Match, FirmValue); fmt.Sprint(p.Classes) != "[high_high high_low low_high low_low]" {
		t.Errorf("%v", p)
	}
	if p := PairOf(PerceivedValue, Match); p.Classes[0] != "strategic" {
		t.Errorf("%v", p)
	}
	given := func(measures ...Measure) func(Measure) bool {
		return func(m Measure) bool { return contains(names(measures), string(m)) }
	}
	for _, c := range []struct {
		given []Measure
		want  Measure
	}{{Measures, FirmValue}, {[]Measure{PerceivedValue, Match, Relative, Benefits, Costs}, PerceivedValue},
		{[]Measure{Benefits, Costs, Match}, Benefits}, {[]Measure{Match}, ""}} {
		p, ok := Choose(given(c.given...))
		if p.X != c.want || ok != (c.want != "") {
			t.Errorf("%v: %v", c.given, p)
		}
	}
}

func names(measures []Measure) (list []string) {
	for _, m := range measures {
		list = append(list, string(m))
	}
	return list
}

func part(id string, weight float64, values ...float64) dataset.Component {
	return dataset.Component{ID: id, Label: id, Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: weight, Series: dataset.Series{Values: values}}
}

func TestCompositeScores(t *testing.T) {
	inf := math.Inf(1)
	cases := []struct {
		name  string
		parts []dataset.Component
		want  []float64
	}{
		{"all given", []dataset.Component{part("positioning", nan, 9), part("ability", nan, 6), part("value_match", nan, 3)}, []float64{60}},
		{"one blank of three", []dataset.Component{part("positioning", nan, 9, nan), part("ability", nan, 6, 6), part("value_match", nan, nan, nan)}, []float64{75, nan}},
		{"a column absent", []dataset.Component{part("positioning", nan, 9), part("ability", nan, 6)}, []float64{75}},
		{"two columns absent", []dataset.Component{part("positioning", nan, 9)}, []float64{nan}},
		{"another name stands alone", []dataset.Component{part("match", nan, 9)}, []float64{90}},
		{"weights", []dataset.Component{part("positioning", 3, 10), part("ability", 1, 0), part("value_match", 0, 5)}, []float64{75}},
		{"weights all zero", []dataset.Component{part("positioning", 0, 10), part("ability", 0, 0)}, []float64{nan}},
		{"off the scale", []dataset.Component{part("positioning", nan, 11), part("ability", nan, inf), part("value_match", nan, -1)}, []float64{nan}},
	}
	if got := NewComposite(nil, MatchComponents, 3).Scores(); got != nil {
		t.Errorf("scores of no components: %v", got)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := NewComposite(c.parts, MatchComponents, len(c.want)).Scores()
			for i, want := range c.want {
				if math.Abs(got[i]-want) > 1e-12 || math.IsNaN(got[i]) != math.IsNaN(want) {
					t.Errorf("customer %d: %v, want %v", i, got[i], want)
				}
			}
		})
	}
}

func TestCompositeInMoney(t *testing.T) {
	amounts := []dataset.Component{part("purchase", nan, 100, 100), part("reputation", nan, -20, nan)}
	for k := range amounts {
		amounts[k].Scale = dataset.Scale{}
	}
	c := NewComposite(amounts, ValueComponents, 2)
	if got := c.Scores(); !c.Money() || got[0] != 80 || !math.IsNaN(got[1]) {
		t.Errorf("money %v, scores %v", c.Money(), got)
	}
	levers := c.Levers(0, c.Steps(), true, nil)
	if len(levers) != 2 || levers[1].Y != 1 || levers[1].X != 0 || levers[1].From != -20 {
		t.Errorf("%+v", levers)
	}
}

func TestGrain(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{{[]float64{1, 2, nan, 10}, 1}, {[]float64{1, 2.5}, 0.5}, {[]float64{0.3, 0.1 + 0.2}, 0.1}, {[]float64{1.25}, 0.01}, {[]float64{math.Pi}, 0.01}, {nil, 1}} {
		if got := Grain(c.values); got != c.want {
			t.Errorf("%v: %v, want %v", c.values, got, c.want)
		}
	}
}

// From a tie the smallest change is one step down; at the end of the scale
// there may be none.
func TestNearestAtTheEnds(t *testing.T) {
	x := NewAxis(score(FirmValue, 50, 100), Threshold{}, 5, 0.1)
	y := NewAxis(score(Match, 100, 100), Threshold{}, 5, 0.1)
	r := Classify(x, y, nil)
	r.SetLevers(func(i int, into []Lever) []Lever {
		return append(into, Lever{Component: "purchase", Attribute: -1, From: []float64{5, 1}[i], Lo: 0, Hi: 10, Step: 1, Width: 10, X: 2})
	})
	if n := r.Nearest(0); !n.Found || n.To != 4 || n.Class != LowHigh {
		t.Errorf("%+v", n)
	}
	if n := r.Nearest(1); n.Found || n.Attribute != -1 {
		t.Errorf("25 steps down from 1 do not exist: %+v", n)
	}
}
