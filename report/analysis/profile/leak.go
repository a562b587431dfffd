package profile

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// leaks refuses a column that is value to the firm under another name.
func (f *finder) leaks(c int) Refusal {
	column := f.Columns[c]
	if slices.Contains(f.part, c) {
		return PartOfValue
	}
	rows := f.answered(c)
	if column.Values != nil {
		rho := stat.Spearman(gather(column.Values, rows), gather(f.Score, rows))
		if len(rows) >= stat.MinInterval && stat.Nearly(math.Abs(rho)) >= f.o.NearPerfect {
			return NearPerfect
		}
	} else if f.sorted(c, rows) {
		return NearPerfect
	}
	if f.derived(c) {
		return Derived
	}
	return Accepted
}

// suspects notes the columns that are part of value by their name or entries.
func (f *finder) suspects(label string) {
	for c, column := range f.Columns {
		if column.partOfValue(label) {
			f.part = append(f.part, c)
		}
	}
}

// classes is up to how many different entries columns are combined.
const classes = 20

// derived reports whether columns that are part of value determine this one: a
// segment that is made of the classes of recency, frequency and amount, say.
// Each of them is tried, and all that hold classes together.
func (f *finder) derived(c int) bool {
	rows := f.answered(c)
	var together []int
	for _, other := range f.part {
		if f.determines([]int{other}, c, rows) {
			return true
		}
		if len(f.levels(other, rows)) <= classes {
			together = append(together, other)
		}
	}
	return len(together) > 1 && f.determines(together, c, rows)
}

// determines reports whether customers who agree in some columns agree in c. It
// takes groups large enough for that to mean something, three customers on
// average, and a column c that is not the same for nearly all.
func (f *finder) determines(by []int, c int, rows []int) bool {
	groups := map[string][]string{}
	for _, i := range rows {
		var key strings.Builder
		for _, other := range by {
			key.WriteString(f.Columns[other].Texts.At(i))
			key.WriteByte(0)
		}
		groups[key.String()] = append(groups[key.String()], f.Columns[c].Texts.At(i))
	}
	if len(groups) < 2 || 3*len(groups) > len(rows) {
		return false
	}
	_, usual := stat.Mode(gatherTexts(f.Columns[c].Texts, rows))
	agree, compared := 0, 0
	for _, entries := range groups {
		if len(entries) > 1 {
			_, same := stat.Mode(entries)
			agree += same
			compared += len(entries)
		}
	}
	const nearlyAll = 0.99
	return float64(usual) < 0.9*float64(len(rows)) && float64(agree) >= nearlyAll*float64(compared)
}

func gatherTexts(texts dataset.Texts, rows []int) []string {
	out := make([]string, len(rows))
	for k, i := range rows {
		out[k] = texts.At(i)
	}
	return out
}

// sorted reports whether the answers of a column are blocks of value, as
// classes A, B and C made from it are. With shares s of the answers the largest
// possible eta squared of percentile ranks is 1 - sum s^3; eta squared near that
// cannot be a coincidence.
func (f *finder) sorted(c int, rows []int) bool {
	members := f.levels(c, rows)
	var kept []int
	for _, name := range names(members) {
		if len(members[name]) >= f.o.MinLevel {
			kept = append(kept, members[name]...)
		}
	}
	if len(kept) == 0 {
		return false
	}
	slices.Sort(kept)
	all := gather(f.Score, kept)
	mean, total := stat.Mean(all, nil), 0.0
	for _, s := range all {
		total += (s - mean) * (s - mean)
	}
	between, rest, count := 0.0, 1.0, 0
	for _, name := range names(members) {
		if n := float64(len(members[name])); int(n) >= f.o.MinLevel {
			apart := stat.Mean(gather(f.Score, members[name]), nil) - mean
			between += n * apart * apart
			share := n / float64(len(kept))
			rest -= share * share * share
			count++
		}
	}
	return count > 1 && total > 0 && between/total >= f.o.NearPerfect*rest
}
