package samples

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// An earlierBook is the workbook of an earlier period of another sample, as it
// was known then.
type earlierBook struct {
	Of      string             `yaml:"of"`
	Period  string             `yaml:"period"`
	Weights map[string]float64 `yaml:"weights"` // of attributes, where they were others
	Words   [][2]string        `yaml:"words"`   // replaced in the texts
}

// before makes the definition of the earlier period from that of the other
// sample.
func (e *earlierBook) before(d definition) (definition, error) {
	data, err := definitions.ReadFile("definitions/" + e.Of + ".book.yaml")
	if err != nil {
		return d, err
	}
	of, err := parse(data)
	if err != nil {
		return d, err
	}
	of.Title, of.Subject, of.Created = d.Title, d.Subject, d.Created
	if of.Survey == nil || !slices.Contains(of.Survey.Periods, e.Period) {
		return d, fmt.Errorf("%s has no period %s", e.Of, e.Period)
	}
	of.Survey.Only = e.Period
	of.reword(e.Words)
	attributes := of.sheet("Attributes")
	weight := slices.IndexFunc(attributes.Columns, func(c columnDefinition) bool { return c.Header == "weight" })
	for _, row := range attributes.Rows {
		if w, other := e.Weights[fmt.Sprint(row[0])]; other {
			row[weight] = w
		}
	}
	return of, nil
}

// reword replaces words in the texts and notes of all sheets.
func (d *definition) reword(words [][2]string) {
	replace := func(text *string) {
		for _, pair := range words {
			*text = strings.ReplaceAll(*text, pair[0], pair[1])
		}
	}
	for s := range d.Sheets {
		for k := range d.Sheets[s].Text {
			replace(&d.Sheets[s].Text[k])
		}
		for k := range d.Sheets[s].Columns {
			replace(&d.Sheets[s].Columns[k].Note)
		}
	}
}

// asThen leaves of customers and purchases what was known at the end of the only
// period: who joined later is not there, who left later has not left.
func (v *survey) asThen(customers []respondent, purchases [][]any) ([]respondent, [][]any) {
	end := v.endOf(v.Only)
	var kept [][]any
	revenue := map[string]float64{}
	there := map[string]bool{}
	var then []respondent
	for _, c := range customers {
		if !slices.Contains(v.Joined, c.name) {
			there[c.id] = true
			then = append(then, c)
		}
	}
	for _, row := range purchases {
		id, date := row[0].(string), row[1].(time.Time)
		if !there[id] || date.After(end) {
			continue
		}
		kept = append(kept, row)
		if date.After(end.AddDate(-1, 0, 0)) {
			revenue[id] += row[2].(float64)
		}
	}
	for i := range then {
		then[i].end, then[i].revenue = time.Time{}, revenue[then[i].id]
	}
	return then, kept
}
