package samples

import (
	"fmt"
	"math"
	"sort"
	"time"
)

// A purchase is one row of the sheet Transactions.
type purchase struct {
	customer      string
	date          time.Time
	revenue, cost float64
	kind          string
}

// transactions returns all purchases by date, and sets the revenue of the last
// twelve months of every customer.
func (v *survey) transactions(customers []respondent) [][]any {
	var list []purchase
	yearAgo := v.end.AddDate(-1, 0, 0)
	for i := range customers {
		c := &customers[i]
		c.annual = c.story.Revenue * math.Exp(c.story.Spread*deviation(c.name+"/size"))
		for _, p := range v.purchases(c) {
			list = append(list, p)
			if p.date.After(yearAgo) {
				c.revenue += p.revenue
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].date.Before(list[j].date) })
	rows := make([][]any, 0, len(list))
	for _, p := range list {
		rows = append(rows, []any{p.customer, p.date, p.revenue, p.cost, p.kind})
	}
	return rows
}

// purchases returns what one customer bought: orders at its own rhythm, a
// service visit a quarter, a refund now and then, and what it cost to win it.
func (v *survey) purchases(c *respondent) []purchase {
	var list []purchase
	first := time.Date(v.end.Year(), v.end.Month()+1-time.Month(v.Months), 1, 0, 0, 0, 0, time.UTC)
	if !c.start.Before(first) {
		list = append(list, purchase{c.id, c.start, 0, money(2500 + 0.01*c.annual), "acquisition"})
	}
	rhythm := c.story.Orders * math.Exp(0.3*deviation(c.name+"/rhythm"))
	phase := share(c.name + "/phase")
	for m := range v.Months {
		month := first.AddDate(0, m, 0)
		orders := int(phase+rhythm*float64(m+1)) - int(phase+rhythm*float64(m))
		for n := range orders {
			list = append(list, v.order(c, month, m, fmt.Sprintf("%s/%d/%d", c.name, m, n), c.annual/12/rhythm)...)
		}
		if m%3 == int(3*phase) && share(c.name+"/contract") < 0.55 {
			fee := money(0.025 * c.annual)
			list = append(list, purchase{c.id, v.day(month, c.name+"/visit"), fee, money(0.6 * fee), "service"})
		}
	}
	return v.keep(list, c)
}

// order returns one sale, and the refund that follows a few of them.
func (v *survey) order(c *respondent, month time.Time, m int, name string, size float64) []purchase {
	growth := math.Pow(1+c.story.Growth, float64(m-v.Months+7)/12)
	revenue := money(size * growth * math.Exp(0.3*deviation(name+"/size")))
	margin := c.story.Margin + 0.04*deviation(c.name+"/margin") + 0.03*deviation(name+"/margin")
	list := []purchase{{c.id, v.day(month, name), revenue, money(revenue * (1 - margin)), "sale"}}
	if share(name+"/refund") < 0.03 {
		list = append(list, purchase{c.id, v.day(month.AddDate(0, 1, 0), name), -money(0.2 * revenue), 0, "refund"})
	}
	return list
}

// day returns a working day of a month.
func (v *survey) day(month time.Time, name string) time.Time {
	return workday(month.AddDate(0, 0, int(26*share(name+"/day"))))
}

// keep drops what lies outside a customer's time with us, or after the survey.
func (v *survey) keep(list []purchase, c *respondent) []purchase {
	kept := list[:0]
	for _, p := range list {
		if p.date.Before(c.start) || !c.end.IsZero() && p.date.After(c.end) || p.date.After(v.end) {
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// money rounds an amount to tens, as price lists do.
func money(x float64) float64 { return 10 * math.Round(x/10) }
