package annotate

import (
	"math"
	"slices"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// A term names the cells of one attribute, or of one component, on Parameters.
type term struct{ weight, least, step string }

// A composite names the cells of a score of several components.
type composite struct {
	components []dataset.Component
	terms      []term
	total      string
	money      bool
}

// parameters makes the sheet of what can be changed, and remembers where each
// figure stands. Formulas of all other sheets point to it; its own point to the
// block, whose place is decided first.
func (p *planner) parameters() {
	p.place()
	s := &page{}
	s.widths(44, 24, 11, 11, 11, 11, 30, 11, 16, 28, 18)
	s.Landscape = true
	s.put(1, 1, p.term("sheet.parameters"), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.term("parameters.intro"), sheets.Style{Role: sheets.Label})
	row := p.settingRows(s, 4)
	row = p.weightRows(s, row+2)
	row = p.componentRows(s, row)
	p.inUseRows(s, row)
	s.FreezeRow = 2
	p.add(sheetParameters, s)
}

// keyColumn is the column of a setting's key.
const keyColumn = 10

func (p *planner) noteClassRow(class string, row int) {
	for k, id := range p.quadrantResult().Pair.Classes {
		if id == class {
			p.classRows[k] = row
		}
	}
}

// settingRows writes the table of settings from a row on, and returns the row
// below it.
func (p *planner) settingRows(s *page, row int) int {
	// The meaning runs on over empty columns up to the key.
	s.header(row, 1, p.term("parameters.setting"), p.term("parameters.value"), p.term("parameters.method"), p.term("parameters.meaning"))
	for col := 5; col < keyColumn; col++ {
		s.put(row, col, nil, sheets.Style{Role: sheets.Header})
	}
	s.header(row, keyColumn, p.term("parameters.key"), p.term("parameters.was"))
	for _, set := range p.settings() {
		row++
		meaning := p.settingText("meaning", set.key)
		if !set.live {
			meaning = p.text("parameters.next_run", dataset.Str(meaning))
		}
		s.put(row, 1, p.settingText("label", set.key), sheets.Style{})
		s.put(row, 2, set.value, sheets.Style{Role: sheets.Input, Format: set.format, Right: true})
		s.put(row, 3, set.method, sheets.Style{Role: sheets.Label, Center: true, Format: sheets.AsText})
		s.put(row, 4, meaning, sheets.Style{Role: sheets.Label})
		s.put(row, keyColumn, set.key, sheets.Style{Role: sheets.Fine})
		s.put(row, keyColumn+1, set.was, sheets.Style{Role: sheets.Fine, Format: set.format, Right: true})
		if family, class := cutKey(set.key); family == "class_name" {
			p.noteClassRow(class, row)
		}
		cell := p.on(sheetParameters, row, 2)
		p.cells[set.key] = cell
		if set.defined != "" {
			p.cells[set.key] = p.define(set.defined, cell)
		}
		p.limit(s, row, set)
	}
	return row
}

// settingText returns the label or the meaning of a setting; what follows the
// dot of its key is a measure or a class.
func (p *planner) settingText(kind, key string) string {
	family, of := cutKey(key)
	code := "parameters." + family + "." + kind
	switch family {
	case "threshold":
		return p.text(code, dataset.TermOf("measure."+of))
	case "class_name":
		return p.text(code, dataset.TermOf("class."+of))
	case "rfm_segment":
		return p.text(code, p.segmentName(of))
	}
	return p.term(code)
}

// segmentName returns the name of a segment of scores by the end of its key: the
// user's own, or an identifier.
func (p *planner) segmentName(key string) dataset.Quantity {
	for _, g := range p.res.RFM.Segments {
		if g.ID == key || g.Name == key {
			return report.ScoreSegment(g.Segment)
		}
	}
	for _, s := range slices.Concat(rfm.DefaultSegments(), rfm.CompatibleSegments()) {
		if s.ID == key {
			return report.ScoreSegment(s)
		}
	}
	return dataset.Str(key)
}

// limit adds the drop-down or the range of a setting. A threshold takes a
// number too, so its drop-down does not refuse other entries.
func (p *planner) limit(s *page, row int, set setting) {
	area := sheets.Area{Row: row, Col: 2, LastRow: row, LastCol: 2}
	v := sheets.Validation{Area: area, List: set.list, Min: set.min, Max: set.max, Whole: set.whole, Prompt: p.settingText("meaning", set.key)}
	family, _ := cutKey(set.key)
	switch {
	case family == "threshold":
		v.Open = true
	case set.list != nil:
		v.Error = p.term("parameters.choose")
	case set.max > set.min:
		v.Error = p.text("parameters.between", dataset.Num(set.min, dataset.Number), dataset.Num(set.max, dataset.Number))
	default:
		return
	}
	s.Validations = append(s.Validations, v)
}

// weightRows writes the table of attributes.
func (p *planner) weightRows(s *page, row int) int {
	if len(p.attributes[0])+len(p.attributes[1]) == 0 {
		return row
	}
	s.put(row, 1, p.term("parameters.weights"), sheets.Style{Role: sheets.Heading})
	row++
	s.header(row, 1, p.term("parameters.attribute"), p.term("parameters.side"), p.term("parameters.weight"),
		p.term("parameters.scale_from"), p.term("parameters.scale_to"), p.term("parameters.direction"), p.term("parameters.key"),
		p.term("parameters.least"), p.term("parameters.step"), p.term("parameters.was_weight"), p.term("parameters.was_scale"))
	weights, usual := p.weights(), p.ownWeights()
	for side, list := range p.attributes {
		first := row + 1
		for _, a := range list {
			row++
			p.weightRow(s, row, a, weights[a])
			p.wasWeights(s, row, a, weights[a], usual[a])
		}
		if row >= first {
			area := sheets.Area{Row: first, Col: 3, LastRow: row, LastCol: 3}
			p.totals[side] = "SUM(" + area.On(p.names[sheetParameters]) + ")"
			s.Validations = append(s.Validations, sheets.Validation{Area: area, Max: 1e9, Prompt: p.term("parameters.weight.meaning"),
				Error: p.text("parameters.between", dataset.Num(0, dataset.Number), dataset.Num(1e9, dataset.Number))})
		}
	}
	return row + 2
}

func (p *planner) weightRow(s *page, row, a int, weight float64) {
	attribute := p.d.Attributes[a]
	s.put(row, 1, attribute.Label, sheets.Style{})
	s.put(row, 2, p.term("side."+attribute.Side.String()), sheets.Style{Role: sheets.Label})
	role := sheets.Input
	if p.money() {
		role = sheets.Computed // sums of money are not weighted
	}
	s.put(row, 3, weight, sheets.Style{Role: role, Center: true})
	s.put(row, 7, attribute.ID, sheets.Style{Role: sheets.Fine})
	p.terms[a] = p.scaleCells(s, row, attribute.Scale, attribute.Down, weight, sheets.Input)
	direction := "parameters.up"
	if attribute.Down {
		direction = "parameters.down"
	}
	s.put(row, 6, p.term(direction), sheets.Style{Role: sheets.Label, Center: true})
}

// scaleCells writes the scale of a row and what formulas need of it: the end
// where the share is 0, and the weight per rating step.
func (p *planner) scaleCells(s *page, row int, scale dataset.Scale, down bool, weight float64, role sheets.Role) term {
	t := term{weight: p.on(sheetParameters, row, 3)}
	if !scale.Bounded() {
		return t
	}
	s.put(row, 4, scale.Lo, sheets.Style{Role: role, Center: true})
	s.put(row, 5, scale.Hi, sheets.Style{Role: role, Center: true})
	low, high, least, sign := sheets.Address(row, 4), sheets.Address(row, 5), scale.Lo, 1.0
	if down {
		low, high, least, sign = high, low, scale.Hi, -1
	}
	style := sheets.Style{Role: sheets.Result, Center: true, Format: sheets.Exact}
	s.formula(row, 8, low, least, style)
	s.formula(row, 9, sheets.Address(row, 3)+"/("+high+"-"+low+")", sign*weight/(scale.Hi-scale.Lo), style)
	t.least, t.step = p.on(sheetParameters, row, 8), p.on(sheetParameters, row, 9)
	return t
}

// componentRows writes the components of the axes that are composed of several.
func (p *planner) componentRows(s *page, row int) int {
	q := p.res.Quadrant
	if q == nil {
		return row
	}
	first := true
	for _, m := range []quadrant.Measure{q.Pair.X, q.Pair.Y} {
		if m != quadrant.Match && m != quadrant.FirmValue {
			continue
		}
		list, weights, total := p.components(m)
		if len(list) == 0 || m == quadrant.FirmValue && !p.composed() {
			continue
		}
		if first {
			s.put(row, 1, p.term("parameters.components"), sheets.Style{Role: sheets.Heading})
			s.header(row+1, 1, p.term("parameters.component"), p.term("parameters.measure"), p.term("parameters.weight"), p.term("parameters.scale_from"),
				p.term("parameters.scale_to"), p.term("parameters.direction"), p.term("parameters.identifier"), p.term("parameters.least"), p.term("parameters.step"))
			row, first = row+2, false
		}
		row = p.compositeRows(s, row, m, list, weights, total)
	}
	if first {
		return row
	}
	return row + 1
}

func (p *planner) compositeRows(s *page, row int, m quadrant.Measure, list []dataset.Component, weights []float64, total float64) int {
	c := composite{components: list, money: true}
	start, sum := row, 0.0
	for i, part := range list {
		s.put(row, 1, part.Label, sheets.Style{})
		s.put(row, 2, p.term("measure."+string(m)), sheets.Style{Role: sheets.Label})
		s.put(row, 3, weights[i], sheets.Style{Role: sheets.Computed, Center: true})
		s.put(row, 6, p.term("parameters.up"), sheets.Style{Role: sheets.Label, Center: true})
		s.put(row, 7, part.ID, sheets.Style{Role: sheets.Fine})
		c.terms = append(c.terms, p.scaleCells(s, row, part.Scale, false, weights[i], sheets.Computed))
		c.money = c.money && !part.Scale.Bounded()
		sum += weights[i]
		row++
	}
	c.total = "SUM(" + sheets.Area{Row: start, Col: 3, LastRow: row - 1, LastCol: 3}.On(p.names[sheetParameters]) + ")"
	if total > sum { // components that the workbook does not have count as not answered
		c.total = plain(total)
	}
	p.scores[string(m)] = c
	return row
}

// composed reports whether the value to the firm is the score of components,
// not a column of its own or computed.
func (p *planner) composed() bool { return p.res.FirmSource == analysis.FirmComponents }

// inUse is one figure that follows from the settings and the customers.
type inUse struct {
	code    string
	name    string
	formula string
	value   any
	format  sheets.Format
}

// inUseRows writes the figures that the formulas of the block share.
func (p *planner) inUseRows(s *page, row int) {
	list := p.shared()
	if len(list) == 0 {
		return
	}
	s.put(row, 1, p.term("parameters.in_use"), sheets.Style{Role: sheets.Heading})
	s.header(row+1, 1, p.term("parameters.figure"), p.term("parameters.value"), " ", p.term("parameters.meaning"))
	row += 2
	for _, f := range list {
		s.put(row, 1, p.inUseText(f.code, "label"), sheets.Style{})
		style := sheets.Style{Role: sheets.Result, Format: f.format, Right: true}
		if f.formula == "" {
			style.Role = sheets.Computed
		}
		s.formula(row, 2, f.formula, f.value, style)
		s.put(row, 4, p.inUseText(f.code, "meaning"), sheets.Style{Role: sheets.Label})
		p.define(f.name, p.on(sheetParameters, row, 2))
		row++
	}
}

func (p *planner) inUseText(code, kind string) string {
	family, of := cutKey(code)
	if of == "" {
		return p.term("in_use." + family + "." + kind)
	}
	return p.text("in_use."+family+"."+kind, dataset.TermOf("measure."+of))
}

// shared lists the figures in use.
func (p *planner) shared() []inUse {
	var list []inUse
	if v := p.res.Value; v != nil && p.at.has(colIndex) {
		f := formula.MeanUtility(p.at.column(colBenefits), p.at.column(colCosts), p.at.column(colValue), p.cells["benefit_share"], p.words)
		if p.sampled() {
			f = ""
			p.computed.add("sampled")
		}
		list = append(list, inUse{"mean_utility", "vb_mean_utility", f, p.known(v.MeanUtility), sheets.TwoDigits})
	}
	q := p.quadrantResult()
	if q == nil {
		return list
	}
	for _, axis := range []struct {
		quadrant.Axis
		prefix, column string
	}{{q.X, "vb_x", colX}, {q.Y, "vb_y", colY}} {
		list = append(list, p.axisInUse(axis.Axis, axis.prefix, p.at.column(axis.column))...)
	}
	return list
}

func (p *planner) axisInUse(a quadrant.Axis, prefix, values string) []inUse {
	setting := p.cells["threshold."+string(a.Measure)]
	top := math.NaN()
	if a.Mode == quadrant.TopShare {
		top = a.Threshold
		p.computed.add("top_share")
	}
	var threshold any = p.words.NotDividing
	if a.Discriminates {
		threshold = a.Threshold
	}
	format, band := sheets.General, p.cells["border_band"]
	if a.Money {
		format, band = sheets.Amount, formula.MoneyBand(p.cells["border_band_money"], values, p.words)
	}
	halfWidth := a.Band
	if a.NoBand {
		halfWidth = math.NaN()
	}
	floor := a.Money && a.Measure == quadrant.FirmValue
	return []inUse{
		{"threshold." + string(a.Measure), prefix + "_threshold", formula.Threshold(setting, values, fixedThreshold(a), top, floor, p.words), threshold, format},
		{"band." + string(a.Measure), prefix + "_band", band, p.known(halfWidth), format},
	}
}

// sampled reports whether customers count by a sampling weight; means are
// computed values then.
func (p *planner) sampled() bool { return p.res.Options.WeightBy != "" }
