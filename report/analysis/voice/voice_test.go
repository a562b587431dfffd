package voice

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

var nan = math.NaN()

// said are mentions: customer, attribute, tone, text.
type said struct {
	customer, attribute int32
	tone                float64
	text                string
}

func spoken(mentions []said) *dataset.Dataset {
	d := &dataset.Dataset{}
	for a, label := range []string{"Service", "Price", "Quality", "Delivery"} {
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: fmt.Sprint(a), Label: label})
	}
	for i := range 12 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%02d", i))
	}
	for _, m := range mentions {
		v := &d.Verbatims
		v.Customer, v.Attribute = append(v.Customer, m.customer), append(v.Attribute, m.attribute)
		v.Tone, v.Text = append(v.Tone, m.tone), append(v.Text, m.text)
	}
	return d
}

var mentions = []said{
	{0, 0, -1, "Nobody answers."}, {1, 0, -1, "=SUM(A1) of all my calls"}, {2, 0, 0, "It is service."}, {0, 0, 1, "Friendly, once."},
	{3, 1, -1, "Too dear."}, {4, 1, -1, "Too dear."}, {5, 1, nan, "Price"},
	{6, 2, 1, "Very good"}, {6, 2, 1, "Very, very good"}, {7, 2, 1, "  kept as it is  "}, {-1, 2, 1, "anonymous"},
	{8, 3, -1, "Late"},
	{9, -1, 1, "Nice logo"}, {9, 77, nan, "Hm"}, {10, 0, nan, "   "},
}

func standing() *value.Result {
	comparison := func(a int, gap float64, s value.Standing) value.Comparison {
		return value.Comparison{Attribute: a, Difference: stat.Estimate{Value: gap}, Standing: s}
	}
	return &value.Result{Market: &value.Market{Comparisons: []value.Comparison{
		comparison(0, 3, value.Unclear), comparison(1, -8, value.Laggard), comparison(2, -1, value.Par), comparison(3, -4, value.Unclear)}}}
}

func TestMuchSaidAndBehindComesFirst(t *testing.T) {
	r := Listen(spoken(mentions), standing(), DefaultOptions())
	var got []string
	for _, topic := range r.Topics {
		got = append(got, fmt.Sprintf("%d %s %d", topic.Attribute, topic.Field, topic.N))
	}
	want := []string{"1 much_behind 3", "3 little_behind 1", "0 much 4", "2 much 4", "-1 unrated 2"}
	if !slices.Equal(got, want) || r.N != 14 || r.Toned != 12 || r.Much != 3 {
		t.Errorf("%q, %d mentions, %d with tone, much from %v", got, r.N, r.Toned, r.Much)
	}
}

// Service: customer 0 says -1 and 1 (mean 0), 1 says -1, 2 says 0: mean -1/3.
func TestToneCountsCustomersOnce(t *testing.T) {
	r := Listen(spoken(mentions), standing(), DefaultOptions())
	service, price, quality := r.Topics[2], r.Topics[0], r.Topics[3]
	if math.Abs(service.Tone.Value+1.0/3) > 1e-12 || service.Tone.N != 3 || service.Customers != 3 || service.Complaints != 2 || service.Praise != 1 || service.Neutral != 1 {
		t.Errorf("%+v", service)
	}
	if price.Tone.Value != -1 || price.Tone.N != 2 || price.Customers != 3 || price.Gap != -8 || price.Standing != value.Laggard {
		t.Errorf("%+v", price)
	}
	if quality.Tone.N != 3 || quality.Customers != 2 || quality.Share != 4.0/14 {
		t.Errorf("%+v", quality)
	}
}

func TestQuotesAreExact(t *testing.T) {
	r := Listen(spoken(mentions), standing(), DefaultOptions())
	texts := func(topic Topic) (out []string) {
		for _, q := range topic.Quotes {
			out = append(out, q.Text)
		}
		return out
	}
	for at, want := range map[int][]string{
		0: {"Too dear.", "Price"}, // the same words are quoted once
		2: {"Nobody answers.", "=SUM(A1) of all my calls", "It is service."},
		3: {"anonymous", "Very good", "  kept as it is  "}, // one each
	} {
		if got := texts(r.Topics[at]); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
		cut  bool
	}{
		{"one two three", 13, "one two three", false},
		{"one two three", 12, "one two", true},
		{"one two three", 7, "one two", true},
		{"one two three", 6, "one", true},
		{"onetwothree", 6, "onetwo", true},
		{"言葉は短いほどよい", 4, "言葉は短", true},
		{"ae\u0301io", 3, "ae\u0301", true},
		{"ae\u0301io", 2, "a", true}, // e stays with its accent
		{"ab\u0301c", 1, "a", true},
		{"\U0001F468\u200D\U0001F469 x", 1, "", true}, // a family is not taken apart
		{"", 5, "", false}, {"abc", 0, "", true}, {" abc def", 5, " abc", true},
	} {
		if got, cut := Cut(c.text, c.most); got != c.want || cut != c.cut {
			t.Errorf("Cut(%q, %d) = %q %v, want %q %v", c.text, c.most, got, cut, c.want, c.cut)
		}
	}
}

func TestWithoutRivals(t *testing.T) {
	r := Listen(spoken(mentions), nil, DefaultOptions())
	if r.Topics[0].Attribute != 0 || r.Topics[0].Field != Much || !math.IsNaN(r.Topics[0].Gap) {
		t.Errorf("%+v", r.Topics[0])
	}
	if Listen(spoken(nil), nil, DefaultOptions()) != nil || Listen(spoken(mentions[14:]), nil, DefaultOptions()) != nil {
		t.Error("something was heard where nothing was said")
	}
	only := Listen(spoken(mentions[12:13]), nil, DefaultOptions())
	if len(only.Topics) != 1 || !math.IsNaN(only.Much) {
		t.Errorf("%+v", only)
	}
}

func TestRowOrderChangesNothing(t *testing.T) {
	shape := func(m []said) string {
		r := Listen(spoken(m), standing(), DefaultOptions())
		for k := range r.Topics {
			for q := range r.Topics[k].Quotes {
				r.Topics[k].Quotes[q].Verbatim = 0
			}
		}
		return fmt.Sprintf("%+v", r)
	}
	want := shape(mentions)
	for seed := range uint64(10) {
		turned := slices.Clone(mentions)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(turned), func(i, j int) { turned[i], turned[j] = turned[j], turned[i] })
		if got := shape(turned); got != want {
			t.Fatalf("\n%s\n%s", got, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("one two three", 5)
	f.Add("e\u0301\u0301", 1)
	f.Fuzz(func(t *testing.T, text string, most int) {
		got, cut := Cut(text, most)
		if !strings.HasPrefix(text, got) || cut != (len(got) < len(text)) && len(text) > 0 {
			t.Errorf("Cut(%q, %d) = %q %v", text, most, got, cut)
		}
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("%q is cut inside a letter: %q", text, got)
		}
	})
}
