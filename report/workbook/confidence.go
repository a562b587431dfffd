package workbook

import (
	"math"

	"valuebook/report/dataset"
)

// confidence returns how sure the role of a table is, 0..1, and the role that fits second best, "" where none does. It is
// the fit of the role, less up to a half where another role fits as well. A table of no role is as sure as no other fits.
func (t *table) confidence() (float64, dataset.TableRole) {
	fits := t.fits()
	runner, second := dataset.TableRole(""), 0.0
	for _, f := range fits {
		if f.role != t.role && f.fit > second {
			runner, second = f.role, f.fit
		}
	}
	if t.role == dataset.TableOther {
		return math.Round(100*(1-second)) / 100, runner
	}
	own := 0.0
	for _, f := range fits {
		if f.role == t.role {
			own = f.fit
		}
	}
	return math.Round(100*own*(1-second/2)) / 100, runner
}

type roleFit struct {
	role dataset.TableRole
	fit  float64
}

// fits returns how well a table has what each role needs: the product of its parts, each 0..1.
func (t *table) fits() []roleFit {
	customer, rated := t.customerFit(), t.ratingFit()
	amount := max(t.named(dataset.ColumnRevenue), min(t.named(roleQuantity), t.named(rolePrice)))
	described := max(t.named(roleSide), t.named(dataset.ColumnWeight), t.named(roleScaleHi), t.named(roleScale))
	once := t.once()
	listed := 0.0
	if len(t.columns) > 1 {
		listed = once * (1 - rated)
	}
	return []roleFit{
		{dataset.TableWide, max(customer, 0.4) * rated},
		{dataset.TableOffers, max(t.named(roleOffer), 0.8*t.named(dataset.ColumnSupplier)) * rated},
		{dataset.TableRatings, customer * t.named(dataset.ColumnAttribute) * t.named(dataset.ColumnRating)},
		{dataset.TableTransactions, customer * t.named(dataset.ColumnDate) * max(amount, 0.6*(1-once)) * (1 - rated)},
		{dataset.TableMatch, customer * share(t.count(dataset.ColumnMatch), 2)},
		{dataset.TableValueScore, customer * share(t.count(dataset.ColumnValueScore), 2)},
		{dataset.TableOverall, customer * max(t.named(dataset.ColumnWorth), t.named(dataset.ColumnRebuy))},
		{dataset.TableAttributes, t.named(dataset.ColumnAttribute) * described},
		{dataset.TableParameters, t.named(roleSetting) * t.named(roleValue)},
		{dataset.TableCustomers, customer * listed * (1 - 0.5*min(t.named(dataset.ColumnDate), amount))},
	}
}

// named returns how surely a table has a column of a role: 1 by its header, 0.6 by a guess, 0 without.
func (t *table) named(role dataset.ColumnRole) float64 {
	best := 0.0
	for _, c := range t.columns {
		if c.role == role {
			best = max(best, sureness(c))
		}
		for _, r := range c.roles {
			if r == role {
				best = 1
			}
		}
	}
	return best
}

func sureness(c *column) float64 {
	if c.guess {
		return 0.6
	}
	return 1
}

// customerFit returns how surely a column names customers.
func (t *table) customerFit() float64 {
	return max(t.named(dataset.ColumnID), t.named(roleCustomer), 0.8*t.named(dataset.ColumnName))
}

// ratingFit returns how surely two or more columns hold ratings.
func (t *table) ratingFit() float64 {
	sum, n := 0.0, 0
	for _, c := range t.columns {
		if c.role == dataset.ColumnRating {
			sum += sureness(c)
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n) * share(n, 2)
}

// once returns 1 where every name of a customer stands once, less where names recur.
func (t *table) once() float64 {
	for _, c := range t.columns {
		if c.role != dataset.ColumnID || c.stats.filled == 0 {
			continue
		}
		return min(1, float64(c.stats.distinct)/float64(min(c.stats.filled, mostDistinct)))
	}
	return 1
}

func share(n, of int) float64 { return min(1, float64(n)/float64(of)) }
