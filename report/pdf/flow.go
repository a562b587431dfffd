package pdf

import "slices"

// A piece is a box on its way to a page: never split, with a distance from
// the piece before.
type piece struct {
	box   Box
	gap   float64
	keep  bool    // must stand on one page with the next piece
	soft  bool    // should, unless a large part of the page stayed empty
	table string  // pieces of one table share an ID
	again *Box    // heading to repeat where the piece begins a page
	head  *Box    // header row to repeat then
	small bool    // a row of a small table, which had better not be divided
	spare bool    // a row beyond those a table must have: no page begins for it
	flex  float64 // how much lower its chart may be drawn so that it fits on a page
}

// A flow fills pages with pieces from top to bottom.
type flow struct {
	top, bottom float64 // of the area for content, on pages after the first
	pages       []Page
	y           float64
	empty       bool      // nothing on the current page yet
	dry         bool      // nothing is put on the pages: only their number and filling matter
	fills       []float64 // how much of each finished page is filled, 0..1
	parted      int       // small tables that go on overleaf
	spilled     int       // pages that begin with a row which a table need not have
}

func newFlow(top, bottom float64) *flow {
	f := &flow{top: top, bottom: bottom}
	f.newPage()
	return f
}

func (f *flow) newPage() {
	if len(f.pages) > 0 {
		f.fills = append(f.fills, f.used())
	}
	f.pages = append(f.pages, Page{Number: len(f.pages) + 1})
	f.y, f.empty = f.top, true
}

// clone returns a flow that goes on from here by itself.
func (f *flow) clone() *flow {
	other := *f
	other.pages, other.fills = append([]Page(nil), f.pages...), append([]float64(nil), f.fills...)
	last := &other.pages[len(other.pages)-1]
	last.Boxes = append([]Box(nil), last.Boxes...)
	return &other
}

// used returns how much of the current page is filled, 0..1.
func (f *flow) used() float64 { return (f.y - f.top) / (f.bottom - f.top) }

// length returns how many pages are filled, the current one in part.
func (f *flow) length() float64 { return float64(len(f.pages)-1) + f.used() }

// bearable is the part of a page that may stay empty so that what belongs
// together is not parted.
const bearable = 0.24

// add places pieces one after another, the first on a new page if so wanted.
// Pieces that must stand together begin a new page together where they do not fit
// on the current one; those that should, where that leaves no large part of the
// page empty.
func (f *flow) add(pieces []piece, fresh bool) {
	if fresh && !f.empty && len(pieces) > 0 {
		f.newPage()
	}
	for i := 0; i < len(pieces); {
		n := i + 1
		for n < len(pieces) && (pieces[n-1].keep || pieces[n-1].soft) {
			n++
		}
		group := pieces[i:n]
		tall := height(group)
		f.addGroup(group, f.y+tall <= f.bottom || f.used() > 1-bearable && tall <= f.bottom-f.top)
		i = n
	}
}

// addGroup places pieces that should stand together; where they cannot wholly,
// those that must. The first chart that may be so much lower is drawn lower
// where they fit then.
func (f *flow) addGroup(group []piece, whole bool) {
	for i := 0; i < len(group); {
		n := i + 1
		for n < len(group) && (whole || group[n-1].keep) {
			n++
		}
		over, lower := f.y+height(group[i:n])-f.bottom, -1
		if over > 0 && !f.empty {
			lower = slices.IndexFunc(group[i:n], func(p piece) bool { return p.flex >= over })
			if lower < 0 {
				f.newPage()
			}
		}
		for k := range group[i:n] {
			if k == lower {
				f.placeLower(group[i+k], over)
			} else {
				f.place(&group[i+k])
			}
		}
		i = n
	}
}

// placeLower places a piece whose chart is drawn lower than it may be.
func (f *flow) placeLower(p piece, by float64) {
	by += 0.001 // sums of heights are not exact
	p.box.Kids = slices.Clone(p.box.Kids)
	p.box.Kids[len(p.box.Kids)-1].H -= by
	p.box.H -= by
	f.place(&p)
}

// height returns what a group of pieces needs, the first one's gap included.
func height(group []piece) float64 {
	sum := 0.0
	for i := range group {
		sum += group[i].gap + group[i].box.H
	}
	return sum
}

// place puts one piece on the current page, or on a new one where it does not
// fit there, with its table's header above it.
func (f *flow) place(p *piece) {
	if !f.empty && f.y+p.gap+p.box.H > f.bottom {
		f.newPage()
	}
	if !f.empty {
		f.y += p.gap
		f.put(&p.box, p.table)
		return
	}
	if p.spare {
		f.spilled++
	}
	if p.again != nil {
		f.put(p.again, "")
		f.y += 2
	}
	if p.head != nil {
		f.put(p.head, p.table)
		if p.small {
			f.parted++
		}
	}
	f.put(&p.box, p.table)
}

// put places a box at the current height; boxes of one table become children
// of one table box.
func (f *flow) put(box *Box, table string) {
	at := f.y
	f.y += box.H
	f.empty = false
	if f.dry {
		return
	}
	b := box.at(box.X, at)
	page := &f.pages[len(f.pages)-1]
	if table == "" {
		page.Boxes = append(page.Boxes, b)
		return
	}
	last := len(page.Boxes) - 1
	if last < 0 || page.Boxes[last].Role != RoleTable || page.Boxes[last].Alt != table {
		page.Boxes = append(page.Boxes, Box{Role: RoleTable, X: b.X, Y: b.Y, W: b.W, Alt: table})
		last++
	}
	t := &page.Boxes[last]
	t.Kids = append(t.Kids, b)
	t.H = b.Y + b.H - t.Y
}
