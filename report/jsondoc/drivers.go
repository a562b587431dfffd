package jsondoc

import (
	"math"

	"valuebook/report/analysis/driver"
	"valuebook/report/dataset"
)

type driven struct {
	Attribute   string    `json:"attribute"`
	Weight      *float64  `json:"weight,omitempty"` // part of R2
	Share       *float64  `json:"share,omitempty"`  // of R2, 0..1
	CI          []float64 `json:"ci,omitempty"`     // of the weight
	Sign        int       `json:"sign,omitempty"`   // 1: a better rating goes with a better outcome, -1: a worse one
	Correlation *float64  `json:"correlation,omitempty"`
	Rank        *float64  `json:"rank,omitempty"`
	LeftOut     string    `json:"left_out,omitempty"` // why it takes no part
}

type driverModel struct {
	Outcome string   `json:"outcome"`
	Method  string   `json:"method,omitempty"`
	N       int      `json:"n"`
	R2      *float64 `json:"r2,omitempty"`
	P       *float64 `json:"p,omitempty"`
}

// drivers lists what drives the overall answer, in the order of the attributes,
// and the model behind it.
func (b builder) drivers() (any, *driverModel) {
	r := b.rep.Results.Drivers
	if r == nil {
		return b.refuse("refused.drivers"), nil
	}
	model := &driverModel{Outcome: string(r.Outcome), Method: string(r.Method), N: r.N, R2: number(r.R2), P: number(r.P)}
	if r.Refused != driver.Accepted {
		return &refusal{Refused: b.words.Text(dataset.Msg(r.Refused.Code(), dataset.N(r.N), dataset.N(r.Needed)))}, model
	}
	all := []driven{}
	for _, p := range r.Predictors {
		one := driven{Attribute: p.Name, Correlation: number(p.Pearson.Value), LeftOut: string(p.Left)}
		if p.Left == driver.Accepted {
			one.Weight, one.Share, one.CI = number(p.Weight.Value), number(p.Share.Value), interval(p.Weight)
			one.Sign, one.Rank = sign(p.Coefficient.Value), number(p.Rank)
		}
		all = append(all, one)
	}
	for _, o := range r.Omitted {
		all = append(all, driven{Attribute: b.d.Attributes[o.Attribute].Label, LeftOut: string(o.Why)})
	}
	return all, model
}

func sign(x float64) int {
	switch {
	case math.IsNaN(x) || x == 0:
		return 0
	case x < 0:
		return -1
	}
	return 1
}
