package charts

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
)

var kinds = []report.ChartKind{report.QuadrantChart, report.ValueMapChart, report.HeadToHeadChart, report.BarsChart,
	report.IntervalChart, report.WaterfallChart, report.StackedChart}

// chartOf makes a chart of a kind out of values; each is shown once.
func chartOf(kind report.ChartKind, values []float64, label func(i int) string) *report.Chart {
	ch := &report.Chart{Kind: kind, X: report.Axis{Label: lit("across"), Unit: dataset.SignedPoints}, Y: report.Axis{Label: lit("up"), Unit: dataset.Points}}
	for i := range ch.Fields {
		ch.Fields[i] = lit("Field " + strconv.Itoa(i+1))
		ch.Group = append(ch.Group, report.Group{Style: report.Style(i)})
	}
	if kind == report.QuadrantChart {
		ch.X.Threshold, ch.X.HasThreshold, ch.X.Band = 50, true, 5
		ch.Y.Threshold, ch.Y.HasThreshold, ch.Y.Band = 50, true, 5
	}
	if kind == report.ValueMapChart {
		ch.Line = &report.Line{Slope: 1, Zone: 10, Label: lit("fair value")}
	}
	for i, v := range values {
		if kind == report.QuadrantChart || kind == report.ValueMapChart {
			g := &ch.Group[i%4]
			g.Points = append(g.Points, report.Point{X: v, Y: values[(i*7+3)%len(values)], Label: label(i), Rank: i % 5})
			continue
		}
		ch.Bars = append(ch.Bars, report.Bar{Label: label(i), Width: 1 + math.Mod(math.Abs(v), 9), Value: v, Lo: v - math.Abs(v)/4, Hi: v + math.Abs(v)/3,
			Style: report.StylePlus, Text: dataset.Num(v, dataset.SignedPoints),
			Parts: []report.Part{{Value: math.Abs(v), Style: 0}, {Value: 3, Style: 1}, {Value: 1, Style: 2}, {Value: 0, Style: 3}, {Value: 2, Style: report.StyleNone}}})
	}
	return ch
}

func plainLabel(i int) string { return "Customer " + strconv.Itoa(i+1) }

// heightFor gives charts of rows the room they ask for.
func heightFor(ch *report.Chart, width float64) float64 { return Height(ch, width) }

func TestKindsDrawAnything(t *testing.T) {
	many := make([]float64, 5000)
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range many {
		many[i] = 50 + 20*rng.NormFloat64()
	}
	long := strings.Repeat("Gesellschaft mit beschränkter Haftung ", 8)
	for name, values := range map[string][]float64{
		"one": {42}, "two equal": {7, 7}, "all zero": {0, 0, 0}, "negative": {-5, -80, -3}, "huge": {1e15, -3e15, 2e14},
		"enormous": {1e299, -1e299}, "beyond": {1e305, 5, -1e305, 6}, "tiny": {1e-9, 3e-9, 2e-9}, "denormal": {5e-324, 0},
		"infinite": {math.Inf(1), 3, math.NaN(), 4}, "mixed": {1e-12, 1e12}, "twelve": {1, 5, 9, -3, 44, 12, 60, 71, 80, 33, 21, 2},
	} {
		for _, kind := range kinds {
			for label, text := range map[string]func(int) string{"plain": plainLabel, "long": func(int) string { return long },
				"script": func(int) string { return "株式会社サンプル商事 شركة المثال 🙂🙃" }, "none": func(int) string { return "" }} {
				t.Run(name+" "+string(kind)+" "+label, func(t *testing.T) {
					ch := chartOf(kind, values, text)
					drawn(t, ch, 490, heightFor(ch, 490))
					ch.Compact = true
					drawn(t, ch, 190, heightFor(ch, 190))
				})
			}
		}
	}
	for _, kind := range []report.ChartKind{report.QuadrantChart, report.ValueMapChart} {
		drawn(t, chartOf(kind, many, plainLabel), 490, 350)
	}
}

// TestNothingToShow holds that an empty chart becomes a sentence.
func TestNothingToShow(t *testing.T) {
	for _, kind := range kinds {
		for _, values := range [][]float64{nil, {math.NaN(), math.Inf(-1)}} {
			ch := chartOf(kind, values, plainLabel)
			for i := range ch.Bars {
				ch.Bars[i].Parts = nil
			}
			r := drawn(t, ch, 300, Height(ch, 300))
			if !r.has("nothing") || len(r.texts) != 1 {
				t.Errorf("%s: drew %v", kind, r.texts)
			}
		}
	}
}

// TestLabelsTouchNothing lays out 200 random data sets and holds that no
// label meets another, a mark, a line or the frame.
func TestLabelsTouchNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	placed := 0
	for set := range 200 {
		n := 1 + rng.IntN(150)
		values := make([]float64, n)
		for i := range values {
			values[i] = 50 + float64(5+rng.IntN(30))*rng.NormFloat64()
		}
		kind := kinds[set%2]
		ch := chartOf(kind, values, func(i int) string { return strings.Repeat("n", 3+rng.IntN(22)) })
		s := &sheet{chart: ch, width: 490, height: 350, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
		p := s.scatter()
		placed += len(p.labels)
		checkLabels(t, set, p)
	}
	if placed < 1200 {
		t.Errorf("only %d labels placed: the test shows little", placed)
	}
}

func checkLabels(t *testing.T, set int, p *scatterPlan) {
	t.Helper()
	for i, l := range p.labels {
		if !l.box.Within(p.frame) {
			t.Errorf("set %d: label %v leaves the frame %v", set, l.box, p.frame)
		}
		for _, other := range p.labels[:i] {
			if l.box.Overlaps(other.box) {
				t.Errorf("set %d: labels %v and %v overlap", set, l.box, other.box)
			}
		}
		for _, line := range p.lines() {
			if l.box.Overlaps(line) {
				t.Errorf("set %d: label %v crosses the line %v", set, l.box, line)
			}
		}
		p.each(func(x, y float64, _ int) {
			if r := p.radius * 0.9; l.box.Overlaps(Rect{x - r, y - r, x + r, y + r}) {
				t.Errorf("set %d: label %v covers the mark at %.1f,%.1f", set, l.box, x, y)
			}
		})
		if !l.leader {
			checkNearest(t, set, p, l)
		}
		if l.leader {
			for j, other := range p.labels {
				for _, r := range leaderBoxes(p.spots[l.spot], l.box) {
					if i != j && r.Overlaps(other.box) {
						t.Errorf("set %d: the line to %v crosses the label %v", set, l.box, other.box)
					}
				}
			}
		}
	}
}

// checkNearest holds that no other mark is as near to a label without a leader
// as its own.
func checkNearest(t *testing.T, set int, p *scatterPlan, l label) {
	t.Helper()
	own := p.spots[l.spot]
	distance := func(x, y float64) float64 {
		dx := max(l.box.X0-x, x-l.box.X1, 0)
		dy := max(l.box.Y0-y, y-l.box.Y1, 0)
		return math.Hypot(dx, dy)
	}
	p.each(func(x, y float64, _ int) {
		if own.r > 2 && math.Hypot(x-own.x, y-own.y) > own.r*1.5 && distance(x, y) < distance(own.x, own.y) {
			t.Errorf("set %d: the label %q at %.1f is nearer to the mark at %.1f,%.1f than to its own at %.1f,%.1f", set, own.text, l.box, x, y, own.x, own.y)
		}
	})
}

// TestDrawRepeats holds that a chart is drawn the same way every time.
func TestDrawRepeats(t *testing.T) {
	for _, kind := range kinds {
		ch := chartOf(kind, []float64{1, 5, 9, -3, 44, 12, 60, 71, 80, 33, 21, 2}, plainLabel)
		a, b := drawn(t, ch, 490, 300), drawn(t, ch, 490, 300)
		if a.log.String() != b.log.String() {
			t.Errorf("%s differs", kind)
		}
	}
}

// TestManyPointsStaySmall bounds what a crowd costs.
func TestManyPointsStaySmall(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	values := make([]float64, 200_000)
	for i := range values {
		values[i] = 50 + 15*rng.NormFloat64()
	}
	r := drawn(t, chartOf(report.QuadrantChart, values, func(int) string { return "" }), 490, 350)
	if r.pathOps > 150_000 || r.paints > 300 {
		t.Errorf("%d points of paths in %d pieces", r.pathOps, r.paints)
	}
}

// curveOf makes a chart of curves out of values: ours, a dashed one, and a mark on the first.
func curveOf(values []float64) *report.Chart {
	ch := &report.Chart{Kind: report.CurveChart, X: report.Axis{Label: lit("across"), Unit: dataset.Count}, Y: report.Axis{Label: lit("up"), Unit: dataset.Number}}
	for k, name := range []string{"observed", "expected by the model for all customers", "a third one"} {
		c := report.Curve{Label: lit(name), Style: report.Style(k), Dashed: k == 1, Fill: k == 0, Dots: len(values) < 15}
		for i, v := range values {
			c.Points = append(c.Points, report.Vertex{X: float64(i), Y: v * (1 - 0.03*float64(k))})
		}
		ch.Curves = append(ch.Curves, c)
	}
	for i, v := range values[:min(2, len(values))] {
		ch.Marks = append(ch.Marks, report.Mark{X: float64(i), Y: v, Label: lit("the place " + strconv.Itoa(i))})
	}
	return ch
}

func heatOf(values []float64) *report.Chart {
	h := &report.Heat{Rows: []string{"5", "4", "3"}, Columns: []string{"1", "2", "3", "4"}}
	for r := range h.Rows {
		var row []report.HeatCell
		for c := range h.Columns {
			v := values[(r*4+c)%len(values)]
			row = append(row, report.HeatCell{Value: v, Text: dataset.Num(v, dataset.Count), Note: lit("Champions and others")})
		}
		h.Cells = append(h.Cells, row)
	}
	return &report.Chart{Kind: report.HeatChart, Heat: h, X: report.Axis{Label: lit("frequency")}, Y: report.Axis{Label: lit("recency")}}
}

func TestCurvesAndHeatDrawAnything(t *testing.T) {
	many := make([]float64, 200_000)
	for i := range many {
		many[i] = math.Sqrt(float64(i))
	}
	for name, values := range map[string][]float64{
		"one": {42}, "two equal": {7, 7}, "all zero": {0, 0, 0}, "negative": {-5, -80, -3}, "huge": {1e15, -3e15, 2e14}, "beyond": {1e305, 5, -1e305},
		"tiny": {1e-9, 3e-9}, "infinite": {math.Inf(1), 3, math.NaN(), 4}, "rising": {0, 20, 45, 67, 81, 90, 95, 98, 99, 100},
	} {
		for _, ch := range []*report.Chart{curveOf(values), heatOf(values)} {
			t.Run(name+" "+string(ch.Kind), func(t *testing.T) {
				drawn(t, ch, 490, Height(ch, 490))
				ch.Compact = true
				drawn(t, ch, 190, Height(ch, 190))
			})
		}
	}
	if r := drawn(t, curveOf(many), 490, 220); r.pathOps > 20_000 {
		t.Errorf("%d points of paths for a curve of %d", r.pathOps, len(many))
	}
}

// TestCurveNamesKeepApart holds that names of curves that end in one place do not overlap, nor names of marks cross a curve.
func TestCurveNamesKeepApart(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for set := range 100 {
		values := make([]float64, 3+rng.IntN(40))
		for i := range values {
			values[i] = math.Sqrt(float64(i)) + rng.Float64()*float64(set%3)
		}
		s := &sheet{chart: curveOf(values), width: 490, height: 210, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
		p := s.curves()
		for i, e := range p.ends {
			for _, other := range p.ends[:i] {
				if gap := math.Abs(e.y - other.y); gap < float64(len(e.lines)+len(other.lines))*p.small.size*1.1/2 {
					t.Errorf("set %d: names of curves %.1f apart", set, gap)
				}
			}
		}
		for _, l := range p.labels {
			for _, c := range p.curves {
				for _, r := range p.covering(c.points) {
					if r.Overlaps(l.box) {
						t.Fatalf("set %d: the name of a mark crosses a curve", set)
					}
				}
			}
		}
	}
}

// panelsOf makes small multiples of bars, or of curves, out of values.
func panelsOf(values []float64, panels int, curves bool) *report.Chart {
	ch := &report.Chart{Kind: report.PanelsChart, X: report.Axis{Label: lit("Lead, points"), Unit: dataset.SignedPoints}, Y: report.Axis{Label: lit("Value"), Unit: dataset.Points}}
	if curves {
		ch.X = report.Axis{Label: lit("Month"), Unit: dataset.Count}
	}
	for n := range panels {
		p := report.Panel{Label: "Segment with a long name " + strconv.Itoa(n+1), Note: lit("n = 12")}
		c := report.Curve{Style: report.StyleOwn, Dashed: n%2 == 1}
		for i, v := range values {
			v *= 1 + float64((n*7+i)%3)/3
			p.Bars = append(p.Bars, report.Bar{Label: plainLabel(i), Value: v, Lo: math.NaN(), Hi: math.NaN(), Style: report.StylePlus, Text: dataset.Num(v, dataset.SignedPoints)})
			c.Points = append(c.Points, report.Vertex{X: float64(i), Y: v})
		}
		if curves {
			p.Bars, p.Curves = nil, []report.Curve{c}
		}
		ch.Panels = append(ch.Panels, p)
	}
	return ch
}

// TestPanelsDrawAnything holds that small multiples keep within their
// rectangle and no texts meet, whatever the values and however many there are.
func TestPanelsDrawAnything(t *testing.T) {
	for name, values := range map[string][]float64{
		"one": {42}, "equal": {7, 7, 7}, "zero": {0, 0}, "mixed": {-5, 80, 3, -44}, "huge": {1e15, -3e15}, "enormous": {1e299, -1e299}, "tiny": {1e-9, 3e-9},
		"infinite": {math.Inf(1), 3, math.NaN(), 4}, "none": {math.NaN()}, "eight": {1, 5, 9, -3, 44, 12, 60, 71},
	} {
		for _, panels := range []int{1, 2, 3, 5, 7, 30} {
			for _, curves := range []bool{false, true} {
				ch := panelsOf(values, panels, curves)
				for _, width := range []float64{490, 300, 190} {
					t.Run(name, func(t *testing.T) { drawn(t, ch, width, Height(ch, width)) })
				}
			}
		}
	}
}

// TestTrendsDrawAnything holds the same for figures over time, and that no value
// lies outside its scale.
func TestTrendsDrawAnything(t *testing.T) {
	for name, values := range map[string][]float64{
		"one": {42}, "equal": {7, 7, 7}, "zero": {0, 0}, "mixed": {-5, 80, 3, -44}, "huge": {1e15, -3e15}, "enormous": {1e299, -1e299}, "tiny": {1e-9, 3e-9},
		"infinite": {math.Inf(1), 3, math.NaN(), 4}, "none": {math.NaN()}, "eight": {1, 5, 9, -3, 44, 12, 60, 71},
	} {
		for _, unit := range []dataset.Unit{dataset.Count, dataset.Money, dataset.Share, dataset.SignedTenths, dataset.Ratio} {
			for _, panels := range []int{1, 2, 8, 30} {
				ch := panelsOf(values, panels, true)
				ch.Kind = report.TrendsChart
				for i := range values {
					ch.X.Names = append(ch.X.Names, dataset.Str("Oct "+strconv.Itoa(2000+i)))
				}
				for n := range ch.Panels {
					p := &ch.Panels[n]
					p.Name, p.Unit, p.End = lit("A figure with a rather long name, the rivals' too"), unit, dataset.Num(values[len(values)-1], unit)
				}
				for _, width := range []float64{490, 300, 190} {
					t.Run(name, func(t *testing.T) { drawn(t, ch, width, Height(ch, width)) })
				}
			}
		}
	}
	for _, s := range []span{{118, 120}, {0.96, 1.04}, {-5.7, 1.2}, {7, 7}, {-3, -3}, {13_223_276, 13_399_330}} {
		wide := roundSpan(s, dataset.Number)
		if wide.lo > s.lo || wide.hi < s.hi || wide.hi-wide.lo > 4*max(s.hi-s.lo, 0.1*math.Abs(s.hi)) {
			t.Errorf("%v becomes %v", s, wide)
		}
	}
}

// TestPanelsShareOneScale holds that equal values are equally long bars in all
// panels, and twice the value is twice as long.
func TestPanelsShareOneScale(t *testing.T) {
	ch := panelsOf([]float64{30, -10}, 3, false)
	for n, v := range []float64{30, 60, 30} {
		ch.Panels[n].Bars[0].Value = v
	}
	s := &sheet{chart: ch, width: 490, height: Height(ch, 490), words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
	p := s.panels()
	long := func(n int) float64 {
		f := p.frame(n)
		at := newSpace(Rect{f.X0 + p.before, f.Y0, f.X1 - p.behind, f.Y1}, p.xs, span{0, 1})
		return at.X(ch.Panels[n].Bars[0].Value) - at.X(0)
	}
	if one, two, three := long(0), long(1), long(2); math.Abs(one-three) > 0.3 || math.Abs(two-2*one) > 0.6 || one < 5 {
		t.Errorf("bars of %.1f, %.1f and %.1f", one, two, three)
	}
}
