package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/jsondoc"
)

// The shares of idle effort are sums by hand: 30 of 40 minutes, 6 of 24 in money.
func TestConceptsInTheDocument(t *testing.T) {
	d := small(true)
	d.Attributes[0].Need = "help at once"
	d.Activities = dataset.Activities{Step: []string{"Answer", "Wait"}, Process: []string{"Hotline", "Hotline"},
		Minutes: []float64{10, 30}, Cost: []float64{18, 6}, Adds: []dataset.Answer{dataset.Yes, dataset.No}}
	var out bytes.Buffer
	if err := jsondoc.Render(&out, reported(d), words(t)); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Concepts struct {
			Needs []struct {
				Need   string   `json:"need"`
				Served []string `json:"served_by"`
			} `json:"needs"`
			Effort []struct {
				Process   string  `json:"process"`
				Idle      int     `json:"without_value"`
				TimeShare float64 `json:"time_share"`
				CostShare float64 `json:"cost_share"`
			} `json:"effort"`
		} `json:"concepts"`
	}
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	c := doc.Concepts
	if len(c.Needs) != 1 || c.Needs[0].Need != "help at once" || len(c.Needs[0].Served) != 1 || c.Needs[0].Served[0] != "Service" {
		t.Errorf("needs: %+v", c.Needs)
	}
	if len(c.Effort) != 2 || c.Effort[0].Process != "" || c.Effort[1].Process != "Hotline" || c.Effort[1].Idle != 1 || c.Effort[1].TimeShare != 0.75 || c.Effort[1].CostShare != 0.25 {
		t.Errorf("effort: %+v", c.Effort)
	}
}
