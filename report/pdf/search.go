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

// A setting is how a section is set: how tall its charts are, whether it
// begins a new page where that is not needed.
type setting struct {
	scale float64
	fresh bool
}

// A trial is a way to place the sections so far, and what it costs.
type trial struct {
	flow     *flow
	settings []setting
	cost     float64
}

// trialsKept is how many ways are followed up.
const trialsKept = 6

// What a page costs that stays empty, a section that takes no more of a page
// than its title and some lines, a last page that holds little, a small table
// that goes on overleaf, and charts of another height than suits them.
const (
	costEmpty  = 4.0
	costTorn   = 1.5
	costLittle = 4.0
	costParted = 0.25
	costScale  = 0.6
)

// search chooses for every section how tall its charts are and where it
// begins, so that the pages are well filled. It places pieces without drawing,
// each section in every setting behind the cheapest ways so far.
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

// A choice is the pieces of a section in one scale.
type choice struct {
	scale  float64
	pieces []piece
}

// choices returns a section in every scale that changes something.
func (l *layout) choices(section int) []choice {
	var all []choice
	heights := map[float64]bool{}
	natural := l.sectionPieces(section)
	for _, scale := range chartScales {
		pieces := l.scaled(natural, scale)
		tall := math.Round(100 * height(pieces))
		if !heights[tall] {
			all = append(all, choice{scale, pieces})
		}
		heights[tall] = true
	}
	return all
}

// follow places a section behind a trial.
func (l *layout) follow(t trial, c choice, fresh, last bool) trial {
	f := t.flow.clone()
	pages := len(f.pages)
	pieces := l.begin(f, slices.Clone(c.pieces), fresh)
	next := trial{flow: f, settings: append(slices.Clone(t.settings), setting{c.scale, fresh}), cost: t.cost + costScale*math.Pow(math.Log(c.scale), 2)}
	if torn(f, pieces) {
		next.cost += costTorn
	}
	f.add(pieces)
	if last {
		f.add(l.ending())
	}
	for _, fill := range f.fills[pages-1:] {
		next.cost += costEmpty * math.Pow(max(0, 1-fill-0.06), 2)
	}
	next.cost += costParted * float64(f.parted-t.flow.parted)
	const little = 0.4 // of a page
	if used := f.used(); last && used < little && len(f.pages) > 1 {
		next.cost += costLittle * (little - used)
	}
	return next
}

// torn reports whether only the title of a section and some lines would stand
// on the current page, its first chart or table on the next.
func torn(f *flow, pieces []piece) bool {
	if pieces[0].fresh || f.empty {
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
		return f.y+height(first) > f.bottom && f.y+pieces[0].gap+pieces[0].box.H < f.bottom
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
