package samples_test

import (
	"fmt"
	"slices"
	"testing"

	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
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
