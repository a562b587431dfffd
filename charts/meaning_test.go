package charts

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
)

// TestColoursHaveOneMeaning holds that what is for or against us is not in the
// colour of a class other than our own navy, and that nothing is in the colour
// of no class.
func TestColoursHaveOneMeaning(t *testing.T) {
	theme := DefaultTheme()
	for _, style := range []report.Style{report.StyleMinus, report.StyleNone, report.StyleTotal} {
		for _, class := range theme.Classes {
			if theme.Color(style) == class {
				t.Errorf("style %d has the colour %s of a class", style, class)
			}
		}
	}
	if got := theme.Color(report.StyleMinus); got != "#B3261E" {
		t.Errorf("against us is %s", got)
	}
	if theme.Color(report.StyleWatch) != theme.Color(report.StylePlus) || theme.barColor(report.StyleWatch) != "#FFFFFF" {
		t.Error("a better offer elsewhere is not our colour as an outline")
	}
}

// TestAtMostTwelveNames holds that a quadrant names few points and lists none
// of many below.
func TestAtMostTwelveNames(t *testing.T) {
	values := make([]float64, 120)
	for i := range values {
		values[i] = math.Mod(float64(i)*37.7, 100)
	}
	s := &sheet{chart: chartOf(report.QuadrantChart, values, plainLabel), width: 490, height: 350, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
	p := s.scatter()
	if len(p.labels) > 12 || len(p.labels) < 6 || len(p.notes) > 0 {
		t.Errorf("%d names and %d lines below", len(p.labels), len(p.notes))
	}
}

// TestAllFieldsAreSeen holds that a threshold with all points on one side
// leaves room for both fields.
func TestAllFieldsAreSeen(t *testing.T) {
	for _, values := range [][]float64{{42}, {7, 7, 7}, {90, 95, 99}, {50, 50}, {1e6, 2e6}} {
		ch := chartOf(report.QuadrantChart, values, plainLabel)
		s := &sheet{chart: ch, width: 490, height: 350, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
		p := s.scatter()
		at := (p.at.X(50) - p.frame.X0) / (p.frame.X1 - p.frame.X0)
		if at < 0.25 || at > 0.75 {
			t.Errorf("%v: the line is at %.2f of the width", values, at)
		}
	}
}

// TestHeadToHeadSpeaksOneUnit holds that bars and axis are written alike and a
// bar of nothing is seen.
func TestHeadToHeadSpeaksOneUnit(t *testing.T) {
	ch := &report.Chart{Kind: report.HeadToHeadChart, Y: report.Axis{Label: lit("Lead"), Unit: dataset.Share}, X: report.Axis{Label: lit("Importance")}}
	for i, v := range []float64{0.18, 0, -0.05} {
		ch.Bars = append(ch.Bars, report.Bar{Label: plainLabel(i), Width: 30, Value: v, Lo: math.NaN(), Hi: math.NaN(), Style: report.StylePlus})
	}
	r := drawn(t, ch, 490, Height(ch, 490))
	for _, want := range []string{"+18\u00a0%", "\u22125\u00a0%", "+10\u00a0%", "0\u00a0%"} {
		if !r.has(want) {
			t.Errorf("%q is missing in %v", want, r.texts)
		}
	}
	if n := strings.Count(r.log.String(), "fill #0B3C5D 1.00"); n != 3 {
		t.Errorf("%d bars filled, want 3", n)
	}
}

// TestLongNames holds where names are cut, and that names which differ only at
// their ends keep them.
func TestLongNames(t *testing.T) {
	for name, want := range map[string]string{
		"Short & Co": "Short & Co",
		"Gesellschaft für angewandte Kundenforschung mbH": "Gesellschaft für angewandte…",
		strings.Repeat("x", 50):                           strings.Repeat("x", 39) + "…",
	} {
		if got := Shorten(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
	long := "Satisfaction with the service of the branch in "
	got := distinct([]string{long + "Aberdeen", long + "Zurich", "Price"})
	if !strings.HasSuffix(got[0], "Aberdeen") || !strings.HasSuffix(got[1], "Zurich") || got[2] != "Price" {
		t.Errorf("%q", got)
	}
}

// TestMarkOfNoClass holds that what is not classified does not look like any
// open mark.
func TestMarkOfNoClass(t *testing.T) {
	r := newRecorder()
	Mark(r, report.StyleNone, 10, 10, 3, DefaultTheme())
	if strings.Contains(r.log.String(), "fill #FFFFFF") || strings.Count(r.log.String(), "\nL ") != 11 {
		t.Errorf("not a cross:\n%s", r.log.String())
	}
}

// TestStackNamesItsUnit holds that the numbers beside a stack say what they
// count.
func TestStackNamesItsUnit(t *testing.T) {
	ch := chartOf(report.StackedChart, []float64{5, 3}, plainLabel)
	for i := range ch.Bars {
		ch.Bars[i].Text = dataset.N(32)
	}
	if r := drawn(t, ch, 490, Height(ch, 490)); !r.has("customers") {
		t.Errorf("no unit in %v", r.texts)
	}
}

// TestBandSaysItsWidth holds that the border band is explained where it is.
func TestBandSaysItsWidth(t *testing.T) {
	ch := chartOf(report.QuadrantChart, []float64{20, 80, 60}, plainLabel)
	if r := drawn(t, ch, 490, 350); !r.has("within 5 points") {
		t.Errorf("no word of the band in %v", r.texts)
	}
}

// TestManyBenefitsNameTheForemost holds that of more bars than can be named
// those that contribute most are, and none of the names touches another.
func TestManyBenefitsNameTheForemost(t *testing.T) {
	ch := &report.Chart{Kind: report.HeadToHeadChart}
	for i := range 26 {
		ch.Bars = append(ch.Bars, report.Bar{Label: fmt.Sprintf("Attribute %d of the survey", i), Width: 100.0 / 26, Value: 0.2 - 0.02*float64(i), Lo: math.NaN(), Hi: math.NaN()})
	}
	s := &sheet{chart: ch, width: 490, height: 200, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
	p := s.headToHead()
	if !p.crowded || len(p.captions) < 4 || len(p.captions) > 10 {
		t.Fatalf("%d of 26 bars are named", len(p.captions))
	}
	if last := strings.Join(p.captions[len(p.captions)-1].lines, " "); !strings.Contains(last, "25") {
		t.Errorf("the largest minus is not named, but %q", last)
	}
	for i := 1; i < len(p.captions); i++ {
		a, b := p.captions[i-1], p.captions[i]
		if a.x+a.width/2 > b.x-b.width/2 {
			t.Errorf("the names %q and %q touch", a.lines, b.lines)
		}
	}
}

// TestAlikeOffersLookAlike holds that the value map does not spread offers over
// the page that differ by less than a point.
func TestAlikeOffersLookAlike(t *testing.T) {
	ch := &report.Chart{Kind: report.ValueMapChart, Line: &report.Line{Slope: 1, Zone: 10},
		X: report.Axis{Unit: dataset.Index, HasThreshold: true, Threshold: 100}, Y: report.Axis{Unit: dataset.Index, HasThreshold: true, Threshold: 100},
		Group: []report.Group{{Style: report.StyleRival, Points: []report.Point{{X: 99.6, Y: 100.3, Label: "Alder", Rank: 1}, {X: 100.4, Y: 99.7, Label: "Birch", Rank: 1}}}}}
	s := &sheet{chart: ch, width: 490, height: 250, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
	p := s.scatter()
	if apart := (p.at.X(100.4) - p.at.X(99.6)) / (p.frame.X1 - p.frame.X0); apart > 0.1 {
		t.Errorf("0.8 points are %.0f %% of the width", 100*apart)
	}
}
