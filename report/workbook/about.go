package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// applyAbout applies what rows under the header say of a column's attribute: side, group, scale, direction,
// weight.
func (b *builder) applyAbout(t *table, c *column) {
	a := &b.d.Attributes[c.attribute]
	if side, ok := parseSide(t.aboutText(rowSide, c)); ok {
		c.head.side, c.head.sided = side, true
		b.sided[c.attribute] = true
		b.sideFromHeader(a, c)
	}
	if group, ok := parseGroup(t.aboutText(rowGroup, c), a.Side); ok {
		a.Group, a.Tangible = group, tangibleGroup(group)
	}
	if answer := parseAnswer(t.aboutText(rowTangible, c)); answer != dataset.Unstated {
		a.Tangible = answer
	}
	if down, ok := parseDirection(t.aboutText(rowDirection, c), a.Side); ok {
		a.Down = down
	}
	if moneyUnit(t.aboutText(rowUnit, c)) {
		a.Money = true
	}
	if scale, ok := t.aboutScale(c); ok && !c.head.scale.Bounded() {
		c.head.scale = scale
	}
	b.aboutWeight(t, c, a)
}

// aboutText returns what a row under the header has in a column.
func (t *table) aboutText(kind string, c *column) string {
	if row := t.about[kind]; row > 0 {
		return strings.TrimSpace(t.grid.At(row, c.col).String())
	}
	return ""
}

func (t *table) aboutScale(c *column) (dataset.Scale, bool) {
	if scale, ok := parseScale(t.aboutText(rowScale, c)); ok {
		return scale, true
	}
	lo, okLo := ParseNumber(t.aboutText(rowScaleLo, c)).only()
	hi, okHi := ParseNumber(t.aboutText(rowScaleHi, c)).only()
	return dataset.Scale{Lo: lo, Hi: hi}, okLo && okHi && hi > lo
}

// aboutWeight reads the weight, or the importance, of a column's attribute.
func (b *builder) aboutWeight(t *table, c *column, a *dataset.Attribute) {
	for _, kind := range []string{rowWeight, rowImportance} {
		row := t.about[kind]
		if row == 0 {
			continue
		}
		cell := t.grid.At(row, c.col)
		n := readNumbers([]grid.Cell{cell}, dataset.Scale{}, t.mark())
		v := n.list()[0]
		switch {
		case v.problem != "" && kind == rowWeight:
			b.weightRef[c.attribute], b.weightBad[c.attribute] = t.grid.Ref(row, c.col), v
		case v.problem != "":
			b.found.cell(problemCode(v.problem, codeNumberText), dataset.Error, t.grid.Ref(row, c.col), v.got, dataset.Str(a.Label))
		case kind == rowImportance && !math.IsNaN(v.x):
			b.noteImportance(c.attribute, v.x)
		case kind == rowWeight && math.IsNaN(a.Weight):
			a.Weight = v.x
			b.weightRef[c.attribute] = t.grid.Ref(row, c.col)
		}
	}
}
