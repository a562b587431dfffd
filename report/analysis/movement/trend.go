package movement

import "math"

// MaxPeriods is how many periods a trend shows at most.
const MaxPeriods = 24

// A Trend is how the key figures went, period by period.
type Trend struct {
	Periods []string // ascending, the period reported on is the last
	Series  []Series // in the order of its figures
	// Classes counts, of each period, the customers by class as [Point] does.
	Classes []map[string]int
	Left    int // periods left out: other settings changed what their figures mean
}

// A Series is one key figure over the periods of a trend.
type Series struct {
	Code   string
	Unit   string
	Values []float64 // one per period, NaN = none
}

// NewTrend joins earlier points, in the order of their periods, with that of
// the period reported on: at most the last [MaxPeriods]. Of a period that
// stands several times the last one counts, which corrects the others; a
// figure that is known in one period only has no series.
func NewTrend(past []Point, now Point) Trend {
	var t Trend
	var points []Point
	for _, p := range append(append([]Point{}, past...), now) {
		switch n := len(points); {
		case p.Method != now.Method:
			t.Left++
		case n > 0 && points[n-1].Period == p.Period:
			points[n-1] = p
		default:
			points = append(points, p)
		}
	}
	points = points[max(0, len(points)-MaxPeriods):]
	for _, p := range points {
		t.Periods, t.Classes = append(t.Periods, p.Period), append(t.Classes, p.Classes)
	}
	for _, figure := range now.Figures {
		s := Series{Code: figure.Code, Unit: figure.Unit}
		known := 0
		for _, p := range points {
			x := valueOf(p, figure)
			if !math.IsNaN(x) {
				known++
			}
			s.Values = append(s.Values, x)
		}
		if known > 1 && !math.IsNaN(s.Values[len(s.Values)-1]) {
			t.Series = append(t.Series, s)
		}
	}
	return t
}

// valueOf returns a figure of a period in the same unit, NaN where it has none.
func valueOf(p Point, figure Figure) float64 {
	for _, f := range p.Figures {
		if f.Code == figure.Code && f.Unit == figure.Unit {
			return f.Value
		}
	}
	return math.NaN()
}

// Last returns the change of a figure from the period before the last, NaN
// where the two do not both have it.
func (s Series) Last() float64 {
	n := len(s.Values)
	if n < 2 {
		return math.NaN()
	}
	return s.Values[n-1] - s.Values[n-2]
}
