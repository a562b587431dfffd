package report

import (
	"math"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Explain carries one customer's numbers from the ratings to the class, step
// by step: contributions, value, rivals, verdict, axes, class, and what would
// change it; then from the purchases to the scores and the value to the firm.
func (r *Report) Explain(i int) []Block {
	v := r.Results.Value
	if i < 0 || i >= r.Dataset.Customers.Len() {
		return nil
	}
	var blocks []Block
	if v != nil {
		e := explainer{r: r, v: v, i: i}
		if t := e.contributions(); len(t.Rows) > 0 {
			blocks = append(blocks, Block{Table: t})
		}
		blocks = append(blocks, Block{List: e.steps()})
	}
	if steps := r.explainFirm(i); len(steps) > 0 {
		blocks = append(blocks, Block{List: steps})
	}
	return blocks
}

// explainer carries the customer that is explained.
type explainer struct {
	r *Report
	v *value.Result
	i int
}

// contributions is the table of what each rating adds to its side.
func (e explainer) contributions() *Table {
	t := &Table{ID: "contributions", Columns: []Column{
		{Header: dataset.Msg("column.attribute"), Text: true, Share: 3},
		{Header: dataset.Msg("column.rating")},
		{Header: dataset.Msg("column.scale"), Text: true, Share: 1.4},
		{Header: dataset.Msg("column.position_on_scale"), Share: 1.4},
		{Header: dataset.Msg("column.weight"), Share: 1.2},
		{Header: dataset.Msg("column.contribution"), Share: 1.4},
	}}
	for _, c := range e.v.Contributions(e.i) {
		t.Rows = append(t.Rows, e.contributionRow(c))
	}
	return t
}

func (e explainer) contributionRow(c value.Contribution) []dataset.Quantity {
	a := e.r.Dataset.Attributes[c.Attribute]
	rating := e.r.Dataset.Rating(0, c.Attribute).Values[e.i]
	row := []dataset.Quantity{dataset.Sentence(dataset.Msg("attribute."+a.Side.String(), text(a.Label)))}
	if e.money() {
		return append(row, dataset.Num(rating, dataset.Money), text(""), text(""), text(""), dataset.Num(c.Points, dataset.Money))
	}
	scale := "scale.declared"
	if a.Down {
		scale = "scale.down"
	}
	return append(row, dataset.Num(rating, dataset.Rating),
		dataset.Sentence(dataset.Msg(scale, dataset.Num(a.Scale.Lo, dataset.Rating), dataset.Num(a.Scale.Hi, dataset.Rating))),
		dataset.Num(a.Unit(rating), dataset.Exact), dataset.Num(e.v.Weights[c.Attribute], dataset.Rating), exact(c.Points))
}

func (e explainer) money() bool { return e.v.Mode == value.Money }

// amount writes a figure of the value's kind in full.
func (e explainer) amount(x float64) dataset.Quantity {
	if e.money() {
		return dataset.Num(x, dataset.Money)
	}
	return exact(x)
}

// steps are the sentences from value to class.
func (e explainer) steps() []dataset.Message {
	steps := e.valueSteps()
	steps = append(steps, e.rivalSteps()...)
	if verdict := e.v.Verdict[e.i]; verdict != value.NoVerdict {
		steps = append(steps, dataset.Msg("example.verdict", term("verdict."+e.r.verdictCode(verdict))))
	}
	steps = append(steps, e.classSteps()...)
	if why := e.r.Why(e.i); !why.IsZero() {
		steps = append(steps, why)
	}
	return steps
}

// verdictCode names a verdict in text: in index mode without a better rated
// rival the word regret is not used (METHOD 1).
func (r *Report) verdictCode(v value.Verdict) string {
	if v == value.Regret && r.Results.Value.Mode != value.Money {
		return "regret_index"
	}
	return v.String()
}

func (e explainer) valueSteps() []dataset.Message {
	own := e.v.Own
	if reason := own.Why[e.i]; reason != value.Fine {
		return []dataset.Message{dataset.Msg("example.missing", term("reason."+reason.String()))}
	}
	ratio, reason := own.Ratio(e.i)
	ratioText := exact(ratio)
	if reason != value.Fine {
		ratioText = term("example.ratio." + reason.String())
	}
	return []dataset.Message{dataset.Msg("example.value", e.amount(own.Benefits[e.i]), e.amount(own.Costs[e.i]), e.amount(own.Value[e.i]),
		ratioText, share(own.Coverage(e.i)))}
}

func (e explainer) rivalSteps() []dataset.Message {
	m := e.v.Market
	if m == nil {
		if x := e.v.RelativeIndex; e.i < len(x) && !math.IsNaN(x[e.i]) {
			return []dataset.Message{dataset.Msg("example.index", exact(e.v.Own.Utility(e.i)), exact(e.v.MeanUtility), exact(x[e.i]))}
		}
		return nil
	}
	var steps []dataset.Message
	for k, supplier := range m.Rivals {
		ours, theirs := e.v.Against(k, e.i)
		if math.IsNaN(theirs) {
			continue
		}
		code := "example.rival.behind"
		if theirs > ours {
			code = "example.rival.ahead"
		}
		steps = append(steps, dataset.Msg(code, text(e.r.Dataset.Suppliers[supplier].Name), e.amount(ours), e.amount(theirs), e.amount(math.Abs(theirs-ours))))
	}
	if x := e.v.Relative[e.i]; !math.IsNaN(x) {
		steps = append(steps, dataset.Msg("example.relative", e.amount(x), e.terms()))
	}
	return steps
}

// terms lists what relative performance is made of.
func (e explainer) terms() dataset.Quantity {
	q := dataset.Quantity{Unit: dataset.Drivers}
	for _, c := range e.v.RelativeTerms(e.i) {
		q.List = append(q.List, e.r.Dataset.Attributes[c.Attribute].Label)
		q.Values = append(q.Values, c.Points)
	}
	return q
}

func (e explainer) classSteps() []dataset.Message {
	q := e.r.Results.Quadrant
	if q == nil {
		return nil
	}
	var steps []dataset.Message
	for _, a := range []quadrant.Axis{q.X, q.Y} {
		if x := a.Values[e.i]; !math.IsNaN(x) && !math.IsNaN(a.Threshold) {
			steps = append(steps, dataset.Msg("example.axis", term("measure."+string(a.Measure)), axisQuantity(a, x), axisQuantity(a, a.Threshold), side(high(x, a.Threshold))))
		}
	}
	if q.Class[e.i] == quadrant.NotClassified {
		return append(steps, dataset.Msg("example.not_classified", dataset.Sentence(notClassified(q, e.i))))
	}
	return append(steps, dataset.Msg("example.class", className(e.r.Results.Options, q.ID(q.Class[e.i]))))
}

func axisQuantity(a quadrant.Axis, x float64) dataset.Quantity {
	if a.Money {
		return dataset.Num(x, dataset.Money)
	}
	return exact(x)
}

// high compares as METHOD 4.3 does: to nine decimals, a tie is high.
func high(x, threshold float64) bool {
	return math.Round(x*1e9) >= math.Round(threshold*1e9)
}

func side(high bool) dataset.Quantity {
	if high {
		return term("example.high")
	}
	return term("example.low")
}
