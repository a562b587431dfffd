package value

import "math"

// Units returns u of our ratings of a customer and the mean u of the rivals that
// it rated, by attribute: amounts in money mode, NaN where not answered or
// outside the scores. rivals is nil where no rival was rated by anybody.
func (r *Result) Units(customer int) (own, rivals []float64) {
	t := r.table
	if t == nil || customer < 0 || customer >= t.n {
		return nil, nil
	}
	own = make([]float64, t.m)
	if len(t.rivals) > 0 {
		rivals = make([]float64, t.m)
	}
	for a := range own {
		own[a] = math.NaN()
		if x := t.at(t.own, a, customer); !math.IsNaN(x) {
			own[a] = t.unit(a, x)
		}
		if rivals != nil {
			rivals[a] = t.rivalMean(a, customer)
		}
	}
	return own, rivals
}
