// Package importance compares how important attributes are with how well we do
// on them (METHOD 4.6: importance-performance analysis, Martilla and James
// 1977). Its unit is the attribute; customers are classified by package
// quadrant.
package importance

// Quadrant is the fixed identifier of a field of the map.
type Quadrant string

// The fields; NoQuadrant where the cross-hair cannot be had.
const (
	NoQuadrant  Quadrant = ""
	Concentrate Quadrant = "concentrate"  // important, and we do badly
	KeepUp      Quadrant = "keep_up"      // important, and we do well
	LowPriority Quadrant = "low_priority" // neither
	Overkill    Quadrant = "overkill"     // we do well, and it matters little
)

// Source is the fixed identifier of where importance comes from. Stated and
// derived importance measure different things (Gustafsson and Johnson 2004) and
// are never mixed in one map.
type Source string

// The sources.
const (
	Stated  Source = "stated"  // the weights given
	Derived Source = "derived" // shares of the key drivers (METHOD 7.3)
)

// Refusal is the fixed identifier of why a map is missing.
type Refusal string

// The refusals.
const (
	Accepted      Refusal = ""
	TooFew        Refusal = "too_few"        // fewer than 4 attributes with both figures
	WeightsEqual  Refusal = "weights_equal"  // no weights, or all the same within their side
	NoDrivers     Refusal = "no_drivers"     // drivers were not weighed
	NoPerformance Refusal = "no_performance" // nothing was rated on a scale
)

// Code returns the catalogue code of the sentence that says the refusal.
func (r Refusal) Code() string { return "driver.map." + string(r) }

// A CrossHair is where the map is divided; high means at or above it.
type CrossHair struct{ Importance, Performance float64 }

// A Point is one attribute on the map.
type Point struct {
	Attribute int
	// Importance is 0..100 on its scale; without a scale an index, 100 = the
	// average attribute (of its side, for stated weights).
	Importance  float64
	Performance float64 // mean goodness, 0..100, high = good
	ByMidpoint  Quadrant
	ByMean      Quadrant
	ByMedian    Quadrant
	Differs     bool // the cross-hairs do not agree on its field
	// Gap is importance less performance, + = it matters more than we deliver:
	// in points where importance has a scale, else in standard deviations of
	// the attributes. NaN where one of them does not vary.
	Gap float64
}

// A Map is all attributes with three cross-hairs.
type Map struct {
	Source    Source
	Scaled    bool    // importance has a scale, and Gap is in points
	Points    []Point // in attribute order
	Midpoint  CrossHair
	Mean      CrossHair
	Median    CrossHair
	Differing int // attributes whose field depends on the cross-hair
	// OneSided is set when every attribute lies on one side of the scale's
	// midpoint in performance (ceiling effect): that cross-hair then tells
	// nothing apart.
	OneSided bool
}

// Result holds the two maps; a missing one is nil, with the reason.
type Result struct {
	Stated, Derived               *Map
	StatedRefused, DerivedRefused Refusal
}
