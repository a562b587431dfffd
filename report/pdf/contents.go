package pdf

import (
	"strconv"

	"valuebook/report"
)

// longReport is how many pages a report may have without a list of contents.
const longReport = 6

// contents is the list of the sections with their findings and pages, each
// leading there; nothing for a short report.
func (l *layout) contents() []piece {
	if !l.listed {
		return nil
	}
	pieces := []piece{{box: lineBox(RoleHeading, l.term("pdf.contents"), margin, 0, l.width(), l.heading), gap: 12, keep: true}}
	for i, s := range l.report.Sections {
		gap := 0.0
		if i == 0 {
			gap = 3
		}
		pieces = append(pieces, piece{box: l.entry(s), gap: gap, keep: i < len(l.report.Sections)-1})
	}
	return pieces
}

// entry is one section in the list of contents: topic, finding and page.
func (l *layout) entry(s report.Section) Box {
	const top, page = 0.9, 12.0
	topic := l.topic(s.ID)
	x := l.column(3)
	if topic == "" {
		x = margin
	}
	title := textBox(RoleParagraph, l.title(s.Title), x, margin+l.width()-page-x, l.body).at(x, top)
	b := Box{Role: RoleItem, X: margin, W: l.width(), H: title.bottom() + 0.6, Link: s.ID,
		Kids: []Box{ruleBox(margin, 0, l.width(), 0.15, l.theme.Charts.Rule)}}
	if topic != "" {
		b.Kids = append(b.Kids, lineBox(RoleParagraph, topic, margin, top, l.span(3), l.bodyBold))
	}
	b.Kids = append(b.Kids, title)
	if number := l.pages[s.ID]; number > 0 {
		b.Kids = append(b.Kids, lineBox(RoleParagraph, strconv.Itoa(number), margin+l.width()-page, top, page, l.body.colored(l.theme.Charts.Accent).right()))
	}
	return b
}
