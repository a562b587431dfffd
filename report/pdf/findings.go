package pdf

import (
	"strconv"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/dataset"
)

// A density is how tightly the findings page is set.
type density struct {
	text, number textStyle // of the sentences
	gap          float64   // between the parts
	meaning      bool      // say what each class means
}

// findings returns the pieces of the first page: title, key figures, what we
// found beside the small quadrant, what to do. It is set as generously as
// still fits on one page.
func (l *layout) findings() []piece {
	room := l.paper.height - 2*margin
	var pieces []piece
	for _, d := range []density{
		{l.lead, l.leadBold, 8, true},
		{l.lead, l.leadBold, 5, true},
		{l.body, l.bodyBold, 8, true},
		{l.body, l.bodyBold, 5, false},
	} {
		pieces = []piece{{box: l.masthead()}}
		if len(l.report.KeyFigures) > 0 {
			pieces = append(pieces, piece{box: l.keyFigures(), gap: d.gap - 2})
		}
		if found, ok := l.found(d); ok {
			pieces = append(pieces, piece{box: found, gap: d.gap})
		}
		pieces = append(pieces, l.actions(d)...)
		pieces = append(pieces, l.own(findingsPlace, false)...)
		if height(pieces) <= room {
			break
		}
	}
	return pieces
}

// masthead is the title with the period at its right and the company above.
func (l *layout) masthead() Box {
	accent := l.theme.Charts.Accent
	b := Box{Role: RoleGroup, X: margin, W: l.width()}
	y := 0.0
	if company := l.company(); company != "" {
		b.Kids = append(b.Kids, lineBox(RoleParagraph, company, margin, y, l.span(8), l.bodyBold.colored(accent)))
	}
	if l.theme.Logo != "" {
		b.Kids = append(b.Kids, Box{Role: RoleOrnament, Logo: true, X: l.column(9), Y: y, W: l.span(3), H: 10})
	}
	if len(b.Kids) > 0 {
		y += 6
	}
	period := l.periodOrFile()
	title := titleBox(l.title(l.report.Title), l.span(9), l.display, 3)
	title = title.at(margin, y)
	y = title.bottom()
	b.Kids = append(b.Kids, title)
	if period != "" {
		// Its baseline is that of the title's last line.
		top := y - l.display.leading + l.display.baseline() - l.lead.baseline()
		x := l.column(9)
		if wide := title.textWidth(); wide < title.W && len(title.Text) == 1 {
			x = min(x, margin+wide+2*gutter)
			b.Kids[len(b.Kids)-1].W = wide
		}
		b.Kids = append(b.Kids, lineBox(RoleParagraph, period, x, top, margin+l.width()-x, l.quiet(l.lead).right()))
	}
	b.Kids = append(b.Kids, ruleBox(margin, y+2, l.width(), 0.7, accent))
	b.H = y + 3
	return b
}

// keyFigures is the row of up to five large numbers.
func (l *layout) keyFigures() Box {
	figures := l.report.KeyFigures
	figures = figures[:min(len(figures), 5)]
	n := float64(max(len(figures), 4))
	width := (l.width() - (n-1)*gutter) / n
	b := Box{Role: RoleGroup, X: margin, W: l.width()}
	for i, k := range figures {
		cell := l.keyFigure(k, margin+float64(i)*(width+gutter), width)
		b.H = max(b.H, cell.H)
		b.Kids = append(b.Kids, cell)
	}
	return b
}

func (l *layout) keyFigure(k report.KeyFigure, x, width float64) Box {
	b := Box{Role: RoleGroup, X: x, W: width}
	value := l.text.plain(l.words.Quantity(shortQuantity(k.Value)))
	style := l.display
	for _, smaller := range []float64{18, 14, 10.5, 9, 7.5} {
		if style.width(value) <= width {
			break
		}
		style.size = smaller
	}
	if k.Alert {
		style.color = l.theme.Charts.Alert
	} else {
		style.color = l.theme.Charts.Accent
	}
	b.Kids = append(b.Kids, lineBox(RoleParagraph, value, x, 0, width, style))
	y := style.leading + 0.6
	for _, part := range []struct {
		text  string
		style textStyle
	}{{l.title(k.Label), l.smallBold}, {l.title(k.Since), l.small}, {l.remark(k.Note), l.quiet(l.small)}} {
		if part.text == "" {
			continue
		}
		t := textBox(RoleParagraph, part.text, x, width, part.style)
		b.Kids = append(b.Kids, t.at(x, y))
		y += t.H
	}
	b.H = y
	return b
}

// remark returns the small print of a key figure; a mere name is cut as others.
func (l *layout) remark(m dataset.Message) string {
	if m.Code == "" {
		return charts.Shorten(l.say(m))
	}
	return l.title(m)
}

// found is what we found, with the small quadrant at its right.
func (l *layout) found(d density) (Box, bool) {
	chart, section := l.smallQuadrant()
	if len(l.report.Sentences) == 0 && chart == nil {
		return Box{}, false
	}
	b := Box{Role: RoleGroup, X: margin, W: l.width()}
	width := l.width()
	var figure Box
	if chart != nil {
		width = l.span(7)
		figure = l.figureAt(chart, l.column(7)+gutter, l.span(5)-gutter, l.smallBold).at(l.column(7)+gutter, 1)
		figure.Link = l.target(anchorOf(section, chart.ID))
	}
	head := lineBox(RoleHeading, l.term("pdf.found"), margin, 0, width, l.heading)
	b.Kids = append(b.Kids, head)
	list := Box{Role: RoleList, X: margin, Y: 8, W: l.width()}
	y := 8.0
	for i, m := range l.report.Sentences {
		if chart != nil && y > figure.bottom() {
			width = l.width() // below the quadrant
		}
		item := l.sentence(i+1, m, width, d).at(margin, y)
		list.Kids = append(list.Kids, item)
		y += item.H + 2
	}
	list.H = max(0, y-2-list.Y)
	b.Kids, b.H = append(b.Kids, list), y-2
	if chart != nil {
		b.Kids = append(b.Kids, figure)
		b.H = max(b.H, figure.bottom())
	}
	return b, true
}

// smallQuadrant returns the first quadrant chart of the report in its small
// version with its section, nil where there is none.
func (l *layout) smallQuadrant() (*report.Chart, string) {
	for _, s := range l.whole {
		for _, b := range s.Blocks {
			if b.Chart != nil && b.Chart.Kind == report.QuadrantChart && !b.Chart.Plain && !charts.Empty(b.Chart) {
				small := *b.Chart
				small.Compact = true
				return &small, s.ID
			}
		}
	}
	return nil, ""
}

// sentence is one numbered finding with the page that carries its numbers.
func (l *layout) sentence(n int, m dataset.Message, width float64, d density) Box {
	const number, page = 6.0, 10.0
	to := l.target(m.Evidence)
	accent := l.theme.Charts.Accent
	text := textBox(RoleParagraph, l.title(m), margin+number, width-number-page, d.text)
	b := Box{Role: RoleItem, X: margin, W: width, H: text.H, Link: to, Kids: []Box{
		lineBox(RoleParagraph, strconv.Itoa(n), margin, 0, number, d.number.colored(accent)), text}}
	if p := l.pages[to]; p > 0 {
		ref := lineBox(RoleParagraph, l.term("pdf.to-page", strconv.Itoa(p)), margin+width-page, text.H-d.text.leading, page, l.small.colored(accent).right())
		ref.Y += d.text.baseline() - l.small.baseline()
		b.Kids = append(b.Kids, ref)
	}
	return b
}

// actions is what to do with each class that has members.
func (l *layout) actions(d density) []piece {
	if len(l.report.Actions) == 0 {
		return nil
	}
	pieces := []piece{{box: lineBox(RoleHeading, l.term("pdf.todo"), margin, 0, l.width(), l.heading), gap: d.gap, keep: true}}
	for i, a := range l.report.Actions {
		pieces = append(pieces, piece{box: l.action(a, d), gap: 2, keep: i == 0 && len(l.report.Actions) > 1})
	}
	return pieces
}

// action is one class: its mark, name and size, what to do, who.
func (l *layout) action(a report.Action, d density) Box {
	b := Box{Role: RoleRow, X: margin, W: l.width(), Kids: []Box{ruleBox(margin, 0, l.width(), 0.2, l.theme.Charts.Rule)}}
	const top = 2.0
	advised := l.column(3) + 5
	wide := l.column(8) - gutter - advised
	name, left := l.say(a.Label), margin
	if name == "" {
		name = l.term("class." + a.Class)
	}
	if a.Style >= 0 {
		left += 5.5
		b.Kids = append(b.Kids, markBox(report.Style(a.Style), margin, top+0.4, 3.6))
	}
	b.Kids = append(b.Kids, lineBox(RoleCell, name, left, top-0.5, l.column(3)-gutter-left, l.leadBold))
	counted := "pdf.customers"
	if a.Offers {
		counted = "pdf.offers"
	}
	size := l.say(dataset.Msg(counted, dataset.N(a.Count)))
	if share := l.words.Quantity(a.Share); a.Share.Unit == dataset.Share && a.Share.Value == a.Share.Value {
		size += ", " + share
		if of := l.say(a.ShareOf); of != "" {
			size += " " + of
		}
	}
	count := textBox(RoleCell, size, left, l.column(3)+4-left, l.quiet(l.small)).at(left, top+4.7)
	advice := textBox(RoleCell, l.say(a.Advice), advised, wide, l.body).at(advised, top)
	b.Kids = append(b.Kids, count, advice)
	y := advice.bottom()
	if meaning := l.say(a.Meaning); meaning != "" && d.meaning {
		m := textBox(RoleCell, meaning, advised, wide, l.quiet(l.small)).at(advised, y+0.6)
		b.Kids, y = append(b.Kids, m), m.bottom()
	}
	names := top
	for _, name := range a.Names {
		n := lineBox(RoleCell, l.text.plain(charts.Shorten(name)), l.column(8)+2, names, l.span(4)-2, l.body)
		b.Kids, names = append(b.Kids, n), names+l.body.leading
	}
	b.H = max(y, names, count.bottom())
	return b
}
