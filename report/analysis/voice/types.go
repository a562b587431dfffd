// Package voice counts what customers say in their own words and crosses it
// with how we stand against rivals (METHOD 7.4).
//
// Texts are handed on exactly as they stand in the workbook. Whoever writes them
// into a cell must write them as text: one that begins with = + - or @ is no
// formula.
package voice

import (
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
)

// CutText is the catalogue code that marks a quotation as cut: {0} is its
// beginning.
const CutText = "voice.cut"

// Field is the fixed identifier of how a topic is said and how we stand on it.
type Field string

// The fields, in the order in which topics are listed.
const (
	MuchBehind   Field = "much_behind"   // much said, behind the rivals: first of all
	LittleBehind Field = "little_behind" // little said, behind
	Much         Field = "much"          // much said, not behind or not compared
	Little       Field = "little"
	Unrated      Field = "unrated" // about nothing that was rated
)

// Options are the settings of this package. Start from [DefaultOptions].
type Options struct {
	QuoteLength int // letters after which a quotation is cut at a word
	Quotes      int // quotations per topic
	Sampling    stat.Sampling
}

// DefaultOptions returns the documented defaults of METHOD 7.4.
func DefaultOptions() Options { return Options{QuoteLength: 240, Quotes: 3} }

// A Quote is what one customer said.
type Quote struct {
	Verbatim int // index into the dataset's verbatims
	Customer int // index into the customers, -1 = not given
	Text     string
	Cut      bool    // Text is only the beginning
	Tone     float64 // -1, 0, 1; NaN = not given
}

// A Topic is everything that was said about one attribute.
type Topic struct {
	Attribute int // index into the attributes, -1 = about none that was rated
	N         int // mentions
	Share     float64
	Customers int // who made them, as far as known
	// Praise, Neutral and Complaints count the mentions with that tone.
	Praise, Neutral, Complaints int
	// Tone is the mean tone, -1..1. Each customer counts once, with the mean of
	// what he said; a mention without a customer counts on its own.
	Tone stat.Estimate
	// Gap is our difference from the rivals in points, + = we are better; NaN
	// when it was not compared.
	Gap      float64
	Standing value.Standing // "" when not compared
	Field    Field
	Quotes   []Quote
}

// Result is the voice of the customer.
type Result struct {
	N      int     // mentions
	Toned  int     // mentions with a tone
	Topics []Topic // much said and behind rivals first
	Much   float64 // mentions from which an attribute counts as much said
}
