package report

import (
	"math"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Meta is what a report says about itself that no workbook knows.
type Meta struct {
	Company string
	Title   string // instead of "Customer value"
	Version string // of the program
	Past    Past   // earlier periods, empty without any
}

// Section IDs; messages name them as evidence.
const (
	SectionQuadrant      = "quadrant"
	SectionRivals        = "rivals"
	SectionValue         = "value"
	SectionCustomers     = "customers"
	SectionSegments      = "segments"
	SectionDrivers       = "drivers"
	SectionProfile       = "profile"
	SectionPersonas      = "personas"
	SectionVoice         = "voice"
	SectionConcepts      = "concepts"
	SectionLifetime      = "lifetime"
	SectionPurchases     = "purchases"
	SectionConcentration = "concentration"
	SectionScores        = "rfm"
	SectionMovement      = "movement"
	SectionOffers        = "offers"
	SectionData          = "data"
	SectionMethod        = "method"
)

// Build assembles the report of a dataset and its analysis. It never fails:
// what the data do not bear is left out, and a sentence says so.
func Build(d *dataset.Dataset, r *analysis.Results, m Meta) *Report {
	r = judged(d, r, m.Past.Before)
	b := &builder{d: d, r: r, rep: &Report{
		Company: m.Company, Version: m.Version, Period: d.Period, AsOf: d.AsOf,
		Dataset: d, Results: r,
	}}
	b.rep.Title = title(d, m)
	b.rep.Settings = settings(r)
	b.base = shareBase(d, r)
	b.rep.History = history(d, r, m.Past)
	b.rep.KeyFigures = b.keyFigures()
	b.rep.Actions = b.actions()
	for _, section := range []func() *Section{
		b.quadrantSection, b.rivalsSection, b.valueSection, b.customersSection,
		b.segmentsSection, b.personasSection, b.driversSection, b.voiceSection,
		b.lifetimeSection, b.purchasesSection, b.concentrationSection, b.scoresSection, b.profileSection, b.conceptsSection,
		b.movementSection, b.offersSection, b.dataSection, b.methodSection,
	} {
		if s := section(); s != nil {
			b.rep.Sections = append(b.rep.Sections, *s)
		}
	}
	b.rep.Sentences = b.sentences()
	return b.rep
}

// builder carries what the parts of Build share.
type builder struct {
	d    *dataset.Dataset
	r    *analysis.Results
	rep  *Report
	base base
}

func title(d *dataset.Dataset, m Meta) dataset.Message {
	if m.Title != "" {
		return dataset.Literal(m.Title)
	}
	if d.Offers != nil {
		return dataset.Msg("report.title.offers")
	}
	return dataset.Msg("report.title")
}

// settings lists what a number of the report depends on.
func settings(r *analysis.Results) []Setting {
	var list []Setting
	for _, s := range r.Options.List() {
		if !r.Uses(s) {
			continue
		}
		list = append(list, Setting{
			Name: s.Name, Label: settingLabel(s.Name), Value: s.Value, Method: s.Method, Default: s.Default,
		})
	}
	return list
}

// A base is the quantity that shares are measured by: revenue, else value to
// the firm, else the head count.
type base struct {
	code   string // "revenue", "firm_value" or "customers"
	values []float64
	total  float64
}

func shareBase(d *dataset.Dataset, r *analysis.Results) base {
	candidates := []base{{code: "revenue", values: r.Revenue(d)}, {code: "firm_value", values: d.FirmValue.Values}}
	for _, c := range candidates {
		if c.total = positiveSum(c.values); c.total > 0 {
			return c
		}
	}
	return base{code: "customers", total: float64(d.Customers.Len())}
}

// positiveSum returns the sum of the given values, 0 when there is none or one
// is negative: shares of a total with losses mean nothing (METHOD 6.5).
func positiveSum(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		if x < 0 {
			return 0
		}
		if !math.IsNaN(x) {
			sum += x
		}
	}
	return sum
}

// share returns the share of the base that the customers of a set have.
func (s base) share(in func(i int) bool, n int) float64 {
	if s.total == 0 {
		return math.NaN()
	}
	sum := 0.0
	for i := range n {
		switch {
		case !in(i):
		case s.values == nil:
			sum++
		case !math.IsNaN(s.values[i]):
			sum += s.values[i]
		}
	}
	return sum / s.total
}

func (s base) of(i int) float64 {
	if s.values == nil || math.IsNaN(s.values[i]) {
		return 0
	}
	return s.values[i]
}

// Short names for the quantities that sections are made of.

func points(x float64) dataset.Quantity { return dataset.Num(x, dataset.Points) }
func signed(x float64) dataset.Quantity { return dataset.Num(x, dataset.SignedPoints) }
func ratio(x float64) dataset.Quantity  { return dataset.Num(x, dataset.Ratio) }
func share(x float64) dataset.Quantity  { return dataset.Num(x, dataset.Share) }
func tenths(x float64) dataset.Quantity { return dataset.Num(x, dataset.Tenths) }
func exact(x float64) dataset.Quantity  { return dataset.Num(x, dataset.Exact) }
func index(x float64) dataset.Quantity  { return dataset.Num(x, dataset.Index) }
func count(n int) dataset.Quantity      { return dataset.N(n) }
func text(s string) dataset.Quantity    { return dataset.Str(s) }
func term(code string) dataset.Quantity { return dataset.TermOf(code) }

func paragraph(m dataset.Message) Block { return Block{Paragraph: &m} }
func heading(m dataset.Message) Block   { return Block{Heading: &m} }
func note(m dataset.Message) Block      { return Block{Note: &m} }

// worth returns a value in points or, in money mode, as an amount.
func (b *builder) worth(x float64) dataset.Quantity {
	if b.money() {
		return dataset.Num(x, dataset.SignedMoney)
	}
	return signed(x)
}

// part writes a value that stands beside its parts: with one decimal, so that
// the sum can be checked by eye.
func (b *builder) part(x float64) dataset.Quantity {
	if b.money() || b.d.Offers != nil && b.offerValue(x).Unit == dataset.Money {
		return dataset.Num(x, dataset.SignedMoney)
	}
	return dataset.Num(x, dataset.SignedTenths)
}

// inPoints writes a value with the word points, or as an amount.
func (b *builder) inPoints(x float64) dataset.Quantity {
	if b.money() {
		return dataset.Num(x, dataset.SignedMoney)
	}
	return dataset.Sentence(dataset.Msg("in.points", signed(x)))
}

func (b *builder) money() bool { return b.r.Value != nil && b.r.Value.Mode == value.Money }

// measureUnit returns how the values of an axis are written.
func measureUnit(a quadrant.Axis) dataset.Unit {
	if a.Money {
		return dataset.Money
	}
	return dataset.Points
}

// names returns the labels of customers, at most limit.
func (b *builder) names(customers []int, limit int) []string {
	var names []string
	for _, i := range customers[:min(limit, len(customers))] {
		names = append(names, b.d.Customers.Label(i))
	}
	return names
}

// className returns the shown name of a class: the user's, else the
// catalogue's.
func className(o analysis.Options, id string) dataset.Quantity {
	if name := o.ClassNames[id]; name != "" {
		return text(name)
	}
	return term("class." + id)
}
