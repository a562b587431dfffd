package pdf

import (
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
