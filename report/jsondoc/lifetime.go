package jsondoc

import (
	"valuebook/report/analysis/lifetime"
	"valuebook/report/dataset"
)

type lifetimeDocument struct {
	Model      string             `json:"model"`
	Why        string             `json:"why"`
	Parameters map[string]float64 `json:"parameters,omitempty"` // by the letters of the literature, such as "bgnbd.r"
	Horizon    int                `json:"horizon"`              // months: ahead for a forecast, back for what happened
	Discount   float64            `json:"discount"`             // a year
	Margin     *float64           `json:"margin,omitempty"`     // profit per unit of sales
	Revenue    bool               `json:"revenue,omitempty"`    // values are revenue: costs are not known
	UnitDays   *float64           `json:"unit_days,omitempty"`  // of the parameters
	Equity     equity             `json:"equity"`
	Windows    []window           `json:"windows,omitempty"`
	LogLik     *float64           `json:"log_likelihood,omitempty"`
	Repeaters  int                `json:"repeaters,omitempty"`
	Retention  *float64           `json:"retention,omitempty"` // a year, or at the first renewal
	DEL        *float64           `json:"del,omitempty"`       // periods of margin that a new customer is worth, for ever
	Months     int                `json:"period_months,omitempty"`
	Cohorts    []cohort           `json:"cohorts,omitempty"`
	Declined   []declined         `json:"declined,omitempty"` // what is not given, in the order of trying
	Remarks    []string           `json:"remarks,omitempty"`
}

type equity struct {
	Customers       int       `json:"customers"` // current ones with a value
	Total           *float64  `json:"total,omitempty"`
	CI              []float64 `json:"ci,omitempty"`
	Negative        int       `json:"negative,omitempty"` // customers with a value below 0
	WithoutNegative *float64  `json:"without_negative,omitempty"`
	NewPerMonth     *float64  `json:"new_per_month,omitempty"`
	NewValue        *float64  `json:"new_value,omitempty"`
	NewCustomer     *float64  `json:"new_customer_value,omitempty"`
}

type window struct {
	Months    int      `json:"months"`
	Kind      string   `json:"kind"` // trailing or tenure
	Customers int      `json:"customers"`
	Revenue   *float64 `json:"revenue,omitempty"`
	Value     *float64 `json:"value,omitempty"`
	Young     int      `json:"young,omitempty"`   // not yet so many months old
	Early     int      `json:"early,omitempty"`   // began before the first purchase of all
	Unknown   int      `json:"unknown,omitempty"` // without a value, since a cost is not known
}

type cohort struct {
	Name      string    `json:"name"`
	Customers *float64  `json:"n,omitempty"` // at the beginning
	Period    []int     `json:"period"`
	Left      []float64 `json:"left"`            // shares of the beginning
	Fitted    []float64 `json:"fitted"`          // the same by its own fit, else by that of all
	Alpha     *float64  `json:"alpha,omitempty"` // of its own fit, where it has one
	Beta      *float64  `json:"beta,omitempty"`
	LogLik    *float64  `json:"log_likelihood,omitempty"`
	DEL       *float64  `json:"del,omitempty"`
}

type declined struct {
	Model string `json:"model,omitempty"`
	Code  string `json:"code"`
	Text  string `json:"text"`
}

// lifetime is what customers are worth to the firm; a workbook that bears
// nothing at all gets the reasons in one refusal.
func (b builder) lifetime() any {
	l := b.rep.Results.Lifetime
	switch {
	case l == nil:
		return b.refuse("refused.lifetime")
	case l.Model == lifetime.ModelNone:
		if no := b.refusePurchases(); no != nil && b.rep.Results.Purchases != nil {
			return no
		}
		var why []dataset.Message
		for _, d := range l.Declined {
			why = append(why, d.Message())
		}
		return &refusal{Refused: b.words.Quantity(dataset.Sentence(why...))}
	}
	doc := &lifetimeDocument{
		Model: string(l.Model), Why: b.words.Text(l.Why.Message()), Parameters: parameters(l), Horizon: l.Horizon, Discount: l.Discount,
		Margin: number(l.Margin), Revenue: l.Revenue, Equity: equityOf(l.Equity), Windows: windows(l.Historical),
	}
	if len(doc.Parameters) > 0 {
		doc.UnitDays = number(l.Unit)
	}
	if l.Buying != nil {
		doc.LogLik, doc.Repeaters = number(l.Buying.Fit.LogLikelihood), l.Buying.Repeaters
	}
	if l.Contract != nil {
		doc.Retention, doc.DEL, doc.Months, doc.Cohorts = number(l.Contract.Retention), number(l.Contract.Multiple), l.Contract.Months, b.cohorts(l.Contract)
		doc.LogLik = number(l.Contract.LogLik)
	}
	for _, d := range l.Declined {
		doc.Declined = append(doc.Declined, declined{Model: string(d.Model), Code: string(d.Why), Text: b.words.Text(d.Message())})
	}
	for _, r := range l.Remarks {
		doc.Remarks = append(doc.Remarks, b.words.Text(r.Message()))
	}
	return doc
}

// cohorts are the shares of customers left; n is absent where shares are all
// that is given.
func (b builder) cohorts(c *lifetime.Contract) []cohort {
	var all []cohort
	for _, curve := range c.Curves {
		one := cohort{Name: curve.Cohort, Period: curve.Period, Left: curve.Actual, Fitted: curve.Fitted}
		if given := b.rep.Dataset.Cohorts; !given.Share || len(given.Name) == 0 {
			one.Customers = number(curve.Customers)
		}
		if a := curve.Alone; a != nil {
			one.Alpha, one.Beta, one.LogLik, one.DEL = number(a.Alpha), number(a.Beta), number(a.LogLik), number(a.DEL)
		}
		all = append(all, one)
	}
	return all
}

func parameters(l *lifetime.Result) map[string]float64 {
	all := map[string]float64{}
	for _, p := range l.Parameters {
		if x := number(p.Value); x != nil {
			all[p.Name] = *x
		}
	}
	return all
}

func equityOf(e lifetime.Equity) equity {
	doc := equity{
		Customers: e.Customers, Total: number(e.Total), Negative: e.Negative, WithoutNegative: number(e.WithoutNegative),
		NewPerMonth: number(e.NewPerMonth), NewValue: number(e.NewValue), NewCustomer: number(e.NewCustomerValue),
	}
	if e.Customers == 0 { // nothing was added up
		doc.Total, doc.WithoutNegative = nil, nil
	}
	if number(e.Lo) != nil && number(e.Hi) != nil {
		doc.CI = []float64{e.Lo, e.Hi}
	}
	return doc
}

func windows(h *lifetime.Historical) []window {
	if h == nil {
		return nil
	}
	var all []window
	for _, list := range [][]lifetime.Window{h.Trailing, h.Tenure} {
		for _, w := range list {
			one := window{Months: w.Months, Kind: "trailing", Customers: w.Customers, Revenue: number(w.TotalRevenue), Young: w.Young, Early: w.Early, Unknown: w.Unknown}
			if w.Tenure {
				one.Kind = "tenure"
			}
			if w.Unknown == 0 { // else a part of it would pass for the whole
				one.Value = number(w.TotalValue)
			}
			all = append(all, one)
		}
	}
	return all
}
