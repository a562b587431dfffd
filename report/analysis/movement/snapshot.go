// Package movement compares two periods of one report (METHOD 4.4): who moved
// between classes and why, who is new and who is lost, and how the key figures
// went. It is pure; the earlier period comes as a [Snapshot].
//
// Read snapshot.go (what a period leaves behind), then compare.go (the
// comparison), cause.go (why somebody moved) and trend.go (the key figures).
package movement

import "valuebook/report/analysis/quadrant"

// A Snapshot is what a later period needs to know of an earlier one. As JSON, a
// number that is not known is null.
type Snapshot struct {
	Period   string // "2026-10"
	Revision int    // counted from 1

	// Method identifies the settings that must be equal for two periods to be
	// comparable, apart from weights and thresholds, whose effect is told: parts
	// "name=value" with "; " between, in the order of their names.
	Method string

	Axes       [2]quadrant.Measure // x, y
	Modes      [2]quadrant.Mode    // how each was divided
	Thresholds [2]float64          // NaN = the axis was not divided
	Bands      [2]float64          // half-widths of the border bands
	Money      [2]bool             // the axis is an amount
	Amounts    bool                // benefits and costs were given as amounts, not rated

	Attributes []Attribute // in the order of a standing's ratings
	Figures    []Figure    // key figures of the whole report
	Customers  []Standing  // in the order of the workbook
}

// An Attribute is a benefit, a cost, or a component of a score as it counted in
// a period.
type Attribute struct {
	ID    string
	Label string
	// Score is the measure that a component belongs to: match or firm-value; ""
	// for a benefit or a cost.
	Score quadrant.Measure
	Cost  bool
	Share float64 // weight as a share of its side or its score, 0..1
	// Standing is the verdict against all rivals (METHOD 3.9) by its fixed
	// identifier, "" where they were not compared.
	Standing string
}

// A Figure is one key figure of a report. Value is NaN where the report had
// none.
type Figure struct {
	Code  string // fixed identifier, such as "value", "relative", "equity"
	Value float64
	Unit  string // unit of dataset.Quantity, by its fixed identifier
}

// A Standing is where one customer stood. Every number may be NaN: not known.
type Standing struct {
	ID, Name, Segment string

	Class    string  // quadrant class, "" = not classified
	Gone     bool    // the customer had left by then
	X, Y     float64 // on the axes of the snapshot
	Value    float64 // perceived value, points
	Relative float64 // against the mean of rivals, points; NaN without rivals
	Firm     float64 // value to the firm, money or points
	Revenue  float64

	// Own holds u of our ratings, one per attribute; an amount where amounts
	// were rated; of a component its place on its scale.
	Own    []float64
	Rivals []float64 // mean u of the rivals' ratings, one per attribute; nil without rivals
}

// A Point is what a trend needs of one period.
type Point struct {
	Period   string
	Revision int
	Method   string // of the snapshot; points of another method are left out of a trend
	Figures  []Figure
	// Classes counts customers by class, "" those without one, as the lines of
	// the period told them; who had left is in none. nil = not known.
	Classes map[string]int
}

// Point returns what a trend needs of the snapshot.
func (s *Snapshot) Point() Point {
	classes := map[string]int{}
	for i := range s.Customers {
		if c := &s.Customers[i]; !c.Gone {
			classes[c.Class]++
		}
	}
	return Point{Period: s.Period, Revision: s.Revision, Method: s.Method, Figures: s.Figures, Classes: classes}
}
