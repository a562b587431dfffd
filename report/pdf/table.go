package pdf

import (
	"fmt"
	"strings"

	"valuebook/report"
	"valuebook/report/dataset"
)

// maxRows is how many rows of a table the pages show; the workbook has all.
const maxRows = 25

// maxLines is how many lines a cell may have, so that no row outgrows a page.
const maxLines = 8

// A grid is a table being measured: its texts and the widths of its columns.
type grid struct {
	*layout
	table      *report.Table
	id         string
	head       []string
	cells      [][]string // rows, then the total
	widths     []float64
	body, bold textStyle
	between    float64 // columns
}

// table returns the pieces of a table: title, header, rows, total, what more
// there is. A table with more columns than fit becomes several, each beginning
// with the first column, so that no number is broken. heading is what stands
// over a table without a title, extra how many rows it has beyond the least.
func (l *layout) table(id string, t *report.Table, heading string, extra int) []piece {
	var pieces []piece
	t = shown(l.filled(t), extra)
	if title := l.title(t.Title); title != "" && len(t.Columns) > 0 {
		pieces = append(pieces, piece{box: textBox(RoleHeading, title, margin, l.span(10), l.bodyBold), gap: 6, keep: true})
		heading = title
	}
	again := l.again(heading)
	for n, g := range l.grids(id, t) {
		head := g.row(g.head, RoleHeader, l.smallBold.colored(l.theme.Charts.Secondary), nil)
		gap := 5.0
		if n == 0 && len(pieces) > 0 {
			gap = 2
		}
		first := piece{box: head, gap: gap, keep: len(g.cells) > 0, table: g.id}
		if len(pieces) == 0 || n > 0 {
			first.again = again
		}
		pieces = append(pieces, first)
		rows := g.rows(head, again)
		if note, ok := g.more(); ok && len(rows) > 0 {
			rows[len(rows)-1].keep = true
			rows = append(rows, piece{box: note, gap: 1.5})
		}
		pieces = append(pieces, rows...)
	}
	return pieces
}

// shown returns a table with the rows that the pages show, which counts the
// others: those it must have and some extra, but no single one is left out.
func shown(t *report.Table, extra int) *report.Table {
	n := min(len(t.Rows), maxRows)
	if t.Least > 0 && t.Least+extra < n-1 {
		n = t.Least + extra
	}
	if len(t.Rows) == n {
		return t
	}
	part := *t
	part.Rows, part.More = t.Rows[:n], t.More+len(t.Rows)-n
	return &part
}

// grids measures a table, divided into as many parts as its width takes.
func (l *layout) grids(id string, t *report.Table) []*grid {
	var grids []*grid
	rest := make([]int, len(t.Columns))
	for c := range rest {
		rest[c] = c
	}
	for len(rest) > 0 {
		n := len(rest)
		for n > 2 && !l.newGrid(id, only(t, rest[:n])).fits() {
			n--
		}
		part := only(t, rest[:n])
		if n < len(rest) {
			part.More = 0 // said below the last part
		}
		g := l.newGrid(fmt.Sprintf("%s-%d", id, len(grids)), part)
		g.measure()
		grids = append(grids, g)
		if n == len(rest) {
			break
		}
		rest = append([]int{0}, rest[n:]...)
	}
	return grids
}

// again returns a heading to repeat where what it heads goes on.
func (l *layout) again(heading string) *Box {
	if heading == "" {
		return nil
	}
	box := titleBox(l.term("pdf.continued", heading), l.width(), l.bodyBold, 2)
	box.Role = RoleHeading
	return &box
}

// rows returns the rows and the total as pieces. No header stands over fewer
// than three rows, no fewer open a new page; a small table should not be
// divided. Totals stay with the rows above them.
func (g *grid) rows(head Box, again *Box) []piece {
	var pieces []piece
	tall := 0.0
	for i, cells := range g.cells {
		style, source := g.body, []dataset.Quantity(nil)
		if i < len(g.table.Rows) {
			source = g.table.Rows[i]
		}
		if g.isBold(i) {
			style = g.bold
		}
		row := g.row(cells, RoleCell, style, source)
		if g.table.Indent[i] && source != nil {
			row = g.indented(row, cells[0], style)
		}
		if g.isBold(i) && i > 0 {
			row.Kids = append(row.Kids, ruleBox(margin, -0.15, row.W, 0.3, g.theme.Charts.Secondary))
		}
		tall += row.H
		pieces = append(pieces, piece{box: row, table: g.id, head: &head, again: again})
	}
	small := len(pieces) <= 12 && tall < 0.3*g.paper.height
	last := len(pieces) - 1
	for i := range pieces {
		pieces[i].small, pieces[i].spare = small, g.table.Least > 0 && i >= g.table.Least
	}
	for i := range pieces[:max(0, last)] {
		// Of long rows two are enough.
		few := 3
		if pieces[i].box.H > 12 {
			few = 2
		}
		pieces[i].keep = i+1 < few || last-i < few || g.isBold(i+1)
		pieces[i].soft = small
	}
	return pieces
}

// isBold reports whether a row is a total of those above.
func (g *grid) isBold(i int) bool {
	return i < len(g.table.Rows) && g.table.Bold[i] || i == len(g.cells)-1 && g.table.Total != nil
}

// indented moves the first text of a row to the right, where it is a part of
// the row above.
func (g *grid) indented(row Box, text string, s textStyle) Box {
	const in = 4.0
	for i, kid := range row.Kids {
		if kid.Role != RoleCell {
			continue
		}
		lines := wrap(text, max(kid.W-in, 1), s, maxLines)
		tall := max(row.H, float64(len(lines))*s.leading+2*kid.Y)
		for k := range row.Kids {
			if row.Kids[k].Fill != "" {
				row.Kids[k].Y += tall - row.H
			}
		}
		kid.X, kid.W, kid.Text, kid.H = kid.X+in, kid.W-in, lines, float64(len(lines))*s.leading
		row.Kids[i], row.H = kid, tall
		break
	}
	return row
}

// newGrid writes all cells and decides their size.
func (l *layout) newGrid(id string, t *report.Table) *grid {
	g := &grid{layout: l, table: t, id: id, body: l.body, bold: l.bodyBold, between: 4}
	for c, column := range t.Columns {
		g.head = append(g.head, l.header(t, c, column))
	}
	g.write(t.Rows)
	if !g.fits() {
		g.body, g.bold, g.between = l.small, l.smallBold, 3
	}
	return g
}

// write turns the rows and the total into texts, column by column; a row with
// too few cells is filled up.
func (g *grid) write(rows [][]dataset.Quantity) {
	if g.table.Total != nil {
		rows = append(rows[:len(rows):len(rows)], g.table.Total)
	}
	g.cells = make([][]string, len(rows))
	for c := range g.table.Columns {
		column := make([]dataset.Quantity, len(rows))
		for i, row := range rows {
			if c < len(row) {
				column[i] = row[c]
			}
			if listing(column[i]) {
				column[i] = shortQuantity(column[i])
			}
		}
		for i, text := range g.words.Column(column) {
			g.cells[i] = append(g.cells[i], g.text.plain(cutOnce(text)))
		}
	}
}

// header writes the header of a column, with the currency where all its cells
// are money.
func (l *layout) header(t *report.Table, c int, column report.Column) string {
	text := l.say(column.Header)
	currency := l.text.plain(l.words.Currency())
	if l.moneyColumn(t, c) && currency != "" && !strings.Contains(text, currency) {
		text = strings.TrimPrefix(text+", "+currency, ", ")
	}
	return text
}

// moneyColumn reports whether all cells of a column are money.
func (l *layout) moneyColumn(t *report.Table, c int) bool {
	found := false
	for _, row := range t.Rows {
		if c >= len(row) {
			continue
		}
		if row[c].Unit == dataset.Money || row[c].Unit == dataset.SignedMoney {
			found = true
		} else if row[c].Unit != dataset.Text || row[c].Text != "" {
			return false
		}
	}
	return found
}

// row sets one row over its hairline.
func (g *grid) row(texts []string, role Role, s textStyle, source []dataset.Quantity) Box {
	const pad = 1.1
	b := Box{Role: RoleRow, X: margin}
	x, tall := margin, 0.0
	for c, text := range texts {
		in := 0.0
		if style, ok := g.mark(c, source); ok {
			b.Kids = append(b.Kids, markBox(style, x, pad+(s.leading-3)/2, 3))
			in = g.markRoom(c)
		}
		style := s
		if !g.table.Columns[c].Text && !g.table.Columns[c].Class {
			style = s.right()
		}
		lines := wrap(text, max(g.widths[c]-in, 1)+0.01, style, maxLines)
		cell := Box{Role: role, X: x + in, Y: pad, W: g.widths[c] - in, H: float64(len(lines)) * s.leading, Text: lines, style: style}
		b.Kids = append(b.Kids, cell)
		tall = max(tall, cell.H)
		x += g.widths[c] + g.between
	}
	b.W, b.H = x-g.between-margin, tall+2*pad
	thickness, color := 0.15, g.theme.Charts.Rule
	if role == RoleHeader {
		thickness, color = 0.3, g.theme.Charts.Secondary
		for i := range b.Kids { // headers stand on the line
			b.Kids[i].Y = pad + tall - b.Kids[i].H
		}
	}
	b.Kids = append(b.Kids, ruleBox(margin, b.H-thickness, b.W, thickness, color))
	return b
}

// mark returns the mark of the class that a cell names.
func (g *grid) mark(c int, source []dataset.Quantity) (report.Style, bool) {
	if !g.table.Columns[c].Class || c >= len(source) || source[c].Unit != dataset.Term {
		return 0, false
	}
	style, ok := g.styles[strings.TrimPrefix(source[c].Text, "class.")]
	return style, ok
}

// more says how many rows only the workbook has.
func (g *grid) more() (Box, bool) {
	n := g.table.More
	if n <= 0 {
		return Box{}, false
	}
	m := dataset.Msg("pdf.more", dataset.N(n))
	if !g.table.MoreIn.IsZero() {
		m = dataset.Msg("pdf.more-in", dataset.N(n), dataset.Sentence(g.table.MoreIn))
	}
	return textBox(RoleNote, g.say(m), margin, g.width(), g.quiet(g.small)), true
}
