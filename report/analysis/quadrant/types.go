// Package quadrant places customers in four classes by two axes (METHOD 4).
package quadrant

// Measure is the fixed identifier of what an axis shows (METHOD 4.7).
type Measure string

// The measures.
const (
	FirmValue      Measure = "firm-value"
	PerceivedValue Measure = "perceived-value"
	Match          Measure = "match"
	Relative       Measure = "relative"
	Benefits       Measure = "benefits"
	Costs          Measure = "costs"
)

// Mode is the fixed identifier of how a threshold was set (METHOD 4.3).
type Mode string

// The modes.
const (
	Fixed    Mode = "fixed"
	Median   Mode = "median"
	Mean     Mode = "mean"
	Custom   Mode = "custom"
	TopShare Mode = "top-share"
)

// An Axis is one of the two measures with its threshold.
type Axis struct {
	Measure       Measure
	Money         bool    // in currency, unbounded
	Lo, Hi        float64 // ends of the scale; NaN for money
	Threshold     float64 // NaN when the axis does not discriminate
	Mode          Mode
	Band          float64 // half-width of the border band, 0 when only the line itself is border
	NoBand        bool    // no band at all: money without spread between the quartiles (METHOD 4.5)
	Span          float64 // what flip distances are divided by when units differ: 100, 200 or the interquartile range
	Discriminates bool
	OnThreshold   int       // customers exactly on it
	SkewWarning   bool      // mean mode and mean/median > 1.5
	RaisedToZero  bool      // the threshold came out below 0 and 0 is used (METHOD 4.3)
	Values        []float64 // per customer, NaN = unknown
}

// Class is one of the four fields, by position; the zero value is "not
// classified".
type Class uint8

// The classes, named by position: x high/low, then y high/low.
const (
	NotClassified Class = iota
	HighHigh
	HighLow
	LowHigh
	LowLow
)

// A Pair names the four classes of a pair of axes, as fixed identifiers in the
// order HighHigh, HighLow, LowHigh, LowLow: "strategic", "profit" ...
type Pair struct {
	X, Y    Measure
	Classes [4]string
}

// Reason says why a customer is not classified. It is a small number, not a
// text: there is one per customer.
type Reason uint8

// The reasons.
const (
	Classified Reason = iota
	XMissing
	YMissing
	NoDiscrimination
	Churned
	Young // a customer for less time than the window of value to the firm
)

var reasons = [...]string{"", "x_missing", "y_missing", "does_not_discriminate", "churned", "young"}

// String returns the fixed identifier, such as "x_missing"; "" for Classified.
func (r Reason) String() string { return reasons[r] }

// A Nearest is the smallest change of one rating or component that moves a
// customer to another class (METHOD 4.5).
type Nearest struct {
	Found     bool
	Component string  // label of the attribute or component
	Attribute int     // index into the dataset's attributes, -1 for a component
	From, To  float64 // on the rating's own scale
	Class     Class
}

// Result is the classification, one element per customer where it is a slice.
type Result struct {
	Pair        Pair
	X, Y        Axis
	Chosen      bool       // the user named the axes
	Refused     [2]Measure // axes that the user named and the data cannot bear; empty otherwise
	Class       []Class
	Why         []Reason
	Border      []bool
	Counts      [5]int // by Class
	BorderCount int

	levers func(customer int, into []Lever) []Lever
}

// ID returns the fixed identifier of a class of this result; "not_classified"
// for the zero value.
func (r Result) ID(c Class) string {
	if c == NotClassified {
		return "not_classified"
	}
	return r.Pair.Classes[c-1]
}
