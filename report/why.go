package report

import (
	"math"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Why says in up to three sentences why customer i stands where it stands: the
// three largest pluses and minuses (METHOD 3.1), and the smallest change of
// one rating that moves it to another class (METHOD 4.5).
func (r *Report) Why(i int) dataset.Message {
	v := r.Results.Value
	if v == nil {
		return dataset.Message{}
	}
	if reason := v.Own.Why[i]; reason != value.Fine {
		return dataset.Msg("why.sentences", dataset.Sentence(dataset.Msg("why.missing."+reason.String(), share(v.Own.Coverage(i))), r.nearest(i)))
	}
	return dataset.Msg("why.sentences", dataset.Sentence(r.drivers(i), r.nearest(i)))
}

// Reasons says only why customer i has its value, without what would change
// its class: for tables that list many customers.
func (r *Report) Reasons(i int) dataset.Message {
	v := r.Results.Value
	if v == nil {
		return dataset.Message{}
	}
	if reason := v.Own.Why[i]; reason != value.Fine {
		return dataset.Msg("why.missing."+reason.String(), share(v.Own.Coverage(i)))
	}
	return r.drivers(i)
}

// drivers names the pluses and minuses of a customer.
func (r *Report) drivers(i int) dataset.Message {
	if v := r.Results.Value; v.Market != nil && math.IsNaN(v.Relative[i]) {
		return dataset.Msg("why.rivals.none")
	}
	pluses, minuses := r.Results.Why(r.Dataset, i)
	kind := r.driverKind()
	up, down := r.driverList(pluses), r.driverList(minuses)
	switch {
	case len(pluses) > 0 && len(minuses) > 0:
		return dataset.Msg("why."+kind+".both", up, down)
	case len(pluses) > 0:
		return dataset.Msg("why."+kind+".plus", up)
	case len(minuses) > 0:
		return dataset.Msg("why."+kind+".minus", down)
	}
	return dataset.Msg("why." + kind + ".equal")
}

// driverKind names what a customer is compared with.
func (r *Report) driverKind() string {
	if r.Results.Value.Market == nil {
		return "portfolio"
	}
	return "rivals"
}

func (r *Report) driverList(drivers []analysis.Driver) dataset.Quantity {
	q := dataset.Quantity{Unit: dataset.Drivers}
	for _, d := range drivers {
		q.List = append(q.List, r.Dataset.Attributes[d.Attribute].Label)
		q.Values = append(q.Values, d.Points)
	}
	return q
}

// nearest names the smallest change that moves a customer to another class.
func (r *Report) nearest(i int) dataset.Message {
	q := r.Results.Quadrant
	if q == nil {
		return dataset.Message{}
	}
	if q.Class[i] == quadrant.NotClassified {
		return dataset.Msg("why.not_classified", dataset.Sentence(notClassified(q, i)))
	}
	near := q.Nearest(i)
	if !near.Found || math.IsNaN(near.To) {
		return dataset.Message{}
	}
	return dataset.Msg("why.nearest", r.component(near),
		dataset.Num(near.From, dataset.Rating), dataset.Num(near.To, dataset.Rating),
		className(r.Results.Options, q.ID(near.Class)))
}

// notClassified names the axis that a customer lacks, or what else keeps it
// from having a class.
func notClassified(q *quadrant.Result, i int) dataset.Message {
	switch q.Why[i] {
	case quadrant.XMissing:
		return dataset.Msg("reason.axis", term("measure."+string(q.X.Measure)))
	case quadrant.YMissing:
		return dataset.Msg("reason.axis", term("measure."+string(q.Y.Measure)))
	}
	return dataset.Msg("reason." + q.Why[i].String())
}

// component names what a nearest change is about: the attribute's label, or
// the component's header, or its standard name where the header is only the
// identifier.
func (r *Report) component(near quadrant.Nearest) dataset.Quantity {
	for _, c := range append(append([]dataset.Component{}, r.Dataset.ValueScore...), r.Dataset.Match...) {
		if near.Attribute < 0 && c.Label == near.Component && c.Label == c.ID {
			return term("component." + c.ID)
		}
	}
	return text(near.Component)
}
