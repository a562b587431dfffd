package report_test

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/report/workbook"
	"valuebook/samples/golden"
	"valuebook/templates"
)

func writer(t testing.TB, currency string) *wording.Writer {
	t.Helper()
	c, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(c, "en", currency)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// build analyses a dataset with the default settings, without the bootstrap,
// which only costs time here.
func build(d *dataset.Dataset) *report.Report {
	o := analysis.DefaultOptions()
	o.Bootstrap = 50
	return report.Build(d, analysis.Analyse(d, o), report.Meta{})
}

func TestReportGolden(t *testing.T) {
	for _, name := range []string{"published/worked-example", "published/caterpillar", "published/chicken", "published/toasters", "single-sheet", "supplier-comparison", "customers"} {
		t.Run(name, func(t *testing.T) {
			d, err := workbook.Read(filepath.Join("..", "samples", name+".xlsx"), workbook.Options{})
			if err != nil {
				t.Fatal(err)
			}
			d.Receipt.SHA256 = "0123456789abcdef"
			r := report.Build(d, analysis.Analyse(d, analysis.DefaultOptions()), report.Meta{})
			golden.Equal(t, filepath.Base(name)+".golden", []byte(dump(r, writer(t, d.Currency))))
		})
	}
}

// survey returns a random survey of n customers; share of the ratings missing.
func survey(r *rand.Rand, n, benefits, costs, rivals int, missing float64) *dataset.Dataset {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "us", Own: true}}}
	for k := range rivals {
		d.Suppliers = append(d.Suppliers, dataset.Supplier{Name: "Rival " + string(rune('A'+k))})
	}
	for a := range benefits + costs {
		attribute := dataset.Attribute{ID: "a" + string(rune('a'+a)), Label: "Attribute " + string(rune('A'+a)),
			Scale: dataset.Scale{Lo: 1, Hi: 7}, Weight: float64(r.IntN(5))}
		if a >= benefits {
			attribute.Side = dataset.Cost
		}
		d.Attributes = append(d.Attributes, attribute)
	}
	for i := range n {
		d.Customers.ID = append(d.Customers.ID, "C"+string(rune('A'+i/26))+string(rune('a'+i%26)))
		d.Customers.Segment = append(d.Customers.Segment, []string{"North", "South", ""}[r.IntN(3)])
		d.Customers.Revenue = append(d.Customers.Revenue, float64(r.IntN(1000)))
	}
	for range len(d.Suppliers) * len(d.Attributes) {
		column := make([]float64, n)
		for i := range column {
			column[i] = float64(1 + r.IntN(7))
			if r.Float64() < missing {
				column[i] = math.NaN()
			}
		}
		d.Ratings = append(d.Ratings, dataset.Series{Values: column})
	}
	return d
}

// everything returns all texts of a report, with the why and the explanation
// of every customer.
func everything(r *report.Report, w *wording.Writer) string {
	var out strings.Builder
	out.WriteString(dump(r, w))
	for i := range r.Dataset.Customers.Len() {
		out.WriteString(w.Text(r.Why(i)) + "\n")
		for _, b := range r.Explain(i) {
			dumpBlock(func(format string, args ...any) { out.WriteString(format) }, b, w)
			for _, m := range b.List {
				out.WriteString(w.Text(m) + "\n")
			}
		}
	}
	return out.String()
}

// TestEveryCodeHasAText builds reports of the odd cases: no text may be
// missing, no argument left open.
func TestEveryCodeHasAText(t *testing.T) {
	w := writer(t, "EUR")
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 6, 40} {
		for _, shape := range [][3]int{{3, 2, 2}, {3, 2, 0}, {3, 0, 1}, {0, 2, 1}, {1, 1, 1}, {0, 0, 0}} {
			for _, missing := range []float64{0, 0.3, 0.7, 1} {
				text := everything(build(survey(r, n, shape[0], shape[1], shape[2], missing)), w)
				for _, bad := range []string{"<", "{", "NaN%"} {
					if k := strings.Index(strings.ReplaceAll(text, "<\u00a00", ""), bad); k >= 0 {
						t.Fatalf("n=%d shape=%v missing=%v: %q in ...%s", n, shape, missing, bad, text[max(0, k-80):min(len(text), k+80)])
					}
				}
			}
		}
	}
}

// TestScoresWithoutRatings: match scores and a value column make a quadrant,
// although nothing can be said of perceived value.
func TestScoresWithoutRatings(t *testing.T) {
	d := survey(rand.New(rand.NewPCG(9, 10)), 8, 0, 0, 0, 0)
	d.Match = []dataset.Component{{ID: "match", Label: "Match", Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: math.NaN(),
		Series: dataset.Series{Values: []float64{9, 8, 7, 6, 4, 3, 2, 1}}}}
	d.FirmValue = dataset.Series{Values: []float64{80, 10, 70, 20, 60, 30, 50, 40}}
	r := build(d)
	if len(r.KeyFigures) != 2 || len(r.Actions) == 0 || r.Sentences[0].Code != "found.class.revenue.few" {
		t.Errorf("figures %d, actions %d, sentences %v", len(r.KeyFigures), len(r.Actions), r.Sentences)
	}
	if text := everything(r, writer(t, "")); strings.Contains(text, "<") {
		t.Error(text)
	}
}

// TestNoIntervalSaysWhy: everybody alike is not "too few", and neither is
// everybody asked.
func TestNoIntervalSaysWhy(t *testing.T) {
	w := writer(t, "")
	r := rand.New(rand.NewPCG(7, 8))
	d := survey(r, 30, 2, 2, 1, 0)
	o := analysis.DefaultOptions()
	o.Census, o.Bootstrap = true, 50
	asked := everything(report.Build(d, analysis.Analyse(d, o), report.Meta{}), w)
	for _, series := range d.Ratings {
		for i := range series.Values {
			series.Values[i] = 4
		}
	}
	alike := everything(build(d), w)
	for name, text := range map[string]string{"all asked": asked, "all alike": alike} {
		if strings.Contains(text, "too few") || strings.Contains(text, "<rivals") || strings.Contains(text, "<title") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestSentencesClaimOnlyWhatIntervalsBear looks at every sentence and title
// that claims a lead or a lag and demands an interval that excludes parity.
func TestSentencesClaimOnlyWhatIntervalsBear(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	claims := 0
	for range 150 {
		rep := build(survey(r, 5+r.IntN(60), 3, 2, 1+r.IntN(2), 0.2*r.Float64()))
		m := rep.Results.Value.Market
		for _, s := range append(titles(rep), rep.Sentences...) {
			if m != nil {
				claims += checkClaim(t, s, rep, m)
			}
		}
	}
	if claims == 0 {
		t.Error("no claim was made in 150 surveys: the test shows nothing")
	}
}

func titles(r *report.Report) []dataset.Message {
	var out []dataset.Message
	for _, s := range r.Sections {
		out = append(out, s.Title)
	}
	return out
}

// checkClaim returns 1 when the message is a claim.
func checkClaim(t *testing.T, s dataset.Message, rep *report.Report, m *value.Market) int {
	t.Helper()
	proved := func(label string, sign float64) bool {
		for _, c := range m.Comparisons {
			if rep.Dataset.Attributes[c.Attribute].Label == label {
				return sign*c.Difference.Lo > 0 && sign*c.Difference.Hi > 0 && c.PHolm < 0.05
			}
		}
		return false
	}
	ok := true
	switch s.Code {
	case "found.lead", "title.rivals.lead":
		ok = proved(s.Args[0].Text, 1)
	case "found.lag", "title.rivals.lag":
		ok = proved(s.Args[0].Text, -1)
	case "title.rivals.both":
		ok = proved(s.Args[0].Text, 1) && proved(s.Args[1].Text, -1)
	case "rivals.relative.ahead":
		ok = m.Relative.Lo > 0
	case "rivals.relative.behind":
		ok = m.Relative.Hi < 0
	default:
		return 0
	}
	if !ok {
		t.Errorf("%s claims what its interval does not bear: %+v", s.Code, s.Args)
	}
	return 1
}

// TestContributionsAddUp holds the waterfall's steps against its total, and
// the group table against the side's mean (METHOD 1).
func TestContributionsAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		rep := build(survey(r, 30, 4, 3, 0, 0.2))
		for _, s := range rep.Sections {
			for _, b := range s.Blocks {
				if b.Chart == nil || b.Chart.Kind != report.WaterfallChart {
					continue
				}
				sum, last := 0.0, len(b.Chart.Bars)-1
				for _, bar := range b.Chart.Bars[:last] {
					sum += bar.Value
				}
				if total := rep.Results.Value.MeanBenefits.Value - rep.Results.Value.MeanCosts.Value; math.Abs(sum-total) > 1e-9 {
					t.Errorf("steps add up to %v, benefits minus costs are %v", sum, total)
				}
			}
		}
	}
}
