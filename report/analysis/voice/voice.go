package voice

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Listen counts the verbatims of a dataset by attribute and sorts the topics by
// urgency (METHOD 7.4). v may be nil: without rivals topics are sorted by how
// much is said. It returns nil when there are no verbatims.
func Listen(d *dataset.Dataset, v *value.Result, o Options) *Result {
	t := &listener{d: d, o: o, mentions: map[int][]int{}}
	t.collect()
	if t.n == 0 {
		return nil
	}
	r := &Result{N: t.n, Much: t.much()}
	for a := -1; a < len(d.Attributes); a++ {
		if len(t.mentions[a]) > 0 {
			topic := t.topic(a, v, r.Much)
			r.Toned += topic.Praise + topic.Neutral + topic.Complaints
			r.Topics = append(r.Topics, topic)
		}
	}
	slices.SortStableFunc(r.Topics, t.urgency)
	return r
}

// A listener is a result being made.
type listener struct {
	d        *dataset.Dataset
	o        Options
	n        int
	mentions map[int][]int // attribute, or -1 -> verbatims
}

// collect sorts the verbatims by attribute. One with neither text nor tone says
// nothing.
func (t *listener) collect() {
	v := t.d.Verbatims
	for k := range v.Text {
		if strings.TrimSpace(v.Text[k]) == "" && math.IsNaN(t.tone(k)) {
			continue
		}
		a := -1
		if k < len(v.Attribute) && int(v.Attribute[k]) < len(t.d.Attributes) {
			a = max(-1, int(v.Attribute[k]))
		}
		t.n++
		t.mentions[a] = append(t.mentions[a], k)
	}
}

func (t *listener) tone(k int) float64 {
	if v := t.d.Verbatims.Tone; k < len(v) && math.Abs(v[k]) <= 1 {
		return v[k]
	}
	return math.NaN()
}

func (t *listener) customer(k int) int {
	if v := t.d.Verbatims.Customer; k < len(v) && int(v[k]) < t.d.Customers.Len() {
		return max(-1, int(v[k]))
	}
	return -1
}

// much is the mean number of mentions of the attributes that were mentioned.
func (t *listener) much() float64 {
	topics, n := 0.0, 0.0
	for a, mentions := range t.mentions {
		if a >= 0 {
			topics++
			n += float64(len(mentions))
		}
	}
	return n / topics
}

func (t *listener) topic(a int, v *value.Result, much float64) Topic {
	mentions := t.mentions[a]
	topic := Topic{Attribute: a, N: len(mentions), Share: float64(len(mentions)) / float64(t.n), Gap: math.NaN()}
	for _, k := range mentions {
		switch tone := t.tone(k); {
		case tone > 0:
			topic.Praise++
		case tone < 0:
			topic.Complaints++
		case tone == 0:
			topic.Neutral++
		}
	}
	topic.Customers, topic.Tone = t.meanTone(mentions)
	if v != nil && v.Market != nil {
		for _, c := range v.Market.Comparisons {
			if c.Attribute == a {
				topic.Gap, topic.Standing = c.Difference.Value, c.Standing
			}
		}
	}
	// Par means that the difference, whatever its sign, is too small to matter.
	behind := stat.Nearly(topic.Gap) < 0 && topic.Standing != value.Par
	often := stat.Nearly(float64(topic.N)) >= stat.Nearly(much)
	switch {
	case a < 0:
		topic.Field = Unrated
	case behind && often:
		topic.Field = MuchBehind
	case behind:
		topic.Field = LittleBehind
	case often:
		topic.Field = Much
	default:
		topic.Field = Little
	}
	topic.Quotes = t.quotes(mentions, topic.Tone.Value)
	return topic
}

// meanTone forms one tone per customer first: what one customer repeats is not
// said by several (METHOD 3.4).
func (t *listener) meanTone(mentions []int) (customers int, tone stat.Estimate) {
	said := map[int][]float64{}
	var alone []float64
	for _, k := range mentions {
		i, x := t.customer(k), t.tone(k)
		tones := []float64{x}
		if math.IsNaN(x) {
			tones = nil
		}
		if i < 0 {
			alone = append(alone, tones...)
		} else {
			said[i] = append(said[i], tones...) // nil too: who has spoken counts
		}
	}
	who := make([]int, 0, len(said))
	for i := range said {
		who = append(who, i)
	}
	id := t.d.Customers.ID
	slices.SortFunc(who, func(a, b int) int { return cmp.Or(strings.Compare(id[a], id[b]), a-b) })
	slices.Sort(alone)
	var tones []float64
	for _, i := range who {
		if len(said[i]) > 0 {
			tones = append(tones, stat.Mean(said[i], nil))
		}
	}
	return len(who), stat.OneSample(append(tones, alone...), nil, 0, t.o.Sampling)
}

var order = []Field{MuchBehind, LittleBehind, Much, Little, Unrated}

// urgency sorts by field, then mentions, then the worse tone.
func (t *listener) urgency(x, y Topic) int {
	name := func(a int) string {
		if a < 0 {
			return ""
		}
		return t.d.Attributes[a].Label + "\x00" + t.d.Attributes[a].ID
	}
	tone := func(e stat.Estimate) float64 {
		if math.IsNaN(e.Value) {
			return 0
		}
		return stat.Nearly(e.Value)
	}
	return cmp.Or(slices.Index(order, x.Field)-slices.Index(order, y.Field), y.N-x.N,
		cmp.Compare(tone(x.Tone), tone(y.Tone)), strings.Compare(name(x.Attribute), name(y.Attribute)))
}

// quotes chooses what is quoted: complaints first where the tone is negative,
// else praise first; each customer and each text once. Nothing is edited.
func (t *listener) quotes(mentions []int, mean float64) []Quote {
	v := t.d.Verbatims
	id := func(k int) string {
		if i := t.customer(k); i >= 0 {
			return t.d.Customers.ID[i]
		}
		return ""
	}
	weight := func(k int) float64 {
		x := t.tone(k)
		if mean < 0 {
			x = -x
		}
		if math.IsNaN(x) {
			return -2
		}
		return x
	}
	sorted := slices.Clone(mentions)
	slices.SortStableFunc(sorted, func(a, b int) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), strings.Compare(id(a), id(b)), strings.Compare(v.Text[a], v.Text[b]))
	})
	var out []Quote
	for _, k := range sorted {
		i := t.customer(k)
		again := slices.ContainsFunc(out, func(q Quote) bool { return i >= 0 && q.Customer == i || v.Text[q.Verbatim] == v.Text[k] })
		if len(out) == t.o.Quotes || again || strings.TrimSpace(v.Text[k]) == "" {
			continue
		}
		text, cut := Cut(v.Text[k], t.o.QuoteLength)
		out = append(out, Quote{Verbatim: k, Customer: i, Text: text, Cut: cut, Tone: t.tone(k)})
	}
	return out
}

// Cut returns the beginning of a text of at most most letters (code points),
// ending with a whole word, and whether anything was left out. A text without
// blanks is cut between letters, never inside a letter and its marks. A text
// that is short enough is returned as it is, to the byte.
func Cut(text string, most int) (string, bool) {
	letters, end, word := 0, -1, -1
	joined := false // the letter belongs to the one before
	before := ' '
	for at, r := range text {
		joined = unicode.Is(unicode.M, r) || r == joiner || before == joiner
		if letters <= most && !joined {
			end = at
			if unicode.IsSpace(r) && !unicode.IsSpace(before) {
				word = at
			}
		}
		before = r
		letters++
	}
	switch {
	case letters <= most:
		return text, false
	case word > 0:
		return text[:word], true
	}
	return text[:max(end, 0)], true
}

// joiner glues pictures together.
const joiner = '\u200d'
