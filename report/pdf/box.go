package pdf

import (
	"fmt"
	"strings"

	"valuebook/report"
)

// A Role says what a box is for the reader, whatever it looks like.
type Role string

// The roles.
const (
	RoleTitle     Role = "title"
	RoleHeading   Role = "heading"
	RoleParagraph Role = "paragraph"
	RoleFigure    Role = "figure"
	RoleTable     Role = "table"
	RoleRow       Role = "row"
	RoleHeader    Role = "header cell"
	RoleCell      Role = "cell"
	RoleList      Role = "list"
	RoleItem      Role = "item"
	RoleNote      Role = "note"
	RoleGroup     Role = "group"
	RoleFurniture Role = "furniture"
	RoleOrnament  Role = "ornament" // rules, marks: nothing to read
)

// A Box is one piece of a page, measured before it is drawn. Places are in
// millimetres from the upper left corner of the page.
type Box struct {
	Role       Role
	X, Y, W, H float64
	Text       []string // lines, already broken
	style      textStyle
	Fill       string        // colour of the whole box, "" for none
	Mark       *report.Style // a class's mark in the middle of the box
	Chart      *report.Chart
	Alt        string // alternative text of a figure
	Logo       bool
	Link       string // anchor that a click leads to
	URL        string // address outside that a click leads to
	Anchor     string // the section that begins here, by its ID, or the chart or table, as "section#ID"
	Kids       []Box
}

// A Page is the boxes of one page, in reading order.
type Page struct {
	Number int
	Boxes  []Box
}

// at returns the box moved to a place, its children with it.
func (b Box) at(x, y float64) Box {
	b.shift(x-b.X, y-b.Y)
	return b
}

func (b *Box) shift(dx, dy float64) {
	b.X, b.Y = b.X+dx, b.Y+dy
	kids := make([]Box, len(b.Kids)) // the box may be placed twice, as a repeated header is
	copy(kids, b.Kids)
	b.Kids = kids
	for i := range b.Kids {
		b.Kids[i].shift(dx, dy)
	}
}

// bottom returns the lowest edge of the box and its children.
func (b Box) bottom() float64 {
	low := b.Y + b.H
	for _, kid := range b.Kids {
		low = max(low, kid.bottom())
	}
	return low
}

// textWidth returns the width of the widest line of a box.
func (b Box) textWidth() float64 {
	widest := 0.0
	for _, line := range b.Text {
		widest = max(widest, b.style.width(line))
	}
	return widest
}

// textBox returns a box of text, broken to a width.
func textBox(role Role, text string, x, width float64, s textStyle) Box {
	lines := wrap(text, width, s, 0)
	return Box{Role: role, X: x, W: width, H: float64(len(lines)) * s.leading, Text: lines, style: s}
}

// titleBox returns a box of at most some lines of text.
func titleBox(text string, width float64, s textStyle, most int) Box {
	lines := wrap(text, width, s, most)
	return Box{Role: RoleTitle, X: margin, W: width, H: float64(len(lines)) * s.leading, Text: lines, style: s}
}

// lineBox returns a box of one line of text, cut where it is too long.
func lineBox(role Role, text string, x, y, width float64, s textStyle) Box {
	return Box{Role: role, X: x, Y: y, W: width, H: s.leading, Text: []string{oneLine(text, width, s)}, style: s}
}

// ruleBox returns a horizontal line.
func ruleBox(x, y, width, thickness float64, color string) Box {
	return Box{Role: RoleOrnament, X: x, Y: y, W: width, H: thickness, Fill: color}
}

// markBox returns the mark of a class in a square of a size.
func markBox(style report.Style, x, y, size float64) Box {
	return Box{Role: RoleOrnament, X: x, Y: y, W: size, H: size, Mark: &style}
}

// String writes the tree of a page: role, place and size in millimetres, then
// what is in it.
func (p Page) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "page %d\n", p.Number)
	for _, b := range p.Boxes {
		b.write(&out, 1)
	}
	return out.String()
}

func (b Box) write(out *strings.Builder, depth int) {
	fmt.Fprintf(out, "%s%s %.1f,%.1f %.1fx%.1f", strings.Repeat("  ", depth), b.Role, b.X, b.Y, b.W, b.H)
	if len(b.Text) > 0 {
		fmt.Fprintf(out, " %gpt%s %q", b.style.size, map[bool]string{true: " bold"}[b.style.bold], strings.Join(b.Text, " / "))
	}
	if b.Mark != nil {
		fmt.Fprintf(out, " mark %d", *b.Mark)
	}
	if b.Chart != nil {
		fmt.Fprintf(out, " %s alt %q", b.Chart.Kind, b.Alt)
	}
	if b.Link != "" {
		fmt.Fprintf(out, " to %s", b.Link)
	}
	if b.URL != "" {
		fmt.Fprintf(out, " to %s", b.URL)
	}
	if b.Anchor != "" {
		fmt.Fprintf(out, " is %s", b.Anchor)
	}
	out.WriteByte('\n')
	for _, kid := range b.Kids {
		kid.write(out, depth+1)
	}
}
