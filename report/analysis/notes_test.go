package analysis_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

func writer(t *testing.T) *wording.Writer {
	t.Helper()
	catalogue, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(catalogue, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Every note that the code can give has a text.
func TestEveryNoteHasAText(t *testing.T) {
	w := writer(t)
	code, err := os.ReadFile("notes.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`"note\.[a-z-]+"`).FindAllString(string(code), -1)
	if len(found) < 20 {
		t.Fatalf("%d notes found in the code", len(found))
	}
	for _, quoted := range found {
		if note := strings.Trim(quoted, `"`); !w.Has(note) {
			t.Errorf("%s has no text", note)
		}
	}
	for _, s := range analysis.DefaultOptions().List() {
		if s.Value.Unit == dataset.Term && !w.Has(s.Value.Text) {
			t.Errorf("setting %s: %s has no text", s.Name, s.Value.Text)
		}
	}
}

// Notes come out as whole sentences: no open slot, no code.
func TestNotesAsSentences(t *testing.T) {
	scale := dataset.Scale{Lo: 0, Hi: 10}
	d := &dataset.Dataset{
		Attributes: []dataset.Attribute{
			{ID: "q", Label: "Quality", Scale: scale, Weight: 49.5}, {ID: "s", Label: "Service", Scale: scale, Weight: 50},
			{ID: "p", Label: "Price", Side: dataset.Cost, Scale: scale, Weight: 0}, {ID: "m", Label: "Fee", Side: dataset.Cost, Money: true},
		},
		Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "rival"}},
	}
	d.Customers.ID = []string{"a", "b", "c"}
	for range 8 {
		d.Ratings = append(d.Ratings, dataset.Series{Values: []float64{1, 2, 3}})
	}
	o := analysis.DefaultOptions()
	o.WeightBy, o.Population, o.Axes = "revenue", 2, [2]quadrant.Measure{quadrant.FirmValue, quadrant.Match}
	o.FairValue = "regression"
	var all []string
	w := writer(t)
	for _, m := range analysis.Analyse(d, o).Notes {
		text := w.Text(m)
		if strings.ContainsAny(text, "{}<>|") || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q", m.Code, text)
		}
		all = append(all, text)
	}
	whole := strings.Join(all, "\n")
	for _, want := range []string{"The weights of the Benefits add up to 99.5", "Every weight of the Costs is zero", "for want of a scale: Fee.",
		"Customers were to be weighted by revenue", "Ratios are formed on a 1-10 base"} {
		if !strings.Contains(strings.ToLower(whole), strings.ToLower(want)) {
			t.Errorf("missing %q in:\n%s", want, whole)
		}
	}
}
