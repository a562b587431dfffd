// Package pdf lays a report out as a tree of measured boxes and draws it. It
// builds no sentences and does no arithmetic on results: texts come from
// report/wording, charts from package charts.
package pdf

import (
	"fmt"
	"io"
	"strings"

	"valuebook/report"
	"valuebook/report/wording"
)

// Options says how a report is to look.
type Options struct {
	Theme Theme
	Paper string // "A4" or "Letter"; "" takes the theme's
	Logo  []byte // PNG or JPEG for the first page, nil for none

	// Fonts draw the characters that the built-in font lacks, the first one
	// that has a character; see [ParseFont].
	Fonts []*Font

	// Sections chooses and orders the sections, see [report.Arranged]; none is
	// all of them. Texts of the user stand before or after their sections; one
	// whose section is absent is left out.
	Sections []string
	Texts    []OwnText

	Draft       bool         // mark every page as a draft
	Attachments []Attachment // files inside the PDF of the whole report
}

func (o Options) paper() paper {
	for _, name := range []string{o.Paper, o.Theme.Paper} {
		if p, ok := papers[strings.ToLower(name)]; ok {
			return p
		}
	}
	return papers["a4"]
}

// Pages lays a report out without drawing it: the tree that the tests hold.
func Pages(r *report.Report, words *wording.Writer, o Options) []Page {
	return newLayout(r, words, o).arrange()
}

// Render writes a report as PDF. The same report gives the same bytes.
func Render(w io.Writer, r *report.Report, words *wording.Writer, o Options) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("pdf: %v", cause)
		}
	}()
	if o.Theme.Charts.Text == "" {
		o.Theme = DefaultTheme()
	}
	l := newLayout(r, words, o)
	return draw(w, l, l.arrange(), o)
}
