package report

import (
	"math"
	"strconv"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/dataset"
)

// mostAlone is how many cohorts the table of single fits lists.
const mostAlone = 12

// valued reports whether customers have a value, not only a time that they are
// expected to stay.
func valued(l *lifetime.Result) bool { return l.Equity.Customers > 0 }

// period names the time between renewals, such as a year.
func period(c *lifetime.Contract) dataset.Quantity {
	switch c.Months {
	case 1, 3, 12:
		return term("lifetime.period." + strconv.Itoa(c.Months))
	}
	return dataset.Sentence(dataset.Msg("lifetime.period.other", count(c.Months)))
}

// lasting reports whether a lifetime in periods is known.
func lasting(l *lifetime.Result) bool { return l.Contract != nil && !math.IsNaN(l.Contract.Multiple) }

// stayMessage says in one sentence how many stay and what that is worth: code,
// the model, and ".plain" where the lifetime is infinite.
func stayMessage(code string, l *lifetime.Result) dataset.Message {
	c := l.Contract
	if c == nil {
		return dataset.Msg("title.lifetime.none")
	}
	code += string(l.Model)
	if !lasting(l) {
		code += ".plain"
	}
	return dataset.Msg(code, share(c.Retention), ratio(c.Multiple), period(c))
}

// stayParagraphs say how long customers stay, and what the lifetime is worth in
// periods of what they bring (METHOD 5.2, 5.3).
func stayParagraphs(l *lifetime.Result) []Block {
	c := l.Contract
	switch {
	case c == nil:
		return nil
	case l.Model != lifetime.ModelSBG:
		return []Block{paragraph(dataset.Msg("lifetime.stay.retention", share(c.Retention)))}
	}
	var blocks []Block
	if valued(l) {
		blocks = append(blocks, paragraph(dataset.Msg("lifetime.stay.sbg", share(c.Retention))))
	}
	m := lifetime.SBG{Alpha: stayParameter(l, "sbg.alpha"), Beta: stayParameter(l, "sbg.beta")}
	blocks = append(blocks, paragraph(dataset.Msg("lifetime.renewals", share(m.Retention(5)), period(c))))
	if constant, why := lifetime.Multiple(c.Retention, c.Discount, 0, lifetime.AtOnce); lasting(l) && why == "" {
		blocks = append(blocks, paragraph(dataset.Msg("lifetime.del", ratio(c.Multiple), period(c), share(c.Discount), ratio(constant))))
	}
	return blocks
}

func stayParameter(l *lifetime.Result, name string) float64 {
	for _, p := range l.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return math.NaN()
}

// cohortsTable shows the fit of every cohort by itself; nil where there is none.
func cohortsTable(c *lifetime.Contract) *Table {
	if c == nil {
		return nil
	}
	t := &Table{ID: "cohorts", Title: dataset.Msg("table.cohorts"), Columns: []Column{
		{Header: dataset.Msg("column.cohort"), Text: true, Share: 2}, {Header: dataset.Msg("column.sbg_alpha")}, {Header: dataset.Msg("column.sbg_beta")},
		{Header: dataset.Msg("column.first_renewal")}, {Header: dataset.Msg("column.periods", period(c)), Share: 1.6}}}
	for _, curve := range c.Curves {
		a := curve.Alone
		if a == nil {
			continue
		}
		if len(t.Rows) == mostAlone {
			t.More++
			continue
		}
		t.Rows = append(t.Rows, []dataset.Quantity{text(curve.Cohort), exact(math.Round(a.Alpha*1000) / 1000), exact(math.Round(a.Beta*1000) / 1000), share(a.Retention(1)), ratio(a.DEL)})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// stayFigures are the key figures of a workbook that says how long customers
// stay, and has neither ratings nor purchases.
func (b *builder) stayFigures() []KeyFigure {
	l := b.r.Lifetime
	if l == nil || l.Contract == nil {
		return nil
	}
	c := l.Contract
	var figures []KeyFigure
	if n := b.d.Customers.Len(); n > 0 {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.customers", count(n)), Value: count(n)})
	}
	figures = append(figures, KeyFigure{Label: dataset.Msg("figure.stay." + string(l.Model)), Value: share(c.Retention)})
	if lasting(l) {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.periods", period(c)), Value: ratio(c.Multiple), Note: dataset.Msg("figure.periods.note", share(c.Discount))})
	}
	if valued(l) {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.lifetime", count(l.Horizon), kindOfMoney(l)), Value: money(l.Equity.Total), Note: dataset.Msg("figure.lifetime.note", whose(l))})
	}
	return figures
}
