package pdf

import (
	"fmt"
	"strconv"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/markdown"
)

// An OwnText is a text of the user for the pages.
type OwnText struct {
	Section string // before or after which it stands; "findings" for the first page
	Before  bool
	Blocks  []markdown.Block
}

// findingsPlace is the place of own texts on the first page.
const findingsPlace = "findings"

// own returns the pieces of the user's texts at a place, in the given order.
func (l *layout) own(section string, before bool) []piece {
	var pieces []piece
	for n, t := range l.texts {
		if t.Section == section && t.Before == before {
			pieces = append(pieces, l.ownText(fmt.Sprintf("own-%d", n), t.Blocks)...)
		}
	}
	if len(pieces) > 0 {
		pieces[0].gap = 10
		pieces[len(pieces)-1].keep = false
	}
	return pieces
}

// ownText returns the pieces of one text.
func (l *layout) ownText(id string, blocks []markdown.Block) []piece {
	var pieces []piece
	for n, b := range blocks {
		switch b.Kind {
		case markdown.Heading:
			style := l.bodyBold
			if b.Level < 3 {
				style = []textStyle{l.heading, l.leadBold}[b.Level-1]
			}
			pieces = append(pieces, piece{box: l.ownHeading(b, style), gap: 7, keep: true})
		case markdown.Item:
			gap := 1.0
			if n > 0 && blocks[n-1].Kind != markdown.Item {
				gap = 3
			}
			pieces = append(pieces, piece{box: l.ownItem(b), gap: gap})
		case markdown.Table:
			pieces = append(pieces, l.ownTable(fmt.Sprintf("%s-%d", id, n), b)...)
		default:
			pieces = append(pieces, l.ownParagraph(b)...)
		}
	}
	return pieces
}

func (l *layout) ownHeading(b markdown.Block, style textStyle) Box {
	box := l.rich(b.Runs, margin, l.span(10), style)
	box.Role = RoleHeading
	for i := range box.Kids {
		box.Kids[i].Role = RoleHeading
	}
	return box
}

// paragraphLines is how many lines of a long paragraph stay together.
const paragraphLines = 12

// ownParagraph divides a paragraph that is long, so that it may go on overleaf.
func (l *layout) ownParagraph(b markdown.Block) []piece {
	box := l.rich(b.Runs, margin, l.span(9), l.body)
	if box.H <= paragraphLines*l.body.leading {
		return []piece{{box: box, gap: 3}}
	}
	var pieces []piece
	for _, kid := range box.Kids {
		n := len(pieces)
		if n == 0 || kid.Y >= l.body.leading*float64(paragraphLines*n)-0.01 {
			pieces = append(pieces, piece{box: Box{Role: RoleParagraph, X: margin, W: box.W}})
			n++
		}
		kid.Y -= l.body.leading * float64(paragraphLines*(n-1))
		last := &pieces[n-1].box
		last.Kids, last.H = append(last.Kids, kid), kid.Y+kid.H
	}
	pieces[0].gap = 3
	return pieces
}

// ownItem is an item of a list, behind a dash or its number.
func (l *layout) ownItem(b markdown.Block) Box {
	sign, indent := "–", 4.0
	if b.Number > 0 {
		sign = strconv.Itoa(b.Number) + "."
		indent = max(5, l.body.width(sign)+1.5)
	}
	left := margin + 4*float64(b.Level)
	text := l.rich(b.Runs, left+indent, margin+l.span(9)-left-indent, l.body)
	return Box{Role: RoleItem, X: left, W: l.span(9) - 4*float64(b.Level), H: text.H,
		Kids: []Box{lineBox(RoleOrnament, sign, left, 0, indent, l.quiet(l.body)), text}}
}

// ownTable sets a table in parts of as many rows as a table may have, each
// under the header.
func (l *layout) ownTable(id string, b markdown.Block) []piece {
	var pieces []piece
	rows := b.Rows[1:]
	for n := 0; n == 0 || len(rows) > 0; n++ {
		t := &report.Table{}
		for c, cell := range b.Rows[0] {
			t.Columns = append(t.Columns, report.Column{Header: dataset.Literal(markdown.Plain(cell)), Text: !b.Right[c]})
		}
		most := min(len(rows), maxRows)
		for _, row := range rows[:most] {
			cells := make([]dataset.Quantity, len(row))
			for c, cell := range row {
				cells[c] = dataset.Str(markdown.Plain(cell))
			}
			t.Rows = append(t.Rows, cells)
		}
		rows = rows[most:]
		pieces = append(pieces, l.table(fmt.Sprintf("%s-%d", id, n), t, "", 0)...)
	}
	return pieces
}
