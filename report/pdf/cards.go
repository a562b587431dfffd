package pdf

import (
	"io"

	"valuebook/report"
	"valuebook/report/wording"
)

// CardPages lays the page of one customer out without drawing it: the tree
// that the tests hold.
func CardPages(r *report.Report, card *report.Card, words *wording.Writer, o Options) []Page {
	l := newLayout(r, words, o)
	p := l.cardPage(card)
	l.foot(&p, 1, 1)
	return []Page{p}
}

// RenderCard writes the page of one customer as a PDF of its own.
func RenderCard(w io.Writer, r *report.Report, card *report.Card, words *wording.Writer, o Options) error {
	own := *r
	own.Title = card.Name
	l := newLayout(r, words, o)
	p := l.cardPage(card)
	l.foot(&p, 1, 1)
	l.report = &own
	return draw(w, l, []Page{p}, o)
}
