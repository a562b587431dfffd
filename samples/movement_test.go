package samples_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
	"valuebook/report/wording"
	"valuebook/templates"
)

// movedIn names the movers of two months: from class to class, and why.
func movedIn(t *testing.T, before, now *dataset.Dataset, axes [2]quadrant.Measure) []string {
	t.Helper()
	snapshot := func(d *dataset.Dataset) *movement.Snapshot {
		o := settings(t, d)
		o.Axes, o.Bootstrap = axes, 0
		return analysis.Snapshot(d, analysis.Analyse(d, o))
	}
	m, refused := movement.Compare(snapshot(before), snapshot(now), movement.Options{})
	if refused != nil {
		t.Fatalf("refused: %+v", *refused)
	}
	var said []string
	for _, mover := range m.Movers {
		_, name := m.Name(m.Customers[mover.Customer])
		attribute := ""
		if mover.Attribute >= 0 {
			attribute = " " + m.Attributes[mover.Attribute].ID
		}
		said = append(said, fmt.Sprintf("%s: %s > %s, %s%s", name, m.ID(mover.From), m.ID(mover.To), mover.Cause, attribute))
	}
	slices.Sort(said)
	return said
}

// The survey says what was answered otherwise in September; a program of its own
// went through its rows for the classes and the causes.
func TestTwoMonths(t *testing.T) {
	now, before := read(t, "customers.xlsx"), read(t, "customers-2026-09.xlsx")
	if before.Period != "2026-09" || before.Customers.Len() != 115 {
		t.Fatalf("%d customers in %s, want 115 in 2026-09", before.Customers.Len(), before.Period)
	}
	for name, c := range map[string]struct {
		axes [2]quadrant.Measure
		want []string
	}{
		"firm value and match": {[2]quadrant.Measure{quadrant.FirmValue, quadrant.Match}, []string{
			"Aguas de Valdoria: absent > ordinary, new",
			"Bancroft Loom Works: profit > strategic, rating positioning",
			"Harrowmere Aggregates: absent > strategic, new",
			"Hornblende Mining: strategic > profit, rating value_match",
			"Kvarnby Bryggeri: absent > potential, new",
			"Manufacture Orsenne: strategic > potential, rating information",
			"Molen van Aardwijk: potential > absent, lost",
			"Quillon Robotics: absent > potential, new",
			"Sestri Confezioni: absent > ordinary, new",
			"Vattenbolaget Skärhult: ordinary > absent, lost",
		}},
		"perceived value and rivals": {[2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}, []string{
			"Aguas de Valdoria: absent > not_classified, new",
			"Elmstow Water: secure > captive, weight price",
			"Eskilgård Automation: secure > contested, rival reliability",
			"Falun Norra Malm: secure > contested, rating service",
			"Glenarrow Spirits: secure > contested, rival reliability",
			"Grevesund Hydraulik: secure > contested, rating service",
			"Harrowmere Aggregates: absent > secure, new",
			"Kvarnby Bryggeri: absent > secure, new",
			"Molen van Aardwijk: secure > absent, lost",
			"Mostviertel Fruchtsäfte: contested > not_classified, unanswered",
			"Nørholm Robotteknik: contested > at_risk, weight price",
			"Quillon Robotics: absent > at_risk, new",
			"Régie des Eaux de Montclar: captive > at_risk, weight delivery",
			"Sestri Confezioni: absent > contested, new",
			"Steinfurter Zement: secure > at_risk, rating service",
			"Vattenbolaget Skärhult: at_risk > absent, lost",
			"Vodárny Podhůří: at_risk > not_classified, unanswered",
		}},
	} {
		got := movedIn(t, before, now, c.axes)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

// rowsOfPages are the rows of all tables on the pages, cells joined by " | ".
func rowsOfPages(pages []pdf.Page) []string {
	var rows []string
	var walk func(boxes []pdf.Box)
	walk = func(boxes []pdf.Box) {
		for _, b := range boxes {
			if b.Role != pdf.RoleRow {
				walk(b.Kids)
				continue
			}
			var cells []string
			for _, cell := range b.Kids {
				if cell.Role == pdf.RoleCell {
					cells = append(cells, strings.Join(cell.Text, " "))
				}
			}
			if len(cells) > 0 {
				rows = append(rows, strings.ReplaceAll(strings.Join(cells, " | "), "\u00a0", " "))
			}
		}
	}
	for _, p := range pages {
		walk(p.Boxes)
	}
	return rows
}

// The pages name exactly those of TestTwoMonths, with the same causes: what stands
// in the tables is read from the pages.
func TestMovementPageNamesWhoMoved(t *testing.T) {
	now, before := read(t, "customers.xlsx"), read(t, "customers-2026-09.xlsx")
	for name, c := range map[string]struct {
		axes [2]quadrant.Measure
		want []string
	}{
		"firm value and match": {[2]quadrant.Measure{quadrant.FirmValue, quadrant.Match}, []string{
			"Bancroft Loom Works | Profit | Strategic | Strategic match 43.3 → 63.3 | Positioning rated differently (+10.0) | 885,140",
			"Hornblende Mining | Strategic | Profit | Strategic match 56.7 → 46.7 | Shared values rated differently (−10.0) | 746,490",
			"Manufacture Orsenne | Strategic | Potential | Value to the firm 54.0 → 42.0 | Information rated differently (−6.0) | 149,930",
			"Vattenbolaget Skärhult | Left, or no longer in the workbook | Ordinary | – | 144,900",
			"Molen van Aardwijk | Left, or no longer in the workbook | Potential | – | 136,540",
			"Harrowmere Aggregates | Not there in the earlier period | – | Strategic | 445,290",
			"Quillon Robotics | Not there in the earlier period | – | Potential | 373,000",
			"Kvarnby Bryggeri | Not there in the earlier period | – | Potential | 70,560",
			"Sestri Confezioni | Not there in the earlier period | – | Ordinary | 53,120",
			"Aguas de Valdoria | Not there in the earlier period | – | Ordinary | 43,340",
		}},
		"perceived value and rivals": {[2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}, []string{
			"Falun Norra Malm | Secure | Contested | Relative performance 3.9 → −6.1 | Service response rated differently (−8.3) | 1,034,050",
			"Steinfurter Zement | Secure | At risk | Perceived value 3.9 → −4.4 | Service response rated differently (−8.3) | 953,630",
			"Grevesund Hydraulik | Secure | Contested | Relative performance 2.5 → −3.6 | Service response rated differently (−5.6) | 300,460",
			"Eskilgård Automation | Secure | Contested | Relative performance 5.0 → −2.8 | Rivals rated differently on Reliability (−6.7) | 176,020",
			"Nørholm Robotteknik | Contested | At risk | Perceived value 0.0 → −2.2 | Changed weights, above all that of Price (−2.2) | 172,990",
			"Elmstow Water | Secure | Captive | Perceived value 0.6 → −0.6 | Changed weights, above all that of Price (−1.1) | 158,810",
			"Régie des Eaux de Montclar | Captive | At risk | Relative performance 0.0 → −1.1 | Changed weights, above all that of Delivery time (−1.1) | 100,550",
			"Glenarrow Spirits | Secure | Contested | Relative performance 6.9 → −1.4 | Rivals rated differently on Reliability (−6.7) | 69,390",
			"Vattenbolaget Skärhult | Left, or no longer in the workbook | At risk | – | 144,900",
			"Molen van Aardwijk | Left, or no longer in the workbook | Secure | – | 136,540",
			"Mostviertel Fruchtsäfte | No longer enough answers for a class | Contested | Not classified | 234,950",
			"Vodárny Podhůří | No longer enough answers for a class | At risk | Not classified | 53,540",
			"Harrowmere Aggregates | Not there in the earlier period | – | Secure | 445,290",
			"Quillon Robotics | Not there in the earlier period | – | At risk | 373,000",
			"Kvarnby Bryggeri | Not there in the earlier period | – | Secure | 70,560",
			"Sestri Confezioni | Not there in the earlier period | – | Contested | 53,120",
			"Aguas de Valdoria | Not there in the earlier period | – | Not classified | 43,340",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			o := settings(t, now)
			o.Axes, o.Bootstrap = c.axes, 0
			was := settings(t, before)
			was.Axes, was.Bootstrap = c.axes, 0
			r := report.Build(now, analysis.Analyse(now, o), report.Meta{Past: report.Past{Before: analysis.Snapshot(before, analysis.Analyse(before, was))}})
			r.Sections = report.Arranged(r.Sections, []string{report.SectionMovement})
			catalogue, err := templates.Catalogue("en", nil)
			if err != nil {
				t.Fatal(err)
			}
			words, err := wording.NewWriter(catalogue, "en", "")
			if err != nil {
				t.Fatal(err)
			}
			pages := pdf.Pages(r, words, pdf.Options{Theme: pdf.DefaultTheme()})
			got := rowsOfPages(pages[1:])                                                                          // after the findings
			if len(got) < len(c.want) || !strings.HasPrefix(got[len(c.want)], "Falun Norra Malm | +18.3 | +8.9") { // the next table
				t.Fatalf("rows %q", got)
			}
			if got = got[:len(c.want)]; !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}
