package annotate

import (
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// TestMovesAreArrows holds that each move is a line of two points with a head,
// in the colour of the class that it leads to, behind the points and in front of
// those that stayed.
func TestMovesAreArrows(t *testing.T) {
	p := &planner{names: map[string]string{"movement": "Movement"}, w: writer(t)}
	c := &report.Chart{
		Group: []report.Group{
			{Style: report.StyleHighHigh, Points: []report.Point{{X: 60, Y: 70, Label: "Arda"}, {X: 55, Y: 58, Label: "Berg"}}},
			{Quiet: true, Style: report.StyleNone, Points: []report.Point{{X: 40, Y: 45}}},
		},
		Arrows: []report.Arrow{{FromX: 2, FromY: 45, ToX: 60, ToY: 70, Style: report.StyleHighHigh}, {FromX: 48, FromY: 52, ToX: 55, ToY: 58, Style: report.StyleLowLow}},
	}
	s, chart := &sectionPage{page: &page{}, id: "movement", row: 5, col: sectionData}, &sheets.Chart{}
	p.pointSeries(s, c, chart)
	if len(chart.Series) != 5 {
		t.Fatalf("%d series, want those that stayed, two arrows, where they begin and the movers", len(chart.Series))
	}
	stayed, first, second, moved := chart.Series[0], chart.Series[1], chart.Series[2], chart.Series[4]
	if rings := chart.Series[3]; !rings.Hollow || rings.Categories != "Movement!$P$5:$P$6" {
		t.Errorf("rings %+v", rings)
	}
	if stayed.Color != backdropColor || !stayed.Small || moved.Color != sheets.ClassColors[0] || moved.Small {
		t.Errorf("those that stayed are %q, those that moved %q", stayed.Color, moved.Color)
	}
	if !first.Arrow || !first.Line || first.Color != sheets.ClassColors[0] || second.Color != sheets.ClassColors[3] {
		t.Errorf("arrows %+v and %+v", first, second)
	}
	for _, want := range []struct{ got, range_ string }{
		{first.Categories, "Movement!$N$5:$N$6"}, {first.Values, "Movement!$O$5:$O$6"},
		{second.Categories, "Movement!$N$7:$N$8"}, {second.Values, "Movement!$O$7:$O$8"},
	} {
		if want.got != want.range_ {
			t.Errorf("an arrow stands in %s, want %s", want.got, want.range_)
		}
	}
	values := map[[2]int]any{}
	for _, cell := range s.Cells {
		values[[2]int{cell.Row, cell.Col}] = cell.Value
	}
	for at, want := range map[[2]int]any{{5, 14}: 2.0, {6, 14}: 60.0, {7, 15}: 52.0, {8, 15}: 58.0} {
		if values[at] != want {
			t.Errorf("cell %v holds %v, want %v", at, values[at], want)
		}
	}
	if *chart.XMin > 2 {
		t.Errorf("the chart begins at %v, right of where a move begins", *chart.XMin)
	}
}

// TestSegmentsTakenOutAreListed holds that the sheet Parameters names segments of
// scores that were taken out, so that the next run leaves them out again.
func TestSegmentsTakenOutAreListed(t *testing.T) {
	p := &planner{d: &dataset.Dataset{}, res: &analysis.Results{RFM: &rfm.Result{Segments: []rfm.Group{{Segment: rfm.DefaultSegments()[0]}}}}, w: writer(t)}
	o := analysis.DefaultOptions()
	if err := o.Set("rfm_segment.Can't Lose", "none"); err != nil {
		t.Fatal(err)
	}
	p.res.Options = o
	got := map[string]any{}
	for _, s := range p.scoreSettings(o) {
		got[s.key] = s.value
	}
	if got["rfm_segment.cant_lose"] != "none" || got["rfm_segment.champions"] != "5; 4-5; 1-5" {
		t.Errorf("the sheet lists %v", got)
	}
	if name := p.w.Quantity(p.segmentName("cant_lose")); name == "" || name == "cant_lose" {
		t.Errorf("the segment is called %q", name)
	}
	if was := p.was(setting{key: "rfm_segment.cant_lose", value: "none"}, nil); was != "1-2; 5; 1-5" {
		t.Errorf("without the setting holds %v", was)
	}
}

// TestCrowdsAreThinned holds that of points too many to be told apart a chart has
// one for each place that a mark covers, in small marks, with those that are named
// before them.
func TestCrowdsAreThinned(t *testing.T) {
	p := &planner{names: map[string]string{"quadrant": "Quadrant"}, w: writer(t)}
	group := report.Group{Style: report.StyleHighHigh}
	for i := range 25_000 {
		group.Points = append(group.Points, report.Point{X: float64(i % 250), Y: float64(i % 99), Label: "Arda", Rank: max(0, 1-i)})
	}
	c := (&report.Chart{Kind: report.QuadrantChart, Group: []report.Group{group}}).Crowded()
	s, chart := &sectionPage{page: &page{}, id: "quadrant", row: 5, col: sectionData}, &sheets.Chart{}
	p.pointSeries(s, c, chart)
	if len(chart.Series) != 2 || !chart.Series[0].Small || chart.Series[1].Small {
		t.Fatalf("%d series, want the crowd and the named", len(chart.Series))
	}
	if named := chart.Series[1].PointLabels; len(named) > 1 || chart.Series[1].Color != chart.Series[0].Color {
		t.Errorf("names %+v", named)
	}
	if n := len(s.Cells); n < 10_000 || n > 40_000 {
		t.Errorf("the data are %d cells", n)
	}
	if *chart.XMin > 0 || *chart.XMax < 249 || *chart.YMax < 98 {
		t.Errorf("the chart shows %v to %v and up to %v", *chart.XMin, *chart.XMax, *chart.YMax)
	}
}
