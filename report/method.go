package report

import (
	"math"
	"strings"

	"valuebook/report/dataset"
)

// methodSection shows how the numbers are made, with one customer's own
// numbers carried through to the class, and every setting.
func (b *builder) methodSection() *Section {
	if b.r.Value == nil && len(b.r.Offers) == 0 && b.r.RFM == nil && b.r.Lifetime == nil {
		return nil
	}
	s := &Section{ID: SectionMethod, Title: dataset.Msg("title.method.plain")}
	s.Blocks = append(s.Blocks, b.methodWords()...)
	if i := b.exampleCustomer(); i >= 0 {
		s.Title = dataset.Msg("title.method", text(b.d.Customers.Label(i)))
		s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.example", text(b.d.Customers.Label(i)))))
		s.Blocks = append(s.Blocks, coarse(b.rep.Explain(i))...)
	}
	t := b.settingsTable()
	if len(t.Rows) == 0 {
		s.Blocks = append(s.Blocks, note(dataset.Msg("settings.note.all")))
		return s
	}
	s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.settings")), Block{Table: t}, note(dataset.Msg("settings.note")))
	return s
}

// coarse writes the worked example with two decimals; the workbook and the
// explain command have them all.
func coarse(blocks []Block) []Block {
	for _, b := range blocks {
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				roundExact(row)
			}
		}
		for _, m := range b.List {
			roundExact(m.Args)
		}
	}
	return blocks
}

func roundExact(quantities []dataset.Quantity) {
	for k, q := range quantities {
		if q.Unit == dataset.Exact {
			quantities[k].Unit = dataset.Rating
		}
	}
}

func (b *builder) methodWords() []Block {
	if b.r.Value == nil && len(b.r.Offers) == 0 {
		switch {
		case b.r.Purchases == nil && b.r.Lifetime.AsOf.IsZero(), b.r.Purchases == nil && b.d.AsOf.IsZero():
			return []Block{paragraph(dataset.Msg("method.stays.undated", share(b.r.Options.Discount)))}
		case b.r.Purchases == nil:
			return []Block{paragraph(dataset.Msg("method.stays", day(b.d.AsOf), count(b.r.Options.Horizon), share(b.r.Options.Discount)))}
		}
		return []Block{paragraph(dataset.Msg("method.purchases", day(b.d.AsOf), count(b.r.Options.Horizon), share(b.r.Options.Discount)))}
	}
	if b.money() {
		return b.moneyWords()
	}
	intro := "method.intro"
	if b.r.Value == nil {
		intro = "method.intro.offers" // nobody was asked
	}
	blocks := []Block{paragraph(dataset.Msg(intro, share(b.r.Options.Coverage)))}
	if b.r.Value != nil && b.rated() == 0 {
		return blocks
	}
	if b.r.Value != nil && b.r.Value.Market != nil {
		blocks = append(blocks, paragraph(dataset.Msg("method.relative")))
	}
	if b.r.Value != nil && b.r.Value.Market != nil {
		blocks = append(blocks, paragraph(dataset.Msg("method.verdict.rivals", points(b.r.Options.Delta))))
	} else if b.r.Value != nil {
		blocks = append(blocks, paragraph(dataset.Msg("method.verdict", points(b.r.Options.Delta))))
	}
	return blocks
}

// moneyWords are the method where everything is an amount of money.
func (b *builder) moneyWords() []Block {
	blocks := []Block{paragraph(dataset.Msg("method.money"))}
	switch {
	case b.r.Value == nil:
	case b.r.Value.Market != nil:
		blocks = append(blocks, paragraph(dataset.Msg("method.relative")), paragraph(dataset.Msg("method.verdict.money.rivals", share(b.r.Options.DeltaMoney))))
	default:
		blocks = append(blocks, paragraph(dataset.Msg("method.verdict.money", share(b.r.Options.DeltaMoney))))
	}
	return blocks
}

// exampleCustomer returns the customer with the median value among those with
// the highest coverage, -1 when nobody has a value: a typical case, not a
// flattering one.
func (b *builder) exampleCustomer() int {
	if b.r.Value == nil {
		return b.exampleBuyer()
	}
	own := b.r.Value.Own
	best, covers := 0.0, make([]float64, len(own.Value)) // below 0 without a value
	for i, x := range own.Value {
		covers[i] = -1
		if !math.IsNaN(x) {
			covers[i] = own.Coverage(i)
		}
		best = max(best, covers[i])
	}
	return b.middle(func(i int) bool { return covers[i] == best }, func(i int) float64 { return own.Value[i] })
}

// exampleBuyer returns the customer with the median revenue among those who
// bought again, -1 without any.
func (b *builder) exampleBuyer() int {
	h := b.r.Purchases
	if h == nil || h.Refused != "" {
		return -1
	}
	return b.middle(func(i int) bool { days, _ := h.Days(i); return len(days) > 1 }, func(i int) float64 { return h.Net[i] })
}

// always are the settings that a page names even at their defaults, because
// figures on the pages rest on them: points, or amounts of money.
var always = map[bool]map[string]bool{
	false: {"coverage_min": true, "delta": true, "meaningful": true, "seed": true, "border_band": true},
	true:  {"coverage_min": true, "delta_money": true, "seed": true, "border_band_money": true},
}

func (b *builder) settingsTable() *Table {
	t := &Table{ID: "settings", MoreIn: dataset.Msg("sheet.about"), Columns: []Column{
		{Header: dataset.Msg("column.setting"), Text: true, Share: 5},
		{Header: dataset.Msg("column.setting.value"), Share: 1.5},
		{Header: dataset.Msg("column.setting.method"), Share: 1},
	}}
	purchasesAlone := b.r.Value == nil && len(b.r.Offers) == 0
	for _, s := range b.rep.Settings {
		if s.Default && (purchasesAlone || !always[b.money()][s.Name]) {
			continue
		}
		t.Rows = append(t.Rows, []dataset.Quantity{dataset.Sentence(s.Label), s.Value, text(s.Method)})
	}
	return t
}

// settingLabel names a setting; what follows a dot in its name is a measure,
// an attribute or a class.
func settingLabel(name string) dataset.Message {
	family, of, dotted := strings.Cut(name, ".")
	switch {
	case !dotted:
		return dataset.Msg("setting." + name)
	case family == "threshold":
		return dataset.Msg("setting.threshold", term("measure."+of))
	}
	return dataset.Msg("setting."+family, text(of))
}
