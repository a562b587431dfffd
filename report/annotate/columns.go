package annotate

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// columnPlan returns the plan of a column of the block.
func (p *planner) columnPlan(id string) columnPlan {
	switch {
	case id == colID:
		return columnPlan{header: p.term("ratings.id"), width: 16, style: sheets.Style{Role: sheets.Label, Format: sheets.AsText}, value: func(i int) any { return p.rowID(i) }}
	case id == colName:
		return columnPlan{header: p.term("ratings.name"), width: 26, value: func(i int) any { return p.rowName(i) }}
	case id == colWhy:
		return columnPlan{header: p.term("block.why"), width: 70, style: sheets.Style{Indent: 1}, value: func(i int) any { return p.w.Text(p.r.Why(i)) },
			quick: writing{append: p.r.Whys(p.w.Text)}}
	case p.at.offers:
		return p.offerColumn(id)
	case slices.Contains(p.firmColumns(), id):
		return p.firmColumn(id)
	case strings.HasPrefix(id, colLead):
		return p.leadColumn(id)
	case id == colBefore:
		return columnPlan{header: p.term("block.class_before"), width: 18, style: sheets.Style{Role: sheets.Computed, Indent: 1},
			value: func(i int) any { return p.w.Text(p.r.ClassBefore(i)) }}
	case id == colX, id == colY, id == colClass, id == colBorder:
		return p.quadrantColumn(id, p.res.Quadrant)
	}
	return p.valueColumn(id)
}

// points is the style of an index figure, or of an amount of money.
func (p *planner) points() sheets.Style {
	if p.money() {
		return sheets.Style{Role: sheets.Result, Format: sheets.Amount, Right: true}
	}
	return sheets.Style{Role: sheets.Result, Format: sheets.OneDigit, Right: true}
}

// valueColumn plans the columns of METHOD 1 and 3.1.
func (p *planner) valueColumn(id string) columnPlan {
	v, c := p.res.Value, func(i int) formula.Customer { return p.customer(i) }
	cell := p.at.cell
	plan := columnPlan{header: p.term("block." + id), width: 11, style: p.points()}
	switch id {
	case colBenefits:
		plan.formula = func(i int) string { k := c(i); return k.Score(k.Benefits) }
		plan.figures(p, func(i int) float64 { return v.Own.Benefits[i] })
	case colCosts:
		plan.formula = func(i int) string { k := c(i); return k.Score(k.Costs) }
		plan.figures(p, func(i int) float64 { return v.Own.Costs[i] })
	case colValue:
		plan.formula = func(i int) string { return c(i).Value(cell(colBenefits, i), cell(colCosts, i)) }
		plan.quick.number = func(i int) float64 { return v.Own.Value[i] }
		plan.value = func(i int) any { return p.orReason(v.Own.Value[i], v.Own.Why[i]) }
	case colRatio:
		plan.style.Format = sheets.TwoDigits
		plan.formula = func(i int) string {
			return c(i).Ratio(cell(colBenefits, i), cell(colCosts, i), cell(colValue, i))
		}
		plan.value = func(i int) any { return p.ratioValue(v.Own.Ratio(i)) }
		plan.quick.number = func(i int) float64 {
			if ratio, why := v.Own.Ratio(i); why == value.Fine {
				return ratio
			}
			return math.NaN()
		}
	case colCoverage:
		plan.style.Format = sheets.Percent
		plan.formula = func(i int) string { return c(i).Coverage() }
		plan.quick.number = v.Own.Coverage
		plan.value = func(i int) any { return v.Own.Coverage(i) }
	case colVerdict:
		plan.width, plan.style = 26, sheets.Style{Role: sheets.Result, Indent: 1}
		plan.formula = p.verdictFormula
		plan.texts(func(i int) string { return p.verdictWord(v.Verdict[i]) })
	case colRelative:
		plan.width, plan.style.Format = 13, sheets.SignedOne
		plan.formula = func(i int) string { return c(i).Relative() }
		plan.figures(p, func(i int) float64 { return at(v.Relative, i) })
	case colIndex:
		plan.width = 13
		plan.formula = func(i int) string {
			return c(i).Index(cell(colBenefits, i), cell(colCosts, i), cell(colValue, i), p.cells["benefit_share"], "vb_mean_utility")
		}
		plan.figures(p, func(i int) float64 { return at(v.RelativeIndex, i) })
	case colRank:
		plan.width, plan.style.Format = 8, sheets.General
		plan.formula = p.rankFormula
		plan.figures(p, func(i int) float64 { return at(v.Rank, i) })
	}
	return plan
}

func (p *planner) verdictFormula(i int) string {
	leads, delta := "", "vb_delta"
	if k := len(p.rivalList()); k > 0 {
		leads = p.at.cell(colLead+"0", i) + ":" + p.at.cell(colLead+itoa(k-1), i)
	}
	if p.money() {
		delta = "(vb_delta*ABS(" + p.at.cell(colCosts, i) + "))"
	}
	return p.customer(i).Verdict(p.at.cell(colValue, i), leads, delta)
}

func (p *planner) rankFormula(i int) string {
	if p.count() > formula.RankLimit {
		p.computed.add("rank")
		return ""
	}
	top, bottom := p.at.span()
	col := p.at.col(colValue)
	values := sheets.Fixed(top, col) + ":" + sheets.Fixed(bottom, col)
	return formula.Rank(p.at.cell(colValue, i), values, p.money(), p.words)
}

// leadColumn plans the column of one rival's lead over us.
func (p *planner) leadColumn(id string) columnPlan {
	k := 0
	for j := range p.rivalList() {
		if id == colLead+itoa(j) {
			k = j
		}
	}
	v, style := p.res.Value, p.points()
	if !p.money() {
		style.Format = sheets.SignedOne
	}
	plan := columnPlan{
		header: p.text("block.lead", dataset.Str(p.d.Suppliers[p.rivalList()[k]].Name)), width: 14, style: style,
		formula: func(i int) string { return p.customer(i).Lead(k) },
	}
	plan.figures(p, func(i int) float64 {
		own, rival := v.Against(k, i)
		return rival - own
	})
	return plan
}

// quadrantColumn plans the columns of METHOD 4.
func (p *planner) quadrantColumn(id string, q *quadrant.Result) columnPlan {
	x := func(i int) formula.Axis {
		return formula.Axis{Value: p.at.cell(colX, i), Threshold: "vb_x_threshold", Band: "vb_x_band"}
	}
	y := func(i int) formula.Axis {
		return formula.Axis{Value: p.at.cell(colY, i), Threshold: "vb_y_threshold", Band: "vb_y_band"}
	}
	switch id {
	case colClass:
		var names [4]string
		copy(names[:], p.classCells())
		return columnPlan{header: p.term("block.class"), width: 18, style: sheets.Style{Role: sheets.Result, Indent: 1},
			formula: func(i int) string {
				if q.Why[i] == quadrant.Churned {
					p.computed.add("churned")
					return ""
				}
				return formula.Class(x(i), y(i), names, p.words)
			},
			value: func(i int) any { return p.classWord(q, q.Class[i]) },
			quick: writing{text: p.classTexts(q)}}
	case colBorder:
		return columnPlan{header: p.term("block.border"), width: 9, style: sheets.Style{Role: sheets.Result, Center: true},
			formula: func(i int) string {
				if q.Why[i] == quadrant.Churned {
					return ""
				}
				return formula.Border(x(i), y(i), p.words)
			},
			value: func(i int) any { return p.borderWord(q.Border[i]) },
			quick: writing{text: func(i int) string { return p.borderWord(q.Border[i]) }}}
	}
	axis := p.axis(id)
	style := sheets.Style{Role: sheets.Result, Format: sheets.OneDigit, Right: true}
	if axis.Money {
		style.Format = sheets.Amount
	}
	plan := columnPlan{
		header: p.text("block.axis_"+id, dataset.TermOf("measure."+string(axis.Measure))), width: 14, style: style,
		formula: func(i int) string {
			if axis.Measure == quadrant.FirmValue && q.Why[i] == quadrant.Churned {
				return ""
			}
			return p.measureFormula(axis, i)
		},
	}
	plan.figures(p, func(i int) float64 { return axis.Values[i] })
	return plan
}

// measureFormula returns the formula of a measure for one row, "" where it
// cannot be live.
func (p *planner) measureFormula(a quadrant.Axis, i int) string {
	column := map[quadrant.Measure]string{
		quadrant.PerceivedValue: colValue, quadrant.Relative: colRelative, quadrant.Benefits: colBenefits, quadrant.Costs: colCosts,
	}[a.Measure]
	if column != "" {
		if !p.at.has(column) {
			return ""
		}
		return formula.Copy(p.at.cell(column, i), p.words.Missing)
	}
	if source := p.res.FirmSource; a.Measure == quadrant.FirmValue && (source == analysis.FirmFitted || source == analysis.FirmHistory) {
		p.computed.add("firm_value")
		return ""
	}
	if a.Measure == quadrant.FirmValue && !p.composed() {
		if cell := p.sources.cell(p.sources.parts["firm-value"], i); cell != "" {
			return formula.Copy(cell, p.words.Missing)
		}
		return formula.Text(p.words.Missing)
	}
	score, ok := p.scores[string(a.Measure)]
	if !ok {
		return ""
	}
	side := formula.Side{Total: score.total}
	for k, part := range score.components {
		t := score.terms[k]
		side.Terms = append(side.Terms, formula.Term{Weight: t.weight, Least: t.least, Step: t.step,
			Own: p.sources.cell(p.sources.parts[string(a.Measure)+"."+part.ID], i)})
	}
	return formula.Customer{Money: score.money, Minimum: plain(quadrant.MinComponents), Words: p.words}.Score(side)
}
