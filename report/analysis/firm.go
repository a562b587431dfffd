package analysis

import (
	"math"
	"slices"
	"strings"
	"time"

	"valuebook/report/analysis/concentration"
	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// Fixed identifiers of what a concentration is of.
const (
	OfRevenue   = "revenue"
	OfEarnings  = "earnings"
	OfFirmValue = "firm_value"
)

// Concentration is the concentration of one quantity over the customers.
type Concentration struct {
	Of string // what is held: one of the Of constants
	// Header is the column that it comes from, "" when it comes from purchases.
	Header string
	Values []float64 // per customer, NaN = not known
	*concentration.Result
}

// FirmSource is the fixed identifier of where value to the firm on the quadrant
// comes from, in the order of choice (METHOD 4.1).
type FirmSource string

// The sources.
const (
	NoFirmValue    FirmSource = ""
	FirmComponents FirmSource = "components" // the five components
	FirmColumn     FirmSource = "column"     // a lifetime-value or profit column of the workbook
	FirmFitted     FirmSource = "fitted"     // lifetime value by a model
	FirmHistory    FirmSource = "history"    // what customers brought in
)

// analyseFirm computes what follows from purchases and from columns of amounts:
// history, scores, concentration (METHOD 5.0, 6).
func analyseFirm(d *dataset.Dataset, o Options, r *Results) {
	if d.Offers != nil || d.Customers.Len() == 0 && d.Transactions.Len() == 0 && len(d.Cohorts.Name) == 0 {
		return
	}
	if d.Transactions.Len() > 0 || len(d.Transactions.Left) > 0 {
		r.Purchases = purchase.New(d, d.AsOf)
	}
	if r.Purchases != nil || len(d.Contracts.Customer) > 0 || len(d.Cohorts.Name) > 0 || begunAndLeft(d) {
		r.Lifetime = lifetime.Analyse(d, r.Purchases, o.lifetime())
	}
	if r.bought() {
		in, options := o.scores(d, r.Purchases)
		r.RFM = rfm.Score(in, options)
		r.Earnings = concentrationOf(OfEarnings, "", earnings(r.Purchases))
	}
	r.Concentration = concentrate(d, r)
}

// begunAndLeft reports whether the workbook says when customers began and left,
// and holds nothing else that an analysis rests on: beside ratings, dates describe
// customers.
func begunAndLeft(d *dataset.Dataset) bool {
	return len(d.Attributes) == 0 && slices.ContainsFunc(d.Customers.Start, isDate) && slices.ContainsFunc(d.Customers.Churn, isDate)
}

func isDate(t time.Time) bool { return !t.IsZero() }

// bought reports whether there is a history of purchases.
func (r *Results) bought() bool { return r.Purchases != nil && r.Purchases.Refused == "" }

// Revenue returns what each customer brought in, NaN = not known: the workbook's
// column, else the purchases less refunds; nil without either.
func (r *Results) Revenue(d *dataset.Dataset) []float64 {
	if r.RevenueGiven(d) {
		return d.Customers.Revenue
	}
	if r.bought() {
		return r.Purchases.Net
	}
	return nil
}

// RevenueGiven reports whether the workbook states revenue in a column.
func (r *Results) RevenueGiven(d *dataset.Dataset) bool { return given(d.Customers.Revenue) }

func given(values []float64) bool {
	return slices.ContainsFunc(values, func(x float64) bool { return !math.IsNaN(x) })
}

// concentrate measures revenue, by the purchases where there are any, else by
// the column; without revenue, the column of value to the firm.
func concentrate(d *dataset.Dataset, r *Results) *Concentration {
	if r.bought() {
		return concentrationOf(OfRevenue, "", r.Purchases.Net)
	}
	if given(d.Customers.Revenue) {
		return concentrationOf(OfRevenue, "", d.Customers.Revenue)
	}
	return concentrationOf(OfFirmValue, d.FirmLabel, d.FirmValue.Values)
}

// concentrationOf returns nil where nobody has a value.
func concentrationOf(of, header string, values []float64) *Concentration {
	if !given(values) {
		return nil
	}
	return &Concentration{Of: of, Header: header, Values: values, Result: concentration.Measure(values)}
}

// earnings returns revenue less cost of each customer, nil when a cost is not
// known: a total without some costs would be too high.
func earnings(h *purchase.History) []float64 {
	if h.Total.Unknown > 0 {
		return nil
	}
	out := make([]float64, h.Len())
	for i := range out {
		out[i] = h.Net[i] - h.Costs[i]
	}
	return out
}

// scores returns the measures of METHOD 6.1 and how they are scored. Who has no
// purchase day has none of them.
func (o Options) scores(d *dataset.Dataset, h *purchase.History) (rfm.Input, rfm.Options) {
	n := h.Len()
	in := rfm.Input{Recency: make([]float64, n), Frequency: make([]float64, n), Monetary: make([]float64, n),
		Orders: make([]float64, n), Revenue: h.Net, Order: byID(d)}
	end := purchase.DayOf(h.AsOf)
	for i := range n {
		days, _ := h.Days(i)
		in.Orders[i] = float64(h.Orders[i])
		in.Recency[i], in.Frequency[i], in.Monetary[i] = math.NaN(), math.NaN(), math.NaN()
		if len(days) == 0 {
			continue
		}
		in.Recency[i], in.Frequency[i], in.Monetary[i] = float64(end-days[len(days)-1]), in.Orders[i], h.Net[i]
		if o.RFMFrequency == FrequencyDays {
			in.Frequency[i] = float64(len(days))
		}
		if o.RFMMonetary == AmountMean {
			in.Monetary[i] /= in.Orders[i]
		}
	}
	return in, rfm.Options{Mode: o.RFMMode, Segments: o.segmentTable(), Weights: o.RFMWeights}
}

// byID returns the customers in the order of their identifiers, in which sums
// are formed (METHOD 0.2).
func byID(d *dataset.Dataset) []int {
	order := make([]int, d.Customers.Len())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(d.Customers.ID[a], d.Customers.ID[b]) })
	return order
}

// lifetime returns the options of package lifetime.
func (o Options) lifetime() lifetime.Options {
	options := lifetime.DefaultOptions()
	options.Horizon, options.Discount, options.Windows, options.Seed = o.Horizon, o.Discount, o.Windows, o.Seed
	options.Bootstrap = min(o.Bootstrap, options.Bootstrap)
	if o.Margin > 0 {
		options.Margin = o.Margin
	}
	return options
}
