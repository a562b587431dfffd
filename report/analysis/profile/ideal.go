package profile

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// FindIdeal looks for what tells the customers who are worth most to the firm
// from the others (METHOD 7.2). worth is the value to the firm per customer, NaN
// = unknown, in money or as a score; label is its header, so that the column
// itself cannot explain it. It returns nil when no customer has a value, or no
// column describes customers.
func FindIdeal(d *dataset.Dataset, worth []float64, label string, o Options) *Ideal {
	p := &Ideal{Columns: Columns(d), AUC: math.NaN()}
	if p.Score = scores(worth, d.Customers.Len()); p.Score == nil || len(p.Columns) == 0 {
		return nil
	}
	f := &finder{Ideal: p, o: o, id: d.Customers.ID}
	f.divide(worth)
	if p.Refused = f.refusal(); p.Refused != Accepted {
		return p
	}
	f.suspects(label)
	for c := range p.Columns {
		why := f.leaks(c)
		if why == Accepted {
			why = f.test(c)
		}
		if why != Accepted {
			p.Omitted = append(p.Omitted, Omission{c, why})
			continue
		}
		f.used = append(f.used, c)
	}
	if len(f.used) == 0 {
		p.Refused = NoColumns
		return p
	}
	f.adjust()
	f.scorecard()
	return p
}

// scores returns percentile ranks, nil when nobody has a value.
func scores(worth []float64, n int) []float64 {
	clean := make([]float64, n)
	some := false
	for i := range clean {
		clean[i] = math.NaN()
		if i < len(worth) && !math.IsInf(worth[i], 0) && !math.IsNaN(worth[i]) {
			clean[i], some = worth[i], true
		}
	}
	if !some {
		return nil
	}
	return stat.PercentileRanks(clean)
}

// A finder is a profile being made.
type finder struct {
	*Ideal
	o     Options
	id    []string
	order []int // customers with a value, by identifier
	used  []int // columns that take part
	part  []int // columns that are part of value by their name or entries
}

// divide marks the top customers.
func (f *finder) divide(worth []float64) {
	f.Top, f.Cut = make([]bool, len(f.Score)), math.NaN()
	for i, s := range f.Score {
		if math.IsNaN(s) {
			continue
		}
		f.order = append(f.order, i)
		if f.Top[i] = stat.Nearly(s) >= stat.Nearly(1-f.o.Top); f.Top[i] {
			f.TopN++
			if !(f.Cut <= worth[i]) {
				f.Cut = worth[i]
			}
		}
	}
	f.N = len(f.order)
	slices.SortStableFunc(f.order, func(a, b int) int { return strings.Compare(f.id[a], f.id[b]) })
}

func (f *finder) refusal() Refusal {
	switch {
	case f.N < f.o.MinCustomers:
		return TooFew
	case f.TopN < f.o.MinLevel || f.N-f.TopN < f.o.MinLevel:
		return NoSpread
	}
	return Accepted
}

// answered returns the customers with a value who have an entry in a column.
func (f *finder) answered(c int) []int {
	var rows []int
	for _, i := range f.order {
		if f.Columns[c].Texts.At(i) != "" {
			rows = append(rows, i)
		}
	}
	return rows
}

// levels returns the customers of each answer.
func (f *finder) levels(c int, rows []int) map[string][]int {
	members := map[string][]int{}
	for _, i := range rows {
		text := f.Columns[c].Texts.At(i)
		members[text] = append(members[text], i)
	}
	return members
}

func names(members map[string][]int) []string {
	out := make([]string, 0, len(members))
	for name := range members {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// test compares the top with the rest in one column.
func (f *finder) test(c int) Refusal {
	rows := f.answered(c)
	top := f.count(rows)
	switch {
	case len(rows) < 2*f.o.MinLevel:
		return FewAnswers
	case top == 0 || top == len(rows):
		return NoDifference
	case f.Columns[c].Values != nil:
		f.testNumber(c, rows)
		return Accepted
	}
	members := f.levels(c, rows)
	if len(members) == 1 {
		return OneLevel
	}
	why := NoLevel
	for _, name := range names(members) {
		if n := len(members[name]); n >= f.o.MinLevel {
			f.Levels = append(f.Levels, f.level(c, name, members[name], len(rows), top))
			why = Accepted
		}
	}
	return why
}

func (f *finder) count(rows []int) (top int) {
	for _, i := range rows {
		if f.Top[i] {
			top++
		}
	}
	return top
}

func (f *finder) level(c int, name string, members []int, of, ofTop int) Level {
	n, top := len(members), f.count(members)
	table := stat.TwoByTwo{A: top, B: n - top, C: ofTop - top, D: of - n - ofTop + top}
	return Level{
		Column: c, Name: name, N: n, Top: top, Of: of, OfTop: ofTop, PHolm: math.NaN(),
		Lift: float64(top) / float64(ofTop) / (float64(n) / float64(of)),
		Odds: table.OddsRatio(f.o.Sampling),
	}
}

func (f *finder) testNumber(c int, rows []int) {
	values := f.Columns[c].Values
	var top, rest []float64
	for _, i := range rows {
		if f.Top[i] {
			top = append(top, values[i])
		} else {
			rest = append(rest, values[i])
		}
	}
	a, b := stat.NewMoment(top, nil, f.o.Sampling), stat.NewMoment(rest, nil, f.o.Sampling)
	f.Numbers = append(f.Numbers, Number{
		Column: c, N: len(rows), MeanTop: a.Mean, MeanRest: b.Mean, PHolmRho: math.NaN(), PHolmDifference: math.NaN(),
		Rho:        stat.SpearmanEstimate(gather(values, rows), gather(f.Score, rows), f.o.Sampling),
		Difference: stat.Welch(a, b, f.o.Sampling),
	})
}

// adjust spreads Holm's correction over every test of the profile. Of a column
// with two answers both tests are one, and count once.
func (f *finder) adjust() {
	var p []float64
	var set []*float64
	for k := range f.Levels {
		l := &f.Levels[k]
		if k > 0 && twins(f.Levels[k-1], *l) {
			continue
		}
		p, set = append(p, l.Odds.P), append(set, &l.PHolm)
	}
	for k := range f.Numbers {
		n := &f.Numbers[k]
		p = append(p, n.Rho.P, n.Difference.P)
		set = append(set, &n.PHolmRho, &n.PHolmDifference)
	}
	for k, adjusted := range stat.Holm(p) {
		*set[k] = adjusted
	}
	for k := range f.Levels {
		if k > 0 && twins(f.Levels[k-1], f.Levels[k]) {
			f.Levels[k].PHolm = f.Levels[k-1].PHolm
		}
	}
}

// twins reports whether two answers are all that a column has.
func twins(a, b Level) bool { return a.Column == b.Column && a.N+b.N == a.Of }

func gather(x []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = x[i]
	}
	return out
}
