package analysis

import (
	"testing"
	"time"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

func TestChurnedAreNotClassifiedByFirmValue(t *testing.T) {
	d := goldenExample()
	d.AsOf = time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	d.Customers.Churn = make([]time.Time, 6)
	d.Customers.Churn[0], d.Customers.Churn[1] = d.AsOf, d.AsOf.AddDate(0, 0, 1)
	q := Analyse(d, quick()).Quadrant
	if q.Why[0] != quadrant.Churned || q.Class[0] != quadrant.NotClassified || q.Class[1] == quadrant.NotClassified {
		t.Errorf("%v %v", q.Why, q.Class)
	}
	o := quick()
	o.Axes = [2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}
	if q := Analyse(d, o).Quadrant; q.Class[0] == quadrant.NotClassified {
		t.Error("a rating stays a rating")
	}
}

func TestAxesAskedForWithoutData(t *testing.T) {
	o := quick()
	o.Axes = [2]quadrant.Measure{quadrant.FirmValue, quadrant.Match}
	r := Analyse(ratings(1, 1, repeated(6, 4, 2, 3, 3)...), o)
	if r.Quadrant.Chosen || r.Quadrant.Pair.Y != quadrant.Relative || !hasNote(r, "note.axes-without-data") {
		t.Errorf("%+v", r.Quadrant.Pair)
	}
	if r.Quadrant.Refused != o.Axes {
		t.Errorf("refused %v", r.Quadrant.Refused)
	}
	if r = Analyse(ratings(1, 1, repeated(6, nan, nan)...), o); r.Quadrant != nil || !hasNote(r, "note.axes-none") {
		t.Errorf("nothing rated: %+v, %+v", r.Quadrant, r.Notes)
	}
	o.Axes = [2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}
	if r = Analyse(ratings(1, 1, repeated(6, 4, 2, 3, 3)...), o); !r.Quadrant.Chosen || r.Quadrant.Refused != [2]quadrant.Measure{} {
		t.Errorf("axes with data: %+v", r.Quadrant.Refused)
	}
}

// Offers have benefits and costs alone, so other axes cannot be had.
func TestAxesAskedForOfOffers(t *testing.T) {
	d := ratings(1, 1)
	d.Offers = &dataset.Offers{Name: []string{"one", "two"}, Own: -1, Values: []dataset.Series{{Values: []float64{4, 2}}, {Values: []float64{2, 4}}}}
	o := quick()
	o.Axes = [2]quadrant.Measure{quadrant.FirmValue, quadrant.Match}
	if r := Analyse(d, o); r.OfferQuadrant.Chosen || r.OfferQuadrant.Refused != o.Axes || !hasNote(r, "note.axes-without-data") {
		t.Errorf("%+v, %+v", r.OfferQuadrant.Refused, r.Notes)
	}
	o.Axes = [2]quadrant.Measure{quadrant.Benefits, quadrant.Costs}
	if r := Analyse(d, o); !r.OfferQuadrant.Chosen || r.OfferQuadrant.Refused != [2]quadrant.Measure{} || hasNote(r, "note.axes-without-data") {
		t.Errorf("%+v", r.OfferQuadrant.Refused)
	}
}

// The share that decides between components and a column is one of the
// customers who answered anything (METHOD 4.1).
func TestBlankCustomersDoNotChooseTheAxes(t *testing.T) {
	d := goldenExample()
	for range 6 {
		d = withBlankCustomer(d)
	}
	if q := Analyse(d, quick()).Quadrant; q.Pair.X != quadrant.FirmValue || q.X.Money {
		t.Errorf("%v", q.Pair)
	}
}

func TestFirmValueColumn(t *testing.T) {
	d := goldenExample()
	d.FirmValue = dataset.Series{Values: []float64{100, 50, -20, 10, 5, 70}}
	if q := Analyse(d, quick()).Quadrant; q.X.Money {
		t.Error("components come first when enough customers have them")
	}
	for k := range d.ValueScore {
		for i := range 3 {
			d.ValueScore[k].Series.Values[i] = nan
		}
	}
	r := Analyse(d, quick())
	if q := r.Quadrant; !q.X.Money || q.X.Mode != quadrant.Median || q.X.Threshold != 30 || !hasNote(r, "note.firm-column") {
		t.Errorf("%+v", q.X)
	}
	d.FirmValue = dataset.Series{}
	if q := Analyse(d, quick()).Quadrant; q.Pair.X != quadrant.PerceivedValue || q.Pair.Y != quadrant.Match {
		t.Errorf("too few have components: %v", q.Pair)
	}
	o := quick()
	o.Axes = [2]quadrant.Measure{quadrant.FirmValue, quadrant.Match}
	if q := Analyse(d, o).Quadrant; q.Pair.X != quadrant.FirmValue || q.Counts[0] != 3 {
		t.Errorf("named by the user, components of the few serve: %+v", q)
	}
}
