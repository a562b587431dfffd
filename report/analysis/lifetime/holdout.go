package lifetime

import (
	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// lastBin is the last bin of the check: that many repeat purchases or more.
const lastBin = 7

// checkHoldout fits the model again on the first part of the time and compares
// what it foretells for the rest with what happened (METHOD 5.0).
func checkHoldout(h *purchase.History, end int32, model Model, o Options) (*Holdout, *Declined) {
	whole := Summarise(h, end, o.Unit)
	longest := int32(0)
	for _, age := range whole.Age {
		longest = max(longest, age)
	}
	out := &Holdout{From: end - int32(o.Holdout*float64(longest)), To: end}
	s := Summarise(h, out.From, o.Unit)
	f, why := fitRepeat(s, model)
	if why != nil {
		return nil, &Declined{model, NoHoldout, []dataset.Quantity{dataset.Sentence(why.Message())}}
	}
	out.Customers, out.Parameters = s.Len(), f.letters
	f.compare(h, out)
	return out, nil
}

// compare fills the totals and bins.
func (f *forecast) compare(h *purchase.History, out *Holdout) {
	ahead := float64(out.To-out.From) / f.s.Unit
	expected := make([]float64, len(f.p.rows))
	parallel(len(expected), func(from, to int) {
		for k := from; k < to; k++ {
			recent, age := f.p.times(&f.p.rows[k])
			expected[k] = f.model.Expected(ahead, float64(f.p.rows[k].x), recent, age)
		}
	})
	actual := make([]float64, len(f.p.rows)) // purchase days of all customers of a history
	for k, i := range f.s.Customer {
		days, _ := h.Days(int(i))
		for _, day := range days {
			if day > out.From && day <= out.To {
				actual[f.p.of[k]]++
			}
		}
	}
	f.bins(expected, actual, out)
}

func (f *forecast) bins(expected, actual []float64, out *Holdout) {
	var predicted [lastBin + 1]stat.Summer
	var happened [lastBin + 1]float64
	var customers [lastBin + 1]int
	for k, row := range f.p.rows {
		bin := min(int(row.x), lastBin)
		predicted[bin].Add(float64(row.count) * expected[k])
		happened[bin] += actual[k]
		customers[bin] += int(row.count)
	}
	for bin, n := range customers {
		out.Predicted += predicted[bin].Sum()
		out.Actual += happened[bin]
		if n > 0 {
			out.Bins = append(out.Bins, HoldoutBin{bin, n, predicted[bin].Sum() / float64(n), happened[bin] / float64(n)})
		}
	}
}
