package pdf_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
)

// made makes the reports that pages must hold, by name.
var made = map[string]func() *report.Report{
	"sample": sample, "extreme": extreme, "empty": func() *report.Report { return &report.Report{} },
	"untitled": func() *report.Report {
		return &report.Report{Sections: []report.Section{{ID: "data"}}, AsOf: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), Sentences: []dataset.Message{lit("One")}}
	},
	"thousand": sync.OnceValue(func() *report.Report { return built(survey(1000, 7)) }),
	"built":    sync.OnceValue(func() *report.Report { return built(survey(120, 7)) }),
	"one":      sync.OnceValue(func() *report.Report { return built(survey(1, 7)) }),
	"equal":    sync.OnceValue(func() *report.Report { return built(allRated(3)) }),
	"blank":    sync.OnceValue(func() *report.Report { return built(allRated(missing)) }),
	"many":     sync.OnceValue(func() *report.Report { return built(survey(5000, 8)) }),
	"no rival": sync.OnceValue(func() *report.Report {
		d := survey(40, 5)
		d.Suppliers, d.Ratings = d.Suppliers[:1], d.Ratings[:len(d.Attributes)]
		return built(d)
	}),
}

// pagesMade are the pages of a made report on A4 in English, laid out once for
// all tests; nobody changes them.
func pagesMade(t *testing.T, name string) []pdf.Page {
	t.Helper()
	if laidOut[name] == nil {
		laidOut[name] = pagesOf(t, made[name]())
	}
	return laidOut[name]
}

var laidOut = map[string][]pdf.Page{}

// million makes the report on a million customers, whose analysis is made when
// first asked for.
func million() *report.Report {
	a := analysed()
	return report.Build(a.d, a.r, report.Meta{Company: "Larkspur Supply", Version: "0.1"})
}

type millionAnalysed struct {
	d *dataset.Dataset
	r *analysis.Results
}

var analysed = sync.OnceValue(func() millionAnalysed {
	d := survey(1_000_000, 9)
	return millionAnalysed{d, analysis.Analyse(d, analysis.DefaultOptions())}
})

// allRated is a survey in which every rating is the same.
func allRated(value float64) *dataset.Dataset {
	d := survey(30, 6)
	for s := range d.Ratings {
		for i := range d.Ratings[s].Values {
			d.Ratings[s].Values[i] = value
		}
	}
	return d
}

// TestPagesKeepInBounds holds for every report that no box leaves the page,
// no text is wider than its box, no two texts overlap, no page is empty and
// none ends with a heading.
func TestPagesKeepInBounds(t *testing.T) {
	for name, make := range made {
		r := make()
		for _, paper := range []string{"A4", "Letter"} {
			width, height, language := 210.0, 297.0, "de" // the longer words on the narrower paper
			if paper == "Letter" {
				width, height, language = 215.9, 279.4, "en"
			}
			for _, p := range pdf.Pages(r, wordsIn(t, language), pdf.Options{Theme: pdf.DefaultTheme(), Paper: paper}) {
				var texts []pdf.Box
				for _, b := range leaves(p.Boxes) {
					if b.X < 17.9 || b.Y < 9 || b.X+b.W > width-17.9 || b.Y+b.H > height-8 {
						t.Errorf("%s %s page %d: %s %q at %.1f,%.1f %.1fx%.1f leaves the page", name, paper, p.Number, b.Role, clip(b.Text), b.X, b.Y, b.W, b.H)
					}
					if wide := pdf.TextWidth(b); wide > b.W+0.1 {
						t.Errorf("%s %s page %d: %q is %.1f wide in %.1f", name, paper, p.Number, clip(b.Text), wide, b.W)
					}
					if len(b.Text) > 0 && strings.Join(b.Text, "") != "" || b.Chart != nil {
						texts = append(texts, b)
					}
				}
				for i, a := range texts {
					for _, b := range texts[:i] {
						if overlap(a, b) {
							t.Errorf("%s %s page %d: %q and %q overlap", name, paper, p.Number, clip(b.Text), clip(a.Text))
						}
					}
				}
				checkEnd(t, name, p)
			}
		}
	}
}

// checkEnd fails where the last thing on a page before its furniture is a
// heading or a header row.
func checkEnd(t *testing.T, name string, p pdf.Page) {
	t.Helper()
	var last pdf.Box
	for _, b := range leaves(p.Boxes) {
		if b.Role != pdf.RoleFurniture && b.Role != pdf.RoleOrnament {
			last = b
		}
	}
	if last.Role == pdf.RoleHeading || (last.Role == pdf.RoleHeader && clip(last.Text) != "Only a header") {
		t.Errorf("%s: page %d ends with the %s %q", name, p.Number, last.Role, clip(last.Text))
	}
	if last.Role == "" {
		t.Errorf("%s: page %d is empty", name, p.Number)
	}
}

func leaves(boxes []pdf.Box) []pdf.Box {
	var out []pdf.Box
	for _, b := range boxes {
		out = append(out, b)
		out = append(out, leaves(b.Kids)...)
	}
	return out
}

func overlap(a, b pdf.Box) bool {
	const touch = 0.25 // descenders may reach into the leading
	return a.X+touch < b.X+b.W && b.X+touch < a.X+a.W && a.Y+touch < b.Y+b.H && b.Y+touch < a.Y+a.H
}

func clip(lines []string) string {
	runes := []rune(strings.Join(lines, " "))
	return string(runes[:min(len(runes), 40)])
}

// TestRenderEverything draws every report; those with thousands of customers
// stay small.
func TestRenderEverything(t *testing.T) {
	for name, make := range made {
		data := render(t, name, make())
		if len(data) > 300_000 {
			t.Errorf("%s: %d bytes", name, len(data))
		}
	}
}
