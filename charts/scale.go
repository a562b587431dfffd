package charts

import (
	"math"
	"strconv"
	"strings"

	chart "github.com/wcharczuk/go-chart/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// far is the largest number that can be drawn: differences of two such numbers
// are still finite.
const far = 1e300

// drawable reports whether a number can be given a place.
func drawable(x float64) bool { return math.Abs(x) <= far }

// settled returns a number, zero where it is only the noise of floating point:
// without anything larger beside it, it would fill the chart.
func settled(x float64) float64 {
	if math.Abs(x) < 1e-9 {
		return 0
	}
	return x
}

// A span is an interval of values.
type span struct{ lo, hi float64 }

// nothing is the span that holds no value.
func nothing() span { return span{math.Inf(1), math.Inf(-1)} }

func (s span) empty() bool { return s.lo > s.hi }

// with returns the span widened to hold every drawable value.
func (s span) with(values ...float64) span {
	for _, v := range values {
		if drawable(v) {
			s.lo, s.hi = min(s.lo, v), max(s.hi, v)
		}
	}
	return s
}

// open returns a span that has a width, also when all values are equal or
// there are none: as much again on both sides.
func (s span) open() span {
	if s.empty() {
		return span{0, 1}
	}
	size := max(math.Abs(s.lo), math.Abs(s.hi))
	if s.hi-s.lo > 1e-9*size && s.hi-s.lo > 1e-290 {
		return s
	}
	if size < 1e-290 {
		return span{s.lo - 1, s.hi + 1}
	}
	return span{s.lo - size/2, s.hi + size/2}
}

// pad returns the span widened by a share of its width on both sides.
func (s span) pad(share float64) span {
	by := (s.hi - s.lo) * share
	return span{s.lo - by, s.hi + by}
}

// ticks returns round values (1, 2, 2.5 or 5 times a power of ten) within the
// span, at most count, no finer than the unit can show.
func (s span) ticks(count int, unit dataset.Unit) []float64 {
	step := s.step(count, unit)
	first, last := math.Ceil(s.lo/step-1e-9), math.Floor(s.hi/step+1e-9)
	var values []float64
	for k := first; k <= last && len(values) < count; k++ {
		values = append(values, k*step+0) // +0 turns -0 into 0
	}
	return values
}

// step returns the smallest round step that gives at most count ticks.
func (s span) step(count int, unit dataset.Unit) float64 {
	raw := (s.hi - s.lo) / float64(count)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	finest := resolution(unit, s)
	for {
		for _, factor := range [...]float64{1, 2, 2.5, 5} {
			step := factor * power
			fits := math.Floor(s.hi/step+1e-9)-math.Ceil(s.lo/step-1e-9)+1 <= float64(count)
			if fits && wholeMultiple(step, finest) {
				return step
			}
		}
		power *= 10
	}
}

func wholeMultiple(x, of float64) bool {
	if of == 0 {
		return true
	}
	n := x / of
	return n > 0.5 && math.Abs(n-math.Round(n)) < 1e-6
}

// resolution returns the smallest difference that a unit shows (wording
// rounds the rest), 0 when it shows any. A span too narrow for its unit is
// written as a plain number, see [tickText].
func resolution(unit dataset.Unit, s span) float64 {
	fine := 0.0
	switch unit {
	case dataset.Count, dataset.Points, dataset.SignedPoints, dataset.Index:
		fine = 1
	case dataset.Tenths, dataset.SignedTenths:
		fine = 0.1
	case dataset.Share, dataset.SignedShare, dataset.Ratio, dataset.Rating:
		fine = 0.01
	case dataset.Money, dataset.SignedMoney:
		fine = moneyResolution(max(math.Abs(s.lo), math.Abs(s.hi)))
	}
	if s.hi-s.lo < 2*fine {
		return 0
	}
	return fine
}

func moneyResolution(size float64) float64 {
	switch {
	case size >= 999.95e6:
		return 1e8
	case size >= 999_500:
		return 1e5
	case size >= 100:
		return 1
	}
	return 0.01
}

// An axis is a span with its ticks, ready to be drawn.
type axis struct {
	span
	values []float64
	texts  []string
	unit   dataset.Unit
}

func newAxis(s span, count int, unit dataset.Unit, words *wording.Writer) axis {
	a := axis{span: s, values: s.ticks(count, unit), unit: unit}
	if resolution(unit, s) == 0 {
		a.unit = dataset.Number
	}
	texts := tickTexts(a.values, a.unit, words)
	kept := a.values[:0]
	for i, v := range a.values {
		text := texts[i]
		if n := len(a.texts); n > 0 && a.texts[n-1] == text {
			continue // finer than numbers are written
		}
		kept, a.texts = append(kept, v), append(a.texts, text)
	}
	a.values = kept
	return a
}

// astronomical is from where numbers are written with a power of ten: no
// group of digits helps any more.
const astronomical = 1e13

// tickText writes a value without the currency, which the axis's name bears.
func tickText(v float64, unit dataset.Unit, words *wording.Writer) string {
	if math.Abs(v) >= astronomical {
		return strings.Replace(strconv.FormatFloat(v, 'E', -1, 64), "-", "\u2212", 1)
	}
	text := words.Quantity(dataset.Num(v, unit))
	if inMoney(unit) && words.Currency() != "" {
		text = strings.TrimRight(strings.TrimSuffix(text, words.Currency()), "\u00a0 ")
	}
	return text
}

func inMoney(unit dataset.Unit) bool {
	return unit == dataset.Money || unit == dataset.SignedMoney
}

// axisName returns the axis's label, with the currency where it is money.
func axisName(a report.Axis, words *wording.Writer) string {
	text := words.Text(a.Label)
	if text != "" && inMoney(a.Unit) && words.Currency() != "" && !strings.Contains(text, words.Currency()) {
		text += ", " + words.Currency()
	}
	return text
}

// tickTexts writes the values of an axis, small amounts and ratings with
// equally many decimals.
func tickTexts(values []float64, unit dataset.Unit, words *wording.Writer) []string {
	texts := make([]string, len(values))
	cells := make([]dataset.Quantity, len(values))
	most := 0.0
	for i, v := range values {
		texts[i], cells[i] = tickText(v, unit, words), dataset.Num(v, unit)
		most = max(most, math.Abs(v))
	}
	switch {
	case unit == dataset.Number && most < 1e6:
		for i := range cells {
			cells[i].Unit = dataset.Exact
		}
		return words.Column(cells)
	case unit == dataset.Rating || inMoney(unit) && most < 100:
		return words.Column(cells)
	}
	return texts
}

// every returns the distance of the ticks that are to be written under a
// horizontal axis: 1 for all, 2 for every other, so that no two texts meet.
func (a axis) every(place func(v float64) float64, measure func(text string) float64) int {
	const between = 4
	for step := 1; step < len(a.values); step++ {
		fits := true
		for i := step; i < len(a.values) && fits; i += step {
			room := place(a.values[i]) - place(a.values[i-step])
			fits = (measure(a.texts[i])+measure(a.texts[i-step]))/2+between <= room
		}
		if fits {
			return step
		}
	}
	return max(1, len(a.values))
}

// A space maps values to points on the canvas.
type space struct {
	frame Rect
	x, y  *chart.ContinuousRange
}

// newSpace maps the two spans to the frame.
func newSpace(frame Rect, x, y span) space {
	s := space{frame: frame,
		x: &chart.ContinuousRange{Min: x.lo, Max: x.hi}, y: &chart.ContinuousRange{Min: y.lo, Max: y.hi}}
	s.x.SetDomain(units(frame.X1) - units(frame.X0))
	s.y.SetDomain(units(frame.Y1) - units(frame.Y0))
	return s
}

// X returns the place of a value on the horizontal axis; values beyond the
// frame are drawn at its edge.
func (s space) X(v float64) float64 {
	return s.frame.X0 + points(s.x.Translate(min(max(v, s.x.Min), s.x.Max)))
}

// Y returns the place of a value on the vertical axis, upwards.
func (s space) Y(v float64) float64 {
	return s.frame.Y1 - points(s.y.Translate(min(max(v, s.y.Min), s.y.Max)))
}
