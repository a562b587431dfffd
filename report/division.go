package report

import (
	"iter"
	"math"
	"slices"
	"sort"
	"strings"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// A Division is the customers that have one entry in a column, such as those
// of a segment or of an owner.
type Division struct {
	Column    string // header of the column
	Name      string // the entry, "" for the customers without one
	Customers []int  // indices, ascending
}

// The names by which every workbook's own columns may be called.
const (
	columnSegment = "segment"
	columnPersona = "persona"
	columnOwner   = "owner"
)

// owners are headers of the column that says who looks after a customer.
var owners = []string{"owner", "account owner", "account manager", "key account manager", "sales rep", "sales representative", "salesperson",
	"responsible", "betreuer", "kundenbetreuer", "verantwortlich", "ansprechpartner"}

// DivisionColumns lists the columns by which customers can be divided, as they
// may be named.
func (r *Report) DivisionColumns() []string {
	var names []string
	customers := r.Dataset.Customers
	if given(dataset.TextsOf(customers.Segment)) {
		names = append(names, columnSegment)
	}
	if given(dataset.TextsOf(customers.Persona)) {
		names = append(names, columnPersona)
	}
	for _, p := range customers.Profiles {
		names = append(names, p.Name)
	}
	return names
}

// given reports whether a column holds any entry.
func given(column dataset.Texts) bool {
	return slices.ContainsFunc(column.Different(), func(entry string) bool { return entry != "" })
}

// Divide returns the customers by the entries of a column, in the order of the
// entries; false where there is no such column. Case does not matter, and
// "owner" also finds a column of account managers.
func (r *Report) Divide(column string) ([]Division, bool) {
	label, entries, ok := r.column(column)
	if !ok {
		return nil, false
	}
	members := map[string][]int{}
	for i := range r.Dataset.Customers.Len() {
		entry := ""
		if i < entries.Len() {
			entry = strings.TrimSpace(entries.At(i))
		}
		members[entry] = append(members[entry], i)
	}
	var divisions []Division
	for name, customers := range members {
		divisions = append(divisions, Division{Column: label, Name: name, Customers: customers})
	}
	sort.Slice(divisions, func(a, b int) bool { return divisions[a].Name < divisions[b].Name })
	return divisions, true
}

// column returns a column by its name, and its header.
func (r *Report) column(name string) (label string, entries dataset.Texts, ok bool) {
	customers := r.Dataset.Customers
	for _, own := range []struct {
		name    string
		entries dataset.Texts
	}{{columnSegment, dataset.TextsOf(customers.Segment)}, {columnPersona, dataset.TextsOf(customers.Persona)}} {
		if strings.EqualFold(name, own.name) && given(own.entries) {
			return "", own.entries, true
		}
	}
	for _, wanted := range append([]string{name}, r.ownersFor(name)...) {
		for _, p := range customers.Profiles {
			if strings.EqualFold(strings.TrimSpace(p.Name), strings.TrimSpace(wanted)) {
				return p.Name, p.Values, true
			}
		}
	}
	return "", dataset.Texts{}, false
}

func (r *Report) ownersFor(name string) []string {
	if strings.EqualFold(name, columnOwner) {
		return owners
	}
	return nil
}

// Division returns the report on some customers. Weights, lines and models are
// those of the whole workbook: nothing is estimated anew, and a note says so.
func (r *Report) Division(d Division) *Report {
	b := &divided{builder: &builder{d: r.Dataset, r: r.Results}, all: r, division: d, in: make([]bool, r.Dataset.Customers.Len())}
	for _, i := range d.Customers {
		b.in[i] = true
	}
	b.base = shareBase(r.Dataset, r.Results)
	part := *r
	b.rep = &part
	part.Title = b.name()
	part.KeyFigures, part.Actions, part.Sections = b.figures(), b.actions(), nil
	for _, section := range []*Section{b.quadrantOf(), b.customersOf()} {
		if section != nil {
			part.Sections = append(part.Sections, *section)
		}
	}
	part.Sentences = b.sentences()
	return b.rep
}

// divided builds the report on some customers.
type divided struct {
	*builder
	all      *Report
	division Division
	in       []bool
}

// name is the column with its entry.
func (b *divided) name() dataset.Message {
	entry := dataset.Sentence(dataset.Literal(b.division.Name))
	if b.division.Name == "" {
		entry = term("division.none")
	}
	label := dataset.Literal(b.division.Column)
	if b.division.Column == "" {
		return dataset.Msg("text", entry)
	}
	return dataset.Msg("division.title", dataset.Sentence(label), entry)
}

// mean returns the mean of a column over the members, and over how many.
func (b *divided) mean(values []float64, in func(i int) bool) (float64, int) {
	sum, n := 0.0, 0
	for i, x := range values {
		if in(i) && !math.IsNaN(x) {
			sum, n = sum+x, n+1
		}
	}
	if n == 0 {
		return math.NaN(), 0
	}
	return sum / float64(n), n
}

func (b *divided) member(i int) bool { return b.in[i] }
func everybody(int) bool             { return true }

// figures are the large numbers: how many, value, against rivals, share, risk.
func (b *divided) figures() []KeyFigure {
	n, of := len(b.division.Customers), b.d.Customers.Len()
	figures := []KeyFigure{{Label: dataset.Msg("figure.customers", count(n)), Value: count(n), Note: dataset.Msg("division.of", count(of))}}
	if v := b.r.Value; v != nil {
		if x, k := b.mean(v.Own.Value, b.member); k > 0 {
			whole, _ := b.mean(v.Own.Value, everybody)
			figures = append(figures, KeyFigure{Label: dataset.Msg("division.value"), Value: b.worth(x), Note: dataset.Msg("division.whole", b.worth(whole), count(k))})
		}
		if v.Market != nil {
			if x, k := b.mean(v.Relative, b.member); k > 0 {
				whole, _ := b.mean(v.Relative, everybody)
				figures = append(figures, KeyFigure{Label: dataset.Msg("card.figure.relative"), Value: b.worth(x), Note: dataset.Msg("division.whole", b.worth(whole), count(k))})
			}
		}
	}
	if b.base.code != "customers" {
		figures = append(figures, KeyFigure{Label: dataset.Msg("division.share"), Value: share(b.base.share(b.member, of)), Note: dataset.Msg("share.of." + b.base.code)})
	}
	if lost := b.leaving(); b.r.Value != nil {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.risk", count(lost)), Value: count(lost), Note: dataset.Msg("division.risk"), Alert: lost > 0})
	}
	return figures
}

// leaving counts the members who may leave.
func (b *divided) leaving() int {
	n := 0
	if v := b.r.Value; v != nil {
		for _, i := range b.division.Customers {
			if v.Verdict[i] == value.Regret || v.Verdict[i] == value.BetterElsewhere {
				n++
			}
		}
	}
	return n
}

// actions is what to do, per class that has members here.
func (b *divided) actions() []Action {
	q := b.r.Quadrant
	if q == nil {
		return nil
	}
	var actions []Action
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		in := func(i int) bool { return b.in[i] && q.Class[i] == class }
		members, all := b.first(3, in, b.base.of)
		if all == 0 {
			continue
		}
		a := b.action(q, class)
		a.Count, a.Share, a.Names = all, share(b.base.share(in, b.d.Customers.Len())), b.names(members, 3)
		actions = append(actions, a)
	}
	return actions
}

// sentences says how the members compare with all customers.
func (b *divided) sentences() []dataset.Message {
	var list []dataset.Message
	n, of := len(b.division.Customers), b.d.Customers.Len()
	if b.base.code != "customers" {
		list = append(list, dataset.Msg("division.found.share", count(n), count(of), share(b.base.share(b.member, of)), dataset.Sentence(dataset.Msg("share.of."+b.base.code))).From(SectionCustomers))
	}
	if lost := b.leaving(); lost > 0 {
		in := func(i int) bool {
			v := b.r.Value.Verdict[i]
			return b.in[i] && (v == value.Regret || v == value.BetterElsewhere)
		}
		largest, _ := b.first(3, in, b.base.of)
		list = append(list, dataset.Msg("division.found.risk", count(lost), count(n), dataset.List(b.names(largest, 3)...)).From(SectionCustomers))
	}
	if q := b.r.Quadrant; q != nil {
		near := 0
		for _, i := range b.division.Customers {
			if q.Border[i] {
				near++
			}
		}
		if near > 0 {
			list = append(list, dataset.Msg("division.found.border", count(near), count(n)).From(SectionQuadrant))
		}
	}
	return append(list, dataset.Msg("card.note.frozen", count(of)))
}

// quadrantOf is the quadrant with the members in colour and everybody else
// grey.
func (b *divided) quadrantOf() *Section {
	q := b.r.Quadrant
	if q == nil {
		return nil
	}
	chart := &Chart{ID: "quadrant", Kind: QuadrantChart, X: wholeAxis(q.X), Y: wholeAxis(q.Y)}
	placed, best := 0, 0
	crowded := b.classifiedIn(q) > crowdFrom
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		chart.Fields[class-1] = dataset.Msg("text", className(b.r.Options, q.ID(class)))
		group := Group{Label: chart.Fields[class-1], Style: Style(class - 1)}
		ranks := b.foremostOf(q, class)
		b.place(&group, crowded, customerPoints{members: b.membersIn(q, class), x: q.X.Values, y: q.Y.Values,
			rank: func(i int) int { return ranks[i] }})
		if group.Len() > 0 {
			chart.Group = append(chart.Group, group)
		}
		placed += group.Len()
		if class == quadrant.HighHigh {
			best = group.Len()
		}
	}
	if placed == 0 {
		return nil
	}
	backdrop, _ := (&Cards{builder: b.builder}).others()
	chart.Group = append(chart.Group, backdrop...)
	title := dataset.Msg("division.title.quadrant", count(best), count(len(b.division.Customers)), className(b.r.Options, q.ID(quadrant.HighHigh)))
	chart.Title, chart.Alt = title, title
	return &Section{ID: SectionQuadrant, Title: title, Blocks: []Block{{Chart: chart}, note(dataset.Msg("division.note.quadrant"))}}
}

// classifiedIn counts the members that have a class.
func (b *divided) classifiedIn(q *quadrant.Result) (n int) {
	for _, i := range b.division.Customers {
		if q.Class[i] != quadrant.NotClassified {
			n++
		}
	}
	return n
}

// membersIn are the members that are in a class.
func (b *divided) membersIn(q *quadrant.Result, class quadrant.Class) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, i := range b.division.Customers {
			if q.Class[i] == class && !yield(i) {
				return
			}
		}
	}
}

// customersOf lists the members with their figures and their why.
func (b *divided) customersOf() *Section {
	order := b.pick(b.member, b.base.of)
	s := &Section{ID: SectionCustomers, Title: dataset.Msg("division.title.customers", count(len(order)))}
	if b.r.Value == nil {
		t := &Table{ID: "members", Columns: []Column{{Header: dataset.Msg("column.customer"), Text: true, Share: 3}}}
		if b.base.values != nil {
			t.Columns = append(t.Columns, Column{Header: dataset.Msg("division.base." + b.base.code)})
		}
		for _, i := range order {
			row := []dataset.Quantity{text(b.d.Customers.Label(i))}
			if b.base.values != nil {
				row = append(row, money(b.base.values[i]))
			}
			t.Rows = append(t.Rows, row)
		}
		s.Blocks = append(s.Blocks, Block{Table: limited(t)})
	} else {
		blocks := b.customerTable("all", order)
		blocks[1].Table.ID = "members"
		s.Blocks = append(s.Blocks, Block{Table: limited(blocks[1].Table)})
	}
	s.Blocks = append(s.Blocks, note(dataset.Msg("card.note.frozen", count(b.d.Customers.Len()))))
	return s
}

// memberRows is how many members a report lists.
const memberRows = 500

// limited cuts a table to what a report bears.
func limited(t *Table) *Table {
	if len(t.Rows) > memberRows {
		t.More, t.Rows = len(t.Rows)-memberRows, t.Rows[:memberRows]
	}
	return t
}
