package annotate

import (
	"valuebook/report/analysis/value"
	"valuebook/report/sheets"
)

// offerColumn plans a column of the block beside offers (DESIGN, layout 3).
func (p *planner) offerColumn(id string) columnPlan {
	list, cell := p.res.Offers, p.at.cell
	plan := columnPlan{header: p.term("block." + id), width: 11, style: p.points()}
	switch id {
	case colX, colY, colClass, colBorder:
		return p.quadrantColumn(id, p.res.OfferQuadrant)
	case colBenefits:
		plan.formula = func(i int) string { k := p.customer(i); return k.Score(k.Benefits) }
		plan.value = func(i int) any { return p.known(list[i].Benefits) }
	case colCosts:
		plan.formula = func(i int) string { k := p.customer(i); return k.Score(k.Costs) }
		plan.value = func(i int) any { return p.known(list[i].Costs) }
	case colValue:
		plan.formula = func(i int) string { return p.customer(i).Value(cell(colBenefits, i), cell(colCosts, i)) }
		plan.value = func(i int) any { return p.orReason(list[i].Value, list[i].Why) }
	case colRatio:
		plan.style.Format = sheets.TwoDigits
		plan.formula = func(i int) string {
			return p.customer(i).Ratio(cell(colBenefits, i), cell(colCosts, i), cell(colValue, i))
		}
		plan.value = func(i int) any { return p.offerRatio(i) }
	case colCoverage:
		plan.style.Format = sheets.Percent
		plan.formula = func(i int) string { return p.customer(i).Coverage() }
		plan.value = func(i int) any { return list[i].Coverage }
	case colRank:
		plan.style.Format = sheets.General
		plan.formula = p.rankFormula
		plan.value = func(i int) any { return p.known(list[i].Rank) }
	}
	return plan
}

// orReason returns a value, or the text of why it is missing.
func (p *planner) orReason(x float64, why value.Reason) any {
	if text := p.known(x); text != p.words.Missing {
		return text
	}
	return p.reasonWord(why)
}

// offerRatio returns the cached ratio of an offer with the edge cases of
// METHOD 1.
func (p *planner) offerRatio(i int) any {
	o := p.res.Offers[i]
	if o.Value != o.Value { // NaN
		return p.words.Missing
	}
	switch {
	case o.Benefits < 0, o.Costs < 0, o.Benefits == 0 && o.Costs == 0:
		return p.words.Undefined
	case o.Costs == 0:
		return p.words.NoCost
	}
	return o.Ratio
}
