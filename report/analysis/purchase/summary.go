package purchase

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// summarise fills the columns per customer and the totals.
func (h *History) summarise(d *dataset.Dataset) {
	n := h.Len()
	h.Orders, h.Unknown = make([]int32, n), make([]int32, n)
	h.Net, h.Costs, h.Acquisition = make([]float64, n), make([]float64, n), make([]float64, n)
	h.First, h.Last = make([]int32, n), make([]int32, n)
	var orders []string
	for i := range n {
		h.customer(i)
		h.Orders[i], orders = h.countOrders(d.Transactions.Order, i, orders[:0])
	}
	h.total()
}

// customer sums the purchases of customer i.
func (h *History) customer(i int) {
	var net, costs, won stat.Summer
	h.First[i], h.Last[i] = NoDay, NoDay
	h.Acquisition[i], h.Net[i], h.Costs[i] = math.NaN(), math.NaN(), math.NaN()
	from, to := h.Span(i)
	for k := from; k < to; k++ {
		if h.Kind[k] == Acquisition {
			won.Add(h.Cost[k])
			h.Acquisition[i] = won.Sum()
			continue
		}
		if h.First[i] == NoDay {
			h.First[i] = h.Day[k]
		}
		h.Last[i] = h.Day[k]
		net.Add(h.Revenue[k])
		if math.IsNaN(h.Cost[k]) {
			h.Unknown[i]++
		} else {
			costs.Add(h.Cost[k])
		}
	}
	if h.First[i] == NoDay {
		return
	}
	h.Net[i] = net.Sum()
	if h.Unknown[i] == 0 {
		h.Costs[i] = costs.Sum()
	}
}

// countOrders returns the number of orders of customer i; numbers is memory to
// work in, handed back for the next customer.
func (h *History) countOrders(order []string, i int, numbers []string) (int32, []string) {
	count := int32(0)
	from, to := h.Span(i)
	for k := from; k < to; k++ {
		if h.Kind[k] != Sale {
			continue
		}
		if j := int(h.Row[k]); j < len(order) && order[j] != "" {
			numbers = append(numbers, order[j])
		} else {
			count++
		}
	}
	slices.Sort(numbers)
	return count + int32(len(slices.Compact(numbers))), numbers
}

// total sums over the customers.
func (h *History) total() {
	t := &h.Total
	first, last := int32(math.MaxInt32), int32(NoDay)
	for i := range h.Len() {
		if h.First[i] == NoDay {
			continue
		}
		t.Customers++
		t.Orders += int(h.Orders[i])
		t.Unknown += int(h.Unknown[i])
		first, last = min(first, h.First[i]), max(last, h.Last[i])
		switch days := h.DayStart[i+1] - h.DayStart[i]; {
		case days >= 2:
			t.Repeaters++
			fallthrough
		case days == 1:
			t.Buyers++
		}
	}
	if t.Customers > 0 {
		t.First, t.Last = Date(first), Date(last)
	}
	h.totalMoney()
}

// totalMoney adds amounts in ascending order, so that the order of customers
// and rows changes no bit.
func (h *History) totalMoney() {
	t := &h.Total
	var refunds, known []float64
	for k, kind := range h.Kind {
		if kind == Acquisition {
			continue
		}
		t.Transactions++
		if kind == Refund {
			refunds = append(refunds, h.Revenue[k])
		}
		if !math.IsNaN(h.Cost[k]) {
			known = append(known, h.Cost[k])
		}
	}
	t.Refunds = stat.Sum(stat.Ascending(refunds))
	t.Known = stat.Sum(stat.Ascending(known))
	t.Revenue = stat.Sum(stat.Ascending(h.Net))
	t.Acquisition = stat.Sum(stat.Ascending(h.Acquisition))
	t.Cost = t.Known
	if t.Unknown > 0 {
		t.Cost = math.NaN()
	}
}
