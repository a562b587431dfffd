package annotate

import (
	"bytes"
	"encoding/xml"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
)

// The texts that are put together for very many customers are those of the
// report, in both languages, with and without rivals, and with points beyond
// those that are written beforehand.
func TestTextsOfManyCustomersAreThoseOfTheReport(t *testing.T) {
	alone, steep := many(60), many(300)
	alone.Suppliers, alone.Ratings = alone.Suppliers[:1], alone.Ratings[:len(alone.Attributes)]
	for k := range steep.Ratings {
		for i := range steep.Ratings[k].Values {
			steep.Ratings[k].Values[i] *= 10 // far outside of the scale
		}
	}
	for name, d := range map[string]*dataset.Dataset{"example": exampleData(), "many": many(300), "alone": alone, "steep": steep} {
		r := report.Build(d, analysis.Analyse(d, analysis.DefaultOptions()), report.Meta{})
		for _, language := range []string{"en", "de"} {
			w := writerIn(t, language)
			write := r.Whys(w.Text)
			for range 2 { // the second time what is remembered
				for i := range d.Customers.ID {
					got, want := string(write([]byte("<"), i)), "<"+w.Text(r.Why(i))
					if got != want {
						t.Fatalf("%s, %s, customer %d: %q, want %q", name, language, i, got, want)
					}
				}
			}
		}
	}
}

// Numbers that are written quickly read as what they were.
func TestQuickNumbersReadAsTheyWere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 1e9, -1e9, 1e9 - 1, 1e21, math.MaxFloat64, math.SmallestNonzeroFloat64, 1.0 / 3}
	for range 2000 {
		numbers = append(numbers, math.Round(random.NormFloat64()*1e6)/100, math.Float64frombits(random.Uint64()))
	}
	for at := 0; at < len(numbers); at += 5 {
		var s rowState
		var to []byte
		for range 2 { // the second time what the row has already
			for _, x := range numbers[at:min(at+5, len(numbers))] {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					continue
				}
				from := len(to)
				to = s.appendNumber(to, x)
				got, err := strconv.ParseFloat(string(to[from:]), 64)
				if err != nil || math.Float64bits(got) != math.Float64bits(x) {
					t.Fatalf("%v is written as %q", x, to[from:])
				}
			}
		}
	}
}

// A text that is written as it is would be written so by the library, too, and
// what the library writes is written.
func FuzzQuickTexts(f *testing.F) {
	for _, text := range []string{"", "Price (−11)", "a & b", "<", "it's", "\x00", "\xff", "\ufffd", "\ufffe", "tab\t", "\x7f", "“”", " "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want bytes.Buffer
		if err := xml.EscapeText(&want, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := appendText([]byte("x"), text); string(got) != "x"+want.String() {
			t.Errorf("%q is written as %q, want %q", text, got[1:], want.String())
		}
	})
}
