package lifetime

import (
	"math"
	"slices"
	"strings"
	"time"

	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// valuation is one run of Analyse.
type valuation struct {
	d   *dataset.Dataset
	h   *purchase.History // never nil; Refused may be set
	t   *terms
	l   *ledger
	o   Options
	end int32
	out *Result
}

// Analyse says what the customers of a dataset are worth to the firm: what
// they brought in, and what they can be expected to bring by the model that
// the data can bear (METHOD 5.0).
//
// It never returns nil. Where nothing can be said, Model is [ModelNone] and
// Declined holds the reasons. Neither d nor h is changed.
func Analyse(d *dataset.Dataset, h *purchase.History, o Options) *Result {
	if h == nil {
		h = &purchase.History{Refused: purchase.NoPurchases}
	}
	v := &valuation{d: d, h: h, o: o.sound(), out: &Result{}}
	v.begin()
	if h.Refused == "" {
		v.out.Historical = v.l.historical(v.o.Windows)
		v.learn()
	}
	v.choose()
	v.out.Equity = v.equity()
	v.remark()
	slices.SortStableFunc(v.out.Parameters, func(a, b Parameter) int { return strings.Compare(a.Name, b.Name) })
	return v.out
}

// sound replaces settings that have no meaning by the defaults.
func (o Options) sound() Options {
	standard := DefaultOptions()
	if o.Horizon <= 0 {
		o.Horizon = standard.Horizon
	}
	if !(o.Unit > 0) || math.IsInf(o.Unit, 1) {
		o.Unit = standard.Unit
	}
	if o.Renewal <= 0 {
		o.Renewal = standard.Renewal
	}
	if !(o.Holdout >= 0 && o.Holdout < 1) {
		o.Holdout = standard.Holdout
	}
	o.Bootstrap = max(0, o.Bootstrap)
	return o
}

// begin settles the as-of date, the terms of customers and what margin means.
func (v *valuation) begin() {
	v.end = endOf(v.d, v.h)
	n := v.d.Customers.Len()
	r := v.out
	r.AsOf, r.Horizon, r.Discount, r.Unit, r.Margin = purchase.Date(v.end), v.o.Horizon, v.o.Discount, v.o.Unit, nan
	r.Value, r.Alive, r.Purchases, r.Spend = blank(n), blank(n), blank(n), blank(n)
	v.t = newTerms(v.d, v.h, v.end)
	v.l = &ledger{h: v.h, t: v.t, margin: v.o.Margin, acquisition: v.acquisition()}
	r.Revenue = math.IsNaN(v.o.Margin) && (v.h.Refused != "" || v.h.Total.Unknown > 0)
}

func blank(n int) []float64 {
	column := make([]float64, n)
	for i := range column {
		column[i] = nan
	}
	return column
}

// acquisition returns what winning each customer cost: by the purchases, else
// by the sheet of customers.
func (v *valuation) acquisition() []float64 {
	column := blank(v.d.Customers.Len())
	copy(column, v.d.Customers.Acquisition)
	for i, cost := range v.h.Acquisition {
		if !math.IsNaN(cost) {
			column[i] = cost
		}
	}
	return column
}

// learn foretells new customers from their first months.
func (v *valuation) learn() {
	var why *Declined
	if v.out.Regression, why = v.regress(); why != nil {
		v.decline(*why)
	}
}

func (v *valuation) decline(why Declined) { v.out.Declined = append(v.out.Declined, why) }

func (v *valuation) note(note Note, args ...dataset.Quantity) {
	v.out.Remarks = append(v.out.Remarks, Remark{note, args})
}

// candidate is one way to value customers and why it would be chosen.
type candidate struct {
	model Model
	why   Why
}

// candidates lists the forecasts to try, best first (METHOD 5.0).
func (v *valuation) candidates() []candidate {
	cohorts := len(v.d.Cohorts.Name) > 0
	switch {
	case v.o.Model == ModelHistorical || v.o.Model == ModelNone:
		return nil
	case v.o.Model != "":
		return []candidate{{v.o.Model, WhyAsked}}
	case cohorts:
		return []candidate{{ModelSBG, WhyCohorts}, {ModelRetention, WhyRetention}}
	case v.t.contractual:
		return []candidate{{ModelSBG, WhyContract}, {ModelRetention, WhyRetention}}
	case !math.IsNaN(v.o.Retention):
		return []candidate{{ModelBGNBD, WhyNoContract}, {ModelRetention, WhyRetention}}
	}
	return []candidate{{ModelBGNBD, WhyNoContract}}
}

// choose tries the candidates and falls back on what happened.
func (v *valuation) choose() {
	candidates := v.candidates()
	if len(candidates) > 0 && candidates[0].model == ModelSBG && v.h.Refused == "" && v.o.Model == "" {
		v.decline(Declined{Model: ModelBGNBD, Why: ContractualSet})
	}
	for _, c := range candidates {
		if why := v.try(c.model); why != nil {
			v.decline(*why)
			continue
		}
		v.out.Model, v.out.Why.Why = c.model, c.why
		return
	}
	v.fallBack()
}

// try values the customers by one model, or says why it cannot.
func (v *valuation) try(model Model) *Declined {
	switch model {
	case ModelBGNBD, ModelParetoNBD:
		return v.buying(model)
	case ModelSBG:
		return v.renewals()
	case ModelRetention:
		return v.constant()
	}
	return &Declined{Model: model, Why: NoRepeatData}
}

// fallBack values customers by what they brought in over the horizon's months
// before the as-of date.
func (v *valuation) fallBack() {
	if v.h.Refused != "" {
		v.out.Model, v.out.Why.Why = ModelNone, WhyNothing
		v.decline(Declined{Model: ModelHistorical, Why: NoRepeatData})
		return
	}
	v.out.Model, v.out.Why.Why = ModelHistorical, WhyOnlyHistory
	if v.o.Model == ModelHistorical {
		v.out.Why.Why = WhyAsked
	}
	if v.l.short(v.o.Horizon) {
		v.out.Since = v.h.Total.First
	}
	w := v.l.window(v.o.Horizon, false)
	v.out.Revenue = math.IsNaN(v.o.Margin) && v.h.Total.Unknown == v.h.Total.Transactions
	if v.out.Revenue {
		v.out.Value = w.Revenue
		return
	}
	v.out.Value = w.Value
}

// share returns what a forecast of sales is multiplied by: the net revenue
// after refunds, or the profit, per unit of sales so far (METHOD 5.5).
func (v *valuation) share() float64 {
	sales := stat.Sum(stat.Ascending(v.h.Sales))
	switch {
	case !(sales > 0):
		return nan
	case v.out.Revenue:
		return v.h.Total.Revenue / sales
	}
	var gains []float64
	for k, kind := range v.h.Kind {
		if kind != purchase.Acquisition {
			gains = append(gains, v.l.gain(k))
		}
	}
	return stat.Sum(stat.Ascending(gains)) / sales
}

// buying values customers by their expected purchases.
func (v *valuation) buying(model Model) *Declined {
	if v.h.Refused != "" {
		return &Declined{Model: model, Why: NoRepeatData}
	}
	if v.o.Discount < 0 || math.IsNaN(v.o.Discount) {
		return &Declined{Model: model, Why: DiscountRange}
	}
	f, why := fitRepeat(Summarise(v.h, v.end, v.o.Unit), model)
	if why != nil {
		return why
	}
	v.out.Parameters = append(v.out.Parameters, f.letters...)
	b := &Buying{Fit: f.fit, Repeaters: f.s.Repeaters(), Correlation: SpendCorrelation(f.s), SpendMean: nan}
	v.out.Buying = b
	b.Tracking = f.track(v.h, v.end)
	if v.o.Holdout > 0 {
		if b.Holdout, why = checkHoldout(v.h, v.end, model, v.o); why != nil {
			v.decline(*why)
		}
	}
	return v.worth(f, model, b)
}

// worth turns expected purchases into money.
func (v *valuation) worth(f *forecast, model Model, b *Buying) *Declined {
	monthly := MonthlyRate(v.o.Discount)
	scored := f.score(v.o.Horizon, monthly)
	for k, i := range f.s.Customer {
		v.out.Alive[i], v.out.Purchases[i] = scored.alive[f.p.of[k]], scored.purchases[f.p.of[k]]
	}
	share := v.share()
	if !(share > 0) {
		return &Declined{model, NegativeMargin, []dataset.Quantity{dataset.Num(share, dataset.Share)}}
	}
	gg, fit, why := fitSpend(f.s, model)
	if why != nil {
		return why
	}
	v.out.Margin, b.SpendFit, b.SpendMean = share, fit, gg.Mean()
	v.out.Parameters = append(v.out.Parameters, Parameter{"gammagamma.p", gg.P}, Parameter{"gammagamma.q", gg.Q}, Parameter{"gammagamma.gamma", gg.Gamma})
	for k, i := range f.s.Customer {
		v.out.Spend[i] = gg.Expected(float64(f.s.X[k]), f.s.Spend[k])
		v.out.Value[i] = share * v.out.Spend[i] * scored.discounted[f.p.of[k]]
	}
	v.newcomers(f, share*gg.Mean(), monthly)
	return nil
}

// newcomers foretells the customers to come: as many first purchases a month
// as over the last 12 months, each worth a purchase now and the repeat
// purchases that the model expects within the horizon's length after it, less
// the mean cost of winning a customer where that is known (METHOD 5.8).
func (v *valuation) newcomers(f *forecast, perPurchase, monthly float64) {
	e := &v.out.Equity
	yearAgo, came := addMonths(v.end, -12), 0
	for _, age := range f.s.Age {
		if v.end-age > yearAgo {
			came++
		}
	}
	month := daysPerMonth / f.s.Unit
	e.NewPerMonth = float64(came) / 12
	e.NewCustomerValue = perPurchase * (1 + Discounted(v.o.Horizon, monthly, func(k float64) float64 { return f.model.ExpectedNew(k * month) }))
	if cost := stat.Mean(stat.Ascending(v.l.acquisition), nil); !math.IsNaN(cost) && !v.out.Revenue {
		e.NewCustomerValue -= cost
	}
	e.NewValue = Discounted(v.o.Horizon, monthly, func(k float64) float64 { return k * e.NewPerMonth * e.NewCustomerValue })
}

// remark adds what a reader of the figures must know.
func (v *valuation) remark() {
	r := v.out
	if r.Model == ModelNone {
		return
	}
	switch unknown := v.h.Total.Unknown; {
	case v.h.Refused == "" && unknown > 0 && !math.IsNaN(v.o.Margin):
		v.note(NoteMargin, dataset.Num(v.o.Margin, dataset.Share))
	case r.Revenue && r.Equity.Customers == 0: // no figure of money
	case r.Revenue && (v.h.Refused != "" || unknown == v.h.Total.Transactions):
		v.note(NoteRevenue)
	case v.h.Refused == "" && unknown > 0 && r.Model == ModelHistorical:
		v.note(NoteMissing, dataset.N(unknown))
	case v.h.Refused == "" && unknown > 0:
		v.note(NoteCosts, dataset.N(unknown))
	}
	if b := r.Buying; b != nil && r.Model != ModelHistorical {
		v.note(NoteOneTime)
		if math.Abs(b.Correlation) > 0.3 {
			v.note(NoteCorrelation, dataset.Num(b.Correlation, dataset.Ratio))
		}
		if b.Holdout != nil {
			v.note(NoteHoldout, dataset.Num(b.Holdout.Predicted, dataset.Count), dataset.Num(b.Holdout.Actual, dataset.Count))
		}
	}
	if v.out.Contract != nil && v.out.Contract.Homogeneous {
		v.note(NoteHomogeneous)
	}
	if r.Historical != nil && r.Historical.BeforeStart > 0 {
		v.note(NoteBeforeStart, dataset.N(r.Historical.BeforeStart))
	}
	if r.Historical != nil && len(v.o.Windows) > 0 && v.l.short(slices.Max(v.o.Windows)) {
		v.note(NoteShort, dataset.Str(v.h.Total.First.Format(time.DateOnly)))
	}
	if r.Historical != nil && r.Historical.Early > 0 {
		v.note(NoteEarly, dataset.N(r.Historical.Early))
	}
	if v.t.late > 0 {
		v.note(NoteAfter, dataset.N(v.t.late))
	}
	if v.t.contractual && v.t.firstBuy > 0 {
		v.note(NoteFirstBuy, dataset.N(v.t.firstBuy))
	}
	if !math.IsNaN(r.Equity.SE) && r.Model != ModelHistorical {
		v.note(NoteParameters)
	}
}
