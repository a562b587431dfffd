package charts

import (
	"io"
	"math"
	"strconv"

	"github.com/golang/freetype/truetype"
	chart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// perPoint is how many of go-chart's integer units make a point: fine enough
// that rounding is not seen in print.
const perPoint = 4

// renderer lets go-chart draw on a Canvas. Everything it is given - places,
// sizes, stroke widths - is in units of 1/perPoint points.
type renderer struct {
	canvas       Canvas
	stroke, fill drawing.Color
	width, size  float64
	dash         []float64
	font         drawing.Color
	angle        float64 // radians, clockwise as go-chart counts
	bold         bool
	curX, curY   float64
}

// noFont stands for go-chart's font, which the canvas replaces; it keeps
// go-chart from parsing its own.
var noFont = &truetype.Font{}

func points(units int) float64      { return float64(units) / perPoint }
func units(points float64) int      { return int(math.Round(points * perPoint)) }
func (r *renderer) ResetStyle()     { *r = renderer{canvas: r.canvas, size: r.size} }
func (r *renderer) GetDPI() float64 { return 72 * perPoint }
func (r *renderer) SetDPI(float64)  {}
func (r *renderer) SetClassName(string) {
	// Only HTML has classes.
}
func (r *renderer) SetStrokeColor(c drawing.Color)    { r.stroke = c }
func (r *renderer) SetFillColor(c drawing.Color)      { r.fill = c }
func (r *renderer) SetStrokeWidth(width float64)      { r.width = width }
func (r *renderer) SetStrokeDashArray(dash []float64) { r.dash = dash }

func (r *renderer) MoveTo(x, y int) {
	r.curX, r.curY = points(x), points(y)
	r.canvas.MoveTo(r.curX, r.curY)
}

func (r *renderer) LineTo(x, y int) {
	r.curX, r.curY = points(x), points(y)
	r.canvas.LineTo(r.curX, r.curY)
}

// QuadCurveTo draws a quadratic curve as the cubic that equals it.
func (r *renderer) QuadCurveTo(cx, cy, x, y int) {
	qx, qy, ex, ey := points(cx), points(cy), points(x), points(y)
	r.canvas.CurveTo(r.curX+2*(qx-r.curX)/3, r.curY+2*(qy-r.curY)/3, ex+2*(qx-ex)/3, ey+2*(qy-ey)/3, ex, ey)
	r.curX, r.curY = ex, ey
}

// ArcTo draws an arc in pieces of at most a quarter turn, each a cubic.
func (r *renderer) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	x, y, rx, ry := points(cx), points(cy), rx/perPoint, ry/perPoint
	pieces := max(1, int(math.Ceil(math.Abs(delta)/(math.Pi/2)-1e-9)))
	step := delta / float64(pieces)
	k := 4.0 / 3 * math.Tan(step/4)
	for i := 0; i < pieces; i++ {
		a, b := start+float64(i)*step, start+float64(i+1)*step
		ex, ey := x+rx*math.Cos(b), y+ry*math.Sin(b)
		r.canvas.CurveTo(x+rx*(math.Cos(a)-k*math.Sin(a)), y+ry*(math.Sin(a)+k*math.Cos(a)),
			ex+k*rx*math.Sin(b), ey-k*ry*math.Cos(b), ex, ey)
		r.curX, r.curY = ex, ey
	}
}

func (r *renderer) Close() { r.canvas.ClosePath() }

func (r *renderer) Stroke()     { r.paint(true, false) }
func (r *renderer) Fill()       { r.paint(false, true) }
func (r *renderer) FillStroke() { r.paint(true, true) }

// paint ends the path; invisible strokes and fills are left out.
func (r *renderer) paint(stroke, fill bool) {
	stroke = stroke && r.width > 0 && r.stroke.A > 0
	fill = fill && r.fill.A > 0
	if stroke {
		dash := make([]float64, len(r.dash))
		for i, d := range r.dash {
			dash[i] = d / perPoint
		}
		r.canvas.SetStroke(hex(r.stroke), r.width/perPoint, dash)
	}
	if fill {
		r.canvas.SetFill(hex(r.fill), float64(r.fill.A)/255)
	}
	r.canvas.Paint(stroke, fill)
}

// Circle adds a circle to the path.
func (r *renderer) Circle(radius float64, x, y int) {
	r.curX, r.curY = points(x)+radius/perPoint, points(y)
	r.canvas.MoveTo(r.curX, r.curY)
	r.ArcTo(x, y, radius, radius, 0, 2*math.Pi)
	r.Close()
}

func (r *renderer) SetFont(*truetype.Font)       {}
func (r *renderer) SetFontColor(c drawing.Color) { r.font = c }
func (r *renderer) SetFontSize(size float64)     { r.size = size }

func (r *renderer) Text(body string, x, y int) {
	r.canvas.SetFont(r.size/perPoint, r.bold)
	r.canvas.Text(body, points(x), points(y), -r.angle*180/math.Pi, hex(r.font))
}

func (r *renderer) MeasureText(body string) chart.Box {
	r.canvas.SetFont(r.size/perPoint, r.bold)
	return chart.Box{Right: units(r.canvas.TextWidth(body)), Bottom: int(math.Round(r.size))}
}

func (r *renderer) SetTextRotation(radians float64) { r.angle = radians }
func (r *renderer) ClearTextRotation()              { r.angle = 0 }
func (r *renderer) Save(io.Writer) error            { return nil }

func hex(c drawing.Color) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{'#', digits[c.R>>4], digits[c.R&15], digits[c.G>>4], digits[c.G&15], digits[c.B>>4], digits[c.B&15]})
}

// color reads "#RRGGBB"; anything else is black, so that it is seen.
func color(text string, opacity float64) drawing.Color {
	c := drawing.Color{A: uint8(math.Round(255 * min(1, max(0, opacity))))}
	if len(text) == 7 {
		if rgb, err := strconv.ParseUint(text[1:], 16, 24); err == nil {
			c.R, c.G, c.B = uint8(rgb>>16), uint8(rgb>>8), uint8(rgb)
		}
	}
	return c
}
