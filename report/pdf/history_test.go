package pdf_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

// twoYears is a report of the last of 24 months, in which customers change
// their ratings little by little; two customers came in the last month.
func twoYears() *report.Report {
	const months = 24
	o := analysis.DefaultOptions()
	o.Bootstrap = 50
	d := survey(120, 7)
	rng := rand.New(rand.NewPCG(24, 7))
	past := report.Past{}
	for month := range months - 1 {
		d.Period = fmt.Sprintf("%d-%02d", 2024+(10+month)/12, 1+(10+month)%12)
		snapshot := analysis.Snapshot(d, analysis.Analyse(d, o))
		past.Points = append(past.Points, snapshot.Point())
		if month == months-2 {
			snapshot.Customers = snapshot.Customers[2:]
			past.Before = snapshot
		}
		change(d, rng)
	}
	d.Period = "2026-10"
	return report.Build(d, analysis.Analyse(d, o), report.Meta{Company: "Larkspur Supply", Version: "0.1", Past: past})
}

// change lets some customers rate a little higher or lower.
func change(d *dataset.Dataset, rng *rand.Rand) {
	shift := func(values []float64, lo, hi float64) {
		for i := range values {
			if !math.IsNaN(values[i]) && rng.IntN(15) == 0 {
				values[i] = min(hi, max(lo, values[i]+float64(rng.IntN(2)*2-1)))
			}
		}
	}
	for _, s := range d.Ratings {
		shift(s.Values, 1, 5)
	}
	for _, list := range [][]dataset.Component{d.Match, d.ValueScore} {
		for _, c := range list {
			shift(c.Series.Values, 0, 10)
		}
	}
}

// TestMovementPageTree holds how the pages of movement and trend are laid out.
func TestMovementPageTree(t *testing.T) {
	r := twoYears()
	r.Sections = report.Arranged(r.Sections, []string{report.SectionMovement})
	for _, language := range []string{"en", "de"} {
		var tree strings.Builder
		for _, p := range pdf.Pages(r, wordsIn(t, language), pdf.Options{Theme: pdf.DefaultTheme()})[1:] { // after the findings
			tree.WriteString(p.String())
		}
		golden.Equal(t, "movement-"+language+".tree", []byte(tree.String()))
	}
}
