package pdf

import (
	"fmt"
	"strings"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/dataset"
)

// section returns the pieces of one section: its title, which states the
// finding, then its blocks. Tables that may have more rows have some extra.
func (l *layout) section(s report.Section, extra int) []piece {
	pieces := []piece{{box: l.sectionTitle(s), gap: 12, keep: true}}
	heading := l.title(s.Title)
	for i := 0; i < len(s.Blocks); i++ {
		b := s.Blocks[i]
		if b.Chart != nil && l.words.Text(b.Chart.Title) == l.words.Text(s.Title) {
			untitled := *b.Chart
			untitled.Title = dataset.Message{} // the section says it
			b.Chart = &untitled
		}
		if i+1 < len(s.Blocks) && isCompact(b) && isCompact(s.Blocks[i+1]) {
			pieces = append(pieces, l.pair(s.ID, b.Chart, s.Blocks[i+1].Chart))
			i++
			continue
		}
		heading = l.headingOf(b, heading)
		added := l.block(s.ID, i, b, heading, extra)
		if i > 0 && len(added) > 0 {
			added[0].gap = closer(s.Blocks[i-1], b, added[0].gap)
		}
		if b.Note != nil {
			pieces[len(pieces)-1].keep = true // a note stays with what it explains
		}
		if i > 0 && belongs(s.Blocks[i-1], b) {
			pieces[len(pieces)-1].soft = true
		}
		pieces = append(pieces, added...)
	}
	last := &pieces[len(pieces)-1]
	last.keep, last.soft = false, false
	return pieces
}

// belongs reports whether a block goes on with what the one before it begins:
// the paragraphs at the head of a section, a table that its chart has announced.
func belongs(before, b report.Block) bool {
	switch {
	case before.Paragraph != nil:
		return b.Paragraph != nil || b.Chart != nil || b.Table != nil
	case before.Chart != nil:
		return b.Table != nil && b.Table.Title.IsZero()
	}
	return false
}

// headingOf returns the text under which a block stands: its own, else that of
// the blocks before.
func (l *layout) headingOf(b report.Block, before string) string {
	own := dataset.Message{}
	switch {
	case b.Heading != nil:
		own = *b.Heading
	case b.Chart != nil:
		own = b.Chart.Title
	}
	if text := l.title(own); text != "" {
		return text
	}
	return before
}

// closer returns the distance between two blocks: less where they belong
// together.
func closer(before, b report.Block, gap float64) float64 {
	switch {
	case before.Heading != nil && (b.Table != nil || b.Paragraph != nil || b.List != nil || b.Note != nil):
		return 2
	case before.Heading != nil && b.Chart != nil:
		return 3
	case before.Note != nil && b.Note != nil:
		return 1
	}
	return gap
}

// sectionTitle is the topic in small print over the finding.
func (l *layout) sectionTitle(s report.Section) Box {
	accent := l.theme.Charts.Accent
	b := Box{Role: RoleGroup, X: margin, W: l.width(), Anchor: s.ID, Kids: []Box{ruleBox(margin, 0, l.span(1), 0.7, accent)}}
	y := 2.4
	if topic := l.topic(s.ID); topic != "" {
		b.Kids = append(b.Kids, lineBox(RoleParagraph, topic, margin, y, l.width(), l.smallBold.colored(accent)))
		y += 4
	}
	title := l.evenTitle(l.title(s.Title)).at(margin, y)
	b.Kids = append(b.Kids, title)
	b.H = title.bottom()
	return b
}

// topic returns the short name of a section, "" where the catalogue has none.
func (l *layout) topic(id string) string {
	if code := "pdf.section." + id; l.words.Has(code) {
		return l.term(code)
	}
	return ""
}

func isCompact(b report.Block) bool { return b.Chart != nil && b.Chart.Compact }

// block returns the pieces of one block.
func (l *layout) block(section string, n int, b report.Block, heading string, extra int) []piece {
	switch {
	case b.Heading != nil:
		return []piece{{box: textBox(RoleHeading, l.title(*b.Heading), margin, l.span(9), l.leadBold), gap: 7, keep: true}}
	case b.Paragraph != nil:
		return []piece{{box: l.even(RoleParagraph, l.say(*b.Paragraph), l.body, 9, 10, 11, 12), gap: 3}}
	case b.Note != nil:
		return []piece{{box: l.even(RoleNote, l.say(*b.Note), l.quiet(l.small), 12, 11, 10), gap: 2.5}}
	case b.Chart != nil:
		p := piece{box: l.figureAt(b.Chart, margin, l.width(), l.bodyBold), gap: 5}
		p.box.Anchor = anchorOf(section, b.Chart.ID)
		p.flex = flexOf(b.Chart.Kind) * p.box.Kids[len(p.box.Kids)-1].H
		if l.say(b.Chart.Title) == "" {
			p.again = l.again(heading)
		}
		return []piece{p}
	case b.Table != nil:
		pieces := l.table(fmt.Sprintf("%s-%d", section, n), b.Table, heading, extra)
		if len(pieces) > 0 && pieces[0].box.Anchor == "" {
			pieces[0].box.Anchor = anchorOf(section, b.Table.ID)
		}
		return pieces
	}
	return l.list(b.List)
}

// flexOf is by which part of its height a chart of a kind may be drawn lower:
// rows still keep their texts apart.
func flexOf(kind report.ChartKind) float64 {
	switch kind {
	case report.QuadrantChart, report.CurveChart, report.ValueMapChart:
		return 0.4
	case report.HeadToHeadChart:
		return 0.25
	case report.BarsChart, report.IntervalChart, report.WaterfallChart:
		return 0.18
	}
	return 0
}

// anchorOf names a chart or table as evidence names it, "" where it has no ID.
func anchorOf(section, block string) string {
	if block == "" {
		return ""
	}
	return section + "#" + block
}

// even breaks a text at the first of some widths, in columns, at which its last
// line is not a single word; at the first of all where there is none.
func (l *layout) even(role Role, text string, s textStyle, spans ...int) Box {
	for _, n := range spans {
		box := textBox(role, text, margin, l.span(n), s)
		if last := box.Text[len(box.Text)-1]; len(box.Text) == 1 || strings.Contains(last, " ") {
			return box
		}
	}
	return textBox(role, text, margin, l.span(spans[0]), s)
}

// evenTitle does the same for the title of a section, of at most four lines.
func (l *layout) evenTitle(text string) Box {
	box := l.even(RoleTitle, text, l.heading, 11, 12, 10, 9)
	if len(box.Text) > 4 {
		return titleBox(text, l.span(11), l.heading, 4)
	}
	return box
}

// list returns one piece per item, each after a dash.
func (l *layout) list(items []dataset.Message) []piece {
	var pieces []piece
	for i, m := range items {
		const indent = 4.0
		text := textBox(RoleParagraph, l.say(m), margin+indent, l.span(9)-indent, l.body)
		item := Box{Role: RoleItem, X: margin, W: l.span(9), H: text.H, Link: l.target(m.Evidence),
			Kids: []Box{lineBox(RoleOrnament, "–", margin, 0, indent, l.quiet(l.body)), text}}
		gap := 1.0
		if i == 0 {
			gap = 3
		}
		pieces = append(pieces, piece{box: item, gap: gap})
	}
	return pieces
}

// figureAt is a chart under its title, as tall as suits it.
func (l *layout) figureAt(ch *report.Chart, x, width float64, s textStyle) Box {
	b := Box{Role: RoleGroup, X: x, W: width}
	y := 0.0
	if text := l.title(ch.Title); text != "" {
		t := textBox(RoleHeading, text, x, min(width, l.span(10)), s)
		b.Kids, y = append(b.Kids, t), t.H+2
	}
	l.readChart(ch)
	tall := charts.Height(ch, width*millimetre) / millimetre
	alt := l.say(ch.Alt)
	if alt == "" {
		alt = l.say(ch.Title)
	}
	tall = min(tall, l.tallest()-y)
	b.Kids = append(b.Kids, Box{Role: RoleFigure, X: x, Y: y, W: width, H: tall, Chart: ch, Alt: alt})
	b.H = y + tall
	return b
}

// pair is two small charts beside each other.
func (l *layout) pair(section string, first, second *report.Chart) piece {
	width := l.span(6)
	one, two := l.figureAt(first, margin, width, l.bodyBold), l.figureAt(second, l.column(6), width, l.bodyBold)
	one.Anchor, two.Anchor = anchorOf(section, first.ID), anchorOf(section, second.ID)
	return piece{box: Box{Role: RoleGroup, X: margin, W: l.width(), H: max(one.H, two.H), Kids: []Box{one, two}}, gap: 5}
}

// readChart notes the characters of a chart's labels that the fonts lack;
// drawing is too late for the note.
func (l *layout) readChart(ch *report.Chart) {
	for _, g := range ch.Group {
		for _, p := range g.Points {
			if p.Rank > 0 {
				l.text.plain(p.Label)
			}
		}
	}
	for _, b := range ch.Bars {
		l.text.plain(b.Label)
	}
}
