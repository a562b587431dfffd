package samples_test

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/workbook"
	"valuebook/samples"
	"valuebook/templates"
)

// between fails unless lo <= got <= hi.
func between(t *testing.T, what string, got, lo, hi float64) {
	t.Helper()
	if !(got >= lo && got <= hi) {
		t.Errorf("%s is %v, want %v to %v", what, got, lo, hi)
	}
}

// The full sample tells a story that a report can show: every class and every
// verdict, a lead, a weakness, intervals that say something.
func TestFullSampleTellsAStory(t *testing.T) {
	x := analysed(t, read(t, "customers.xlsx"))
	if x.d.Period != "2026-10" || len(x.d.Periods) != 2 {
		t.Errorf("period %q of %v, want 2026-10 of two", x.d.Period, x.d.Periods)
	}
	if n := x.d.Customers.Len(); n != 120 {
		t.Fatalf("%d customers, want 120", n)
	}
	q := x.r.Quadrant
	if q == nil || q.X.Measure != quadrant.FirmValue || q.Y.Measure != quadrant.Match {
		t.Fatalf("axes are not firm value and match: %+v", q)
	}
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		between(t, q.ID(class), float64(q.Counts[class]), 15, 45)
	}
	between(t, "not classified", float64(q.Counts[quadrant.NotClassified]), 2, 6)
	between(t, "border cases", float64(q.BorderCount), 10, 40)
	for verdict, least := range map[value.Verdict]float64{value.WorthIt: 40, value.Borderline: 5, value.BetterElsewhere: 15, value.Regret: 8} {
		between(t, verdict.String(), float64(x.r.Value.VerdictCount[verdict]), least, 80)
	}
	between(t, "mean value", x.r.Value.MeanValue.Value, 5, 25)
}

func TestFullSampleAgainstRivals(t *testing.T) {
	x := analysed(t, read(t, "customers.xlsx"))
	m := x.r.Value.Market
	if m == nil || len(m.Rivals) != 2 || !m.WorthAsked {
		t.Fatalf("two rivals and answers to worth what paid are missing: %+v", m)
	}
	near := func(what string, e stat.Estimate, lo, hi, width float64) {
		t.Helper()
		between(t, what, e.Value, lo, hi)
		between(t, "width of the interval of "+what, e.Hi-e.Lo, width/10, width)
	}
	near("CVA", m.CVA, 0.95, 1.10, 0.15)
	near("MPQ", m.MPQ, 97, 112, 12)
	near("relative price", m.RelativePrice, 100, 120, 16)
	near("relative performance", m.Relative, -5, 8, 10)
	standings := map[string]value.Standing{}
	for _, c := range m.Comparisons {
		standings[x.d.Attributes[c.Attribute].ID] = c.Standing
	}
	if standings["service"] != value.Leader || standings["price"] != value.Laggard {
		t.Errorf("standings %v, want a lead in service and a lag in price", standings)
	}
}

// Each segment has a story of its own.
func TestFullSampleSegments(t *testing.T) {
	x := analysed(t, read(t, "customers.xlsx"))
	most := map[string]quadrant.Class{
		"Machine builders": quadrant.HighHigh, "Mining and cement": quadrant.HighLow,
		"Food and packaging": quadrant.LowHigh, "Water utilities": quadrant.LowLow,
	}
	if len(x.r.Segments.Segments) != len(most) {
		t.Fatalf("%d segments, want %d", len(x.r.Segments.Segments), len(most))
	}
	for _, s := range x.r.Segments.Segments {
		for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
			if class != most[s.Name] && s.Counts[class] >= s.Counts[most[s.Name]] {
				t.Errorf("%s: classes %v, want most in %v", s.Name, s.Counts, most[s.Name])
			}
		}
		if math.IsNaN(s.Value.Lo) {
			t.Errorf("%s: no interval: %v", s.Name, s.Value.Why)
		}
	}
}

func TestSingleSheet(t *testing.T) {
	x := analysed(t, read(t, "single-sheet.xlsx"))
	if n, layout := x.d.Customers.Len(), x.d.Receipt.Layout; n != 25 || layout != dataset.LayoutWide {
		t.Errorf("%d customers in layout %s, want 25 in one wide sheet", n, layout)
	}
	converted, missing := 0, 0
	for a := range x.d.Attributes {
		s := x.d.Rating(0, a)
		converted += len(s.AsRead)
		for i, v := range s.Values {
			if math.IsNaN(v) && !slices.ContainsFunc(s.AsRead, func(r dataset.AsRead) bool { return r.Customer == i }) {
				missing++
			}
		}
		if got := x.d.Attributes[a].Scale; got.Lo != 1 || got.Hi != 5 {
			t.Errorf("%s: scale %v, want 1 to 5", x.d.Attributes[a].Label, got)
		}
	}
	if converted != 2 || missing != 1 {
		t.Errorf("%d converted texts and %d blanks, want 2 and 1", converted, missing)
	}
	if x.r.Value.Market == nil || len(x.r.Value.VerdictCount) < 3 {
		t.Errorf("verdicts %v, want a mix and a rival", x.r.Value.VerdictCount)
	}
}

func TestSupplierComparison(t *testing.T) {
	x := analysed(t, read(t, "supplier-comparison.xlsx"))
	if len(x.r.Offers) != 8 || x.d.Customers.Len() != 0 {
		t.Fatalf("%d offers and %d customers, want 8 and none", len(x.r.Offers), x.d.Customers.Len())
	}
	// By hand, weights 25 30 20 15 10 and 45 25 15 15 on scales of 1 to 10:
	// Adlerhof (0.25*7 + 0.30*8 + 0.20*7 + 0.15*7 + 0.10*8)/9 = 82.222,
	// costs (0.45*7 + 0.25*3 + 0.15*6 + 0.15*3)/9 = 58.333.
	first := x.r.Offers[0]
	between(t, "benefits of the first offer", first.Benefits, 82.2222, 82.2223)
	between(t, "costs of the first offer", first.Costs, 58.3333, 58.3334)
	if x.r.OfferQuadrant == nil {
		t.Error("no quadrant of benefits and costs")
	}
}

// The starter workbook runs as it is.
func TestStarterRuns(t *testing.T) {
	definition, err := templates.Files.ReadFile("starter.yaml")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := samples.Starter(definition)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := sheets.Write(&file, plan); err != nil {
		t.Fatal(err)
	}
	d := workbook.ReadBytes("starter.xlsx", file.Bytes(), workbook.Options{})
	for _, f := range d.Findings {
		if f.Severity >= dataset.Warning {
			t.Errorf("%s %s at %v: %q", f.Severity, f.Code, f.Ref, f.Got)
		}
	}
	x := analysed(t, d)
	if d.Customers.Len() != 8 || len(d.Suppliers) != 3 || x.r.Quadrant == nil {
		t.Fatalf("%d customers, %d suppliers, want 8, 3 and a quadrant", d.Customers.Len(), len(d.Suppliers))
	}
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		between(t, x.r.Quadrant.ID(class), float64(x.r.Quadrant.Counts[class]), 1, 4)
	}
}
