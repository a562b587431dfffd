package charts

import (
	"io"
	"strings"

	chart "github.com/wcharczuk/go-chart/v2"

	"valuebook/report"
	"valuebook/report/wording"
)

// Draw draws a chart in a rectangle of the given size in points, without its
// title. A chart without anything to show becomes a sentence.
func Draw(c Canvas, ch *report.Chart, width, height float64, words *wording.Writer, theme Theme) error {
	s := &sheet{chart: ch.Crowded(), width: width, height: height, words: words, theme: theme, canvas: c}
	layers := s.plan()
	g := chart.Chart{
		Width: units(width), Height: units(height), DPI: 72 * perPoint, Font: noFont,
		Background: unseen, Canvas: unseen,
		XAxis:          chart.XAxis{Style: chart.Hidden(), Range: &chart.ContinuousRange{Max: 1}},
		YAxis:          chart.YAxis{Style: chart.Hidden(), Range: &chart.ContinuousRange{Max: 1}},
		YAxisSecondary: chart.YAxis{Style: chart.Hidden()},
	}
	for _, l := range layers {
		g.Series = append(g.Series, l)
	}
	return g.Render(func(int, int) (chart.Renderer, error) { return &renderer{canvas: c}, nil }, io.Discard)
}

// unseen is a background that is not painted: white at no opacity, which
// go-chart does not take for unset.
var unseen = chart.Style{FillColor: color("#FFFFFF", 0), StrokeColor: color("#FFFFFF", 0), StrokeWidth: 0.001}

// A sheet is a chart being planned: its description, its size and what texts
// measure.
type sheet struct {
	chart         *report.Chart
	width, height float64
	words         *wording.Writer
	theme         Theme
	canvas        Canvas
}

// plan returns the layers of the chart, back to front. All places are decided
// here; drawing only inks them.
func (s *sheet) plan() []layer {
	if Empty(s.chart) {
		return s.sentence()
	}
	switch s.chart.Kind {
	case report.QuadrantChart, report.ValueMapChart:
		return s.scatter().layers()
	case report.HeadToHeadChart:
		return s.headToHead().layers()
	case report.CurveChart:
		return s.curves().layers()
	case report.HeatChart:
		return s.heat().layers()
	case report.PanelsChart:
		return s.panels().layers()
	case report.TrendsChart:
		return s.trends().layers()
	}
	return s.rows().layers()
}

// Empty reports whether a chart has nothing to show.
func Empty(ch *report.Chart) bool {
	for _, g := range ch.Group {
		for p := range g.All() {
			if drawable(p.X) && drawable(p.Y) {
				return false
			}
		}
	}
	for _, b := range ch.Bars {
		if drawable(b.Value) || len(b.Parts) > 0 {
			return false
		}
	}
	if !noCurve(ch.Curves) {
		return false
	}
	for _, panel := range ch.Panels {
		if !emptyPanel(panel) {
			return false
		}
	}
	return !hasFocus(ch) && (ch.Heat == nil || len(ch.Heat.Cells) == 0 || len(ch.Heat.Cells[0]) == 0)
}

// noCurve reports whether curves have nothing to show.
func noCurve(curves []report.Curve) bool {
	for _, c := range curves {
		if len(placeable(c)) > 0 {
			return false
		}
	}
	return true
}

// sentence says that there is nothing to show.
func (s *sheet) sentence() []layer {
	f := font{size: s.theme.Strong, color: s.theme.Secondary}
	text := s.fit(s.words.Term("chart.empty"), s.width, f)
	return []layer{{"empty", func(p pen) { p.text(text, 0, min(s.height, f.size*1.3), left, f) }}}
}

// Height returns the height in points that suits a chart of a given width.
func Height(ch *report.Chart, width float64) float64 {
	if Empty(ch) {
		return 14
	}
	switch ch.Kind {
	case report.QuadrantChart, report.ValueMapChart:
		if ch.Compact {
			return width * 0.95
		}
		if ch.Kind == report.ValueMapChart {
			return width * min(0.56, 0.42+0.01*float64(pointsOf(ch)))
		}
		return width * 0.72
	case report.HeadToHeadChart:
		return max(150, width*0.4)
	case report.CurveChart:
		if ch.Compact {
			return width * 0.62
		}
		return width * 0.42
	case report.HeatChart:
		return heatHeight(ch)
	case report.PanelsChart:
		return panelsHeight(ch, width)
	case report.TrendsChart:
		return trendsHeight(ch, width)
	}
	return rowsHeight(ch)
}

// pointsOf returns how many points a chart has.
func pointsOf(ch *report.Chart) int {
	n := 0
	for _, g := range ch.Group {
		n += g.Len()
	}
	return n
}

// measure returns the width of a text in points.
func (s *sheet) measure(text string, f font) float64 {
	s.canvas.SetFont(f.size, f.bold)
	return s.canvas.TextWidth(text)
}

// wrap breaks a text into at most lines of a width; the last is cut where
// more is left.
func (s *sheet) wrap(text string, width float64, lines int, f font) []string {
	var out []string
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' })
	for len(words) > 0 {
		if len(out) == lines-1 {
			return append(out, s.fit(strings.Join(words, " "), width, f))
		}
		n := 1
		for n < len(words) && s.measure(strings.Join(words[:n+1], " "), f) <= width {
			n++
		}
		out = append(out, s.fit(strings.Join(words[:n], " "), width, f))
		words = words[n:]
	}
	return out
}

// ticksBelow draws the ticks of a horizontal axis below a line, with their
// texts where these do not meet.
func (s *sheet) ticksBelow(pen pen, a axis, at space, tick func(x float64), f font) {
	every := a.every(at.X, func(text string) float64 { return s.measure(text, f) })
	for i, v := range a.values {
		x := at.X(v)
		tick(x)
		if i%every == 0 {
			half := s.measure(a.texts[i], f) / 2
			pen.text(a.texts[i], min(max(x, half), s.width-half), at.frame.Y1+f.size*1.3, centre, f)
		}
	}
}
