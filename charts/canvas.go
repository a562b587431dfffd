// Package charts draws chart descriptions of package report, by go-chart over
// a Canvas that it declares, as vectors. It does no arithmetic on results and
// builds no sentences.
package charts

// A Canvas is what charts draw on. Coordinates are points (1/72 inch) from the
// upper left corner of the chart, y downwards. report/pdf implements it.
type Canvas interface {
	// SetStroke sets line colour ("#RRGGBB"), width in points and dash pattern
	// in points (nil for solid).
	SetStroke(color string, width float64, dash []float64)
	// SetFill sets the fill colour and its opacity 0..1; lines are always opaque.
	SetFill(color string, opacity float64)
	// Path operations; Paint ends the path.
	MoveTo(x, y float64)
	LineTo(x, y float64)
	CurveTo(cx1, cy1, cx2, cy2, x, y float64)
	ClosePath()
	// Paint strokes and/or fills the path and clears it.
	Paint(stroke, fill bool)
	// SetFont sets the size in points and the weight.
	SetFont(size float64, bold bool)
	// Text draws a line of text with its left end on the baseline at x, y,
	// turned by angle degrees counter-clockwise around that point.
	Text(s string, x, y, angle float64, color string)
	// TextWidth returns the width of a text in the current font, in points.
	TextWidth(s string) float64
}
