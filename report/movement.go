package report

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

// mostArrows is how many moves a chart shows, backdropPoints how many of the
// customers that did not move stand behind them.
const (
	mostArrows     = 40
	backdropPoints = 1500
)

// movementSection compares the period with the one before: who moved changedClass
// classes and why, who came and went, how the key figures went (METHOD 4.4).
func (b *builder) movementSection() *Section {
	h := b.rep.History
	if h == nil || h.Movement == nil && h.Refused == nil && len(h.Trend.Series) == 0 {
		return nil
	}
	s := &Section{ID: SectionMovement, Title: b.movementTitle(h)}
	if h.Refused != nil {
		s.Blocks = append(s.Blocks, paragraph(b.refusedMovement(h)))
	}
	if h.Movement != nil {
		s.Blocks = append(s.Blocks, b.movementBlocks(h)...)
	}
	return s.with(b.trendBlocks(h))
}

func (b *builder) movementBlocks(h *History) []Block {
	m := h.Movement
	blocks := []Block{paragraph(b.comparedParagraph(h))}
	if chart := b.arrowsChart(h); chart != nil {
		blocks = append(blocks, Block{Chart: chart}, note(b.arrowsNote(h, chart)))
	}
	if moved := b.moved(h, changedClass); len(moved) > 0 {
		blocks = append(blocks, heading(dataset.Msg("heading.movers", count(len(moved)))), Block{Table: b.moversTable(h, moved)}, note(dataset.Msg("movement.cause.note")))
	}
	blocks = append(blocks, Block{Chart: b.matrixChart(h)}, note(dataset.Msg("movement.matrix.note")))
	if len(m.ByLine) > 0 {
		blocks = append(blocks, note(dataset.Msg("movement.by_line", count(len(m.ByLine)), dataset.List(b.movedNames(h, b.byWorth(h, m.ByLine), 5)...))))
	}
	if others := b.moved(h, comesOrGoes); len(others) > 0 {
		blocks = append(blocks, heading(dataset.Msg("heading.arrivals", count(b.causeCount(others, movement.New)), count(b.causeCount(others, movement.Lost)))), Block{Table: b.arrivalsTable(h, others)})
	}
	blocks = append(blocks, b.valueChanges(h)...)
	return append(blocks, matchNotes(m)...)
}

// changedClass reports whether a mover went from one class to another; comesOrGoes
// whether it has a class, or is there, in one of the periods only.
func changedClass(m movement.Mover) bool { return m.From.Classed() && m.To.Classed() }
func comesOrGoes(m movement.Mover) bool  { return !changedClass(m) }

// matchNotes says how customers were found again where that is not by their
// identifiers alone.
func matchNotes(m *movement.Movement) []Block {
	var blocks []Block
	if m.ByName > 0 {
		blocks = append(blocks, note(dataset.Msg("movement.by_name", count(m.ByName))))
	}
	if m.Duplicates > 0 {
		blocks = append(blocks, note(dataset.Msg("movement.duplicates", count(m.Duplicates))))
	}
	if m.LeftBefore > 0 {
		blocks = append(blocks, note(dataset.Msg("movement.left_before", count(m.LeftBefore))))
	}
	return blocks
}

func (b *builder) movementTitle(h *History) dataset.Message {
	switch m := h.Movement; {
	case h.Refused != nil:
		return dataset.Msg("title.movement.refused", h.since())
	case m == nil:
		return dataset.Msg("title.movement.trend", count(len(h.Trend.Periods)))
	case m.Classed == 0:
		return dataset.Msg("title.movement.none", h.since())
	case m.Stayed == m.Classed:
		return dataset.Msg("title.movement.stable", count(m.Classed), h.since())
	default:
		return dataset.Msg("title.movement", count(m.Classed-m.Stayed), count(m.Classed), h.since())
	}
}

// RefusedMovement says why the report's period is not compared with the one
// before; nothing where it is, or there is none.
func (r *Report) RefusedMovement() dataset.Message {
	if r.History == nil || r.History.Refused == nil {
		return dataset.Message{}
	}
	return (&builder{d: r.Dataset, r: r.Results, rep: r}).refusedMovement(r.History)
}

// ClassBefore names the class of a customer in the period before; nothing where
// that is not known.
func (r *Report) ClassBefore(customer int) dataset.Message {
	change, ok := r.History.Of(customer)
	if !ok {
		return dataset.Message{}
	}
	return dataset.Msg("text", (&builder{d: r.Dataset, r: r.Results, rep: r}).stateName(r.History, change.From, true))
}

// refusedMovement says why the periods cannot be compared.
func (b *builder) refusedMovement(h *History) dataset.Message {
	r := h.Refused
	args := []dataset.Quantity{h.since()}
	switch r.Code {
	case movement.OtherAxes, movement.OtherUnit:
		for _, pair := range r.Axes {
			for _, axis := range pair {
				args = append(args, term("measure."+string(axis)))
			}
		}
	case movement.OtherMethod:
		var names dataset.Message
		for _, name := range r.Settings {
			setting := dataset.Msg("movement.setting." + name)
			if !names.IsZero() {
				setting = dataset.Msg("movement.and", dataset.Sentence(names), dataset.Sentence(setting))
			}
			names = setting
		}
		args = append(args, dataset.Sentence(names))
	}
	return dataset.Msg("movement.refused."+string(r.Code), args...)
}

// comparedParagraph says what is compared, by which lines, and how stable the
// classes are.
func (b *builder) comparedParagraph(h *History) dataset.Message {
	m := h.Movement
	lines := "movement.lines.frozen"
	switch {
	case m.Restated[0] || m.Restated[1]:
		lines = "movement.lines.restated"
	case m.Reestimated:
		lines = "movement.lines.own"
	}
	q := b.r.Quadrant
	stable := dataset.Message{}
	if m.Classed > 0 {
		stable = dataset.Msg("movement.stability", count(m.Stayed), count(m.Classed), share(m.Stability))
	}
	return dataset.Msg("movement.compared", h.since(), dataset.Sentence(dataset.Msg(lines, h.since(), term("measure."+string(q.X.Measure)), lineQuantity(q.X, m.Thresholds[0][0]),
		term("measure."+string(q.Y.Measure)), lineQuantity(q.Y, m.Thresholds[0][1])), stable))
}

func lineQuantity(a quadrant.Axis, x float64) dataset.Quantity {
	a.Threshold = x
	return thresholdQuantity(a)
}

// moved lists the movers of a kind, what they are worth first.
func (b *builder) moved(h *History, kind func(movement.Mover) bool) []movement.Mover {
	var list []movement.Mover
	for _, m := range h.Movement.Movers {
		if kind(m) {
			list = append(list, m)
		}
	}
	return b.byWorth(h, list)
}

// byWorth sorts movers by what they bring, then by the size of their change,
// then by identifier.
func (b *builder) byWorth(h *History, list []movement.Mover) []movement.Mover {
	type key struct {
		worth, change float64
		id            string
		at            int
	}
	keys := make([]key, len(list))
	for k, m := range list {
		id, _ := h.Movement.Name(h.Movement.Customers[m.Customer])
		keys[k] = key{b.worthOf(h, m), math.Abs(m.Delta.Change), id, k}
	}
	slices.SortFunc(keys, func(x, y key) int {
		return cmp.Or(cmp.Compare(y.worth, x.worth), cmp.Compare(y.change, x.change), cmp.Compare(x.id, y.id), cmp.Compare(x.at, y.at))
	})
	sorted := make([]movement.Mover, len(list))
	for k, key := range keys {
		sorted[k] = list[key.at]
	}
	return sorted
}

// worthOf is what a mover brings, as of the workbook; of one that is no longer
// in it as of the earlier period; 0 where that is not known.
func (b *builder) worthOf(h *History, mover movement.Mover) float64 {
	c := h.Movement.Customers[mover.Customer]
	if row := h.Row(c); row >= 0 {
		return b.base.of(row)
	}
	worth := h.Movement.Before.Customers[c.Before].Revenue
	if b.base.code == "firm_value" {
		worth = h.Movement.Before.Customers[c.Before].Firm
	}
	if b.base.code == "customers" || math.IsNaN(worth) {
		return 0
	}
	return worth
}

func (b *builder) movedName(h *History, m movement.Mover) string {
	id, name := h.Movement.Name(h.Movement.Customers[m.Customer])
	if name != "" {
		return name
	}
	return id
}

func (b *builder) movedNames(h *History, list []movement.Mover, limit int) []string {
	var names []string
	for _, m := range list[:min(limit, len(list))] {
		names = append(names, b.movedName(h, m))
	}
	return names
}

// stateName is the shown name of a state: a class, not classified, or there in
// one period only.
func (b *builder) stateName(h *History, s movement.State, earlier bool) dataset.Quantity {
	switch {
	case s == movement.Absent && earlier:
		return term("movement.new")
	case s == movement.Absent:
		return term("movement.lost")
	}
	return className(b.r.Options, h.Movement.ID(s))
}

func (b *builder) moversTable(h *History, movers []movement.Mover) *Table {
	t := &Table{ID: "movers", MoreIn: dataset.Msg("sheet.movement"), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 2.2},
		{Header: dataset.Msg("column.class_before"), Text: true, Class: true, Share: 1.3},
		{Header: dataset.Msg("column.class_now"), Text: true, Class: true, Share: 1.3},
		{Header: dataset.Msg("column.crossed"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.cause"), Text: true, Share: 2.6},
	}}
	if b.base.code != "customers" {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.worth." + b.base.code)})
	}
	for _, m := range movers {
		row := []dataset.Quantity{text(b.movedName(h, m)), b.stateName(h, m.From, true), b.stateName(h, m.To, false), b.crossing(h, m), dataset.Sentence(b.causeOf(h, m))}
		if b.base.code != "customers" {
			row = append(row, money(b.worthOf(h, m)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// crossing writes how the figure changed whose line was crossed.
func (b *builder) crossing(h *History, m movement.Mover) dataset.Quantity {
	if m.Axis < 0 {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	axis := b.axisOf(m.Axis)
	return dataset.Sentence(dataset.Msg("movement.crossing", term("measure."+string(axis.Measure)), axisUnit(axis, m.Delta.Before), axisUnit(axis, m.Delta.Now)))
}

func (b *builder) axisOf(k int) quadrant.Axis {
	if k == 0 {
		return b.r.Quadrant.X
	}
	return b.r.Quadrant.Y
}

// causeOf says why a customer moved, with what the cause contributed.
func (b *builder) causeOf(h *History, m movement.Mover) dataset.Message {
	if m.Axis < 0 {
		return dataset.Msg("movement.cause." + string(m.Cause))
	}
	return b.causeText(h, m.Delta, b.axisOf(m.Axis).Money)
}

// causeText names the main cause of a change, through which attribute, and what
// it contributed.
func (b *builder) causeText(h *History, d movement.Delta, amounts bool) dataset.Message {
	cause, attribute := d.Main()
	points := func(x float64) dataset.Quantity {
		if amounts {
			return money(x)
		}
		return dataset.Num(x, dataset.SignedTenths)
	}
	switch {
	case cause == "":
		return dataset.Message{}
	case attribute < 0:
		return dataset.Msg("movement.cause."+string(cause), points(d.Sum(cause)))
	}
	part := 0.0
	for _, p := range d.Parts {
		// What one weight adds others take away: only their sum says something.
		if p.Cause == cause && (p.Attribute == attribute || cause == movement.ByWeight) {
			part += p.Points
		}
	}
	return dataset.Msg("movement.cause."+string(cause), points(part), b.judgedName(h.Movement.Attributes[attribute].Attribute))
}

// judgedName names a benefit, a cost or a component of a score, that by the
// field's term where the workbook calls it by its identifier only.
func (b *builder) judgedName(a movement.Attribute) dataset.Quantity {
	if a.Score != "" && a.Label == a.ID && (slices.Contains(quadrant.MatchComponents, a.ID) || slices.Contains(quadrant.ValueComponents, a.ID)) {
		return term("component." + a.ID)
	}
	return text(a.Label)
}

func (b *builder) causeCount(list []movement.Mover, cause movement.Cause) int {
	n := 0
	for _, m := range list {
		if m.Cause == cause {
			n++
		}
	}
	return n
}

// arrivalsTable lists who is new, lost, or classified in one of the periods
// only.
func (b *builder) arrivalsTable(h *History, movers []movement.Mover) *Table {
	t := &Table{ID: "arrivals", MoreIn: dataset.Msg("sheet.movement"), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 2.2},
		{Header: dataset.Msg("column.what_happened"), Text: true, Share: 2.6},
		{Header: dataset.Msg("column.class_before"), Text: true, Class: true, Share: 1.4},
		{Header: dataset.Msg("column.class_now"), Text: true, Class: true, Share: 1.4},
	}}
	if b.base.code != "customers" {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.worth." + b.base.code)})
	}
	order := map[movement.Cause]int{movement.Lost: 0, movement.Unanswered: 1, movement.New: 2, movement.Answered: 3}
	movers = append([]movement.Mover{}, movers...)
	sort.SliceStable(movers, func(x, y int) bool { return order[movers[x].Cause] < order[movers[y].Cause] })
	dash := dataset.Sentence(dataset.Msg("missing"))
	for _, m := range movers {
		from, to := b.stateName(h, m.From, true), b.stateName(h, m.To, false)
		if m.From == movement.Absent {
			from = dash
		}
		if m.To == movement.Absent {
			to = dash
		}
		row := []dataset.Quantity{text(b.movedName(h, m)), term("movement.cause." + string(m.Cause)), from, to}
		if b.base.code != "customers" {
			row = append(row, money(b.worthOf(h, m)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
