package report

import (
	"math"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/profile"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// personasSection describes the personas that a column of the workbook names
// (METHOD 7.1).
func (b *builder) personasSection() *Section {
	g := b.r.Personas
	if g == nil || len(g.Groups) == 0 {
		return nil
	}
	s := &Section{ID: SectionPersonas, Title: b.personasTitle(g), Blocks: []Block{{Table: b.meansTable(g)}}}
	return s.with(b.portraits(g))
}

// personasTitle claims a difference only between personas whose intervals do
// not overlap.
func (b *builder) personasTitle(g *profile.Groups) dataset.Message {
	best, last := -1, -1
	for k, one := range g.Groups {
		if !hasInterval(one.Value.Mean) {
			continue
		}
		if best < 0 || one.Value.Mean.Value > g.Groups[best].Value.Mean.Value {
			best = k
		}
		if last < 0 || one.Value.Mean.Value < g.Groups[last].Value.Mean.Value {
			last = k
		}
	}
	if best >= 0 && g.Groups[best].Value.Mean.Lo > g.Groups[last].Value.Mean.Hi {
		high, low := g.Groups[best], g.Groups[last]
		return dataset.Msg("title.personas.apart", text(high.Name), b.worth(high.Value.Mean.Value), text(low.Name), b.worth(low.Value.Mean.Value))
	}
	largest := 0
	for k, one := range g.Groups {
		if one.N > g.Groups[largest].N {
			largest = k
		}
	}
	return dataset.Msg("title.personas", text(g.Groups[largest].Name), share(g.Groups[largest].Share), count(len(g.Groups)))
}

// A groupMeasure is one measure of groups that the workbook bears.
type groupMeasure struct {
	header dataset.Message
	of     func(profile.Group) profile.Measured
	write  func(float64) dataset.Quantity
}

// groupMeasures returns the measures that some group has.
func (b *builder) groupMeasures(g *profile.Groups) []groupMeasure {
	all := []groupMeasure{
		{dataset.Msg("column.value"), func(one profile.Group) profile.Measured { return one.Value }, b.worth},
		{dataset.Msg("column.to_firm"), func(one profile.Group) profile.Measured { return one.Firm }, b.firmAmount},
		{dataset.Msg("column.match"), func(one profile.Group) profile.Measured { return one.Match }, index},
	}
	var some []groupMeasure
	for _, m := range all {
		for _, one := range g.Groups {
			if !math.IsNaN(m.of(one).Mean.Value) {
				some = append(some, m)
				break
			}
		}
	}
	return some
}

// meansTable sets the means of groups beside each other.
func (b *builder) meansTable(g *profile.Groups) *Table {
	t := &Table{ID: string(g.Kind) + "_means", Columns: []Column{
		{Header: dataset.Msg("column." + string(g.Kind)), Text: true, Share: 2}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.share.customers")}}}
	measures := b.groupMeasures(g)
	for _, m := range measures {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.with_interval", dataset.Sentence(m.header)), Share: 2})
	}
	for _, one := range g.Groups {
		row := []dataset.Quantity{text(one.Name), count(one.N), share(one.Share)}
		for _, m := range measures {
			row = append(row, written(m.of(one).Mean, m.write))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// written writes an estimate with its interval, or alone where it has none; of
// an amount of money the currency stands once.
func written(e stat.Estimate, write func(float64) dataset.Quantity) dataset.Quantity {
	if !hasInterval(e) {
		return write(e.Value)
	}
	return dataset.Sentence(dataset.Msg("interval.within", write(e.Value), bare(write(e.Lo)), bare(write(e.Hi))))
}

// bare writes an amount of money without its currency.
func bare(q dataset.Quantity) dataset.Quantity {
	switch {
	case q.Unit != dataset.Money && q.Unit != dataset.SignedMoney:
	case math.Abs(q.Value) >= 100:
		q.Unit = dataset.Count
	default:
		q.Unit = dataset.Ratio
	}
	return q
}

// portraits say what is typical of each group, what moves it, and what it
// praises and complains of; nothing where a group has none of these.
func (b *builder) portraits(g *profile.Groups) []Block {
	if g == nil {
		return nil
	}
	t := &Table{ID: string(g.Kind) + "_portraits", Title: dataset.Msg("table.portraits." + string(g.Kind)), Columns: []Column{
		{Header: dataset.Msg("column." + string(g.Kind)), Text: true, Share: 1.4}, {Header: dataset.Msg("column.typical"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.pluses"), Text: true, Share: 2.2}, {Header: dataset.Msg("column.complaints"), Text: true, Share: 2.2}}}
	told, moved, said := false, false, false
	for _, one := range g.Groups {
		moved = moved || weighed(one)
		said = said || len(one.Pluses) > 0 || len(one.Complaints) > 0
		told = told || moved || len(one.Typical) > 0 || len(one.Pluses) > 0 || len(one.Complaints) > 0
	}
	if !told {
		return nil
	}
	var notes []Block
	if said {
		code := "portraits.note"
		if b.money() {
			code = "portraits.note.money"
		}
		notes = append(notes, note(dataset.Msg(code)))
	}
	if moved {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.drivers"), Text: true, Share: 1.8})
		notes = append(notes, note(dataset.Msg("portraits.note.drivers")))
	}
	for _, one := range g.Groups {
		row := []dataset.Quantity{text(one.Name), typical(g, one), b.groupPluses(one), b.complaints(one)}
		if moved {
			row = append(row, b.groupDrivers(one))
		}
		t.Rows = append(t.Rows, row)
	}
	return append([]Block{{Table: t}}, notes...)
}

// typical names the commonest answer, or the median, of each column.
func typical(g *profile.Groups, one profile.Group) dataset.Quantity {
	var facts []dataset.Quantity
	for _, f := range one.Typical {
		name := columnName(g.Columns[f.Column])
		if f.Text == "" {
			facts = append(facts, dataset.Sentence(dataset.Msg("portrait.median", name, number(f.Median))))
		} else {
			facts = append(facts, dataset.Sentence(dataset.Msg("portrait.common", name, text(f.Text), count(f.Count), count(f.N))))
		}
	}
	if len(facts) == 0 {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return listed(facts)
}

// weighed reports whether the drivers of a group could be weighed.
func weighed(one profile.Group) bool {
	return one.DriversRefused == driver.Accepted && len(one.Drivers) > 0
}

func (b *builder) groupDrivers(one profile.Group) dataset.Quantity {
	if !weighed(one) {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	var names []string
	for _, a := range one.Drivers {
		names = append(names, b.d.Attributes[a].Label)
	}
	return dataset.List(names...)
}

func (b *builder) groupPluses(one profile.Group) dataset.Quantity {
	var facts []dataset.Quantity
	for _, p := range one.Pluses {
		if b.money() || p.Points >= 0.5 { // less is written as 0
			facts = append(facts, b.term(p.Attribute, p.Points))
		}
	}
	return orDash(facts)
}

// complaints count what members said; where nobody complained in words, they
// are what the ratings speak against.
func (b *builder) complaints(one profile.Group) dataset.Quantity {
	var facts []dataset.Quantity
	for _, c := range one.Complaints {
		if c.Count > 0 {
			facts = append(facts, dataset.Sentence(dataset.Msg("portrait.said", b.attribute(c.Attribute), count(c.Count))))
		} else if b.money() || c.Points <= -0.5 {
			facts = append(facts, b.term(c.Attribute, c.Points))
		}
	}
	return orDash(facts)
}

// term writes an attribute with its points.
func (b *builder) term(attribute int, points float64) dataset.Quantity {
	return dataset.Sentence(dataset.Msg("portrait.term", b.attribute(attribute), b.worth(points)))
}

// orDash lists facts with commas between; a dash stands for none.
func orDash(facts []dataset.Quantity) dataset.Quantity {
	if len(facts) == 0 {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return listed(facts)
}
