package wording_test

import (
	"math"
	"strings"
	"testing"
	"time"

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
ends: "{0}."
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
		{"de-AT", "", 1234.5, dataset.Ratio, "1~234,50"},
		{"fr-CH", "", 1234.5, dataset.Ratio, "1_234,50"},
		{"it_CH", "", 1234.5, dataset.Ratio, "1’234.50"},
		{"en-CH", "", 1234, dataset.Count, "1’234"},
		{"zh-Hans-CN", "", 1234, dataset.Count, "1,234"},
		{"nn-NO", "", 1234.5, dataset.Ratio, "1~234,50"},
		{"es", "", 1234, dataset.Count, "1234"}, // Spanish groups from five digits on
		{"es", "", 12345, dataset.Count, "12.345"},
		{"pt-PT", "", 1234, dataset.Count, "1234"},
		{"pt-BR", "", 1234, dataset.Count, "1.234"},
		{"en_GB.UTF-8", "", 1234.5, dataset.Ratio, "1,234.50"},

		{"en", "EUR", 32963.4, dataset.SignedMoney, "+32,963~EUR"},
		{"en", "", -6.25, dataset.SignedMoney, "−6.25"},
		{"en", "", 0.001, dataset.SignedMoney, "0.00"},
		{"en", "", 0.0034, dataset.Share, "<~1~%"},
		{"de", "", 0.0034, dataset.Share, "<~1~%"},
		{"en", "", 0.0051, dataset.Share, "1~%"},
		{"en", "", 0, dataset.Share, "0~%"},

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
		{"de-DE", "", 0.314, dataset.Share, "31~%"},
		{"de-CH", "", 0.314, dataset.Share, "31%"},
		{"en-GB", "", 0.314, dataset.Share, "31%"},
		{"en-US", "", 0.314, dataset.SignedShare, "+31%"},
		{"fr-FR", "", 0.314, dataset.Share, "31_%"},
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
		{"en", "EUR", 11_000_000, dataset.Money, "11~M~EUR"}, // whole: no decimal is needed
		{"en", "EUR", 10_964_321, dataset.Money, "11.0~M~EUR"},
		{"en", "EUR", 999_500, dataset.Money, "1.0~M~EUR"},
		{"en", "EUR", 999_499, dataset.Money, "999,499~EUR"},
		{"en", "EUR", 2_500_000_000, dataset.Money, "2.5~bn~EUR"},
		{"en", "EUR", 999_949_000, dataset.Money, "999.9~M~EUR"},
		{"en", "EUR", 999_950_000, dataset.Money, "1.0~bn~EUR"},
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
		{dataset.Msg("ends", dataset.Str("Acme Inc.")), "Acme Inc."},
		{dataset.Msg("ends", dataset.Str("Acme")), "Acme."},
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

// TestDates holds how dates and months look: the order of the language, but for
// countries that have their own.
func TestDates(t *testing.T) {
	catalogue := wording.NewCatalogue("en")
	texts := "date: '{0} {1} {2}'\ndate.month-first: '{1} {0}, {2}'\nperiod.10: 'October {0}'\nmonth.10: 'Oct {0}'\n"
	if err := catalogue.Load("test.yaml", []byte(texts)); err != nil {
		t.Fatal(err)
	}
	day := func(text string) dataset.Quantity { return dataset.Quantity{Text: text, Unit: dataset.Day} }
	short := dataset.MonthOf("2026-10")
	short.Unit = dataset.ShortMonth
	for _, c := range []struct {
		locale string
		q      dataset.Quantity
		want   string
	}{
		{"en", dataset.DayOf(time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC)), "3 October 2026"},
		{"en-GB", day("2026-10-31"), "31 October 2026"},
		{"en-US", day("2026-10-31"), "October 31, 2026"},
		{"de", day("2026-10-31"), "31 October 2026"}, // numbers of a locale do not translate
		{"en", day("2026-11-01"), "2026-11-01"},      // no name for the month
		{"en", day("soon"), "soon"},
		{"en", dataset.DayOf(time.Time{}), "–"},
		{"en-US", dataset.MonthOf("2026-10"), "October 2026"},
		{"en", short, "Oct 2026"},
		{"en", dataset.MonthOf("2026-Q3"), "2026-Q3"},
		{"en", dataset.MonthOf(""), ""},
	} {
		w, err := wording.NewWriter(catalogue, c.locale, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Quantity(c.q); got != c.want {
			t.Errorf("%s: %q, want %q", c.locale, got, c.want)
		}
	}
}

// TestPercentInTexts holds that a per cent sign in a text of the catalogue has
// the blank of the locale too.
func TestPercentInTexts(t *testing.T) {
	catalogue := wording.NewCatalogue("en")
	if err := catalogue.Load("test.yaml", []byte("text: '95 % of {0} at {1}%, 95-%-band, %'")); err != nil {
		t.Fatal(err)
	}
	for locale, want := range map[string]string{
		"en": "95 % of 80~% at 3%, 95-%-band, %", "en-US": "95% of 80% at 3%, 95-%-band, %", "fr-FR": "95_% of 80_% at 3_%, 95-%-band, %",
	} {
		w, err := wording.NewWriter(catalogue, locale, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Text(dataset.Msg("text", dataset.Num(0.8, dataset.Share), dataset.N(3))); got != spaced(want) {
			t.Errorf("%s: %q, want %q", locale, got, spaced(want))
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

// TestVariant replaces the texts that other readers get, and no others.
func TestVariant(t *testing.T) {
	catalogue := wording.NewCatalogue("en")
	if err := catalogue.Load("test", []byte("a: one\na.dropped: two\nb: three\n")); err != nil {
		t.Fatal(err)
	}
	words, err := wording.NewWriter(catalogue, "", "")
	if err != nil {
		t.Fatal(err)
	}
	other := words.Variant("dropped")
	for code, want := range map[string][2]string{"a": {"one", "two"}, "b": {"three", "three"}} {
		if got := [2]string{words.Text(dataset.Msg(code)), other.Text(dataset.Msg(code))}; got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
