package lifetime_test

import (
	"strings"
	"testing"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

// TestEveryCodeIsWritten writes all that a few very different analyses say.
func TestEveryCodeIsWritten(t *testing.T) {
	catalogue, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := wording.NewWriter(catalogue, "en", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	o := lifetime.DefaultOptions()
	o.Renewal = 36
	for _, r := range []*lifetime.Result{
		analyse(shop(600, 400, lifetime.BGNBD{R: 1, Alpha: 6, A: 1, B: 3}, 3), "", lifetime.DefaultOptions()),
		analyse(contracts(), "", o), analyse(firm(), "", o), analyse(learners(30, 3), "", o),
	} {
		messages := []dataset.Message{r.Why.Message(), dataset.Msg("lifetime.model." + string(r.Model))}
		for _, d := range r.Declined {
			messages = append(messages, d.Message())
		}
		for _, remark := range r.Remarks {
			messages = append(messages, remark.Message())
		}
		for _, p := range r.Parameters {
			messages = append(messages, p.Meaning())
		}
		for _, m := range messages {
			text := words.Text(m)
			t.Log(text)
			if text == "" || text == m.Code || strings.ContainsAny(text, "{}") || strings.Contains(text, "lifetime.") {
				t.Errorf("%s is written %q", m.Code, text)
			}
		}
	}
}
