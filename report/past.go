package report

import (
	"math"
	"sort"

	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Past is what is known of earlier periods of a report.
type Past struct {
	// Before is the period that this one is compared with, nil = none.
	Before *movement.Snapshot
	// Points are all earlier periods for the trend, in their order; that of
	// Before need not be among them.
	Points []movement.Point
	// Reestimate divides each period by its own thresholds (METHOD 4.4).
	Reestimate bool
}

// judged returns results whose claims are judged by the period before.
func judged(d *dataset.Dataset, r *analysis.Results, before *movement.Snapshot) *analysis.Results {
	if before == nil || r == nil || r.Concepts == nil || r.Concepts.Claims == nil {
		return r
	}
	standings := map[string]value.Standing{}
	for _, a := range before.Attributes {
		if a.Standing != "" {
			standings[a.ID] = value.Standing(a.Standing)
		}
	}
	results, concepts := *r, *r.Concepts
	concepts.Claims = concepts.Claims.Lasting(d, standings)
	results.Concepts = &concepts
	return &results
}

// History is what a report says of earlier periods.
type History struct {
	Before   string             // the period compared with, "" when it has no name
	Movement *movement.Movement // nil where Refused says why not
	Refused  *movement.Refusal
	Trend    movement.Trend

	rows []int // of each customer of the later snapshot, its index in the dataset
	at   []int // of each customer of the dataset, its index in Movement.Customers, -1 = none
}

// history compares the report's period with the one before; nil without one.
func history(d *dataset.Dataset, r *analysis.Results, past Past) *History {
	if past.Before == nil && len(past.Points) == 0 {
		return nil
	}
	now := analysis.Snapshot(d, r)
	h := &History{rows: analysis.Standing(d)}
	points := past.Points
	if past.Before != nil {
		h.Before = past.Before.Period
		if n := len(points); n == 0 || points[n-1].Period != h.Before {
			points = append(append([]movement.Point{}, points...), past.Before.Point())
		}
		h.Movement, h.Refused = movement.Compare(past.Before, now, movement.Options{Reestimate: past.Reestimate})
	}
	h.Trend = movement.NewTrend(points, now.Point())
	h.at = make([]int, d.Customers.Len())
	for i := range h.at {
		h.at[i] = -1
	}
	if h.Movement != nil {
		for k, c := range h.Movement.Customers {
			if c.Now >= 0 {
				h.at[h.rows[c.Now]] = k
			}
		}
	}
	return h
}

// Of returns the change of a customer of the dataset, false where nothing was
// compared or it is in no count.
func (h *History) Of(customer int) (movement.Change, bool) {
	if h == nil || h.Movement == nil || customer >= len(h.at) || h.at[customer] < 0 {
		return movement.Change{}, false
	}
	c := h.Movement.Customers[h.at[customer]]
	return c, !c.Out
}

// Row returns the index in the dataset of a customer of the comparison, -1 for
// one that is lost from the workbook too.
func (h *History) Row(c movement.Change) int {
	if c.Now < 0 {
		return -1
	}
	return h.rows[c.Now]
}

// moverOf returns the mover of a customer of the dataset, nil where it did not
// move.
func (h *History) moverOf(customer int) *movement.Mover {
	if h == nil || h.Movement == nil || h.at[customer] < 0 {
		return nil
	}
	movers := h.Movement.Movers // in the order of customers
	k := sort.Search(len(movers), func(k int) bool { return movers[k].Customer >= h.at[customer] })
	if k == len(movers) || movers[k].Customer != h.at[customer] {
		return nil
	}
	return &movers[k]
}

// since is the period compared with, in words.
func (h *History) since() dataset.Quantity {
	if h.Before == "" {
		return term("movement.earlier")
	}
	return dataset.MonthOf(h.Before)
}

// change returns the change of a key figure since the period before, NaN where
// there is none.
func (h *History) change(code string) float64 {
	if h == nil {
		return math.NaN()
	}
	for _, s := range h.Trend.Series {
		if s.Code == code {
			return s.Last()
		}
	}
	return math.NaN()
}
