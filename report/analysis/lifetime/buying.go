package lifetime

import (
	"math"

	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// repeatModel foretells repeat purchases.
type repeatModel interface {
	Alive(x, recent, age float64) float64
	Expected(t, x, recent, age float64) float64
	ExpectedNew(t float64) float64
	future(t, x, age float64) float64
}

// forecast is a fitted model of repeat buying over the histories of all buyers.
type forecast struct {
	s        *Summaries
	p        *patterns
	model    repeatModel
	fit      Fit
	letters  []Parameter
	oneTimeN bool // P(alive) means nothing for one-time buyers (BG/NBD)
}

// checkRepeat returns why the purchases cannot bear a model of repeat buying.
func checkRepeat(s *Summaries, model Model) *Declined {
	repeaters := s.Repeaters()
	longest, gaps, times := int32(0), 0.0, 0.0
	for k, age := range s.Age {
		longest = max(longest, age)
		gaps += float64(s.Recent[k])
		times += float64(s.X[k])
	}
	decline := func(why Refusal, got, need int) *Declined {
		return &Declined{model, why, []dataset.Quantity{dataset.N(got), dataset.N(need)}}
	}
	switch {
	case s.Len() > 0 && repeaters == 0:
		return decline(OneTimeBuyers, s.Len(), MinRepeaters)
	case int(longest) < MinDays:
		return decline(TooShort, int(longest), MinDays)
	case s.Len() < MinCustomers:
		return decline(TooFewCustomers, s.Len(), MinCustomers)
	case repeaters < MinRepeaters:
		return decline(TooFewRepeaters, repeaters, MinRepeaters)
	case float64(longest) < 2*gaps/times:
		return decline(TooShort, int(longest), int(math.Ceil(2*gaps/times)))
	}
	return nil
}

// fitRepeat fits the model of repeat buying.
func fitRepeat(s *Summaries, model Model) (*forecast, *Declined) {
	if why := checkRepeat(s, model); why != nil {
		return nil, why
	}
	f := &forecast{s: s, p: aggregate(s)}
	ok := false
	if model == ModelParetoNBD {
		var m ParetoNBD
		m, f.fit, ok = fitParetoNBD(f.p)
		f.model, f.letters = m, []Parameter{{"paretonbd.r", m.R}, {"paretonbd.alpha", m.Alpha}, {"paretonbd.s", m.S}, {"paretonbd.beta", m.Beta}}
	} else {
		var m BGNBD
		m, f.fit, ok = fitBGNBD(f.p)
		f.oneTimeN = true
		f.model, f.letters = m, []Parameter{{"bgnbd.r", m.R}, {"bgnbd.alpha", m.Alpha}, {"bgnbd.a", m.A}, {"bgnbd.b", m.B}}
	}
	if !ok {
		return nil, &Declined{Model: model, Why: NotIdentified}
	}
	return f, nil
}

// scores are the forecasts of every different history.
type scores struct{ alive, purchases, discounted []float64 }

// Score foretells the purchases of every customer over a number of months, and
// the same discounted month by month at a monthly rate. Parallel to s.Customer.
func Score(s *Summaries, m BGNBD, months int, monthly float64) (purchases, discounted []float64) {
	f := &forecast{s: s, p: aggregate(s), model: m, oneTimeN: true}
	scored := f.score(months, monthly)
	purchases, discounted = make([]float64, s.Len()), make([]float64, s.Len())
	for k, row := range f.p.of {
		purchases[k], discounted[k] = scored.purchases[row], scored.discounted[row]
	}
	return purchases, discounted
}

// score foretells the months of a horizon. What a customer who is still one
// will buy depends on x and T alone: it is computed once for each pair of them,
// of which there are far fewer than histories.
func (f *forecast) score(months int, monthly float64) scores {
	n := len(f.p.rows)
	out := scores{make([]float64, n), make([]float64, n), make([]float64, n)}
	pair, first := f.p.pairs()
	purchases, discounted := make([]float64, len(first)), make([]float64, len(first))
	month := daysPerMonth / f.s.Unit
	parallel(len(first), func(from, to int) {
		for j := from; j < to; j++ {
			row := &f.p.rows[first[j]]
			_, age := f.p.times(row)
			discounted[j] = Discounted(months, monthly, func(k float64) float64 { return f.model.future(k*month, float64(row.x), age) })
			purchases[j] = f.model.future(float64(months)*month, float64(row.x), age)
		}
	})
	parallel(n, func(from, to int) {
		for k := from; k < to; k++ {
			row := &f.p.rows[k]
			recent, age := f.p.times(row)
			alive := f.model.Alive(float64(row.x), recent, age)
			out.alive[k], out.purchases[k], out.discounted[k] = alive, alive*purchases[pair[k]], alive*discounted[pair[k]]
			if row.x == 0 && f.oneTimeN {
				out.alive[k] = nan
			}
		}
	})
	return out
}

// fitSpend fits the Gamma-Gamma where the data bear it.
func fitSpend(s *Summaries, model Model) (m GammaGamma, fit Fit, why *Declined) {
	spenders := 0
	for k, x := range s.X {
		if x > 0 && s.Spend[k] > 0 {
			spenders++
		}
	}
	if spenders < MinRepeaters {
		return m, fit, &Declined{model, SpendUnknown, []dataset.Quantity{dataset.N(spenders), dataset.N(MinRepeaters)}}
	}
	m, fit, ok := FitGammaGamma(s)
	if !ok {
		return m, fit, &Declined{Model: model, Why: SpendInfinite}
	}
	return m, fit, nil
}

// track compares repeat purchases with the model, week by week, or in longer
// steps where there would be more than 260 points.
func (f *forecast) track(h *purchase.History, end int32) Tracking {
	born, repeats, first := f.calendar(h, end)
	span := len(born) - 1
	// The model's expectation by age in days is needed for every age once.
	byAge := make([]float64, span+1)
	parallel(span+1, func(from, to int) {
		for a := from; a < to; a++ {
			byAge[a] = f.model.ExpectedNew(float64(a) / f.s.Unit)
		}
	})
	step := 7 * (1 + span/(7*260))
	out := Tracking{}
	actual, counted := 0.0, 0
	for at := step; at <= span; at += step {
		for ; counted <= at; counted++ {
			actual += repeats[counted]
		}
		expected := 0.0
		for b := range at {
			expected += born[b] * byAge[at-b]
		}
		out.Day = append(out.Day, first+int32(at))
		out.Actual, out.Expected = append(out.Actual, actual), append(out.Expected, expected)
	}
	return out
}

// calendar counts first purchases and repeat purchase days by day since the
// first of all.
func (f *forecast) calendar(h *purchase.History, end int32) (born, repeats []float64, first int32) {
	longest := int32(0)
	for _, age := range f.s.Age {
		longest = max(longest, age)
	}
	first = end - longest
	born, repeats = make([]float64, longest+1), make([]float64, longest+1)
	for _, i := range f.s.Customer {
		days, _ := h.Days(int(i))
		for k, day := range days {
			switch {
			case day > end:
			case k == 0:
				born[day-first]++
			default:
				repeats[day-first]++
			}
		}
	}
	return born, repeats, first
}
