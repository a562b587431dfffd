package report

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/analysis/voice"
	"valuebook/report/dataset"
)

// quotedTopics is how many topics are quoted on the page, mostTopics how many
// bars its chart has.
const (
	quotedTopics = 6
	mostTopics   = 20
)

// voiceSection says what customers speak of in their own words, what is much
// said and behind the rivals first (METHOD 7.4).
func (b *builder) voiceSection() *Section {
	v := b.r.Voice
	if v == nil || len(v.Topics) == 0 {
		return nil
	}
	s := &Section{ID: SectionVoice, Title: b.voiceTitle(v)}
	if loudest(v) >= 0 {
		s.Blocks = append(s.Blocks, Block{Chart: b.voiceChart(v)})
	}
	s.Blocks = append(s.Blocks, Block{Table: b.voiceTable(v)}, note(dataset.Msg("voice.note", count(v.N), count(v.Toned), dataset.Num(v.Much, dataset.Tenths))))
	return s.with(b.quotes(v))
}

// topicName is the attribute that a topic is about.
func (b *builder) topicName(t voice.Topic) dataset.Quantity {
	if t.Attribute < 0 {
		return term("voice.field.unrated")
	}
	return b.attribute(t.Attribute)
}

// loudest returns the topic about an attribute with most mentions, -1 when
// there is none.
func loudest(v *voice.Result) int {
	best := -1
	for k, t := range v.Topics {
		if t.Attribute >= 0 && (best < 0 || t.N > v.Topics[best].N) {
			best = k
		}
	}
	return best
}

// behind reports whether our rating is proven to be below the rivals'.
func behind(t voice.Topic) bool {
	return t.Standing == value.Laggard || t.Standing == value.SlightlyBehind
}

// fieldOf names the field of a topic; what only seems to be behind is said to
// be so.
func fieldOf(t voice.Topic) dataset.Quantity {
	if (t.Field == voice.MuchBehind || t.Field == voice.LittleBehind) && !behind(t) {
		return term("voice.perhaps." + string(t.Field))
	}
	return term("voice.field." + string(t.Field))
}

// urgent returns the first topic that is much said and proven to be behind the
// rivals, -1 when there is none.
func urgent(v *voice.Result) int {
	for k, t := range v.Topics {
		if t.Field == voice.MuchBehind && behind(t) {
			return k
		}
	}
	return -1
}

func (b *builder) voiceTitle(v *voice.Result) dataset.Message {
	if k := urgent(v); k >= 0 {
		t := v.Topics[k]
		return dataset.Msg("title.voice.behind", b.topicName(t), count(t.N), count(v.N), count(t.Complaints), b.inPoints(t.Gap))
	}
	if k := loudest(v); k >= 0 {
		t := v.Topics[k]
		return dataset.Msg("title.voice", b.topicName(t), count(t.N), count(v.N), count(t.Praise), count(t.Complaints))
	}
	return dataset.Msg("title.voice.unrated", count(v.N))
}

func (b *builder) voiceChart(v *voice.Result) *Chart {
	c := &Chart{ID: "voice", Kind: BarsChart, X: Axis{Label: dataset.Msg("axis.mentions"), Unit: dataset.Count}}
	for _, t := range v.Topics {
		if t.Attribute < 0 || len(c.Bars) == mostTopics {
			continue // about no attribute: the table counts it
		}
		bar := Bar{Label: b.d.Attributes[t.Attribute].Label, Value: float64(t.N), Lo: math.NaN(), Hi: math.NaN(), Style: StyleOwn, Text: count(t.N)}
		if behind(t) {
			bar.Style = StyleMinus
		}
		c.Bars = append(c.Bars, bar)
	}
	most := loudest(v)
	c.Title = dataset.Msg("chart.voice.title", b.topicName(v.Topics[most]), count(v.Topics[most].N), count(v.N))
	c.Alt = dataset.Msg("alt.voice", count(v.N), b.topicName(v.Topics[most]), count(v.Topics[most].N), count(len(c.Bars)))
	return c
}

func (b *builder) voiceTable(v *voice.Result) *Table {
	t := &Table{ID: "voice", Columns: []Column{
		{Header: dataset.Msg("column.attribute"), Text: true, Share: 2}, {Header: dataset.Msg("column.field"), Text: true, Share: 2}, {Header: dataset.Msg("column.mentions")},
		{Header: dataset.Msg("column.praise")}, {Header: dataset.Msg("column.complaint_count")}, {Header: dataset.Msg("column.tone"), Share: 2}, {Header: dataset.Msg("column.against_rivals")}}}
	for _, topic := range v.Topics {
		name := b.topicName(topic)
		if topic.Attribute < 0 {
			name = dataset.Sentence(dataset.Msg("missing"))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{name, fieldOf(topic), count(topic.N), toned(topic, topic.Praise), toned(topic, topic.Complaints),
			within(onScale(topic.Tone), dataset.Ratio), b.worth(topic.Gap)})
	}
	return t
}

// onScale keeps the interval of a mean tone between complaint and praise.
func onScale(e stat.Estimate) stat.Estimate {
	e.Lo, e.Hi = max(-1, e.Lo), min(1, e.Hi)
	return e
}

// toned writes a count of tones, a dash where none was given.
func toned(t voice.Topic, n int) dataset.Quantity {
	if t.Praise+t.Neutral+t.Complaints == 0 {
		return dataset.Num(math.NaN(), dataset.Count)
	}
	return count(n)
}

// quotes are what customers said, to the letter, under the topic they speak of.
func (b *builder) quotes(v *voice.Result) []Block {
	var blocks []Block
	for _, t := range v.Topics[:min(quotedTopics, len(v.Topics))] {
		var list []dataset.Message
		for _, q := range t.Quotes {
			list = append(list, b.quote(q))
		}
		if len(list) == 0 {
			continue
		}
		head := dataset.Msg("voice.heading", b.topicName(t), fieldOf(t))
		if t.Attribute < 0 {
			head = dataset.Msg("voice.heading.unrated")
		}
		blocks = append(blocks, heading(head), Block{List: list})
	}
	return blocks
}

// quote puts what was said in quotation marks, with the mark of a cut and who
// said it, as far as known.
func (b *builder) quote(q voice.Quote) dataset.Message {
	said := text(q.Text)
	if q.Cut {
		said = dataset.Sentence(dataset.Msg(voice.CutText, text(q.Text)))
	}
	if q.Customer < 0 {
		return dataset.Msg("voice.quote", said)
	}
	return dataset.Msg("voice.quote.of", said, text(b.d.Customers.Label(q.Customer)))
}

// voiceSentence names what is much said and behind the rivals; it is worth the
// share of customers who spoke of it.
func (b *builder) voiceSentence(add func(float64, dataset.Message)) {
	v := b.r.Voice
	if v == nil {
		return
	}
	k := urgent(v)
	if k < 0 || b.d.Customers.Len() == 0 {
		return
	}
	t := v.Topics[k]
	message := dataset.Msg("found.voice", b.topicName(t), count(t.N), count(v.N), count(t.Complaints), b.inPoints(t.Gap), tonePart(t.Tone))
	add(0.3+float64(t.Customers)/float64(b.d.Customers.Len()), message.From(SectionVoice+"#voice"))
}

// tonePart states the mean tone where its interval lies on one side of neither.
func tonePart(e stat.Estimate) dataset.Quantity {
	if !hasInterval(e) || e.Lo <= 0 && e.Hi >= 0 {
		return dataset.Sentence()
	}
	return dataset.Sentence(dataset.Msg("found.voice.tone", ratio(e.Value), ratio(onScale(e).Lo), ratio(onScale(e).Hi), count(e.N)))
}
