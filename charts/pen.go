package charts

import (
	chart "github.com/wcharczuk/go-chart/v2"
)

// A Rect is a rectangle in points, y downwards.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Overlaps reports whether two rectangles share more than an edge.
func (r Rect) Overlaps(o Rect) bool {
	return r.X0 < o.X1 && o.X0 < r.X1 && r.Y0 < o.Y1 && o.Y0 < r.Y1
}

// Within reports whether the rectangle lies wholly in another.
func (r Rect) Within(o Rect) bool {
	return r.X0 >= o.X0 && r.Y0 >= o.Y0 && r.X1 <= o.X1 && r.Y1 <= o.Y1
}

// holds reports whether a point lies in the rectangle.
func (r Rect) holds(x, y float64) bool { return x >= r.X0 && x <= r.X1 && y >= r.Y0 && y <= r.Y1 }

// grow returns the rectangle larger by a margin on all sides.
func (r Rect) grow(by float64) Rect { return Rect{r.X0 - by, r.Y0 - by, r.X1 + by, r.Y1 + by} }

// A pen draws with go-chart's renderer in points.
type pen struct{ r chart.Renderer }

func (p pen) stroke(hexColor string, width float64, dash ...float64) {
	p.r.SetStrokeColor(color(hexColor, 1))
	p.r.SetStrokeWidth(width * perPoint)
	scaled := make([]float64, len(dash))
	for i, d := range dash {
		scaled[i] = d * perPoint
	}
	p.r.SetStrokeDashArray(scaled)
}

func (p pen) fill(hexColor string, opacity float64) { p.r.SetFillColor(color(hexColor, opacity)) }

// line draws one straight line.
func (p pen) line(x0, y0, x1, y1 float64) {
	p.r.MoveTo(units(x0), units(y0))
	p.r.LineTo(units(x1), units(y1))
	p.r.Stroke()
}

// box adds a rectangle to the path.
func (p pen) box(r Rect) {
	p.polygon(r.X0, r.Y0, r.X1, r.Y0, r.X1, r.Y1, r.X0, r.Y1)
}

// polygon adds a closed polygon to the path: x and y in turn.
func (p pen) polygon(xy ...float64) {
	for i := 0; i+1 < len(xy); i += 2 {
		if i == 0 {
			p.r.MoveTo(units(xy[i]), units(xy[i+1]))
		} else {
			p.r.LineTo(units(xy[i]), units(xy[i+1]))
		}
	}
	p.r.Close()
}

// The alignments of a text to its point.
type align int

const (
	left align = iota
	centre
	right
)

// font is a text's size in points and its weight and colour.
type font struct {
	size  float64
	bold  bool
	color string
}

// text draws a line of text, its baseline at y.
func (p pen) text(s string, x, y float64, a align, f font) {
	if s == "" {
		return
	}
	p.setFont(f)
	if a != left {
		width := points(p.r.MeasureText(s).Width())
		x -= width * float64(a) / 2
	}
	p.r.Text(s, units(x), units(y))
}

// setFont sets size, weight and colour; go-chart's renderers know no weights.
func (p pen) setFont(f font) {
	if own, ok := p.r.(*renderer); ok {
		own.bold = f.bold
	}
	p.r.SetFontSize(f.size * perPoint)
	p.r.SetFontColor(color(f.color, 1))
}

// A layer is one step of drawing, as a series of go-chart.
type layer struct {
	name string
	draw func(pen)
}

func (l layer) GetName() string           { return l.name }
func (l layer) GetYAxis() chart.YAxisType { return chart.YAxisPrimary }
func (l layer) GetStyle() chart.Style     { return chart.Style{} }
func (l layer) Validate() error           { return nil }
func (l layer) Render(r chart.Renderer, _ chart.Box, _, _ chart.Range, _ chart.Style) {
	l.draw(pen{r})
}
