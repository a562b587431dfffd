package pdf

import (
	"slices"
	"strings"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// A paper is a page size in millimetres.
type paper struct{ width, height float64 }

var papers = map[string]paper{"a4": {210, 297}, "letter": {215.9, 279.4}}

// The grid: margins, twelve columns and the type scale. Leadings keep to the
// 4 mm baseline where the size allows.
const (
	margin  = 18.0
	columns = 12
	gutter  = 4.0
	headTop = 24.0 // content below the page head, pages after the first
)

// A layout measures a report and arranges it on pages.
type layout struct {
	report *report.Report
	whole  []report.Section // of the report, also those that are not chosen
	texts  []OwnText
	words  *wording.Writer
	theme  Theme
	paper  paper
	text   *reader
	styles map[string]report.Style // mark of a class, by its fixed identifier
	pages  map[string]int          // page on which a section, chart or table begins, by its anchor

	settings []setting          // of each section, as searched
	measured map[[2]int][]piece // of each section
	listed   bool               // the report is long enough for a list of contents

	display, heading, lead, leadBold, body, bodyBold, small, smallBold textStyle
}

// newLayout prepares the type scale for a theme.
func newLayout(r *report.Report, words *wording.Writer, o Options) *layout {
	c, fonts := o.Theme.Charts, newChain(o.Fonts)
	style := func(size, leading float64, bold bool) textStyle {
		return textStyle{size: size, leading: leading, bold: bold, color: c.Text, fonts: fonts}
	}
	chosen, whole := *r, crowded(r.Sections)
	chosen.Sections = report.Arranged(whole, o.Sections)
	l := &layout{report: &chosen, whole: whole, texts: o.Texts, words: words, theme: o.Theme, paper: o.paper(), text: &reader{fonts: fonts}, pages: map[string]int{}, measured: map[[2]int][]piece{},
		display: style(22, 9, true), heading: style(14, 6, true), lead: style(10.5, 5, false), leadBold: style(10.5, 5, true),
		body: style(9, 4, false), bodyBold: style(9, 4, true), small: style(7.5, 3.2, false), smallBold: style(7.5, 3.2, true)}
	l.styles = classStyles(r)
	return l
}

// crowded returns sections with the points of their charts counted where these
// are too many: a layout reads its charts many times.
func crowded(sections []report.Section) []report.Section {
	out := slices.Clone(sections)
	for i := range out {
		for k, b := range out[i].Blocks {
			if b.Chart == nil {
				continue
			}
			if chart := b.Chart.Crowded(); chart != b.Chart {
				out[i].Blocks = slices.Clone(out[i].Blocks)
				out[i].Blocks[k].Chart = chart
			}
		}
	}
	return out
}

// classStyles returns which mark each class has: its place in the quadrant.
func classStyles(r *report.Report) map[string]report.Style {
	styles := map[string]report.Style{"not_classified": report.StyleNone}
	for i, id := range []string{"strategic", "profit", "potential", "ordinary"} {
		styles[id] = report.Style(i)
	}
	if r.Results != nil && r.Results.Quadrant != nil {
		for i, id := range r.Results.Quadrant.Pair.Classes {
			styles[id] = report.Style(i)
		}
	}
	if r.Results != nil && r.Results.OfferQuadrant != nil {
		for i, id := range r.Results.OfferQuadrant.Pair.Classes {
			styles[id] = report.Style(i)
		}
	}
	for _, a := range r.Actions {
		if a.Style >= 0 {
			styles[a.Class] = report.Style(a.Style)
		}
	}
	return styles
}

// colored returns a style in another colour.
func (s textStyle) colored(color string) textStyle { s.color = color; return s }

// right returns a style aligned right.
func (s textStyle) right() textStyle { s.align = alignRight; return s }

// quiet returns a style in the colour of small print.
func (l *layout) quiet(s textStyle) textStyle { return s.colored(l.theme.Charts.Secondary) }

// say returns a message as text that the fonts can draw.
func (l *layout) say(m dataset.Message) string { return l.text.plain(l.words.Text(m)) }

// title is say for titles and key figures: long names in it are cut.
func (l *layout) title(m dataset.Message) string { return cutOnce(l.say(short(m))) }

// cutOnce takes away the full stop after a name that was cut at the end of a
// sentence.
func cutOnce(text string) string { return strings.ReplaceAll(text, "….", "…") }

// listing reports whether a cell is a sentence that names attributes: there
// they may be cut, another table has them whole.
func listing(q dataset.Quantity) bool {
	if q.Unit == dataset.Drivers {
		return true
	}
	for _, m := range q.Messages {
		if m.Code == "change" || slices.ContainsFunc(m.Args, listing) {
			return true
		}
	}
	return false
}

// short returns a message with the names among its arguments cut where they are
// very long; a literal text is kept.
func short(m dataset.Message) dataset.Message {
	if m.Code == "" {
		return m
	}
	args := make([]dataset.Quantity, len(m.Args))
	var names []string
	for i, q := range m.Args {
		args[i] = shortQuantity(q)
		if q.Unit == dataset.Text {
			names = append(names, q.Text)
		}
	}
	names = charts.ShortenApart(names)
	for i := range args {
		if args[i].Unit == dataset.Text {
			args[i].Text, names = names[0], names[1:]
		}
	}
	m.Args = args
	return m
}

func shortQuantity(q dataset.Quantity) dataset.Quantity {
	if q.Unit == dataset.Text {
		q.Text = charts.Shorten(q.Text)
	}
	list := make([]string, len(q.List))
	for i, name := range q.List {
		list[i] = charts.Shorten(name)
	}
	messages := make([]dataset.Message, len(q.Messages))
	for i, m := range q.Messages {
		messages[i] = short(m)
	}
	if len(list) > 0 {
		q.List = list
	}
	if len(messages) > 0 {
		q.Messages = messages
	}
	return q
}

// target returns the anchor that evidence leads to, "section#block" or
// "section": the section where the pages show no such block.
func (l *layout) target(evidence string) string {
	if l.pages[evidence] > 0 {
		return evidence
	}
	section, _, _ := strings.Cut(evidence, "#")
	return section
}

// term returns a text of the catalogue.
func (l *layout) term(code string, args ...string) string {
	m := dataset.Msg(code)
	for _, a := range args {
		m.Args = append(m.Args, dataset.Str(a))
	}
	return l.say(m)
}

// width returns the width of the content.
func (l *layout) width() float64 { return l.paper.width - 2*margin }

// span returns the width of some of the twelve columns, in a row.
func (l *layout) span(n int) float64 {
	column := (l.width() - (columns-1)*gutter) / columns
	return float64(n)*column + float64(n-1)*gutter
}

// column returns the left edge of a column, counted from 0.
func (l *layout) column(n int) float64 {
	if n == 0 {
		return margin
	}
	return margin + l.span(n) + gutter
}

// arrange lays the whole report out. Page numbers in links are known only
// when everything has a place; they never change the height of a line, so a
// second pass fills them in.
func (l *layout) arrange() []Page {
	l.search()
	pages := l.pass()
	if len(pages) > longReport {
		l.listed = true
		l.search()
		pages = l.pass()
	}
	for _, p := range pages {
		for _, b := range p.Boxes {
			l.note(b, p.Number)
		}
	}
	clear(l.measured) // links lead to what has a page
	pages = l.pass()
	for i := range pages {
		l.furnish(&pages[i], len(pages))
	}
	return pages
}

// note remembers the pages of the sections, charts and tables that begin in a
// box.
func (l *layout) note(b Box, page int) {
	if b.Anchor != "" {
		l.pages[b.Anchor] = page
	}
	for _, kid := range b.Kids {
		l.note(kid, page)
	}
}

// pass places everything, charts as tall as the last search found.
func (l *layout) pass() []Page {
	f := l.begun()
	for i := range l.report.Sections {
		f.add(l.scaled(l.sectionPieces(i, l.settings[i].extra), l.settings[i].scale), begins(f, l.settings[i].fresh))
	}
	f.add(l.ending(), false)
	return f.pages
}

// begun returns a flow with the first page and the contents on it.
func (l *layout) begun() *flow {
	f := newFlow(headTop, l.paper.height-margin)
	f.y = margin // the first page has no head
	f.add(l.findings(), false)
	f.add(l.contents(), false)
	return f
}

// ending returns what stands behind the last section.
func (l *layout) ending() []piece {
	if note, ok := l.missingNote(); ok {
		return []piece{note}
	}
	return nil
}

// sectionPieces returns a section with the user's texts around it, for several
// passes, with extra rows where its tables may have them. Nobody changes the
// pieces.
func (l *layout) sectionPieces(i, extra int) []piece {
	key := [2]int{i, extra}
	if pieces, ok := l.measured[key]; ok {
		return pieces
	}
	s := l.report.Sections[i]
	pieces := append(l.own(s.ID, true), l.section(s, extra)...)
	l.measured[key] = append(pieces, l.own(s.ID, false)...)
	return l.measured[key]
}

// begins reports whether a section begins a new page: the first where the
// findings page is more than half full, later ones where there is hardly any
// room, or where it is better.
func begins(f *flow, fresh bool) bool {
	return fresh || f.used() > 0.8 || len(f.pages) == 1 && f.used() > 0.55
}

// missingNote lists the characters that the fonts lack.
func (l *layout) missingNote() (piece, bool) {
	lacking := l.text.lacking()
	if len(lacking) == 0 {
		return piece{}, false
	}
	text := l.say(dataset.Msg("pdf.missing", dataset.N(len(lacking)), dataset.Str(string(substitute)), dataset.Str(CodePoints(lacking))))
	return piece{box: textBox(RoleNote, text, margin, l.width(), l.quiet(l.small)), gap: 6}, true
}
