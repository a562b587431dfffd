package pdf

import (
	"fmt"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/dataset"
)

// codePoint returns a character's standard name, such as U+4E2D.
func codePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }

// section returns the pieces of one section: its title, which states the
// finding, then its blocks.
func (l *layout) section(s report.Section) []piece {
	pieces := []piece{{box: l.sectionTitle(s), gap: 12, keep: true}}
	for i := 0; i < len(s.Blocks); i++ {
		b := s.Blocks[i]
		if b.Chart != nil && l.words.Text(b.Chart.Title) == l.words.Text(s.Title) {
			untitled := *b.Chart
			untitled.Title = dataset.Message{} // the section says it
			b.Chart = &untitled
		}
		if i+1 < len(s.Blocks) && isCompact(b) && isCompact(s.Blocks[i+1]) {
			pieces = append(pieces, l.pair(b.Chart, s.Blocks[i+1].Chart))
			i++
			continue
		}
		added := l.block(s.ID, i, b)
		if i > 0 && len(added) > 0 {
			added[0].gap = closer(s.Blocks[i-1], b, added[0].gap)
		}
		if b.Note != nil {
			pieces[len(pieces)-1].keep = true // a note stays with what it explains
		}
		pieces = append(pieces, added...)
	}
	pieces[len(pieces)-1].keep = false
	return pieces
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
	title := titleBox(l.say(s.Title), l.span(11), l.title, 4).at(margin, y)
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
func (l *layout) block(section string, n int, b report.Block) []piece {
	switch {
	case b.Heading != nil:
		return []piece{{box: textBox(RoleHeading, l.say(*b.Heading), margin, l.span(9), l.leadBold), gap: 7, keep: true}}
	case b.Paragraph != nil:
		return []piece{{box: textBox(RoleParagraph, l.say(*b.Paragraph), margin, l.span(9), l.body), gap: 3}}
	case b.Note != nil:
		return []piece{{box: textBox(RoleNote, l.say(*b.Note), margin, l.span(9), l.quiet(l.small)), gap: 2.5}}
	case b.Chart != nil:
		return []piece{{box: l.figureAt(b.Chart, margin, l.width(), l.bodyBold), gap: 5}}
	case b.Table != nil:
		return l.table(fmt.Sprintf("%s-%d", section, n), b.Table)
	}
	return l.list(b.List)
}

// list returns one piece per item, each after a dash.
func (l *layout) list(items []dataset.Message) []piece {
	var pieces []piece
	for i, m := range items {
		const indent = 4.0
		text := textBox(RoleParagraph, l.say(m), margin+indent, l.span(9)-indent, l.body)
		item := Box{Role: RoleItem, X: margin, W: l.span(9), H: text.H, Link: m.Evidence,
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
	if text := l.say(ch.Title); text != "" {
		t := textBox(RoleHeading, text, x, min(width, l.span(10)), s)
		b.Kids, y = append(b.Kids, t), t.H+2
	}
	l.readChart(ch)
	tall := min(charts.Height(ch, width*millimetre)/millimetre, l.paper.height-margin-headTop-y-14)
	alt := l.say(ch.Alt)
	if alt == "" {
		alt = l.say(ch.Title)
	}
	b.Kids = append(b.Kids, Box{Role: RoleFigure, X: x, Y: y, W: width, H: tall, Chart: ch, Alt: alt})
	b.H = y + tall
	return b
}

// pair is two small charts beside each other.
func (l *layout) pair(first, second *report.Chart) piece {
	width := l.span(6)
	one, two := l.figureAt(first, margin, width, l.bodyBold), l.figureAt(second, l.column(6), width, l.bodyBold)
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
