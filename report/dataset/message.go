package dataset

import "time"

// A Unit says how a quantity is written: decimals, sign, scaling. Only
// report/wording rounds.
type Unit uint8

const (
	Text         Unit = iota // Quantity.Text as it is: a name, a cell's content
	Term                     // Quantity.Text is a catalogue code, such as "class.strategic"
	Names                    // Quantity.List joined as a list in the language
	Count                    // whole number
	Points                   // index points, no decimals
	SignedPoints             // index points with a sign
	Tenths                   // index points with one decimal, where parts and totals stand together
	SignedTenths             // the same with a sign
	SignedShare              // -1..1, written as per cent with a sign
	Index                    // index with 100 as the reference, no decimals
	Ratio                    // two decimals
	Share                    // 0..1, written as per cent
	Money                    // an amount in the report's currency
	SignedMoney              // a difference of amounts, with its sign
	Rating                   // a rating on the user's own scale, up to two decimals
	Number                   // any other number, up to four significant digits
	Probability              // a p-value, three decimals, "< 0.001" below
	Exact                    // full precision, for worked examples: up to six decimals
	Drivers                  // List with Values as signed points: "Service (+9), Price (−12)"
	Sentences                // Messages one after the other
	Day                      // Text is a date, 2026-10-31
	Month                    // Text is a month, 2026-10
	ShortMonth               // the same with the month's name cut short, for axes
)

// A Quantity is one argument of a message: a number or a text, and how to
// write it. A NaN is written as a dash.
type Quantity struct {
	Value float64
	Unit  Unit
	Text  string
	List  []string

	Values   []float64 // for Drivers, parallel to List
	Messages []Message // for Sentences
}

// Num returns a quantity for a number.
func Num(value float64, unit Unit) Quantity { return Quantity{Value: value, Unit: unit} }

// N returns a quantity for a count.
func N(count int) Quantity { return Quantity{Value: float64(count), Unit: Count} }

// Str returns a quantity that is written as it is.
func Str(text string) Quantity { return Quantity{Text: text} }

// DayOf returns a quantity that is written as a date; the zero time is not
// given.
func DayOf(t time.Time) Quantity {
	if t.IsZero() {
		return Quantity{Unit: Day}
	}
	return Quantity{Text: t.Format(time.DateOnly), Unit: Day}
}

// MonthOf returns a quantity that is written as a month; text is "2026-10".
func MonthOf(text string) Quantity { return Quantity{Text: text, Unit: Month} }

// TermOf returns a quantity that the catalogue translates; code is the
// catalogue's code.
func TermOf(code string) Quantity { return Quantity{Text: code, Unit: Term} }

// List returns a quantity that is written as a list of names.
func List(names ...string) Quantity { return Quantity{List: names, Unit: Names} }

// Sentence returns a quantity that is written as sentences, one after the
// other; messages that say nothing are left out.
func Sentence(messages ...Message) Quantity {
	q := Quantity{Unit: Sentences}
	for _, m := range messages {
		if !m.IsZero() {
			q.Messages = append(q.Messages, m)
		}
	}
	return q
}

// A Message is a sentence, title or remark as data: a code of the catalogue
// and its arguments. It becomes text only in report/wording.
//
// A message with an empty Code is the literal text of its first argument.
type Message struct {
	Code     string
	Args     []Quantity
	Evidence string // ID of the report section that carries the numbers, "" if none
}

// Msg returns a message.
func Msg(code string, args ...Quantity) Message { return Message{Code: code, Args: args} }

// Literal returns a message whose text is not translated, such as a name.
func Literal(text string) Message { return Message{Args: []Quantity{Str(text)}} }

// From returns the message with the section that carries its numbers.
func (m Message) From(section string) Message {
	m.Evidence = section
	return m
}

// IsZero reports whether the message says nothing.
func (m Message) IsZero() bool { return m.Code == "" && len(m.Args) == 0 }
