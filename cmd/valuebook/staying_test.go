package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// Customers of two kinds of contract who were left after each year, per cent
// (Fader and Hardie 2007; METHOD, oracle 9).
var (
	regularLeft = []float64{100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1}
	highEndLeft = []float64{100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1}
)

// cohortRows are the two as a sheet, as counts of 1,000 or per cent.
func cohortRows(counts bool) [][]any {
	rows := [][]any{{"cohort", "year", "survivors"}}
	for name, left := range map[string][]float64{"Regular": regularLeft, "High end": highEndLeft} {
		for year, share := range left {
			if counts {
				share = math.Round(10 * share)
			}
			rows = append(rows, []any{name, year, share})
		}
	}
	return rows
}

// reportOf makes all outputs of a workbook and returns the document.
func reportOf(t *testing.T, name string) map[string]any {
	t.Helper()
	r := runHere("report", "--format", "json,pdf,xlsx", name+".xlsx")
	if r.code != exitDone {
		t.Fatalf("%s: code %d\n%s%s", name, r.code, r.stdout, r.stderr)
	}
	for _, made := range []string{name + ".pdf", name + ".annotated.xlsx"} {
		if info, err := os.Stat(made); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", made, err)
		}
	}
	return documentOf(t, name+".json")
}

// sayings are the sentences of a document, one a line; none may come twice.
func sayings(t *testing.T, doc map[string]any) string {
	t.Helper()
	var all []string
	for _, s := range doc["sentences"].([]any) {
		text := s.(map[string]any)["text"].(string)
		if slices.Contains(all, text) {
			t.Errorf("said twice: %s", text)
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n")
}

// A sheet of cohorts alone gives the published parameters, of each cohort by
// itself, as counts and per cent.
func TestCohortsAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, counts := range map[string]bool{"counts": true, "percent": false} {
		workbookOf(t, name+".xlsx", "Cohorts", cohortRows(counts))
		doc := reportOf(t, name)
		lifetime := doc["lifetime"].(map[string]any)
		if lifetime["model"] != "sbg" || lifetime["equity"].(map[string]any)["total"] != nil {
			t.Errorf("%s: %v", name, lifetime)
		}
		want := map[string][4]float64{ // alpha, beta, ln L, discounted expected lifetime at 10 %
			"Regular": {0.704, 1.182, -1680.27, 3.69}, "High end": {0.668, 3.806, -1611.16, 5.92},
		}
		for _, c := range lifetime["cohorts"].([]any) {
			cohort := c.(map[string]any)
			for k, key := range []string{"alpha", "beta", "log_likelihood", "del"} {
				got, _ := cohort[key].(float64)
				if tolerance := []float64{0.0006, 0.0006, 0.006, 0.006}[k]; math.Abs(got-want[cohort["name"].(string)][k]) > tolerance {
					t.Errorf("%s: %s of %v is %v, want %v", name, key, cohort["name"], got, want[cohort["name"].(string)][k])
				}
			}
			if _, given := cohort["n"]; given != counts {
				t.Errorf("%s: the size of a cohort is given: %v", name, given)
			}
		}
		if said := sayings(t, doc); strings.Count(said, "no ratings and no purchases") != 1 || !strings.Contains(said, "worth 4.84 times what a year brings") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// staying are 240 customers who began in 2020 and 2021; every renewal so many
// of those who are left go, ever fewer.
func staying() (contracts, customers [][]any) {
	contracts, customers = [][]any{{"customer_id", "event_date", "event", "monthly_fee"}}, [][]any{{"Customer", "Start date", "Churn date"}}
	for i := range 240 {
		id, begun := plainNames(i), time.Date(2020+i%2, time.Month(1+i%12), 3, 0, 0, 0, 0, time.UTC)
		contracts = append(contracts, []any{id, begun, "start", 20 + 10*(i%3)})
		var left any
		if years := []int{1, 1, 2, 3, 0, 0, 4, 0}[i*7%240/30]; years > 0 {
			left = begun.AddDate(years, 0, 0)
			contracts = append(contracts, []any{id, left, "churn", nil})
		} else if i%5 == 0 {
			contracts = append(contracts, []any{id, begun.AddDate(3, 1, 0), "change", 60})
		}
		customers = append(customers, []any{id, begun, left})
	}
	return contracts, customers
}

// Contracts with fees give every customer of today a value; starts and ends
// without amounts give the time that customers stay, and no money.
func TestContractsAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	contracts, customers := staying()
	workbookOf(t, "contracts.xlsx", "Contracts", contracts)
	workbookOf(t, "customers.xlsx", "Customers", customers)
	paid, unpaid := reportOf(t, "contracts"), reportOf(t, "customers")
	for name, doc := range map[string]map[string]any{"contracts": paid, "customers": unpaid} {
		if model := doc["lifetime"].(map[string]any)["model"]; model != "sbg" {
			t.Fatalf("%s: %v", name, doc["lifetime"])
		}
	}
	valued, sum := 0, 0.0
	for _, c := range paid["customers"].([]any) {
		if value, _ := c.(map[string]any)["lifetime_value"].(float64); value > 0 {
			valued++
			sum += value
		}
	}
	equity := paid["lifetime"].(map[string]any)["equity"].(map[string]any)
	if fmt.Sprint(valued) != fmt.Sprint(equity["customers"]) || math.Abs(equity["total"].(float64)-sum) > 1e-6 || valued == 0 || valued == 240 {
		t.Errorf("%d customers are worth %v: %v", valued, sum, equity)
	}
	for _, c := range unpaid["customers"].([]any) {
		if value, given := c.(map[string]any)["lifetime_value"]; given {
			t.Fatalf("without amounts a customer is worth %v", value)
		}
	}
	sayings(t, unpaid)
	if said := sayings(t, paid); !strings.Contains(said, fmt.Sprintf("of today's %d customers", valued)) {
		t.Error(said)
	}
	if !strings.Contains(fmt.Sprint(unpaid["lifetime"].(map[string]any)["declined"]), "no amounts to take a margin from") {
		t.Errorf("%v", unpaid["lifetime"])
	}
}
