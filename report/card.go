package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// A Card is the page of one customer as data: what it receives, how we stand
// against rivals, where it stands in the quadrant, what it bought, why, and
// what to do. Parts that the data do not bear are empty.
type Card struct {
	Customer int             // index into the dataset's customers
	Name     dataset.Message // the customer's, never translated
	Facts    dataset.Message // identifier, segment and other columns that describe it
	Class    dataset.Message // its class and what that means, "" without a quadrant
	Style    Style           // of the class's mark
	Lead     dataset.Message // what the customer thinks of us, in one sentence

	KeyFigures []KeyFigure // at most five
	Value      *Chart      // waterfall of contributions
	Rivals     *Chart      // our ratings beside those of rivals, or of the average customer
	Average    bool        // Rivals compares with the average customer
	Quadrant   *Chart      // compact, with the way to the nearest line
	Purchases  *Chart      // revenue by month or quarter
	History    []dataset.Message

	Why     []dataset.Message
	Changed []dataset.Message // since the period before, nil without one
	Since   dataset.Message   // title of Changed
	Todo    []dataset.Message
	Notes   []dataset.Message // small print
}

// Cards makes the pages of customers one by one. What they share is made once,
// so that ten thousand pages cost little more than what is on them. It does
// not change after that: any number of goroutines may use it.
type Cards struct {
	*builder
	x, y     Axis      // of the quadrant, the same on all pages
	backdrop []Group   // the other customers of the quadrant, few enough to be drawn on each page
	shown    int       // how many they are
	average  []float64 // per attribute, how good the mean customer rates it, 0..1; NaN = nobody
	values   []float64 // of all customers who have one, ascending
	firm     []float64 // value to the firm of all who have one, ascending
	since    int       // first month of the purchases' charts
	step     int       // months in one point of them
	points   int
}

// Cards prepares the pages of single customers.
func (r *Report) Cards() *Cards {
	c := &Cards{builder: &builder{d: r.Dataset, r: r.Results, rep: r}}
	c.base = shareBase(r.Dataset, r.Results)
	c.backdrop, c.shown = c.others()
	if q := r.Results.Quadrant; q != nil {
		c.x, c.y = wholeAxis(q.X), wholeAxis(q.Y)
	}
	c.average = c.averages()
	if r.Results.Value != nil {
		c.values = ascending(r.Results.Value.Own.Value)
	}
	c.firm = ascending(r.Results.FirmValue)
	c.since, c.step, c.points = c.months()
	return c
}

// ascending returns the given values of a column, sorted.
func ascending(column []float64) []float64 {
	var sorted []float64
	for _, x := range column {
		if !math.IsNaN(x) {
			sorted = append(sorted, x)
		}
	}
	sort.Float64s(sorted)
	return sorted
}

// rankOf returns the rank of a value among sorted ones, 1 = largest; equal ones
// share the better place.
func rankOf(sorted []float64, x float64) int {
	return 1 + len(sorted) - sort.Search(len(sorted), func(k int) bool { return sorted[k] > x })
}

// Len returns the number of customers.
func (c *Cards) Len() int { return c.d.Customers.Len() }

// Card returns the page of customer i.
func (c *Cards) Card(i int) *Card {
	card := &Card{Customer: i, Name: dataset.Literal(c.d.Customers.Label(i)), Facts: c.facts(i), Style: StyleNone}
	card.Class, card.Style = c.class(i)
	card.Lead = c.lead(i)
	card.KeyFigures = c.figures(i)
	card.Value = c.steps(i)
	card.Rivals, card.Average = c.compared(i)
	card.Quadrant = c.place(i)
	card.Purchases, card.History = c.bought(i)
	card.Why = c.reasons(i)
	if card.Changed = c.changes(i); len(card.Changed) > 0 {
		card.Since = dataset.Msg("card.changed.title", c.rep.History.since())
	}
	card.Todo = c.todo(i)
	card.Notes = c.remarks(i)
	return card
}

// facts lists what describes the customer: identifier where that is not the
// name, segment, persona, then the free columns.
func (c *Cards) facts(i int) dataset.Message {
	const most = 6
	var parts []dataset.Message
	add := func(label dataset.Message, entry string) {
		if entry != "" && len(parts) < most {
			parts = append(parts, dataset.Msg("card.fact", dataset.Sentence(label), text(entry)))
		}
	}
	customers := c.d.Customers
	if customers.ID[i] != customers.Label(i) {
		add(dataset.Msg("card.id"), customers.ID[i])
	}
	if i < len(customers.Segment) {
		add(dataset.Msg("column.segment"), customers.Segment[i])
	}
	if i < len(customers.Persona) {
		add(dataset.Msg("column.persona"), customers.Persona[i])
	}
	for _, p := range customers.Profiles {
		if i < p.Values.Len() {
			add(dataset.Literal(p.Name), p.Values.At(i))
		}
	}
	return c.joined(parts)
}

// joined writes messages on one line.
func (c *Cards) joined(parts []dataset.Message) dataset.Message {
	if len(parts) == 0 {
		return dataset.Message{}
	}
	all := parts[0]
	for _, p := range parts[1:] {
		all = dataset.Msg("card.facts", dataset.Sentence(all), dataset.Sentence(p))
	}
	return all
}

// class returns the class with its meaning, and the style of its mark.
func (c *Cards) class(i int) (dataset.Message, Style) {
	q := c.r.Quadrant
	switch {
	case q == nil:
		return c.scoreClass(i), StyleNone
	case q.Class[i] == quadrant.NotClassified:
		return dataset.Msg("card.not_classified", className(c.r.Options, q.ID(quadrant.NotClassified)), dataset.Sentence(notClassified(q, i))), StyleNone
	}
	id := q.ID(q.Class[i])
	return dataset.Msg("card.class", className(c.r.Options, id), term("meaning."+id)), Style(q.Class[i] - 1)
}

// scoreClass is the segment of scores, for workbooks without a quadrant.
func (c *Cards) scoreClass(i int) dataset.Message {
	s := c.r.RFM
	if s == nil || s.Why != rfm.Scored || s.Segment[i] < 0 {
		return dataset.Message{}
	}
	g := s.Segments[s.Segment[i]].Segment
	if !advised[g.ID] {
		return dataset.Msg("text", ScoreSegment(g))
	}
	return dataset.Msg("card.class", ScoreSegment(g), term("meaning.rfm."+g.ID))
}

// lead says in one sentence what the customer receives and how that compares.
func (c *Cards) lead(i int) dataset.Message {
	v := c.r.Value
	if v == nil {
		return dataset.Message{}
	}
	if why := v.Own.Why[i]; why != value.Fine {
		return dataset.Msg("why.missing."+why.String(), share(v.Own.Coverage(i)))
	}
	received := c.received(v.Own.Value[i])
	best, gap := v.Best(i)
	if best < 0 {
		return dataset.Msg("card.lead.alone", received)
	}
	kind := "ahead"
	switch {
	case c.level(gap):
		kind = "level"
	case gap > 0:
		kind = "behind"
	}
	return dataset.Msg("card.lead."+kind, received, text(c.d.Suppliers[best].Name), c.size(gap))
}

// received says what value a customer receives and how that ranks: not at all
// where nobody else was rated, or all rated alike.
func (c *Cards) received(own float64) dataset.Quantity {
	n := len(c.values)
	kind := "ranked"
	switch {
	case n == 1:
		kind = "only"
	case c.level(c.values[n-1] - c.values[0]):
		kind = "same"
	}
	return dataset.Sentence(dataset.Msg("card.received."+kind, c.inPoints(own), count(rankOf(c.values, own)), count(n)))
}

// level reports whether a difference is so small that it is written as zero.
func (c *Cards) level(difference float64) bool {
	if c.money() {
		return math.Abs(difference) < 0.005
	}
	return math.Abs(difference) < 0.5
}

// size writes a difference without its sign, with the word points.
func (c *Cards) size(x float64) dataset.Quantity {
	if c.money() {
		return money(math.Abs(x))
	}
	return dataset.Sentence(dataset.Msg("in.points", points(math.Abs(x))))
}

// reasons says why the customer stands where it stands.
func (c *Cards) reasons(i int) []dataset.Message {
	v := c.r.Value
	if v == nil || v.Own.Why[i] != value.Fine {
		return nil
	}
	why := []dataset.Message{c.rep.drivers(i)}
	if verdict := v.Verdict[i]; verdict != value.NoVerdict {
		why = append(why, dataset.Msg("card.verdict."+c.rep.verdictCode(verdict)))
	}
	return why
}

// remarks is the small print: what is missing, and what the figures rest on.
func (c *Cards) remarks(i int) []dataset.Message {
	var notes []dataset.Message
	if v := c.r.Value; v != nil && v.Own.Why[i] == value.Fine && v.Own.Coverage(i) < lowCoverage {
		notes = append(notes, dataset.Msg("card.note.coverage", share(v.Own.Coverage(i))))
	}
	if c.r.Quadrant != nil && c.shown > 0 && c.shown < classified(c.r.Quadrant) {
		notes = append(notes, dataset.Msg("card.note.others", count(c.shown), count(classified(c.r.Quadrant))))
	}
	return notes
}
