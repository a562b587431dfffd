package annotate

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
	"valuebook/report/wording"
)

// The fixed identifiers of our sheets; their names come from the catalogue
// below "sheet.".
const (
	sheetCustomers     = "customers"
	sheetRatings       = "ratings"
	sheetSummary       = "summary"
	sheetQuadrant      = "quadrant"
	sheetRelative      = "relative"
	sheetSegments      = "segments"
	sheetPersonas      = "personas"
	sheetDrivers       = "drivers"
	sheetVoice         = "voice"
	sheetProfile       = "profile"
	sheetConcepts      = "concepts"
	sheetLifetime      = "lifetime"
	sheetPurchases     = "purchases"
	sheetConcentration = "concentration"
	sheetScores        = "rfm"
	sheetMovement      = "movement"
	sheetParameters    = "parameters"
	sheetProblems      = "problems"
	sheetAbout         = "about"
)

// order is the order of our sheets after the user's.
var order = []string{sheetSummary, sheetQuadrant, sheetMovement, sheetRelative, sheetSegments, sheetPersonas, sheetDrivers, sheetVoice, sheetLifetime, sheetPurchases, sheetConcentration, sheetScores,
	sheetProfile, sheetConcepts,
	sheetCustomers, sheetRatings, sheetParameters, sheetProblems, sheetAbout}

// A planner makes a plan step by step; each step finds the references that
// earlier steps left.
type planner struct {
	r     *report.Report
	d     *dataset.Dataset
	res   *analysis.Results
	w     *wording.Writer
	space Space
	words formula.Words

	names    map[string]string // our sheet -> its name in this workbook
	made     map[string]sheets.Sheet
	defined  []sheets.Name
	computed codeSet

	lock   sync.Mutex      // guards what formulas add to when they are made by several goroutines
	named  map[string]bool // cells of Parameters that have names
	sealed bool            // the plan is finished: no more names

	attributes [2][]int          // attributes in the scores, by side
	cells      map[string]string // setting -> its cell, absolute with the sheet
	terms      map[int]term      // attribute -> its cells on Parameters
	classRows  [4]int            // rows of the class names on Parameters
	totals     [2]string         // sum of the weights, by side
	scores     map[string]composite
	sources    *sources
	at         blockPlace
	plan       Plan
}

func newPlanner(r *report.Report, w *wording.Writer, space Space) *planner {
	p := &planner{
		r: r, d: r.Dataset, res: r.Results, w: w, space: space,
		names: map[string]string{}, made: map[string]sheets.Sheet{}, named: map[string]bool{},
		cells: map[string]string{}, terms: map[int]term{}, scores: map[string]composite{},
	}
	p.plan.Bulk = map[string]*Bulk{}
	p.words = p.formulaWords()
	p.nameSheets()
	for a, attribute := range p.d.Attributes {
		if p.money() || attribute.Scale.Bounded() {
			p.attributes[attribute.Side] = append(p.attributes[attribute.Side], a)
		}
	}
	return p
}

// money reports whether values are amounts of money.
func (p *planner) money() bool {
	return p.res.Value != nil && p.res.Value.Mode == value.Money
}

func (p *planner) formulaWords() formula.Words {
	regret := "verdict.regret_index"
	if p.money() {
		regret = "verdict.regret"
	}
	return formula.Words{
		Missing: p.term("sheets.missing"), NotRated: p.term("reason.not_rated"), NoWeight: p.term("reason.no_weight"),
		CostsNotRated: p.term("reason.costs_not_rated"), BenefitsNotRated: p.term("reason.benefits_not_rated"),
		LowCoverage: p.term("reason.low_coverage"), NoCost: p.term("reason.no_cost_reported"), Undefined: p.term("reason.ratio_undefined"),
		WorthIt: p.term("verdict.worth_it"), Borderline: p.term("verdict.borderline"),
		BetterElsewhere: p.term("verdict.better_elsewhere"), Regret: p.term(regret),
		NotClassified: p.term("class.not_classified"), Border: p.term("sheets.border"), NoBorder: p.term("sheets.no_border"),
		NotDividing: p.term("reason.does_not_discriminate"),
	}
}

// term returns the text of a code. Formulas hold texts of at most 255
// characters.
func (p *planner) term(code string) string { return limited(p.w.Term(code), 255) }

func (p *planner) text(code string, args ...dataset.Quantity) string {
	return p.w.Text(dataset.Msg(code, args...))
}

func limited(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// shortened returns a text with its end left out where it has too many letters.
func shortened(text string, most int) string {
	if len([]rune(text)) > most {
		return strings.TrimRight(limited(text, most-1), " ") + "…"
	}
	return text
}

// nameSheets finds a name for each of our sheets that the user does not have.
func (p *planner) nameSheets() {
	taken := map[string]bool{}
	for _, name := range p.space.Sheets {
		taken[strings.ToLower(name)] = true
	}
	for _, id := range order {
		wish := limited(p.term("sheet."+id), 31)
		name := wish
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := fmt.Sprintf(" (%d)", n)
			name = limited(wish, 31-len(suffix)) + suffix
		}
		taken[strings.ToLower(name)] = true
		p.names[id] = name
	}
}

// add keeps a sheet of ours.
func (p *planner) add(id string, page *page) {
	page.finish()
	s := page.Sheet
	s.Name = p.names[id]
	s.HideGrid = true
	if s.TabColor == "" {
		s.TabColor = sheets.ClassColors[0]
	}
	p.made[id] = s
}

// define gives a cell or range a name in the workbook.
func (p *planner) define(name, refersTo string) string {
	p.defined = append(p.defined, sheets.Name{Name: name, RefersTo: refersTo})
	return name
}

// on returns the absolute reference of a cell of one of our sheets.
func (p *planner) on(id string, row, col int) string {
	return dataset.QuoteSheet(p.names[id]) + "!" + sheets.Fixed(row, col)
}

// link returns the target of a link to a cell of one of our sheets.
func (p *planner) link(id string, row, col int) string {
	return "#" + dataset.QuoteSheet(p.names[id]) + "!" + sheets.Address(row, col)
}

// finish puts the sheets into their order and names them.
func (p *planner) finish() Plan {
	for _, id := range order {
		s, ok := p.made[id]
		if !ok {
			continue
		}
		p.plan.Sheets = append(p.plan.Sheets, s)
		p.defined = append(p.defined, sheets.Name{
			Name:     fmt.Sprintf("%s%d", sheetName, len(p.plan.Sheets)),
			RefersTo: dataset.QuoteSheet(s.Name) + "!$A$1",
		})
	}
	p.plan.Names = p.defined
	p.plan.Computed = p.computed.codes()
	p.sealed = true
	return p.plan
}

// known returns a number as a cell's value, or the mark of what is missing.
func (p *planner) known(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return p.words.Missing
	}
	return x
}
