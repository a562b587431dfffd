package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// standardScales are tried in this order when no scale is declared (METHOD 0.2).
var standardScales = []dataset.Scale{{Lo: 0, Hi: 1}, {Lo: 1, Hi: 5}, {Lo: 1, Hi: 7}, {Lo: 1, Hi: 10}, {Lo: 0, Hi: 10}, {Lo: 0, Hi: 100}}

// declaredScale returns the scale that the workbook declares for a column: on the Parameters sheet, in the header,
// on the Attributes sheet or in a row under the header, or by the sheet's own limits on entry. Unbounded
// when it declares none.
func (b *builder) declaredScale(r *ratingColumn) dataset.Scale {
	a := &b.d.Attributes[r.attribute]
	if scale := b.givenScale(r.attribute); scale.Bounded() {
		return scale
	}
	lo, ref, okLo := b.settingNumber("scale_lo." + a.ID)
	hi, _, okHi := b.settingNumber("scale_hi." + a.ID)
	if okLo && okHi {
		if hi > lo {
			return dataset.Scale{Lo: lo, Hi: hi}
		}
		b.found.add(codeScaleBad, dataset.Error, ref, dataset.Str(a.Label), dataset.Num(lo, dataset.Rating), dataset.Num(hi, dataset.Rating))
	}
	if w := r.column.words; w != nil && w.declared && !w.scale.Inferred {
		return w.scale
	}
	switch {
	case r.column.head.scale.Bounded() && !r.column.head.scale.Inferred:
		return r.column.head.scale
	case a.Scale.Bounded():
		return a.Scale
	case r.column.head.scale.Bounded():
		return r.column.head.scale
	}
	return r.table.ruleScale(r.column)
}

// ruleScale returns the limits that the sheet sets on entries in a column.
func (t *table) ruleScale(c *column) dataset.Scale {
	if c.words != nil && c.words.declared {
		return c.words.scale
	}
	if len(t.rows) == 0 {
		return dataset.Scale{}
	}
	for _, rule := range t.grid.Rules {
		if rule.Area.Holds(t.rows[0], c.col) {
			return dataset.Scale{Lo: rule.Lo, Hi: rule.Hi}
		}
	}
	return dataset.Scale{}
}

// settle gives every attribute its scale, checks the values against it and puts them in their series.
func (b *builder) settle() {
	for _, r := range b.pool {
		a := &b.d.Attributes[r.attribute]
		if scale := b.declaredScale(r); scale.Bounded() && (!a.Scale.Bounded() || a.Scale.Inferred) {
			if scale.Inferred && r.beginsAtZero() {
				scale.Lo = 0 // "Service / 5" says where the scale ends, the values where it begins
			}
			if a.Scale.Bounded() && a.Scale.Hi == scale.Hi && scale.Inferred {
				scale.Lo = min(scale.Lo, a.Scale.Lo)
			}
			a.Scale = scale
		}
	}
	pools := map[string]*pool{}
	for _, r := range b.pool {
		a := &b.d.Attributes[r.attribute]
		if r.numbers.settlePercent(a.Scale) && r.percentsFit(a.Scale) {
			b.found.add(codeMixedPercent, dataset.Warning, r.table.grid.Ref(0, r.column.col), dataset.Str(r.column.head.text()))
		}
		if a.Scale.Bounded() {
			continue
		}
		if a.Money || r.column.why == whyMoney || r.column.head.money && a.Side == dataset.Cost || r.isMoney() {
			a.Money = true
			continue
		}
		b.intoPool(pools, r)
	}
	for _, r := range b.pool {
		b.inferScale(pools, r)
	}
	for _, r := range b.pool {
		b.deliver(r)
	}
	b.reportMoney()
}

// beginsAtZero reports whether a value lies below 1, and none below 0.
func (r *ratingColumn) beginsAtZero() bool {
	lo := math.Inf(1)
	for _, x := range r.numbers.x {
		if !math.IsNaN(x) {
			lo = min(lo, x)
		}
	}
	return lo >= 0 && lo < 1
}

// percentsFit reports whether a value shown as per cent lies on the scale, or there is none; one that does not is reported as
// outside it already.
func (r *ratingColumn) percentsFit(scale dataset.Scale) bool {
	for _, v := range r.numbers.all() {
		if v.percent && (!scale.Bounded() || inside(v.x, scale)) {
			return true
		}
	}
	return false
}

// reportReversed says of columns whose header gives a scale that does not run upwards that it is not used.
func (b *builder) reportReversed() {
	for _, t := range b.tables {
		for _, c := range t.columns {
			bad := c.head.reversed
			if row := t.about[rowScale]; row > 0 && bad == (dataset.Scale{}) {
				if lo, hi, ok := scaleEnds(t.aboutText(rowScale, c)); ok && hi <= lo {
					bad = dataset.Scale{Lo: lo, Hi: hi}
				}
			}
			if t.role == dataset.TableOther || bad == (dataset.Scale{}) {
				continue
			}
			b.found.add(codeScaleBad, dataset.Error, t.grid.Ref(t.lastHeader(), c.col), dataset.Str(c.head.label),
				dataset.Num(bad.Lo, dataset.Rating), dataset.Num(bad.Hi, dataset.Rating))
		}
	}
}

// reportMoney says of amounts beside ratings that they are no ratings. Where all is money, the method is
// another one and nothing is left out.
func (b *builder) reportMoney() {
	rated := false
	for _, a := range b.d.Attributes {
		rated = rated || a.Scale.Bounded()
	}
	var amounts []dataset.Attribute
	for _, a := range b.d.Attributes {
		if rated && a.Money && !a.Scale.Bounded() {
			amounts = append(amounts, a)
		}
	}
	b.aboutAttributes(codeMoneyUnused, dataset.Note, amounts)
}

// isMoney reports whether most values lie beyond every standard scale.
func (r *ratingColumn) isMoney() bool {
	beyond, given := 0, 0
	for _, x := range r.numbers.x {
		if !math.IsNaN(x) {
			given++
			if x > 100 || x < 0 {
				beyond++
			}
		}
	}
	return given > 0 && beyond*2 > given
}

// A pool is the columns that share an inferred scale.
type pool struct {
	columns  []*ratingColumn
	reported bool
}

// cols returns the columns of the sheet that share the pool; attributes that stand in rows share one.
func (p *pool) cols() []int {
	var cols []int
	for _, r := range p.columns {
		cols = append(cols, r.column.col)
	}
	return cols
}

func (b *builder) intoPool(pools map[string]*pool, r *ratingColumn) {
	key := poolKey(r)
	if pools[key] == nil {
		pools[key] = &pool{}
	}
	p := pools[key]
	p.columns = append(p.columns, r)
}

// extent returns that of all columns that share the pool.
func (p *pool) extent() extent {
	all := extentOf(nil)
	for _, r := range p.columns {
		all = all.with(r.extent())
	}
	return all
}

// poolKey names the pool of a column: those of one sheet; columns of per cent apart.
func poolKey(r *ratingColumn) string {
	if r.numbers.allPercent() {
		return r.table.grid.Sheet + "\x00%"
	}
	return r.table.grid.Sheet
}

func (b *builder) inferScale(pools map[string]*pool, r *ratingColumn) {
	a := &b.d.Attributes[r.attribute]
	p := pools[poolKey(r)]
	if p == nil || a.Scale.Bounded() || a.Money {
		return
	}
	scale := p.extent().scale()
	a.Scale = scale
	if p.reported {
		return
	}
	p.reported = true
	b.reportScale(p, scale)
}

// reportScale says which scale was inferred, and names the few values without which a smaller one
// would do.
func (b *builder) reportScale(p *pool, scale dataset.Scale) {
	first := p.columns[0]
	ref := first.table.grid.Ref(0, first.column.col)
	all := p.extent()
	if all.count == 0 {
		return
	}
	b.found.add(codeScaleInferred, dataset.Warning, ref, dataset.Num(scale.Lo, dataset.Rating), dataset.Num(scale.Hi, dataset.Rating),
		dataset.Num(all.lo, dataset.Rating), dataset.Num(all.hi, dataset.Rating), dataset.N(len(p.columns)), dataset.Str(columnRanges(p.cols())))
	for _, s := range standardScales {
		if s.Lo == scale.Lo && s.Hi == scale.Hi {
			break
		}
		if outside := p.countOutside(s); s.Hi > 1 && outside > 0 && outside*50 <= all.count {
			b.reportOutliers(p, s, scale)
			return
		}
	}
	b.reportMixed(p, scale, ref)
}

// mixedTimes is how many times as long as that of its own values a shared scale is when it is reported; mixedValues is how
// many values it takes.
const (
	mixedTimes  = 2
	mixedValues = 3
)

// reportMixed names the columns whose own values would fit a much smaller scale than the one they share with others, by
// that scale.
func (b *builder) reportMixed(p *pool, scale dataset.Scale, ref dataset.Ref) {
	labels := map[dataset.Scale][]string{}
	for _, r := range p.columns {
		if own := r.extent().scale(); r.extent().count >= mixedValues && own.Hi*mixedTimes <= scale.Hi {
			labels[own] = append(labels[own], b.d.Attributes[r.attribute].Label)
		}
	}
	for _, own := range standardScales {
		own.Inferred = true
		if names := labels[own]; len(names) > 0 && len(names) < len(p.columns) {
			b.found.add(codeScaleMixed, dataset.Warning, ref, dataset.N(len(names)), dataset.Num(scale.Lo, dataset.Rating), dataset.Num(scale.Hi, dataset.Rating),
				named(names), dataset.Num(own.Lo, dataset.Rating), dataset.Num(own.Hi, dataset.Rating))
		}
	}
}

// countOutside counts the values that do not lie on a scale.
func (p *pool) countOutside(s dataset.Scale) int {
	n := 0
	for _, r := range p.columns {
		for _, x := range r.numbers.x {
			if x < s.Lo || x > s.Hi {
				n++
			}
		}
	}
	return n
}

func (b *builder) reportOutliers(p *pool, small, scale dataset.Scale) {
	for _, r := range p.columns {
		for i, v := range r.numbers.all() {
			if !math.IsNaN(v.x) && !inside(v.x, small) && inside(v.x, scale) {
				b.found.cell(codeScaleWide, dataset.Warning, r.table.grid.Ref(r.target(i).row, r.column.col), numberText(v.x),
					dataset.Num(small.Lo, dataset.Rating), dataset.Num(small.Hi, dataset.Rating), dataset.Num(scale.Lo, dataset.Rating), dataset.Num(scale.Hi, dataset.Rating))
			}
		}
	}
}

// deliver checks the values of a column against the attribute's scale and puts them in their series.
func (b *builder) deliver(r *ratingColumn) {
	a := b.d.Attributes[r.attribute]
	r.column.scale = a.Scale
	odd, answered := r.numbers.odd, false
	for i, x := range r.numbers.x {
		isOdd := len(odd) > 0 && int(odd[0].index) == i
		if !isOdd && (math.IsNaN(x) || !a.Scale.Bounded() || inside(x, a.Scale)) {
			if r.whole == nil {
				to := r.targets[i]
				to.series.Values[to.customer] = x
			} // else it stands there already
			answered = answered || !math.IsNaN(x)
			continue
		}
		v := value{x: x}
		if isOdd {
			v, odd = odd[0].value, odd[1:]
			v.x = x
		}
		answered = b.deliverOdd(r, i, v, a) || answered
	}
	b.answered[r.attribute] = b.answered[r.attribute] || answered
}

// deliverOdd puts a value in its series that does not lie on the scale or of which there is more to say than its number. It reports
// whether it is an answer, readable or not.
func (b *builder) deliverOdd(r *ratingColumn, i int, v value, a dataset.Attribute) bool {
	to := r.target(i)
	problem := v.problem
	if problem == "" && !math.IsNaN(v.x) && a.Scale.Bounded() && !inside(v.x, a.Scale) {
		problem = codeRatingRange
		v.asRead = true
		if v.got == "" {
			v.got = r.table.grid.At(to.row, r.column.col).String()
		}
		v.x = math.NaN()
	}
	if problem != "" {
		r.table.rejected++
		if problem == codeNumberText {
			problem = codeRatingText
		}
		b.found.cell(problem, dataset.Error, r.table.grid.Ref(to.row, r.column.col), v.got, dataset.Str(a.Label), dataset.Num(a.Scale.Lo, dataset.Rating), dataset.Num(a.Scale.Hi, dataset.Rating))
	}
	to.series.Values[to.customer] = v.x
	if v.asRead {
		to.series.AsRead = append(to.series.AsRead, dataset.AsRead{Customer: to.customer, Got: gotText(v, r.table.grid.At(to.row, r.column.col))})
	}
	return problem != "" || !math.IsNaN(v.x)
}

func gotText(v value, cell grid.Cell) string {
	if v.got != "" {
		return v.got
	}
	return strings.TrimSpace(cell.String())
}
