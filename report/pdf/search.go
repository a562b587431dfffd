package pdf

import (
	"math"
	"slices"

	"valuebook/report"
)

// chartScales are the heights that charts of a section may have, relative to
// what suits them: lower or taller ones fill the pages.
var chartScales = []float64{1, 0.92, 0.84, 0.76, 1.1, 1.22, 1.34}

// scaleLimits are how much lower and taller charts of a kind may be.
var scaleLimits = map[report.ChartKind][2]float64{
	report.QuadrantChart: {0.76, 1.22}, report.ValueMapChart: {0.76, 1.34}, report.CurveChart: {0.76, 1.34}, report.HeadToHeadChart: {0.84, 1.22},
	report.BarsChart: {0.84, 1.22}, report.IntervalChart: {0.84, 1.34}, report.WaterfallChart: {0.84, 1.34}, report.HeatChart: {0.84, 1.22},
}

// tallest is how tall a figure with its title may be.
func (l *layout) tallest() float64 { return l.paper.height - margin - headTop - 14 }

// scaled returns pieces with their charts lower or taller.
func (l *layout) scaled(pieces []piece, scale float64) []piece {
	if scale == 1 {
		return pieces
	}
	out := slices.Clone(pieces)
	for i := range out {
		p := &out[i]
		n := len(p.box.Kids) - 1
		if n < 0 || p.box.Kids[n].Chart == nil || p.box.Kids[n].Chart.Compact {
			continue
		}
		limits, ok := scaleLimits[p.box.Kids[n].Chart.Kind]
		if !ok {
			continue
		}
		p.box.Kids = slices.Clone(p.box.Kids)
		figure := &p.box.Kids[n]
		natural := figure.H
		figure.H = min(natural*min(max(scale, limits[0]), limits[1]), l.tallest()-figure.Y)
		p.box.H = figure.Y + figure.H
		p.flex = max(0, p.flex-(natural-figure.H))
	}
	return out
}

// A setting is how a section is set: how tall its charts are, how many rows
// its tables have beyond the least, whether it begins a new page where that is
// not needed.
type setting struct {
	scale float64
	extra int
	fresh bool
}

// extraRows are how many rows a table may have beyond the least.
var extraRows = []int{0, 3, 6, 9, 12, 15}

// A trial is a way to place the sections so far, and what it costs.
type trial struct {
	flow     *flow
	settings []setting
	cost     float64
}

// trialsKept is how many ways are followed up.
const trialsKept = 16

// What a page costs, one that stays empty, a section that takes no more of a
// page than its title and some lines, a last page that holds little, a small
// table that goes on overleaf, charts of another height than suits them, a row
// beyond the least, and a page that begins with such a row.
const (
	costPage   = 2.0
	costEmpty  = 4.0
	costTorn   = 1.5
	costLittle = 4.0
	costParted = 0.25
	costScale  = 0.6
	costExtra  = 0.002
	costSpilt  = 1.0
)

// search chooses for every section how tall its charts are, how many rows its
// tables have and where it begins, so that the pages are well filled. It places
// pieces without drawing, each section in every setting behind the cheapest ways
// so far.
func (l *layout) search() {
	n := len(l.report.Sections)
	start := l.begun()
	start.dry = true
	trials := []trial{{flow: start}}
	for i := range l.report.Sections {
		var next []trial
		for _, choice := range l.choices(i) {
			for _, t := range trials {
				next = append(next, l.follow(t, choice, false, i == n-1))
				if t.flow.used() > 0.45 {
					next = append(next, l.follow(t, choice, true, i == n-1))
				}
			}
		}
		trials = cheapest(next)
	}
	l.settings = trials[0].settings
}

// A choice is the pieces of a section in one scale, with some extra rows.
type choice struct {
	scale  float64
	extra  int
	pieces []piece
}

// choices returns a section in every setting that changes something.
func (l *layout) choices(section int) []choice {
	var all []choice
	heights := map[float64]bool{}
	for _, extra := range extraRows {
		if extra > 0 && !elastic(l.report.Sections[section], extra) {
			break
		}
		natural := l.sectionPieces(section, extra)
		for _, scale := range chartScales {
			pieces := l.scaled(natural, scale)
			tall := math.Round(100 * height(pieces))
			if !heights[tall] {
				all = append(all, choice{scale, extra, pieces})
			}
			heights[tall] = true
		}
	}
	return all
}

// elastic reports whether any table of a section can have more rows than with
// fewer extra ones.
func elastic(s report.Section, extra int) bool {
	for _, b := range s.Blocks {
		if t := b.Table; t != nil && t.Least > 0 && min(len(t.Rows), maxRows) > t.Least+extra-3 {
			return true
		}
	}
	return false
}

// follow places a section behind a trial.
func (l *layout) follow(t trial, c choice, fresh, last bool) trial {
	f := t.flow.clone()
	pages := len(f.pages)
	fresh = begins(f, fresh)
	next := trial{flow: f, settings: append(slices.Clone(t.settings), setting{c.scale, c.extra, fresh}), cost: t.cost + costScale*math.Pow(math.Log(c.scale), 2) + costExtra*float64(c.extra)}
	if !fresh && torn(f, c.pieces) {
		next.cost += costTorn
	}
	f.add(c.pieces, fresh)
	if last {
		f.add(l.ending(), false)
	}
	for _, fill := range f.fills[pages-1:] {
		next.cost += costEmpty * math.Pow(max(0, 1-fill-0.06), 2)
	}
	next.cost += costPage*(f.length()-t.flow.length()) + costParted*float64(f.parted-t.flow.parted) + costSpilt*float64(f.spilled-t.flow.spilled)
	const little = 0.4 // of a page
	if used := f.used(); last && used < little && len(f.pages) > 1 {
		next.cost += costLittle * (little - used)
	}
	return next
}

// torn reports whether only the title of a section and some lines would stand
// on the current page, its first chart or table on the next.
func torn(f *flow, pieces []piece) bool {
	if f.empty {
		return false
	}
	for i, p := range pieces {
		if p.table == "" && p.box.Role != RoleGroup || i == 0 {
			continue
		}
		first := pieces[:i+1]
		if p.table != "" { // the header and three rows
			first = pieces[:min(i+4, len(pieces))]
		}
		return f.y+height(first)-p.flex > f.bottom && f.y+pieces[0].gap+pieces[0].box.H < f.bottom
	}
	return false
}

// cheapest returns the trials that cost least, the first of those that end at
// one place.
func cheapest(trials []trial) []trial {
	slices.SortStableFunc(trials, func(a, b trial) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	type end struct {
		pages int
		y     float64
	}
	seen := map[end]bool{}
	var kept []trial
	for _, t := range trials {
		at := end{len(t.flow.pages), math.Round(t.flow.y / 4)}
		if !seen[at] && len(kept) < trialsKept {
			kept = append(kept, t)
		}
		seen[at] = true
	}
	return kept
}
