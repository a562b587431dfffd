package annotate

import (
	"maps"
	"math"
	"slices"
	"sort"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// A setting is one row of the Parameters sheet.
type setting struct {
	key     string // fixed identifier
	value   any
	was     any // what holds without it, nil when nothing does
	format  sheets.Format
	method  string // section of METHOD
	defined string // name in the workbook, "" for none
	live    bool   // formulas obey it; the others take effect at the next run
	list    []string
	min     float64
	max     float64
	whole   bool
}

// settings lists what can be changed on the Parameters sheet. What formulas
// obey comes first. Each says what holds without it.
func (p *planner) settings() []setting {
	list, usual := p.settingsOf(p.res.Options), map[string]any{}
	for _, s := range p.settingsOf(analysis.DefaultOptions()) {
		usual[s.key] = s.value
	}
	for i := range list {
		list[i].was = p.was(list[i], usual[list[i].key])
	}
	return list
}

// settingsOf lists the settings with the values of options.
func (p *planner) settingsOf(o analysis.Options) []setting {
	list := []setting{
		{key: "coverage_min", value: o.Coverage, format: sheets.Percent, method: "1", defined: "vb_coverage_min", live: true, max: 1},
	}
	if p.money() {
		list = append(list, setting{key: "delta_money", value: o.DeltaMoney, format: sheets.Percent, method: "1", defined: "vb_delta", live: true, max: 1})
	} else {
		list = append(list,
			setting{key: "delta", value: o.Delta, method: "1", defined: "vb_delta", live: true, max: 100},
			setting{key: "benefit_share", value: o.BenefitShare, format: sheets.TwoDigits, method: "1", defined: "vb_benefit_share", live: true, max: 1})
	}
	list = append(list, p.quadrantSettings(o)...)
	if p.res.Value != nil && p.res.Value.Market != nil {
		list = append(list, marketSettings(o)...)
	}
	if p.res.Lifetime != nil {
		list = append(list, lifetimeSettings(o)...)
	}
	if p.res.RFM != nil {
		list = append(list, p.scoreSettings(o)...)
	}
	return list
}

// lifetimeSettings lists what lifetime value rests on.
func lifetimeSettings(o analysis.Options) []setting {
	return []setting{
		{key: "horizon", value: o.Horizon, format: sheets.Whole, method: "5", min: 1, max: 600, whole: true},
		{key: "discount", value: o.Discount, format: sheets.Percent, method: "5", max: 1},
		{key: "margin", value: marginOf(o), format: sheets.Percent, method: "5"},
		{key: "windows", value: textOf(o, "windows"), format: sheets.AsText, method: "5.1"},
	}
}

// marginOf returns the margin, or the word for none.
func marginOf(o analysis.Options) any {
	if o.Margin == 0 {
		return "none"
	}
	return o.Margin
}

// textOf returns a setting as Options.Set takes it.
func textOf(o analysis.Options, name string) string {
	for _, s := range o.List() {
		if s.Name == name {
			return s.Text
		}
	}
	return ""
}

// scoreSettings lists what the scores of recency, frequency and amount rest on,
// and the segment table, row by row.
func (p *planner) scoreSettings(o analysis.Options) []setting {
	list := []setting{
		{key: "rfm_mode", value: string(o.RFMMode), format: sheets.AsText, method: "6.2", list: []string{string(rfm.Usual), string(rfm.Compatible)}},
		{key: "rfm_frequency", value: o.RFMFrequency, format: sheets.AsText, method: "6.1", list: []string{analysis.FrequencyOrders, analysis.FrequencyDays}},
		{key: "rfm_monetary", value: o.RFMMonetary, format: sheets.AsText, method: "6.1", list: []string{analysis.AmountSum, analysis.AmountMean}},
		{key: "rfm_weights", value: textOf(o, "rfm_weights"), format: sheets.AsText, method: "6.3"},
	}
	for _, g := range p.res.RFM.Segments {
		if g.ID == rfm.Others {
			continue
		}
		key := g.ID
		if g.Name != "" {
			key = g.Name
		}
		list = append(list, setting{key: "rfm_segment." + key, value: g.Ranges(), format: sheets.AsText, method: "6.4"})
	}
	for _, key := range slices.Sorted(maps.Keys(o.RFMSegments)) {
		if o.RFMSegments[key] == analysis.NoSegment { // not among the results, and to be left out again
			list = append(list, setting{key: "rfm_segment." + key, value: analysis.NoSegment, format: sheets.AsText, method: "6.4"})
		}
	}
	return list
}

// quadrantSettings lists what divides the quadrant.
func (p *planner) quadrantSettings(o analysis.Options) []setting {
	q := p.quadrantResult()
	if q == nil {
		return nil
	}
	list := []setting{
		p.threshold("vb_x_setting", q.X),
		p.threshold("vb_y_setting", q.Y),
		{key: "border_band", value: o.Band, method: "4.5", defined: "vb_border_band", live: true, max: 100},
	}
	if q.X.Money || q.Y.Money {
		list = append(list, setting{key: "border_band_money", value: o.BandMoney, format: sheets.Percent, method: "4.5", defined: "vb_border_band_money", live: true, max: 1})
	}
	for i, id := range q.Pair.Classes {
		list = append(list, setting{key: "class_name." + id, value: p.className(id), format: sheets.AsText, method: "4.2", defined: "vb_class_" + itoa(i+1), live: true})
	}
	return append(list, setting{key: "axes", value: string(q.Pair.X) + "," + string(q.Pair.Y), format: sheets.AsText, method: "4.7"})
}

// className returns the name of a class as the user wants it.
func (p *planner) className(id string) string {
	if name := p.res.Options.ClassNames[id]; name != "" {
		return limited(name, 255)
	}
	return p.term("class." + id)
}

// threshold is the setting that divides an axis: a number, or the word of a
// mode.
func (p *planner) threshold(defined string, a quadrant.Axis) setting {
	s := setting{key: "threshold." + string(a.Measure), method: "4.3", defined: defined, live: true,
		list: []string{"fixed", "median", "mean", "top-share"}}
	switch a.Mode {
	case quadrant.Custom:
		s.value = a.Threshold
	case quadrant.Fixed:
		s.value = fixedThreshold(a)
	default:
		s.value = string(a.Mode)
	}
	return s
}

// fixedThreshold is the threshold of the mode fixed (METHOD 4.3).
func fixedThreshold(a quadrant.Axis) float64 {
	if a.Money {
		return 0
	}
	return a.Measure.Midpoint()
}

// marketSettings lists what only a new run obeys.
func marketSettings(o analysis.Options) []setting {
	return []setting{
		{key: "meaningful", value: o.Meaningful, method: "3.9", max: 100},
		{key: "fair_value_line", value: string(o.FairValue), format: sheets.AsText, method: "2.5", list: []string{"diagonal", "importance", "regression"}},
		{key: "fair_value_zone", value: o.Zone, method: "2.5", max: 100},
		{key: "tie_band", value: o.Tie, format: sheets.Percent, method: "2.7", max: 1},
		{key: "bootstrap", value: o.Bootstrap, format: sheets.Whole, method: "3.8", max: 100000, whole: true},
		{key: "seed", value: float64(o.Seed), method: "3.8", max: 1 << 53, whole: true},
	}
}

// ownWeights returns the weights as they are without any setting.
func (p *planner) ownWeights() []float64 {
	out := make([]float64, len(p.d.Attributes))
	for a, attribute := range p.d.Attributes {
		out[a] = attribute.Weight
	}
	return p.effective(out)
}

// weights returns the raw weight of each attribute as the analysis used it:
// as given, equal on a side where none is given (METHOD 0.2).
func (p *planner) weights() []float64 {
	out := make([]float64, len(p.d.Attributes))
	for a, attribute := range p.d.Attributes {
		out[a] = attribute.Weight
		if w, ok := p.res.Options.Weights[attribute.ID]; ok {
			out[a] = w
		}
	}
	return p.effective(out)
}

// components returns the components of a composite axis with the weights and
// the total that the analysis used (METHOD 4.1).
func (p *planner) components(m quadrant.Measure) (list []dataset.Component, weights []float64, total float64) {
	all, names := p.d.ValueScore, quadrant.ValueComponents
	if m == quadrant.Match {
		all, names = p.d.Match, quadrant.MatchComponents
	}
	money, weighted, known := true, false, true
	for _, c := range all {
		money = money && !c.Scale.Bounded()
	}
	for _, c := range all {
		if !c.Series.Given() || !money && !c.Scale.Bounded() {
			continue
		}
		list = append(list, c)
		weighted = weighted || !math.IsNaN(c.Weight) && !money
		i := sort.SearchStrings(sorted(names), c.ID)
		known = known && i < len(names) && sorted(names)[i] == c.ID
	}
	for _, c := range list {
		w := 1.0
		if weighted {
			if w = c.Weight; !(w > 0) || math.IsInf(w, 1) {
				w = 0
			}
		}
		weights = append(weights, w)
		total += w
	}
	if known && !weighted && len(list) > 0 {
		total = math.Max(total, float64(len(names)))
	}
	return list, weights, total
}

func sorted(names []string) []string {
	out := append([]string(nil), names...)
	sort.Strings(out)
	return out
}
