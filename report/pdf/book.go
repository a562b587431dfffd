package pdf

import (
	"fmt"
	"io"

	"valuebook/report"
	"valuebook/report/wording"
)

// RenderBook writes several reports as one PDF, each under a bookmark of its
// own and with its own page numbers. The reports are asked for one by one.
func RenderBook(w io.Writer, n int, part func(i int) *report.Report, words *wording.Writer, o Options) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("pdf: %v", cause)
		}
	}()
	if o.Theme.Charts.Text == "" {
		o.Theme = DefaultTheme()
	}
	if n == 0 {
		return fmt.Errorf("pdf: a book without parts")
	}
	var p *printer
	for i := range n {
		l := newLayout(part(i), words, o)
		pages := l.arrange()
		if p == nil {
			if p, err = newPrinter(l, o); err != nil {
				return err
			}
		}
		if err := p.add(l, pages, 1); err != nil {
			return err
		}
	}
	return p.finish(w)
}
