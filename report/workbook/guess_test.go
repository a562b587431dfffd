package workbook

import "testing"

// A scale that an earlier run guessed stays a guess until somebody changes it on
// the Parameters sheet; then it is declared.
func TestGuessedScalesStayGuesses(t *testing.T) {
	for _, c := range []struct {
		to       int
		hi       float64
		inferred bool
	}{{5, 5, true}, {7, 7, false}} {
		d := read(t, Options{},
			sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service", "Cost: Price"}, {"A", 4, 2}, {"B", 3, 3}, {"C", 5, 1}}},
			sheetOf{name: "Parameters", rows: [][]any{
				{"Attribute", "Side", "Weight", "Scale from", "Scale to", "Direction", "Key", "Unchanged scale"},
				{"Service", "Benefit", 30, 1, c.to, "up", "Service", "1:5"}, {"Price", "Cost", 70, 1, c.to, "up", "Price", "1:5"},
			}})
		for _, a := range d.Attributes {
			if a.Scale.Hi != c.hi || a.Scale.Inferred != c.inferred {
				t.Errorf("to %d: %s has %+v", c.to, a.Label, a.Scale)
			}
		}
	}
}
