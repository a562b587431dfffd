package profile

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
)

// scorecard sets AUC from folds that took no part in making the scorecard, and
// the scorecard of all customers when it is good enough (METHOD 7.2).
func (f *finder) scorecard() {
	score, positive := make([]float64, len(f.order)), make([]bool, len(f.order))
	for fold := range f.o.Folds {
		var train []int
		for _, i := range f.order {
			if f.fold(i) != fold {
				train = append(train, i)
			}
		}
		card := f.fit(train)
		for k, i := range f.order {
			if f.fold(i) == fold {
				score[k] = f.points(card, i)
			}
		}
	}
	for k, i := range f.order {
		positive[k] = f.Top[i]
	}
	f.AUC = stat.AUC(score, positive)
	if !(stat.Nearly(f.AUC) >= f.o.AUC) {
		f.Refused = NotFound
		return
	}
	f.Card = f.fit(f.order)
	if len(f.Card) == 0 {
		f.Refused = NotFound
		return
	}
	f.Points = make([]float64, len(f.Score))
	for i := range f.Points {
		f.Points[i] = f.points(f.Card, i)
	}
}

// fold depends on the identifier alone, not on the order of rows.
func (f *finder) fold(i int) int {
	hash := fnv.New64a()
	hash.Write([]byte(f.id[i]))
	return int(hash.Sum64() % uint64(f.o.Folds))
}

// fit makes a scorecard from some customers: the answers, and the quarters of
// numeric columns, that Fisher's test tells from the others.
func (f *finder) fit(rows []int) []Line {
	var card []Line
	for _, c := range f.used {
		column := f.Columns[c]
		var answered []int
		for _, i := range rows {
			if column.Texts.At(i) != "" {
				answered = append(answered, i)
			}
		}
		top := f.count(answered)
		if column.Values == nil {
			members := f.levels(c, answered)
			for _, name := range names(members) {
				nan := math.NaN()
				card = f.admit(card, Line{Column: c, Level: name, Lo: nan, Hi: nan}, members[name], len(answered), top)
			}
			continue
		}
		for _, band := range bands(gather(column.Values, answered)) {
			var members []int
			for _, i := range answered {
				if x := column.Values[i]; x > band[0] && x <= band[1] {
					members = append(members, i)
				}
			}
			card = f.admit(card, Line{Column: c, Lo: band[0], Hi: band[1]}, members, len(answered), top)
		}
	}
	slices.SortStableFunc(card, func(a, b Line) int {
		return cmp.Or(cmp.Compare(stat.Nearly(math.Abs(b.Points)), stat.Nearly(math.Abs(a.Points))),
			cmp.Compare(a.Column, b.Column), strings.Compare(a.Level, b.Level))
	})
	return card
}

// bands are the quarters of a numeric column: above the first, up to the second.
func bands(values []float64) [][2]float64 {
	ascending := stat.Ascending(values)
	var out [][2]float64
	lo := math.Inf(-1)
	for _, p := range []float64{0.25, 0.5, 0.75} {
		if edge := stat.Quantile(ascending, p); edge > lo {
			out = append(out, [2]float64{lo, edge})
			lo = edge
		}
	}
	return append(out, [2]float64{lo, math.Inf(1)})
}

// admit adds a line to the card when enough customers share the answer and
// Fisher's test says that it matters.
func (f *finder) admit(card []Line, line Line, members []int, of, ofTop int) []Line {
	n, top := len(members), f.count(members)
	table := stat.TwoByTwo{A: top, B: n - top, C: ofTop - top, D: of - n - ofTop + top}
	if n < f.o.MinLevel || n == of || ofTop == 0 || ofTop == of || !(table.FisherExact() < f.o.Level) {
		return card
	}
	inTop := (float64(top) + 0.5) / (float64(ofTop) + 1)
	inRest := (float64(n-top) + 0.5) / (float64(of-ofTop) + 1)
	line.N, line.Top, line.Points = n, top, math.Log(inTop/inRest)
	return append(card, line)
}

// points adds up what a customer's answers are worth; a blank adds nothing.
func (f *finder) points(card []Line, i int) float64 {
	sum := 0.0
	for _, line := range card {
		column := f.Columns[line.Column]
		switch {
		case column.Values == nil:
			if column.Texts.At(i) == line.Level {
				sum += line.Points
			}
		case column.Values[i] > line.Lo && column.Values[i] <= line.Hi:
			sum += line.Points
		}
	}
	return sum
}
