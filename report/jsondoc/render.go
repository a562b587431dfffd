package jsondoc

import (
	"encoding/json"
	"io"
	"math"
	"time"

	"valuebook/report"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// Render writes the document of one report, indented, with a line feed at its
// end. A report without Results, of a workbook that stopped or was only
// checked, has input, receipt and findings.
func Render(w io.Writer, r *report.Report, words *wording.Writer) error {
	return encode(w, build(r, words))
}

// A File is one output that was written.
type File struct {
	Input  string `json:"input"`  // the workbook as it was named
	Format string `json:"format"` // "xlsx", "pdf", "json", "pages" or "book"
	Path   string `json:"path"`
	Part   string `json:"part,omitempty"` // of pages: the customer or group
}

// RenderAll writes {"reports": [...], "files": [...]}: one document per report
// in their order, and the outputs of all.
func RenderAll(w io.Writer, reports []*report.Report, words []*wording.Writer, files ...File) error {
	all := struct {
		Reports []document `json:"reports"`
		Files   []File     `json:"files,omitempty"`
	}{Reports: []document{}, Files: files}
	for i, r := range reports {
		all.Reports = append(all.Reports, build(r, words[i]))
	}
	return encode(w, all)
}

func encode(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// builder carries what the parts of a document share.
type builder struct {
	rep   *report.Report
	d     *dataset.Dataset
	words *wording.Writer

	revenue []float64 // of each customer, nil where none is known
}

func build(r *report.Report, words *wording.Writer) document {
	b := builder{rep: r, d: r.Dataset, words: words}
	doc := document{
		Schema: Schema, Version: r.Version,
		Input: input{
			File: b.d.Receipt.File, SHA256: b.d.Receipt.SHA256,
			Period: b.d.Period, AsOf: day(b.d.AsOf),
		},
		Receipt:  b.receipt(),
		Findings: b.findings(),
	}
	if r.Results == nil {
		return doc
	}
	b.revenue = r.Results.Revenue(b.d)
	doc.Settings = b.settings()
	doc.Sentences = b.sentences()
	doc.Offers = b.offers()
	doc.Quadrant = b.quadrant()
	if b.d.Offers != nil {
		doc.Market = b.offerMarket()
	} else {
		doc.Market = b.market()
		doc.Portfolio = b.portfolio()
		doc.Customers = b.customers()
		doc.Segments = b.segments()
		doc.Purchases = b.purchases()
		doc.Concentration = b.concentration()
		doc.Lifetime = b.lifetime()
		doc.RFM = b.rfm()
		doc.Drivers, doc.DriverModel = b.drivers()
		doc.Importance = b.importance()
		doc.Profile = b.profile()
		doc.Voice = b.voice()
		doc.Loyalty = b.loyalty()
		doc.Concepts = b.concepts()
		doc.Movement = b.movement()
	}
	return doc
}

func (b builder) refuse(code string) *refusal {
	return &refusal{Refused: b.words.Term(code)}
}

func (b builder) sentences() []sentence {
	var all []sentence
	for _, m := range b.rep.Sentences {
		all = append(all, sentence{Code: m.Code, Text: b.words.Text(m), Evidence: m.Evidence})
	}
	return all
}

// number returns x, or nil when it is not finite: absent in the document.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// at returns element i as a number, nil beyond the end.
func at(values []float64, i int) *float64 {
	if i >= len(values) {
		return nil
	}
	return number(values[i])
}

// interval returns both ends, or nil when there is none.
func interval(e stat.Estimate) []float64 {
	if number(e.Lo) == nil || number(e.Hi) == nil || e.Method == stat.NoInterval {
		return nil
	}
	return []float64{e.Lo, e.Hi}
}

func text(values []string, i int) string {
	if i >= len(values) {
		return ""
	}
	return values[i]
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
