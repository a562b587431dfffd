package wording

import (
	"math"
	"strings"

	"valuebook/report/dataset"
)

// Column writes the cells of one table column alike, so that they can be
// compared down the column: ratings with equally many decimals, amounts of
// money in one unit. Money comes without its currency, which belongs in the
// header. Other cells are written as [Writer.Quantity] writes them.
func (w *Writer) Column(cells []dataset.Quantity) []string {
	texts := make([]string, len(cells))
	ratings, amounts := []float64{}, []float64{}
	for i, q := range cells {
		texts[i] = w.Quantity(q)
		if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
			continue
		}
		switch q.Unit {
		case dataset.Rating, dataset.Exact:
			ratings = append(ratings, q.Value)
		case dataset.Money, dataset.SignedMoney:
			amounts = append(amounts, q.Value)
		}
	}
	scale := moneyScale(amounts)
	for i, q := range cells {
		if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
			continue
		}
		switch q.Unit {
		case dataset.Rating:
			texts[i] = w.fixed(q.Value, w.decimals(ratings, 2))
		case dataset.Exact:
			texts[i] = w.fixed(q.Value, w.decimals(ratings, 6))
		case dataset.Money:
			texts[i] = w.amount(q.Value, scale)
		case dataset.SignedMoney:
			texts[i] = plus(q.Value) + w.amount(q.Value, scale)
		}
	}
	return texts
}

// decimals returns how many decimals the values need, at most a number.
func (w *Writer) decimals(values []float64, most int) int {
	need := 0
	for _, x := range values {
		_, fraction, _ := strings.Cut(w.trimmed(x, most), w.locale.decimal)
		need = max(need, len(fraction))
	}
	return need
}

// A scaling is how the amounts of one column are written.
type scaling struct {
	divisor  float64
	decimals int
}

// moneyScale chooses whole amounts up to a thousand million, millions above,
// cents for small change.
func moneyScale(amounts []float64) scaling {
	most, cents := 0.0, false
	for _, x := range amounts {
		most = max(most, math.Abs(x))
		cents = cents || x != math.Trunc(x)
	}
	switch {
	case most >= 1e9:
		return scaling{1e6, 1}
	case most < 100 && cents:
		return scaling{1, 2}
	}
	return scaling{1, 0}
}

func (w *Writer) amount(x float64, s scaling) string {
	text := w.fixed(x/s.divisor, s.decimals)
	if s.divisor == 1e6 {
		text += noBreak + w.unit("unit.million", "M")
	}
	return text
}
