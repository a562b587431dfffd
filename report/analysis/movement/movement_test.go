package movement_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
)

var nan = math.NaN()

// period makes a snapshot with perceived value and relative performance as axes,
// three attributes of given weights, and lines at 0.
func period(name string, weights [3]float64, customers ...movement.Standing) *movement.Snapshot {
	s := &movement.Snapshot{Period: name, Revision: 1, Method: "axes=perceived-value,relative; coverage_min=0.6",
		Axes: [2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}, Bands: [2]float64{5, 5}, Customers: customers}
	for k, id := range []string{"b1", "b2", "c"} {
		s.Attributes = append(s.Attributes, movement.Attribute{ID: id, Label: "Attribute " + id, Cost: id == "c", Share: weights[k], Standing: "par"})
	}
	for i := range s.Customers {
		s.Customers[i].X, s.Customers[i].Y = figures(s.Customers[i], weights)
		s.Customers[i].Value, s.Customers[i].Relative = s.Customers[i].X, s.Customers[i].Y
		if !math.IsNaN(s.Customers[i].X + s.Customers[i].Y) {
			s.Customers[i].Class = "some"
		}
	}
	return s
}

// figures computes both axes as METHOD 1 and 3.1 write them, apart from the code.
func figures(c movement.Standing, w [3]float64) (value, relative float64) {
	benefit, weight, ahead, both := 0.0, 0.0, 0.0, 0.0
	for k := range 2 {
		if !math.IsNaN(c.Own[k]) {
			benefit, weight = benefit+w[k]*c.Own[k], weight+w[k]
			if !math.IsNaN(c.Rivals[k]) {
				ahead, both = ahead+w[k]*(c.Own[k]-c.Rivals[k]), both+w[k]
			}
		}
	}
	return 100*benefit/weight - 100*c.Own[2], 100*ahead/both - 100*(c.Own[2]-c.Rivals[2])
}

func customer(id string, own, rivals [3]float64) movement.Standing {
	return movement.Standing{ID: id, Name: "Name " + id, Own: own[:], Rivals: rivals[:], Firm: nan, Revenue: nan}
}

func compare(t *testing.T, before, now *movement.Snapshot, o movement.Options) *movement.Movement {
	t.Helper()
	m, refused := movement.Compare(before, now, o)
	if refused != nil {
		t.Fatalf("refused: %+v", *refused)
	}
	return m
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) < 1e-9) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The example of METHOD 4.4, whose parts were found by a program of its own that
// goes through the six orders.
func TestWorkedExample(t *testing.T) {
	before := period("2026-09", [3]float64{.6, .4, 1}, customer("A", [3]float64{.8, .5, .4}, [3]float64{.6, .6, .5}))
	now := period("2026-10", [3]float64{.5, .5, 1}, customer("A", [3]float64{.3, .6, .4}, [3]float64{.6, .9, .3}))
	m := compare(t, before, now, movement.Options{})
	if len(m.Movers) != 1 {
		t.Fatalf("movers %+v, want one", m.Movers)
	}
	mover := m.Movers[0]
	if mover.From != movement.HighHigh || mover.To != movement.HighLow || mover.Axis != 1 || !mover.Beyond {
		t.Errorf("mover %+v, want from secure to contested over the y line, beyond the band", mover)
	}
	near(t, "change", mover.Delta.Change, -58)
	near(t, "by ratings", mover.Delta.Sum(movement.ByRating), -23)
	near(t, "by rivals", mover.Delta.Sum(movement.ByRival), -33.5)
	near(t, "by weights", mover.Delta.Sum(movement.ByWeight), -1.5)
	if mover.Cause != movement.ByRival || m.Attributes[mover.Attribute].ID != "c" {
		t.Errorf("cause %s through %d, want the rivals through the cost (-20 against -13.5)", mover.Cause, mover.Attribute)
	}
	value, ok := m.Explainer().ValueChange(0, quadrant.PerceivedValue)
	if !ok {
		t.Fatal("no change of value")
	}
	near(t, "value before", value.Before, 28)
	near(t, "value now", value.Now, 5)
	near(t, "value by ratings", value.Sum(movement.ByRating), -23)
	if cause, a := value.Main(); cause != movement.ByRating || m.Attributes[a].ID != "b1" {
		t.Errorf("main cause %s, %d; want ratings of b1", cause, a)
	}
}

// An answer that is left out drops its weight: -6.5 by ratings, -1.5 by weights,
// by the program of its own.
func TestOmittedAnswer(t *testing.T) {
	before := period("2026-09", [3]float64{.6, .4, 1}, customer("A", [3]float64{.8, .5, .4}, [3]float64{.6, .6, .5}))
	now := period("2026-10", [3]float64{.5, .5, 1}, customer("A", [3]float64{nan, .6, .4}, [3]float64{.6, .9, .3}))
	value, _ := compare(t, before, now, movement.Options{}).Explainer().ValueChange(0, quadrant.PerceivedValue)
	near(t, "by ratings", value.Sum(movement.ByRating), -6.5)
	near(t, "by weights", value.Sum(movement.ByWeight), -1.5)
}

// random makes two periods with customers that stay, come, go, and answer in
// part.
func random(r *rand.Rand, n int) (before, now *movement.Snapshot) {
	rating := func() float64 {
		if r.IntN(12) == 0 {
			return nan
		}
		return float64(r.IntN(11)) / 10
	}
	set := func() [3]float64 { return [3]float64{rating(), rating(), rating()} }
	var lists [2][]movement.Standing
	for i := range n {
		for k := range lists {
			if r.IntN(10) > 0 {
				c := customer(fmt.Sprint(i), set(), set())
				c.Gone = r.IntN(15) == 0
				lists[k] = append(lists[k], c)
			}
		}
	}
	weights := func() [3]float64 { w := .1 + .8*r.Float64(); return [3]float64{w, 1 - w, 1} }
	return period("2026-09", weights(), lists[0]...), period("2026-10", weights(), lists[1]...)
}

func TestPartsSumToTheChange(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	checked := 0
	for range 60 {
		before, now := random(r, 30)
		for _, reestimate := range []bool{false, true} {
			now.Thresholds = [2]float64{4, -3}
			m := compare(t, before, now, movement.Options{Reestimate: reestimate})
			for _, mover := range m.Movers {
				if mover.Axis < 0 {
					continue
				}
				sum := 0.0
				for _, p := range mover.Delta.Parts {
					sum += p.Points
				}
				near(t, "sum of the parts", sum, mover.Delta.Change)
				if mover.Cause == "" {
					t.Errorf("mover without a cause: %+v", mover)
				}
				if mover.Delta.Sum(movement.ByAmount) != 0 {
					t.Errorf("an unexplained part: %+v", mover.Delta)
				}
				checked++
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d movers", checked)
	}
}

func TestMatrixHoldsEverybody(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 50 {
		before, now := random(r, 40)
		m := compare(t, before, now, movement.Options{})
		sum, changed := 0, 0
		for from, row := range m.Matrix {
			for to, n := range row {
				sum += n
				if from != to {
					changed += n
				}
			}
		}
		if sum != m.Total || sum+m.LeftBefore != len(m.Customers) || changed != len(m.Movers) {
			t.Fatalf("matrix holds %d, total %d, %d out of %d; %d changed, %d movers", sum, m.Total, m.LeftBefore, len(m.Customers), changed, len(m.Movers))
		}
		if m.Matrix[movement.Absent][movement.Absent] != 0 {
			t.Fatal("somebody is absent in both")
		}
	}
}

func TestSwappingTransposes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 50 {
		before, now := random(r, 40)
		m := compare(t, before, now, movement.Options{})
		before.Period, now.Period = now.Period, before.Period
		back := compare(t, now, before, movement.Options{})
		for from := range m.Matrix {
			for to := range m.Matrix {
				if m.Matrix[from][to] != back.Matrix[to][from] {
					t.Fatalf("%d to %d: %d, back %d", from, to, m.Matrix[from][to], back.Matrix[to][from])
				}
			}
		}
	}
}

func TestSamePeriodsDoNotMove(t *testing.T) {
	before, _ := random(rand.New(rand.NewPCG(1, 2)), 50)
	now := *before
	now.Period = "2026-10"
	m := compare(t, before, &now, movement.Options{})
	if m.Stability != 1 || len(m.Movers) != 0 || len(m.ByLine) != 0 {
		t.Errorf("stability %v, movers %v, by line %v; want 1 and none", m.Stability, m.Movers, m.ByLine)
	}
}

func TestRefusals(t *testing.T) {
	one := func(id string) *movement.Snapshot {
		return period("2026-09", [3]float64{.5, .5, 1}, customer(id, [3]float64{.8, .5, .4}, [3]float64{.6, .6, .5}))
	}
	for code, change := range map[movement.Code]func(before, now *movement.Snapshot){
		movement.Strangers: func(_, now *movement.Snapshot) { now.Customers[0].ID, now.Customers[0].Name = "B", "Another" },
		movement.OtherAxes: func(_, now *movement.Snapshot) { now.Axes[1] = quadrant.Match },
		movement.NoAxes:    func(before, _ *movement.Snapshot) { before.Axes = [2]quadrant.Measure{} },
		movement.OtherUnit: func(_, now *movement.Snapshot) { now.Money[0] = true },
		movement.OtherMethod: func(_, now *movement.Snapshot) {
			now.Method = "axes=perceived-value,relative; coverage_min=0.8; scale=1-9"
		},
		movement.SamePeriod: func(_, now *movement.Snapshot) { now.Period = "2026-08" },
		movement.Undivided: func(before, now *movement.Snapshot) {
			before.Thresholds[1], now.Thresholds[1] = nan, nan
		},
	} {
		before, now := one("A"), one("A")
		now.Period = "2026-10"
		change(before, now)
		_, refused := movement.Compare(before, now, movement.Options{})
		if refused == nil || refused.Code != code {
			t.Errorf("%s: got %+v", code, refused)
		}
		if code == movement.OtherMethod && !slices.Equal(refused.Settings, []string{"coverage_min", "scale"}) {
			t.Errorf("differing settings %v", refused.Settings)
		}
	}
}

func TestEdges(t *testing.T) {
	blank := [3]float64{nan, nan, nan}
	before, now := period("2026-09", [3]float64{.5, .5, 1}, customer("A", blank, blank)), period("2026-10", [3]float64{.5, .5, 1}, customer("A", blank, blank))
	m := compare(t, before, now, movement.Options{})
	if !math.IsNaN(m.Stability) || m.Matrix[movement.Unclassified][movement.Unclassified] != 1 || len(m.Movers) != 0 {
		t.Errorf("nothing rated: %+v", m)
	}
	empty := period("2026-10", [3]float64{.5, .5, 1})
	if m = compare(t, before, empty, movement.Options{}); m.Matrix[movement.Unclassified][movement.Absent] != 1 || m.Movers[0].Cause != movement.Lost {
		t.Errorf("an empty period: %+v", m)
	}
}

// Who left is lost, whatever its ratings; who had left before is in no count; who
// comes without answers is new.
func TestComingAndGoing(t *testing.T) {
	good := [3]float64{.8, .8, .2}
	weights := [3]float64{.5, .5, 1}
	before := period("2026-09", weights, customer("stays", good, good), customer("leaves", good, good), customer("left", good, good), customer("unsaid", good, good))
	now := period("2026-10", weights, customer("stays", good, good), customer("leaves", good, good), customer("left", good, good),
		customer("new", [3]float64{nan, nan, nan}, good), customer("unsaid", [3]float64{nan, nan, nan}, good))
	before.Customers[2].Gone, now.Customers[1].Gone, now.Customers[2].Gone = true, true, true
	m := compare(t, before, now, movement.Options{})
	causes := map[string]movement.Cause{}
	for _, mover := range m.Movers {
		id, _ := m.Name(m.Customers[mover.Customer])
		causes[id] = mover.Cause
	}
	want := map[string]movement.Cause{"leaves": movement.Lost, "new": movement.New, "unsaid": movement.Unanswered}
	if !reflect.DeepEqual(causes, want) || m.LeftBefore != 1 || m.Total != 4 {
		t.Errorf("causes %v, %d left before, %d in all; want %v, 1, 4", causes, m.LeftBefore, m.Total, want)
	}
}

// With the lines of the earlier period nobody moves; with its own lines one
// does, because the line moved.
func TestFrozenLines(t *testing.T) {
	weights := [3]float64{.5, .5, 1}
	own, rival := [3]float64{.6, .6, .4}, [3]float64{.5, .5, .5} // value 20, relative 20
	before, now := period("2026-09", weights, customer("A", own, rival)), period("2026-10", weights, customer("A", own, rival))
	now.Thresholds[0] = 25
	m := compare(t, before, now, movement.Options{})
	if m.Stability != 1 || len(m.Movers) != 0 || len(m.ByLine) != 1 || m.ByLine[0].Cause != movement.ByThreshold || m.ByLine[0].To != movement.LowHigh {
		t.Errorf("frozen: stability %v, movers %+v, by line %+v", m.Stability, m.Movers, m.ByLine)
	}
	m = compare(t, before, now, movement.Options{Reestimate: true})
	if len(m.Movers) != 1 || m.Movers[0].Cause != movement.ByThreshold || m.Stability != 0 {
		t.Errorf("own lines: %+v", m.Movers)
	}
	near(t, "change against the line", m.Movers[0].Delta.Change, -25)
	before.Thresholds[0] = nan
	before.Customers[0].Class = ""
	if m = compare(t, before, now, movement.Options{}); !m.Restated[0] || m.Classed != 1 || m.Stayed != 1 {
		t.Errorf("restated: %+v", m)
	}
}

func TestMatching(t *testing.T) {
	good, weights := [3]float64{.8, .8, .2}, [3]float64{.5, .5, 1}
	named := func(id, name string) movement.Standing { c := customer(id, good, good); c.Name = name; return c }
	for name, c := range map[string]struct {
		before, now             []movement.Standing
		pairs, byName, repeated int
	}{
		"by identifier, though the name changed": {[]movement.Standing{named("1", "Alder")}, []movement.Standing{named("1", "Alder plc")}, 1, 0, 0},
		"by name without identifiers":            {[]movement.Standing{named("", "Alder  Foods")}, []movement.Standing{named("", "alder foods")}, 1, 1, 0},
		"by name where identifiers are new":      {[]movement.Standing{named("1", "Alder"), named("2", "Birch")}, []movement.Standing{named("x1", "Birch"), named("x2", "Alder")}, 2, 2, 0},
		"another identifier is another customer": {[]movement.Standing{named("1", "Alder"), named("2", "Birch")}, []movement.Standing{named("1", "Alder"), named("3", "Birch")}, 1, 0, 0},
		"twice in both":                          {[]movement.Standing{named("1", "A"), named("1", "B")}, []movement.Standing{named("1", "A"), named("1", "B")}, 2, 0, 2},
		"twice in one":                           {[]movement.Standing{named("1", "A")}, []movement.Standing{named("1", "A"), named("1", "B")}, 1, 0, 1},
	} {
		m := compare(t, period("2026-09", weights, c.before...), period("2026-10", weights, c.now...), movement.Options{})
		pairs := 0
		for _, x := range m.Customers {
			if x.Before >= 0 && x.Now >= 0 {
				pairs++
			}
		}
		if pairs != c.pairs || m.ByName != c.byName || m.Duplicates != c.repeated {
			t.Errorf("%s: %d pairs, %d by name, %d repeated", name, pairs, m.ByName, m.Duplicates)
		}
	}
}

func TestTrend(t *testing.T) {
	at := func(period string, x float64) movement.Point {
		return movement.Point{Period: period, Method: "m", Figures: []movement.Figure{{Code: "value", Value: x, Unit: "points"}, {Code: "once", Value: nan, Unit: "points"}}}
	}
	var past []movement.Point
	for k := range 30 {
		past = append(past, at(fmt.Sprintf("20%02d-01", k), float64(k)))
	}
	past = append(past, at("2029-01", 100), movement.Point{Period: "2030-01", Method: "other"})
	now := at("2031-01", 7)
	now.Figures[1].Value = 1
	trend := movement.NewTrend(past, now)
	if len(trend.Periods) != movement.MaxPeriods || trend.Periods[0] != "2007-01" || trend.Left != 1 || len(trend.Series) != 1 {
		t.Fatalf("trend %+v", trend)
	}
	if v := trend.Series[0].Values; v[22] != 100 || v[23] != 7 || trend.Series[0].Last() != -93 {
		t.Errorf("values %v: the later revision counts", v)
	}
}

func TestSnapshotAsJSON(t *testing.T) {
	before, _ := random(rand.New(rand.NewPCG(3, 4)), 20)
	before.Thresholds[1] = nan
	before.Attributes[0].Score, before.Amounts = quadrant.Match, true
	before.Figures = []movement.Figure{{Code: "value", Value: nan, Unit: "points"}}
	data, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var back movement.Snapshot
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(data) {
		t.Errorf("not the same again: %v", err)
	}
	if got, want := fmt.Sprintf("%v", back), fmt.Sprintf("%v", *before); got != want {
		t.Errorf("read back\n%s\nwant\n%s", got, want)
	}
}

func BenchmarkCompare(b *testing.B) {
	before, now := random(rand.New(rand.NewPCG(5, 6)), 20_000)
	for b.Loop() {
		if _, refused := movement.Compare(before, now, movement.Options{}); refused != nil {
			b.Fatal(refused)
		}
	}
}
