package jsondoc

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// settings returns every setting by its fixed name, the normalised weights and
// the thresholds that were used.
func (b builder) settings() map[string]any {
	all := map[string]any{}
	for _, s := range b.rep.Settings {
		if value := plain(s.Value); value != nil {
			all[s.Name] = value
		}
	}
	if weights := b.weights(); len(weights) > 0 {
		all["weights"] = weights
	}
	if thresholds := b.thresholds(); len(thresholds) > 0 {
		all["thresholds"] = thresholds
	}
	if method := b.method(); method != "" {
		all["ci_method"] = method
	}
	if b.d.Currency != "" {
		all["currency"] = b.d.Currency
	}
	return all
}

// plain returns a quantity as JSON has it: a number, a text, a list of names,
// nil for what is not there.
func plain(q dataset.Quantity) any {
	switch q.Unit {
	case dataset.Text, dataset.Day, dataset.Month:
		if q.Text == "" {
			return nil
		}
		if _, err := strconv.ParseUint(q.Text, 10, 64); err == nil {
			return json.Number(q.Text) // a seed has more digits than a float64 holds
		}
		return q.Text
	case dataset.Term: // "mode.median" is the identifier "median"
		_, identifier, _ := strings.Cut(q.Text, ".")
		if identifier == "" {
			return nil
		}
		return identifier
	case dataset.Names:
		return q.List
	}
	if x := number(q.Value); x != nil {
		return *x
	}
	return nil
}

func (b builder) weights() map[string]float64 {
	weights := map[string]float64{}
	if b.rep.Results.Value == nil {
		return weights
	}
	for i, w := range b.rep.Results.Value.Weights {
		if !math.IsNaN(w) {
			weights[b.d.Attributes[i].Label] = w
		}
	}
	return weights
}

func (b builder) thresholds() map[string]float64 {
	thresholds := map[string]float64{}
	for _, q := range []*quadrant.Result{b.rep.Results.Quadrant, b.rep.Results.OfferQuadrant} {
		if q == nil {
			continue
		}
		for _, axis := range []quadrant.Axis{q.X, q.Y} {
			if number(axis.Threshold) != nil {
				thresholds[string(axis.Measure)] = axis.Threshold
			}
		}
	}
	return thresholds
}

// method names how the interval of the CVA ratio was made: "bootstrap", or
// "delta" for the delta method.
func (b builder) method() string {
	v := b.rep.Results.Value
	if v == nil || v.Market == nil {
		return ""
	}
	switch m := v.Market.CVA.Method; m {
	case stat.LogDelta:
		return "delta"
	default:
		return string(m)
	}
}

func (b builder) receipt() []table {
	var tables []table
	for _, t := range b.d.Receipt.Tables {
		one := table{
			Sheet: t.Sheet, Range: area(t), HeaderRows: t.HeaderRows, Role: string(t.Role), RowsRead: t.RowsRead,
		}
		one.HiddenRows, one.Converted, one.Rejected, one.Given = t.HiddenRows, t.Converted, t.Rejected, t.Given
		one.Confidence, one.RunnerUp = t.Confidence, string(t.RunnerUp)
		for _, s := range t.Skipped {
			one.RowsSkipped = append(one.RowsSkipped, skip{Row: s.Row, Why: s.Why})
		}
		for _, c := range t.Columns {
			one.Columns = append(one.Columns, columnOf(c))
		}
		tables = append(tables, one)
	}
	return tables
}

func columnOf(c dataset.Column) column {
	one := column{
		Column: dataset.ColumnLetters(c.Col), Header: c.Header, Role: string(c.Role),
		Attribute: c.Attribute, Supplier: c.Supplier, Guess: c.Guess, Why: c.Why,
		Side: c.Side, Converted: c.Converted, Given: c.Given,
	}
	if c.Confidence < 1 {
		one.Confidence, one.RunnerUp = c.Confidence, readingOf(c.RunnerUp)
	}
	if c.Scale.Bounded() {
		one.Scale = []float64{c.Scale.Lo, c.Scale.Hi}
		one.Direction = "up"
		if c.Down {
			one.Direction = "down"
		}
	}
	return one
}

// readingOf returns a reading as JSON has it, nil for none.
func readingOf(r dataset.Reading) *reading {
	if r == (dataset.Reading{}) {
		return nil
	}
	other := &reading{Column: dataset.ColumnLetters(r.Col), Role: string(r.Role), Side: r.Side}
	if r.Scale.Bounded() {
		other.Scale = []float64{r.Scale.Lo, r.Scale.Hi}
	}
	return other
}

func area(t dataset.Table) string {
	if t.LastRow == 0 || t.LastCol == 0 {
		return ""
	}
	return dataset.ColumnLetters(t.FirstCol) + strconv.Itoa(t.FirstRow) + ":" +
		dataset.ColumnLetters(t.LastCol) + strconv.Itoa(t.LastRow)
}

func (b builder) findings() []finding {
	var all []finding
	for _, f := range b.d.Findings {
		one := finding{
			Code: f.Code, Severity: f.Severity.String(), Sheet: f.Ref.Sheet, Cell: f.Cells(), Got: f.Got,
			Text: b.words.Text(dataset.Msg("finding."+f.Code, f.Args...)),
			Want: b.optional("finding."+f.Code+".want", f.Args),
			Fix:  b.optional("finding."+f.Code+".fix", f.Args),
		}
		if f.Count > 1 {
			one.Count = f.Count
		}
		all = append(all, one)
	}
	return all
}

// optional returns a text that not every finding has.
func (b builder) optional(code string, args []dataset.Quantity) string {
	if !b.words.Has(code) {
		return ""
	}
	return b.words.Text(dataset.Msg(code, args...))
}
