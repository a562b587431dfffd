package pdf

// A piece is a box on its way to a page: never split, with a distance from
// the piece before.
type piece struct {
	box   Box
	gap   float64
	keep  bool   // must stand on one page with the next piece
	table string // pieces of one table share an ID
	head  *Box   // header row to repeat where the piece begins a page
	fresh bool   // begins a new page
}

// A flow fills pages with pieces from top to bottom.
type flow struct {
	top, bottom float64 // of the area for content, on pages after the first
	pages       []Page
	y           float64
	empty       bool // nothing on the current page yet
}

func newFlow(top, bottom float64) *flow {
	f := &flow{top: top, bottom: bottom}
	f.newPage()
	return f
}

func (f *flow) newPage() {
	f.pages = append(f.pages, Page{Number: len(f.pages) + 1})
	f.y, f.empty = f.top, true
}

// used returns how much of the current page is filled, 0..1.
func (f *flow) used() float64 { return (f.y - f.top) / (f.bottom - f.top) }

// add places pieces one after another. Pieces that must stand together begin
// a new page together where they do not fit on the current one.
func (f *flow) add(pieces []piece) {
	for i := 0; i < len(pieces); {
		n := i + 1
		for n < len(pieces) && pieces[n-1].keep {
			n++
		}
		group := pieces[i:n]
		if !f.empty && (group[0].fresh || f.y+height(group) > f.bottom) {
			f.newPage()
		}
		for _, p := range group {
			f.place(p)
		}
		i = n
	}
}

// height returns what a group of pieces needs, the first one's gap included.
func height(group []piece) float64 {
	sum := 0.0
	for _, p := range group {
		sum += p.gap + p.box.H
	}
	return sum
}

// place puts one piece on the current page, or on a new one where it does not
// fit there, with its table's header above it.
func (f *flow) place(p piece) {
	if !f.empty && f.y+p.gap+p.box.H > f.bottom {
		f.newPage()
	}
	if f.empty {
		p.gap = 0
		if p.head != nil {
			f.put(*p.head, p.table)
		}
	}
	f.y += p.gap
	f.put(p.box, p.table)
}

// put places a box at the current height; boxes of one table become children
// of one table box.
func (f *flow) put(b Box, table string) {
	b = b.at(b.X, f.y)
	f.y += b.H
	f.empty = false
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
