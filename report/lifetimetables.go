package report

import (
	"math"
	"strconv"
	"strings"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// bestTable names the customers of the highest value, with what it rests on.
func (b *builder) bestTable(l *lifetime.Result) *Table {
	value := "column.lifetime_ahead"
	if !forecast(l) {
		value = "column.lifetime_back"
	}
	t := &Table{ID: "lifetime", Least: bestCustomers, Title: dataset.Msg("table.lifetime"), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 3}, {Header: dataset.Msg(value, count(l.Horizon))}}}
	switch {
	case l.Buying != nil:
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.alive")}, Column{Header: dataset.Msg("column.expected_purchases")}, Column{Header: dataset.Msg("column.expected_spend")})
	case l.Contract != nil:
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.expected_month")})
	}
	best, all := b.first(mostRows, func(i int) bool { return current(l, i) }, func(i int) float64 { return l.Value[i] })
	for _, i := range best {
		row := []dataset.Quantity{text(b.d.Customers.Label(i)), money(l.Value[i])}
		switch {
		case l.Buying != nil:
			row = append(row, share(l.Alive[i]), tenths(l.Purchases[i]), money(l.Spend[i]))
		case l.Contract != nil:
			row = append(row, money(l.Spend[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	t.More, t.MoreIn = max(0, min(all, l.Equity.Customers)-len(t.Rows)), b.sheetOfCustomers()
	return t
}

// sheetOfCustomers names the sheet where every customer's figures stand.
func (b *builder) sheetOfCustomers() dataset.Message {
	if place := b.d.Customers.Place; place.Sheet != "" {
		return dataset.Literal(place.Sheet)
	}
	return dataset.Message{}
}

// aliveTable counts customers by the chance of still being one; nil without
// such chances.
func aliveTable(l *lifetime.Result) *Table {
	if l.Buying == nil {
		return nil
	}
	limits := []float64{0.75, 0.5, 0.25, 0}
	counts, worth := make([]int, len(limits)+1), make([]float64, len(limits)+1)
	for i, p := range l.Alive {
		if math.IsNaN(l.Value[i]) {
			continue
		}
		k := len(limits) // one purchase only: the model cannot tell
		for j := len(limits) - 1; j >= 0; j-- {
			if p >= limits[j] {
				k = j
			}
		}
		counts[k]++
		worth[k] += l.Value[i]
	}
	t := &Table{ID: "alive", Title: dataset.Msg("table.alive"), Columns: []Column{{Header: dataset.Msg("column.chance"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.lifetime_ahead", count(l.Horizon))}}}
	for k := range counts {
		label := dataset.Sentence(dataset.Msg("alive.once"))
		if k < len(limits) {
			upper := 1.0
			if k > 0 {
				upper = limits[k-1]
			}
			label = dataset.Sentence(dataset.Msg("interval.range", share(limits[k]), share(upper)))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{label, count(counts[k]), money(worth[k])})
	}
	return t
}

// windowsTable is what customers brought in over trailing windows and over
// their own first months.
func windowsTable(h *lifetime.Historical) *Table {
	t := &Table{ID: "windows", Title: dataset.Msg("table.windows"), Columns: []Column{
		{Header: dataset.Msg("column.window"), Text: true, Share: 2.6}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.revenue")},
		{Header: dataset.Msg("column.profit")}, {Header: dataset.Msg("column.too_young")}}}
	add := func(code string, windows []lifetime.Window) {
		for k, w := range windows {
			if w.Tenure && w.Customers == 0 || k > 0 && !w.Tenure && w.TotalRevenue == windows[k-1].TotalRevenue && w.Customers == windows[k-1].Customers {
				continue // nobody is a customer for so long, or nothing was bought in the months that it adds
			}
			revenue, profit := w.TotalRevenue, w.TotalValue
			if w.Unknown > 0 { // a sum over some would stand beside the revenue of all
				profit = math.NaN()
			}
			if w.Customers == 0 {
				revenue, profit = math.NaN(), math.NaN()
			}
			young := dataset.Sentence(dataset.Msg("missing"))
			if w.Tenure {
				young = count(w.Young)
			}
			t.Rows = append(t.Rows, []dataset.Quantity{dataset.Sentence(dataset.Msg("lifetime.window."+code, count(w.Months))), count(w.Customers), money(revenue), money(profit), young})
		}
	}
	add("trailing", h.Trailing)
	add("tenure", h.Tenure)
	return t
}

// parametersTable lists the parameters with what they stand for.
func parametersTable(l *lifetime.Result) *Table {
	t := &Table{ID: "parameters", Title: dataset.Msg("table.parameters"), Columns: []Column{
		{Header: dataset.Msg("column.parameter"), Text: true, Share: 1}, {Header: dataset.Msg("column.figure")}, {Header: dataset.Msg("column.meaning"), Text: true, Share: 5}}}
	for _, p := range l.Parameters {
		model, letter, _ := strings.Cut(p.Name, ".")
		t.Rows = append(t.Rows, []dataset.Quantity{dataset.Sentence(dataset.Msg("lifetime.letter", text(letter), term("lifetime.short."+model))), parameterValue(p.Name, p.Value), dataset.Sentence(p.Meaning())})
	}
	return t
}

// parameterValue writes the rates of the retention model as shares, the
// parameters of distributions with three decimals.
func parameterValue(name string, value float64) dataset.Quantity {
	if strings.HasPrefix(name, string(lifetime.ModelRetention)+".") {
		return dataset.Sentence(dataset.Msg("lifetime.percent", dataset.Num(100*value, dataset.Number)))
	}
	return dataset.Num(math.Round(value*1000)/1000, dataset.Exact)
}

// holdoutTable compares what the model foretold with what happened, by repeat
// purchases in the first part.
func holdoutTable(h *lifetime.Holdout) *Table {
	t := &Table{ID: "holdout", Title: dataset.Msg("table.holdout", day(purchase.Date(h.From)), day(purchase.Date(h.To))), Columns: []Column{
		{Header: dataset.Msg("column.bought_before"), Text: true, Share: 2}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.foretold")}, {Header: dataset.Msg("column.happened")}}}
	for k, bin := range h.Bins {
		label := text(strconv.Itoa(bin.X))
		if k == len(h.Bins)-1 {
			label = dataset.Sentence(dataset.Msg("lifetime.or_more", count(bin.X)))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{label, count(bin.Customers), ratio(bin.Predicted), ratio(bin.Actual)})
	}
	t.Total = []dataset.Quantity{term("column.all_purchases"), count(h.Customers), dataset.Num(h.Predicted, dataset.Count), dataset.Num(h.Actual, dataset.Count)}
	return t
}
