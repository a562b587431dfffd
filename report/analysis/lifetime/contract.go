package lifetime

import (
	"math"

	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// shareSize is how many customers a cohort counts as when its survivors are
// shares: the parameters do not depend on it, the likelihood does.
const shareSize = 1000

// givenCohorts returns the cohorts of the dataset.
func (v *valuation) givenCohorts() []Cohort {
	var out []Cohort
	c := v.d.Cohorts
	for k, name := range c.Name {
		if k >= len(c.Period) || k >= len(c.Survivors) {
			break
		}
		cohort := Cohort{Name: name, Period: c.Period[k], Survivors: append([]float64(nil), c.Survivors[k]...)}
		for n := range cohort.Survivors {
			if c.Share {
				cohort.Survivors[n] *= shareSize
			}
		}
		out = append(out, cohort)
	}
	return out
}

// renewals values customers under contract by the sBG: the chance of still
// being there in each month ahead, times what the customer brings a month.
func (v *valuation) renewals() *Declined {
	cohorts := v.givenCohorts()
	built := len(cohorts) == 0
	if months := v.d.Cohorts.Months; months > 0 && !built {
		v.o.Renewal = months
	}
	if built {
		if !v.t.contractual {
			return &Declined{Model: ModelSBG, Why: NoSurvivors}
		}
		cohorts = v.t.cohorts(v.o.Renewal)
	}
	if why := enoughRenewals(cohorts, v.d.Cohorts.Share && !built); why != nil {
		if gone := v.t.gone(); why.Why == SurvivorsAll && built && gone > 0 {
			return &Declined{ModelSBG, NoneAtRenewal, []dataset.Quantity{dataset.N(gone), dataset.N(v.o.Renewal)}}
		}
		return why
	}
	m, logLik, homogeneous, why := FitSBG(cohorts)
	if why != nil {
		return why
	}
	periodRate := math.Pow(1+v.o.Discount, float64(v.o.Renewal)/12) - 1
	del, refused := m.DEL(periodRate)
	if refused != "" {
		v.decline(Declined{Model: ModelSBG, Why: refused})
	}
	if built {
		v.note(NoteBuilt, dataset.N(v.o.Renewal))
	} else if v.d.Cohorts.Share {
		v.note(NoteShares, dataset.N(shareSize))
	}
	v.out.Parameters = append(v.out.Parameters, Parameter{"sbg.alpha", m.Alpha}, Parameter{"sbg.beta", m.Beta})
	v.out.Contract = &Contract{Retention: m.Retention(1), Timing: AtOnce, Multiple: del, Months: v.o.Renewal,
		Discount: periodRate, Homogeneous: homogeneous, LogLik: logLik, Curves: curves(cohorts, m)}
	if !built && len(cohorts) > 1 {
		v.fitAlone(cohorts, periodRate)
	}
	v.valueContracts(ModelSBG, m.monthsLeft(v.o))
	return nil
}

// enoughRenewals checks the least data for the sBG; shares do not say how many
// customers there were.
func enoughRenewals(cohorts []Cohort, share bool) *Declined {
	if len(cohorts) == 0 {
		return &Declined{Model: ModelSBG, Why: NoSurvivors}
	}
	if why := checkCohorts(cohorts); why != nil {
		return why
	}
	size := 0.0
	for _, c := range cohorts {
		size += c.Survivors[0]
	}
	if points := renewals(cohorts); points < MinRenewals {
		return &Declined{ModelSBG, TooFewRenewals, []dataset.Quantity{dataset.N(points), dataset.N(MinRenewals)}}
	}
	if !share && size < MinCohort {
		return &Declined{ModelSBG, SmallCohort, []dataset.Quantity{dataset.Num(size, dataset.Count), dataset.N(MinCohort)}}
	}
	return nil
}

func curves(cohorts []Cohort, m SBG) []Survival {
	var out []Survival
	for _, c := range cohorts {
		s := Survival{Cohort: c.Name, Customers: c.Survivors[0], Period: c.Period}
		for k, p := range c.Period {
			s.Actual = append(s.Actual, c.Survivors[k]/c.Survivors[0])
			s.Fitted = append(s.Fitted, m.Survival(p))
		}
		out = append(out, s)
	}
	return out
}

// fitAlone fits every given cohort by itself where it can be: cohorts of one
// workbook may be different kinds of customers, whom one model blurs.
func (v *valuation) fitAlone(cohorts []Cohort, periodRate float64) {
	for k, c := range cohorts {
		one := []Cohort{c}
		if enoughRenewals(one, v.d.Cohorts.Share) != nil {
			continue
		}
		m, logLik, _, why := FitSBG(one)
		if why != nil {
			continue
		}
		del, _ := m.DEL(periodRate)
		curve := &v.out.Contract.Curves[k]
		curve.Alone = &Alone{m, logLik, del}
		for i, p := range curve.Period {
			curve.Fitted[i] = m.Survival(p)
		}
	}
}

// monthsLeft returns a function of the age in whole months: the discounted
// months that a customer of that age is expected to stay within the horizon,
// margins at the end of each month. Chances change only at renewals.
func (m SBG) monthsLeft(o Options) func(age int) float64 {
	monthly := MonthlyRate(o.Discount)
	survival := []float64{1}
	byAge := map[int]float64{}
	return func(age int) float64 {
		if sum, done := byAge[age]; done {
			return sum
		}
		for t := len(survival); t <= (age+o.Horizon)/o.Renewal; t++ {
			survival = append(survival, survival[t-1]*m.Retention(t))
		}
		now, sum, factor := survival[age/o.Renewal], 0.0, 1.0
		for k := 1; k <= o.Horizon; k++ {
			factor /= 1 + monthly
			sum += survival[(age+k)/o.Renewal] / now * factor
		}
		byAge[age] = sum
		return sum
	}
}

// constant values customers under contract by an average retention.
func (v *valuation) constant() *Declined {
	rate, active := v.o.Retention, 0
	if math.IsNaN(rate) {
		if rate, active = v.t.retention(); active < MinActive {
			return &Declined{ModelRetention, NoRetention, []dataset.Quantity{dataset.N(active), dataset.N(MinActive)}}
		}
	}
	if why := checkRates(rate, v.o.Discount); why != "" {
		return &Declined{Model: ModelRetention, Why: why}
	}
	growth := MonthlyRate(v.o.Growth)
	months, why := FiniteMultiple(MonthlyRetention(rate), MonthlyRate(v.o.Discount), growth, v.o.Horizon, EndOfPeriod)
	if why != "" {
		return &Declined{Model: ModelRetention, Why: why}
	}
	forever, why := Multiple(rate, v.o.Discount, v.o.Growth, EndOfPeriod)
	if why != "" {
		v.decline(Declined{Model: ModelRetention, Why: why})
	}
	v.out.Parameters = append(v.out.Parameters, Parameter{"retention.d", v.o.Discount}, Parameter{"retention.g", v.o.Growth}, Parameter{"retention.r", rate})
	v.out.Contract = &Contract{Retention: rate, Active: active, Timing: EndOfPeriod, Multiple: forever, Months: 12, Discount: v.o.Discount, LogLik: nan}
	v.valueContracts(ModelRetention, func(int) float64 { return months })
	return nil
}

// valueContracts sets the value of every customer from its margin per month
// and the discounted months ahead. Customers who left are worth 0. Where no
// margin is known at all, that is said.
func (v *valuation) valueContracts(model Model, monthsAhead func(age int) float64) {
	fee, known := v.fees(), false
	for i := range v.out.Value {
		switch {
		case v.t.start[i] == noDay:
			continue
		case v.t.churn[i] != noDay:
			v.out.Alive[i], v.out.Value[i] = 0, 0
			continue
		}
		v.out.Alive[i] = 1
		margin := v.monthly(i, fee)
		v.out.Spend[i] = margin
		v.out.Value[i] = margin * monthsAhead(monthsOver(v.t.start[i], v.end))
		known = known || !math.IsNaN(margin)
	}
	if !known {
		v.out.Value = blank(len(v.out.Value))
		v.decline(Declined{Model: model, Why: NoMargin})
	}
}

// monthly returns what customer i brings a month: over the last 12 months, or
// since it began, where a first month that is not over counts as a whole one;
// without purchases, the fee of its contract.
func (v *valuation) monthly(i int, fee []float64) float64 {
	if i < v.h.Len() && v.h.First[i] != noDay {
		from := addMonths(v.end, -12)
		revenue, value := v.l.between(i, from, v.end)
		if v.out.Revenue {
			value = revenue
		}
		return value / max(1, v.l.exposed(i, from, v.end, 12))
	}
	if math.IsNaN(fee[i]) || v.out.Revenue {
		return fee[i]
	}
	return fee[i] * v.o.Margin
}

// fees returns the fee per month of each customer by the last event up to the
// as-of date.
func (v *valuation) fees() []float64 {
	fee, day := blank(v.d.Customers.Len()), make([]int32, v.d.Customers.Len())
	c := v.d.Contracts
	for j, i := range c.Customer {
		if j >= len(c.Date) || i < 0 || int(i) >= len(fee) || math.IsNaN(feeOf(c, j)) {
			continue
		}
		if at := purchase.DayOf(c.Date[j]); at <= v.end && (math.IsNaN(fee[i]) || at >= day[i]) {
			fee[i], day[i] = feeOf(c, j), at
		}
	}
	return fee
}
