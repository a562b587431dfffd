package wording_test

import (
	"math"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// writer returns a writer over a small catalogue.
func writer(t *testing.T, locale, currency string) *wording.Writer {
	t.Helper()
	catalogue := wording.NewCatalogue("en")
	err := catalogue.Load("test.yaml", []byte(`
list.and: and
unit.million: M
unit.billion: bn
customers: "{0} {0|customer|customers} of {1}"
braces: "{{literal}} {0}"
open: "an open {0"
beyond: "{3} and {x}"
class.strategic: Strategic
why: "{0}: {1}"
`))
	if err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(catalogue, locale, currency)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Blanks in the expected texts: ~ stands for a no-break space, _ for a narrow
// one.
func spaced(text string) string {
	return strings.NewReplacer("~", "\u00a0", "_", "\u202f").Replace(text)
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		locale   string
		currency string
		value    float64
		unit     dataset.Unit
		want     string
	}{
		{"en", "", 1234567, dataset.Count, "1,234,567"},
		{"en", "", 999, dataset.Count, "999"},
		{"en", "", 1000, dataset.Count, "1,000"},
		{"de", "", 1234567, dataset.Count, "1.234.567"},
		{"de-CH", "", 1234567, dataset.Count, "1’234’567"},
		{"fr", "", 1234567, dataset.Count, "1_234_567"},
		{"sv", "", 1234567, dataset.Count, "1~234~567"},
		{"en_GB.UTF-8", "", 1234.5, dataset.Ratio, "1,234.50"},

		{"en", "", 14.4, dataset.Points, "14"},
		{"en", "", -12.4, dataset.Points, "−12"},
		{"en", "", -0.4, dataset.Points, "0"},
		{"en", "", 9, dataset.SignedPoints, "+9"},
		{"en", "", 0.3, dataset.SignedPoints, "0"},
		{"en", "", -0.3, dataset.SignedPoints, "0"},
		{"en", "", -9.6, dataset.SignedPoints, "−10"},
		{"en", "", 106.4, dataset.Index, "106"},

		{"en", "", 1.055, dataset.Ratio, "1.06"}, // half away from zero, as spreadsheets do
		{"de", "", 1.06, dataset.Ratio, "1,06"},
		{"en", "", -0.004, dataset.Ratio, "0.00"},
		{"en", "", 0.314, dataset.Share, "31~%"},
		{"ja", "", 0.314, dataset.Share, "31%"},
		{"en", "", -0.05, dataset.Share, "−5~%"},

		{"en", "", 7, dataset.Rating, "7"},
		{"en", "", 7.5, dataset.Rating, "7.5"},
		{"de", "", 7.256, dataset.Rating, "7,26"},
		{"de", "", 1200, dataset.Rating, "1.200"},
		{"en", "", 100, dataset.Rating, "100"},

		{"en", "", 0, dataset.Number, "0"},
		{"en", "", 0.00012345, dataset.Number, "0.0001235"},
		{"en", "", 12.3456, dataset.Number, "12.35"},
		{"en", "", 123456, dataset.Number, "123,456"},
		{"en", "", 9.99999, dataset.Number, "10"},

		{"en", "", 0.0312, dataset.Probability, "0.031"},
		{"en", "", 0.0004, dataset.Probability, "<~0.001"},
		{"de", "", 0.0004, dataset.Probability, "<~0,001"},
		{"en", "", 1, dataset.Probability, "1.000"},
		{"en", "", 2.0 / 3, dataset.Exact, "0.666667"},
		{"en", "", 0.5, dataset.Exact, "0.5"},

		{"en", "EUR", 1_234_567, dataset.Money, "1.2~M~EUR"},
		{"en", "EUR", 1_000_000, dataset.Money, "1~M~EUR"},
		{"en", "EUR", 999_500, dataset.Money, "1~M~EUR"},
		{"en", "EUR", 999_499, dataset.Money, "999,499~EUR"},
		{"en", "EUR", 2_500_000_000, dataset.Money, "2.5~bn~EUR"},
		{"en", "EUR", 999_949_000, dataset.Money, "999.9~M~EUR"},
		{"en", "EUR", 999_950_000, dataset.Money, "1~bn~EUR"},
		{"de-CH", "CHF", -45_678.9, dataset.Money, "−45’679~CHF"},
		{"en", "", 12.5, dataset.Money, "12.50"},
		{"en", "", 12, dataset.Money, "12"},
		{"en", "", 99.996, dataset.Money, "100"},

		{"en", "EUR", math.NaN(), dataset.Money, "–"},
		{"en", "", math.NaN(), dataset.Count, "–"},
		{"en", "", math.Inf(1), dataset.Ratio, "∞"},
		{"en", "", math.Inf(-1), dataset.Ratio, "−∞"},
	} {
		w := writer(t, c.locale, c.currency)
		if got := w.Quantity(dataset.Num(c.value, c.unit)); got != spaced(c.want) {
			t.Errorf("%s %v as unit %d = %q, want %q", c.locale, c.value, c.unit, got, spaced(c.want))
		}
	}
}

func TestMessages(t *testing.T) {
	w := writer(t, "en", "")
	for _, c := range []struct {
		message dataset.Message
		want    string
	}{
		{dataset.Msg("customers", dataset.N(1), dataset.Str("Basel")), "1 customer of Basel"},
		{dataset.Msg("customers", dataset.N(0), dataset.Str("Basel")), "0 customers of Basel"},
		{dataset.Msg("customers", dataset.N(1200), dataset.Str("{0}")), "1,200 customers of {0}"},
		{dataset.Msg("braces", dataset.Str("end")), "{literal} end"},
		{dataset.Msg("open", dataset.Str("end")), "an open {0"},
		{dataset.Msg("beyond", dataset.Str("a")), "{3} and {x}"},
		{dataset.Msg("not.there"), "<not.there>"},
		{dataset.Literal("Nordwind <AG>"), "Nordwind <AG>"},
		{dataset.Message{}, ""},
		{dataset.Msg("why", dataset.TermOf("class.strategic"), dataset.List("A", "B", "C")), "Strategic: A, B and C"},
		{dataset.Msg("why", dataset.List("A", "B"), dataset.List("A")), "A and B: A"},
		{dataset.Msg("why", dataset.List(), dataset.Str("")), "–: "},
	} {
		if got := w.Text(c.message); got != c.want {
			t.Errorf("%+v = %q, want %q", c.message, got, c.want)
		}
	}
}

func TestUnknownLocaleIsAnError(t *testing.T) {
	for _, name := range []string{"xx", "klingon", "-", "1"} {
		if _, err := wording.NewWriter(wording.NewCatalogue("en"), name, ""); err == nil {
			t.Errorf("locale %q is accepted", name)
		}
	}
}

func TestLoadRefusesWhatIsNoMap(t *testing.T) {
	for _, text := range []string{"- a\n- b", "just text", "a: {b: c}", "a: [1", "\tx: y"} {
		if err := wording.NewCatalogue("en").Load("x.yaml", []byte(text)); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("{0} {0|one|many} {{x}}", 1.0, "en")
	f.Add("{", -0.5, "de-CH")
	f.Add("{0|}", 1e300, "fr")
	f.Add("}}{-1}{99999999999999999999}", math.Inf(1), "ja")
	f.Fuzz(func(t *testing.T, text string, value float64, locale string) {
		catalogue := wording.NewCatalogue("en")
		if catalogue.Load("fuzz.yaml", []byte("code: "+text)) != nil {
			return
		}
		w, err := wording.NewWriter(catalogue, locale, "EUR")
		if err != nil {
			return
		}
		for unit := dataset.Text; unit <= dataset.Exact; unit++ {
			m := dataset.Msg("code", dataset.Num(value, unit))
			first := w.Text(m)
			if again := w.Text(m); again != first {
				t.Fatalf("two texts for one message: %q, %q", first, again)
			}
		}
	})
}
