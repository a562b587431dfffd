package report

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

// borderRows is how many border cases a page lists in any case, mostRows how many
// a table holds at most; the workbook has them all.
const (
	borderRows = 10
	mostRows   = 25
)

func (b *builder) quadrantSection() *Section {
	q := b.r.Quadrant
	if q == nil || b.d.Customers.Len() == 0 {
		return nil
	}
	s := &Section{ID: SectionQuadrant, Title: b.quadrantTitle(q)}
	s.Blocks = append(s.Blocks, paragraph(b.axesParagraph(q)))
	if chart := b.quadrantChart(q); len(chart.Group) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: chart}, note(b.namedNote(chart)))
	}
	s.Blocks = append(s.Blocks, Block{Table: b.classTable(q)})
	s.Blocks = append(s.Blocks, b.quadrantNotes(q)...)
	if q.BorderCount > 0 {
		s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.border", count(q.BorderCount))), Block{Table: b.borderTable(q)})
	}
	return s
}

// namedNote says whose names the chart shows, and what an open mark means.
func (b *builder) namedNote(c *Chart) dataset.Message {
	kind := b.base.code
	for _, g := range c.Group {
		for _, p := range g.Points {
			if p.Open {
				return dataset.Msg("quadrant.named." + kind + "_open")
			}
		}
	}
	return dataset.Msg("quadrant.named." + kind)
}

// quadrantTitle states which class holds what share.
func (b *builder) quadrantTitle(q *quadrant.Result) dataset.Message {
	n := classified(q)
	if n == 0 {
		return dataset.Msg("title.quadrant.none", count(b.d.Customers.Len()))
	}
	best := quadrant.HighHigh
	if q.Counts[best] == 0 {
		best = largestClass(q)
	}
	name := className(b.r.Options, q.ID(best))
	switch all := b.d.Customers.Len(); {
	case q.Counts[best] == all && all == 1:
		return dataset.Msg("title.quadrant.one", name, text(b.d.Customers.Label(0)))
	case q.Counts[best] == all:
		return dataset.Msg("title.quadrant.all", name, count(all))
	case b.base.code == "customers":
		return dataset.Msg("title.quadrant.count", name, count(q.Counts[best]), count(b.d.Customers.Len()))
	}
	part := b.base.share(func(i int) bool { return q.Class[i] == best }, b.d.Customers.Len())
	code := "title.quadrant." + b.base.code
	if severalWords(q, b.r.Options.ClassNames[q.ID(best)]) {
		code += ".class"
	}
	return dataset.Msg(code, name, share(float64(q.Counts[best])/float64(b.d.Customers.Len())), share(part))
}

// severalWords reports whether the names of classes are too long to stand
// before "customers": those of benefits against costs, or one's own.
func severalWords(q *quadrant.Result, own string) bool {
	if own != "" {
		return strings.ContainsRune(own, ' ')
	}
	return q.Pair.X == quadrant.Benefits && q.Pair.Y == quadrant.Costs
}

func largestClass(q *quadrant.Result) quadrant.Class {
	best := quadrant.HighHigh
	for c := quadrant.HighHigh; c <= quadrant.LowLow; c++ {
		if q.Counts[c] > q.Counts[best] {
			best = c
		}
	}
	return best
}

func (b *builder) axesParagraph(q *quadrant.Result) dataset.Message {
	code := "quadrant.axes.default"
	if q.Chosen {
		code = "quadrant.axes.chosen"
	}
	return dataset.Msg(code, term("measure."+string(q.X.Measure)), thresholdQuantity(q.X), term("mode."+string(q.X.Mode)),
		term("measure."+string(q.Y.Measure)), thresholdQuantity(q.Y), term("mode."+string(q.Y.Mode)),
		dataset.Sentence(b.refusedAxes(q), dataset.Msg("axes.why."+axesReason(q))))
}

// refusedAxes says that the axes the user named cannot be drawn.
func (b *builder) refusedAxes(q *quadrant.Result) dataset.Message {
	if q.Refused[0] == "" {
		return dataset.Message{}
	}
	return dataset.Msg("axes.refused", term("measure."+string(q.Refused[0])), term("measure."+string(q.Refused[1])))
}

// axesReason returns the fixed identifier of why these axes were taken.
func axesReason(q *quadrant.Result) string {
	switch {
	case q.Chosen:
		return "chosen"
	case q.Pair.X == quadrant.FirmValue && q.Pair.Y == quadrant.Match:
		return "firm_match"
	case q.Pair.Y == quadrant.Match:
		return "value_match"
	case q.Pair.Y == quadrant.Relative:
		return "value_relative"
	}
	return "benefits_costs"
}

func thresholdQuantity(a quadrant.Axis) dataset.Quantity {
	if a.Money {
		return dataset.Num(a.Threshold, dataset.Money)
	}
	return dataset.Num(a.Threshold, dataset.Rating)
}

func (b *builder) quadrantChart(q *quadrant.Result) *Chart {
	c := &Chart{
		ID: "quadrant", Kind: QuadrantChart, Title: b.quadrantTitle(q),
		X: quadrantAxis(q.X), Y: quadrantAxis(q.Y),
	}
	crowded := classified(q) > crowdFrom
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		c.Fields[class-1] = dataset.Msg("text", className(b.r.Options, q.ID(class)))
		if group := b.classGroup(q, class, b.membersOf(q, class), crowded); group.Len() > 0 {
			c.Group = append(c.Group, group)
		}
	}
	if crowded {
		c.keepNamed()
	}
	c.Alt = dataset.Msg("alt.quadrant", dataset.Sentence(c.Title),
		count(q.Counts[1]), count(q.Counts[2]), count(q.Counts[3]), count(q.Counts[4]))
	return c
}

func quadrantAxis(a quadrant.Axis) Axis {
	axis := Axis{Label: dataset.Msg("measure." + string(a.Measure)), Unit: measureUnit(a)}
	if !a.Money && !math.IsNaN(a.Lo) && !math.IsNaN(a.Hi) {
		axis.Lo, axis.Hi = a.Lo, a.Hi
	}
	if !math.IsNaN(a.Threshold) {
		axis.HasThreshold, axis.Threshold, axis.Band = true, a.Threshold, a.Band
	}
	return axis
}

// lowCoverage is the share of ratings below which a mark is drawn open.
const lowCoverage = 0.7

// classGroup makes a group of members of a class. The foremost three are named
// first, then border cases.
func (b *builder) classGroup(q *quadrant.Result, class quadrant.Class, members iter.Seq[int], crowded bool) Group {
	group := Group{Label: dataset.Msg("text", className(b.r.Options, q.ID(class))), Style: Style(class - 1)}
	ranks := b.foremostOf(q, class)
	border := !crowded || !b.enoughForemost(q)
	b.place(&group, crowded, customerPoints{members: members, x: q.X.Values, y: q.Y.Values,
		rank: func(i int) int {
			if rank := ranks[i]; rank > 0 {
				return rank
			}
			if border && q.Border[i] {
				return 1
			}
			return 0
		},
		open: func(i int) bool { return b.r.Value != nil && b.r.Value.Own.Coverage(i) < lowCoverage }})
	return group
}

// membersOf are the customers of a class.
func (b *builder) membersOf(q *quadrant.Result, class quadrant.Class) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, c := range q.Class {
			if c == class && !yield(i) {
				return
			}
		}
	}
}

// enoughForemost reports whether the foremost of all classes are as many as a
// crowded chart names.
func (b *builder) enoughForemost(q *quadrant.Result) bool {
	n := 0
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		n += min(mostForemost, q.Counts[class])
	}
	return b.base.values != nil && n >= QuadrantChart.Named()
}

// mostForemost is how many of a class are named first.
const mostForemost = 3

// foremostOf ranks the three customers of a class that have most of the base.
func (b *builder) foremostOf(q *quadrant.Result, class quadrant.Class) map[int]int {
	if b.base.values == nil {
		return nil
	}
	rank := map[int]int{}
	first, _ := b.first(mostForemost, func(i int) bool { return q.Class[i] == class }, b.base.of)
	for k, i := range first {
		rank[i] = 5 - k
	}
	return rank
}

func (b *builder) classTable(q *quadrant.Result) *Table {
	t := &Table{ID: "classes", Columns: []Column{
		{Header: dataset.Msg("column.class"), Text: true, Class: true, Share: 1.6},
		{Header: dataset.Msg("column.customers")},
		{Header: dataset.Msg("column.share.customers")},
		{Header: dataset.Msg("column.meaning"), Text: true, Share: 3},
		{Header: dataset.Msg("column.action"), Text: true, Share: 4},
	}}
	if b.base.code != "customers" {
		t.Columns = insertColumn(t.Columns, 3, Column{Header: dataset.Msg("column.share." + b.base.code)})
	}
	n := b.d.Customers.Len()
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		in := func(i int) bool { return q.Class[i] == class }
		t.Rows = append(t.Rows, b.classRow(q.ID(class), q.Counts[class], n, b.base.share(in, n)))
	}
	if q.Counts[0] > 0 {
		in := func(i int) bool { return q.Class[i] == quadrant.NotClassified }
		t.Rows = append(t.Rows, b.classRow(q.ID(quadrant.NotClassified), q.Counts[0], n, b.base.share(in, n)))
	}
	return t
}

func insertColumn(columns []Column, at int, c Column) []Column {
	columns = append(columns, Column{})
	copy(columns[at+1:], columns[at:])
	columns[at] = c
	return columns
}

func (b *builder) classRow(id string, members, n int, part float64) []dataset.Quantity {
	row := []dataset.Quantity{className(b.r.Options, id), count(members), share(float64(members) / float64(n))}
	if b.base.code != "customers" {
		row = append(row, share(part))
	}
	return append(row, term("meaning."+id), term("advice."+id))
}

// quadrantNotes says what the reader must know of thresholds and gaps.
func (b *builder) quadrantNotes(q *quadrant.Result) []Block {
	var blocks []Block
	for _, a := range []quadrant.Axis{q.X, q.Y} {
		measure := term("measure." + string(a.Measure))
		if !a.Discriminates {
			blocks = append(blocks, note(dataset.Msg("quadrant.flat", measure)))
		}
		if a.OnThreshold > 0 {
			blocks = append(blocks, note(dataset.Msg("quadrant.on_threshold", count(a.OnThreshold), measure)))
		}
		if a.SkewWarning {
			blocks = append(blocks, note(dataset.Msg("quadrant.skew", measure)))
		}
	}
	if q.Counts[0] > 0 {
		blocks = append(blocks, note(b.notClassifiedNote(q)))
	}
	return blocks
}

func (b *builder) notClassifiedNote(q *quadrant.Result) dataset.Message {
	reasons := map[quadrant.Reason]int{}
	for i, c := range q.Class {
		if c == quadrant.NotClassified {
			reasons[q.Why[i]]++
		}
	}
	kinds := slices.SortedFunc(maps.Keys(reasons), func(x, y quadrant.Reason) int { return strings.Compare(x.String(), y.String()) })
	var parts []dataset.Message
	for _, kind := range kinds {
		parts = append(parts, dataset.Msg("quadrant.missing."+kind.String(), count(reasons[kind]),
			term("measure."+string(q.X.Measure)), term("measure."+string(q.Y.Measure))))
	}
	return dataset.Msg("quadrant.not_classified", count(q.Counts[0]), dataset.Sentence(parts...))
}

func (b *builder) borderTable(q *quadrant.Result) *Table {
	t := &Table{ID: "border", Least: borderRows, MoreIn: dataset.Msg("sheet.quadrant"), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 2},
		{Header: dataset.Msg("column.class"), Text: true, Class: true, Share: 1.4},
		{Header: dataset.Msg("column.line"), Text: true, Share: 2},
		{Header: dataset.Msg("column.distance")},
		{Header: dataset.Msg("column.becomes"), Text: true, Share: 1.4},
		{Header: dataset.Msg("column.smallest_change"), Text: true, Share: 8},
	}}
	for _, i := range b.borderCases(q, mostRows) {
		t.Rows = append(t.Rows, b.borderRow(q, i))
	}
	t.More = q.BorderCount - len(t.Rows)
	return t
}

// borderCases returns the first customers close to a line, the nearest first; of
// those equally near to a tenth of a point the largest first.
func (b *builder) borderCases(q *quadrant.Result, most int) []int {
	type border struct {
		distance float64
		customer keyed
	}
	compare := func(x, y border) int {
		return cmp.Or(cmp.Compare(x.distance, y.distance), b.compare(x.customer, y.customer))
	}
	var near []border
	for i, is := range q.Border {
		if !is {
			continue
		}
		near = keepFirst(near, most, border{math.Round(10 * q.FlipDistance(i)), keyed{b.base.of(i), i}}, compare)
	}
	out := make([]int, len(near))
	for k, c := range near {
		out[k] = c.customer.i
	}
	return out
}

func (b *builder) borderRow(q *quadrant.Result, i int) []dataset.Quantity {
	axis := q.Y
	if q.FlipX(i) {
		axis = q.X
	}
	change := dataset.Sentence(dataset.Msg("missing"))
	if near := q.Nearest(i); near.Found && near.Class == q.FlipClass(i) {
		change = dataset.Sentence(dataset.Msg("change", b.rep.component(near),
			dataset.Num(near.From, dataset.Rating), dataset.Num(near.To, dataset.Rating)))
	}
	distance := points(q.FlipDistance(i))
	switch {
	case q.FlipDistance(i) < 0.5 && !axis.Money:
		distance = dataset.Sentence(dataset.Msg("on.line"))
	case axis.Money:
		distance = dataset.Num(q.FlipDistance(i), dataset.Money)
	}
	return []dataset.Quantity{
		text(b.d.Customers.Label(i)), className(b.r.Options, q.ID(q.Class[i])),
		term("measure." + string(axis.Measure)), distance,
		className(b.r.Options, q.ID(q.FlipClass(i))), change,
	}
}
