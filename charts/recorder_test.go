package charts

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// A recorder is a canvas that remembers what was drawn on it. Every character
// is half as wide as the text is high.
type recorder struct {
	log        strings.Builder
	texts      []inked
	size       float64
	x0, y0     float64 // corners of everything drawn
	x1, y1     float64
	paints     int
	pathOps    int
	badNumbers bool
}

// inked is a text with the rectangle it takes up.
type inked struct {
	text string
	box  Rect
}

func newRecorder() *recorder {
	return &recorder{x0: math.Inf(1), y0: math.Inf(1), x1: math.Inf(-1), y1: math.Inf(-1)}
}

func (r *recorder) touch(x, y float64) {
	if math.IsNaN(x+y) || math.IsInf(x+y, 0) {
		r.badNumbers = true
	}
	r.x0, r.y0, r.x1, r.y1 = min(r.x0, x), min(r.y0, y), max(r.x1, x), max(r.y1, y)
	r.pathOps++
}

func (r *recorder) SetStroke(color string, width float64, dash []float64) {
	fmt.Fprintf(&r.log, "stroke %s %.2f %v\n", color, width, dash)
}
func (r *recorder) SetFill(color string, opacity float64) {
	fmt.Fprintf(&r.log, "fill %s %.2f\n", color, opacity)
}
func (r *recorder) MoveTo(x, y float64) { r.touch(x, y); fmt.Fprintf(&r.log, "M %.2f %.2f\n", x, y) }
func (r *recorder) LineTo(x, y float64) { r.touch(x, y); fmt.Fprintf(&r.log, "L %.2f %.2f\n", x, y) }
func (r *recorder) CurveTo(a, b, c, d, x, y float64) {
	r.touch(x, y)
	fmt.Fprintf(&r.log, "C %.2f %.2f %.2f %.2f %.2f %.2f\n", a, b, c, d, x, y)
}
func (r *recorder) ClosePath() { r.log.WriteString("Z\n") }
func (r *recorder) Paint(stroke, fill bool) {
	r.paints++
	fmt.Fprintf(&r.log, "paint %v %v\n", stroke, fill)
}
func (r *recorder) SetFont(size float64, _ bool) { r.size = size }
func (r *recorder) TextWidth(s string) float64 {
	return float64(utf8.RuneCountInString(s)) * r.size / 2
}
func (r *recorder) Text(s string, x, y, _ float64, color string) {
	box := Rect{x, y - 0.72*r.size, x + r.TextWidth(s), y + 0.21*r.size}
	r.texts = append(r.texts, inked{s, box})
	r.touch(box.X0, box.Y0)
	r.touch(box.X1, box.Y1)
	fmt.Fprintf(&r.log, "text %s %.2f %.2f %s %q\n", color, x, y, fmt.Sprint(r.size), s)
}

// has reports whether a text was drawn.
func (r *recorder) has(text string) bool {
	for _, t := range r.texts {
		if t.text == text {
			return true
		}
	}
	return false
}

// words returns a writer with the few texts that charts need.
func words(t testing.TB) *wording.Writer {
	t.Helper()
	c := wording.NewCatalogue("en")
	if err := c.Load("test", []byte("chart.empty: nothing\nposition.better: Better value\nposition.worse: Worse value\nclass.not_classified: Not classified\nchart.customers: customers\nchart.band: within {0}\nchart.band-points: within {0} points\n")); err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(c, "en", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// drawn draws a chart and fails where it leaves its rectangle or texts meet.
func drawn(t *testing.T, ch *report.Chart, width, height float64) *recorder {
	t.Helper()
	r := newRecorder()
	if err := Draw(r, ch, width, height, words(t), DefaultTheme()); err != nil {
		t.Fatalf("%s: %v", ch.Kind, err)
	}
	if r.badNumbers {
		t.Errorf("%s: drew at a place that is no number", ch.Kind)
	}
	const slack = 2.5 // half a line's thickness, a mark's edge
	if r.x0 < -slack || r.y0 < -slack || r.x1 > width+slack || r.y1 > height+slack {
		t.Errorf("%s: drew from %.1f,%.1f to %.1f,%.1f in %gx%g", ch.Kind, r.x0, r.y0, r.x1, r.y1, width, height)
	}
	for i, a := range r.texts {
		for _, b := range r.texts[:i] {
			if a.box.Overlaps(b.box) {
				t.Errorf("%s: %q at %.1f and %q at %.1f overlap", ch.Kind, b.text, b.box, a.text, a.box)
			}
		}
	}
	return r
}

func lit(text string) dataset.Message { return dataset.Literal(text) }
