package report

import (
	"cmp"
	"math"
	"slices"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// arrowsChart shows the movers on the quadrant, each with an arrow from where it
// was, by the lines of the comparison; nil where nobody moved changedClass classes.
func (b *builder) arrowsChart(h *History) *Chart {
	m, q := h.Movement, b.r.Quadrant
	if m.Stayed == m.Classed {
		return nil
	}
	c := &Chart{ID: "arrows", Kind: QuadrantChart, X: quadrantAxis(q.X), Y: quadrantAxis(q.Y), Title: b.arrowsTitle(h)}
	c.X.Lo, c.X.Hi, c.Y.Lo, c.Y.Hi = 0, 0, 0, 0 // as near as the customers allow: moves are short
	c.X.Threshold, c.X.HasThreshold = m.Thresholds[1][0], true
	c.Y.Threshold, c.Y.HasThreshold = m.Thresholds[1][1], true
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		c.Fields[class-1] = dataset.Msg("text", className(b.r.Options, q.ID(class)))
		c.Group = append(c.Group, Group{Label: c.Fields[class-1], Style: Style(class - 1)})
	}
	for k, mover := range b.arrows(h) {
		change := m.Customers[mover.Customer]
		was, is := m.Before.Customers[change.Before], m.Now.Customers[change.Now]
		style := Style(mover.To - 1)
		c.Group[style].Points = append(c.Group[style].Points, Point{X: is.X, Y: is.Y, Label: b.movedName(h, mover), Rank: mostArrows - k})
		if mover.Beyond {
			c.Arrows = append(c.Arrows, Arrow{was.X, was.Y, is.X, is.Y, style})
		}
	}
	c.Group = append(c.Group, b.stayers(h))
	c.Alt = dataset.Msg("alt.arrows", count(m.Classed-m.Stayed), count(m.Classed), h.since(), count(len(c.Arrows)))
	return c
}

// arrows are the movers of the chart: all, or those worth most.
func (b *builder) arrows(h *History) []movement.Mover {
	movers := b.moved(h, changedClass)
	return movers[:min(mostArrows, len(movers))]
}

// stayers are the customers that kept their class, as a quiet backdrop; of many
// every second, third and so on.
func (b *builder) stayers(h *History) Group {
	m, g := h.Movement, Group{Quiet: true, Style: StyleNone}
	step, n := 1+m.Stayed/backdropPoints, 0
	for _, c := range m.Customers {
		if c.Out || !c.From.Classed() || c.From != c.To {
			continue
		}
		if n++; n%step == 0 {
			s := m.Now.Customers[c.Now]
			g.Points = append(g.Points, Point{X: s.X, Y: s.Y})
		}
	}
	return g
}

// arrowsNote says what the arrows show and what they leave out.
func (b *builder) arrowsNote(h *History, c *Chart) dataset.Message {
	moved := h.Movement.Classed - h.Movement.Stayed
	shown := min(moved, mostArrows)
	few := dataset.Message{}
	if shown < moved {
		few = dataset.Msg("movement.arrows.few", count(shown), count(moved))
	}
	short := dataset.Message{}
	if k := shown - len(c.Arrows); k > 0 {
		short = dataset.Msg("movement.arrows.short", count(k))
	}
	return dataset.Msg("movement.arrows.note", dataset.Sentence(few, short))
}

// matrixChart is the grid of classes before and now, with the share of each row.
func (b *builder) matrixChart(h *History) *Chart {
	m := h.Movement
	states := []movement.State{movement.HighHigh, movement.HighLow, movement.LowHigh, movement.LowLow}
	rows, columns := append([]movement.State{}, states...), append([]movement.State{}, states...)
	for _, s := range []movement.State{movement.Unclassified, movement.Absent} {
		row, column := 0, 0
		for k := range m.Matrix {
			row, column = row+m.Matrix[s][k], column+m.Matrix[k][s]
		}
		if row > 0 || s == movement.Unclassified && column > 0 {
			rows = append(rows, s)
		}
		if column > 0 || s == movement.Unclassified && row > 0 {
			columns = append(columns, s)
		}
	}
	heat := &Heat{}
	for _, to := range columns {
		heat.ColumnNames = append(heat.ColumnNames, b.stateName(h, to, false))
	}
	for _, from := range rows {
		heat.RowNames = append(heat.RowNames, b.stateName(h, from, true))
		heat.Cells = append(heat.Cells, matrixRow(m, from, columns))
	}
	return &Chart{ID: "matrix", Kind: HeatChart, Title: dataset.Msg("chart.matrix.title", count(m.Stayed), count(m.Classed)), Heat: heat,
		X: Axis{Label: dataset.Msg("axis.class_now", dataset.MonthOf(b.d.Period))}, Y: Axis{Label: dataset.Msg("axis.class_before", h.since())},
		Alt: dataset.Msg("alt.matrix", count(m.Stayed), count(m.Classed), count(m.Total))}
}

func matrixRow(m *movement.Movement, from movement.State, columns []movement.State) []HeatCell {
	total := 0
	for _, n := range m.Matrix[from] {
		total += n
	}
	var row []HeatCell
	for _, to := range columns {
		n := m.Matrix[from][to]
		cell := HeatCell{Value: float64(n), Text: count(n), Quiet: from == to}
		if n > 0 {
			cell.Note = dataset.Msg("text", share(float64(n)/float64(total)))
		}
		if from == movement.Absent && to == movement.Absent {
			cell = HeatCell{Value: math.NaN(), Quiet: true, Text: text("")}
		}
		row = append(row, cell)
	}
	return row
}

// A valueChange is the change of one customer's perceived value.
type valueChange struct {
	row   int // of the dataset
	delta movement.Delta
	size  float64 // of the change, rounded so that the order of a sum does not decide
}

// changesOfValue lists the changes of perceived value of all customers that
// have one in both periods, in the order of the workbook.
func (b *builder) changesOfValue(h *History) []valueChange {
	var list []valueChange
	explain := h.Movement.Explainer()
	for k, c := range h.Movement.Customers {
		if c.Out || c.Now < 0 {
			continue
		}
		if delta, ok := explain.ValueChange(k, quadrant.PerceivedValue); ok {
			list = append(list, valueChange{h.Row(c), delta, stat.Nearly(math.Abs(delta.Change))})
		}
	}
	return list
}

// valueChanges lists who values us differently by more than a meaningful
// difference, the largest change first.
func (b *builder) valueChanges(h *History) []Block {
	if b.r.Value == nil {
		return nil
	}
	all := b.changesOfValue(h)
	if len(all) == 0 {
		return nil
	}
	blocks := []Block{heading(dataset.Msg("heading.value_changes")), paragraph(b.meanChange(h, all))}
	var large []valueChange
	for _, c := range all {
		if least := b.meaningful(c); math.Abs(c.delta.Change) > least {
			large = append(large, c)
		}
	}
	if len(large) == 0 {
		return blocks
	}
	slices.SortStableFunc(large, func(x, y valueChange) int { return cmp.Compare(y.size, x.size) })
	return append(blocks, Block{Table: b.valueChangesTable(h, large)})
}

// meaningful is the least change of value that is worth telling (METHOD 1).
func (b *builder) meaningful(c valueChange) float64 {
	if b.money() {
		return b.r.Options.DeltaMoney * math.Abs(c.delta.Before)
	}
	return b.r.Options.Delta
}

func (b *builder) valueChangesTable(h *History, changes []valueChange) *Table {
	t := &Table{ID: "value_changes", MoreIn: dataset.Msg("sheet.movement"), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 2.2},
		{Header: dataset.Msg("column.value_before")},
		{Header: dataset.Msg("column.value_now")},
		{Header: dataset.Msg("column.changed")},
		{Header: dataset.Msg("column.cause"), Text: true, Share: 3},
	}}
	if b.base.code != "customers" {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.worth." + b.base.code)})
	}
	for _, c := range changes {
		row := []dataset.Quantity{text(b.d.Customers.Label(c.row)), b.part(c.delta.Before), b.part(c.delta.Now), b.part(c.delta.Change), dataset.Sentence(b.causeText(h, c.delta, b.money()))}
		if b.base.code != "customers" {
			row = append(row, money(b.base.of(c.row)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// meanChange says how perceived value changed on average, with its interval,
// and what contributed most.
func (b *builder) meanChange(h *History, all []valueChange) dataset.Message {
	changes := make([]float64, len(all))
	for k, c := range all {
		changes[k] = c.delta.Change
	}
	e := stat.OneSample(changes, nil, 0, stat.Sampling{})
	cause := b.causeText(h, meanOf(all), b.money())
	most := dataset.Message{}
	if !cause.IsZero() {
		most = dataset.Msg("movement.value.most", dataset.Sentence(cause))
	}
	code := "movement.value.interval"
	if !hasInterval(e) {
		code = "movement.value"
	}
	return dataset.Msg(code, b.part(e.Value), h.since(), count(len(all)), b.part(e.Lo), b.part(e.Hi), dataset.Sentence(most))
}

// meanOf is the mean of changes, with the parts of a cause and an attribute
// added up.
func meanOf(all []valueChange) movement.Delta {
	type key struct {
		cause     movement.Cause
		attribute int
	}
	at, n := map[key]int{}, float64(len(all))
	var mean movement.Delta
	for _, c := range all {
		mean.Change += c.delta.Change / n
		for _, p := range c.delta.Parts {
			k, there := at[key{p.Cause, p.Attribute}]
			if !there {
				k = len(mean.Parts)
				at[key{p.Cause, p.Attribute}] = k
				mean.Parts = append(mean.Parts, movement.Part{Cause: p.Cause, Attribute: p.Attribute})
			}
			mean.Parts[k].Points += p.Points / n
		}
	}
	return mean
}
