package jsondoc

import "valuebook/report/analysis/concept"

type topic struct {
	Attribute  string   `json:"attribute,omitempty"` // absent: about nothing that was rated
	N          int      `json:"n"`
	Praise     int      `json:"praise,omitempty"`
	Complaints int      `json:"complaints,omitempty"`
	Tone       *float64 `json:"tone,omitempty"` // mean, -1..1
	Gap        *float64 `json:"gap,omitempty"`  // points ahead of the rivals
	Field      string   `json:"field"`
	Quotes     []string `json:"quotes,omitempty"` // as they stand in the workbook
}

// voice lists what customers said, most urgent first (METHOD 7.4).
func (b builder) voice() []topic {
	r := b.rep.Results.Voice
	if r == nil {
		return nil
	}
	var all []topic
	for _, t := range r.Topics {
		one := topic{N: t.N, Praise: t.Praise, Complaints: t.Complaints, Tone: number(t.Tone.Value), Gap: number(t.Gap), Field: string(t.Field)}
		if t.Attribute >= 0 {
			one.Attribute = b.d.Attributes[t.Attribute].Label
		}
		for _, q := range t.Quotes {
			one.Quotes = append(one.Quotes, q.Text)
		}
		all = append(all, one)
	}
	return all
}

type loyaltyDocument struct {
	RebuyShare *float64  `json:"rebuy_share,omitempty"`
	RebuyCI    []float64 `json:"rebuy_ci,omitempty"`
	Advocacy   *float64  `json:"advocacy,omitempty"` // promoters less detractors, -1..1
	AdvocacyCI []float64 `json:"advocacy_ci,omitempty"`
	Promoters  int       `json:"promoters,omitempty"`
	Detractors int       `json:"detractors,omitempty"`
}

// loyalty says who would buy again and who would recommend (METHOD 7.5), nil
// where nobody was asked.
func (b builder) loyalty() *loyaltyDocument {
	c := b.rep.Results.Concepts
	if c == nil || c.Loyalty == nil {
		return nil
	}
	l := c.Loyalty
	doc := &loyaltyDocument{RebuyShare: number(l.Rebuy.Value), RebuyCI: interval(l.Rebuy)}
	if l.AdvocacyRefused == concept.Accepted {
		doc.Advocacy, doc.AdvocacyCI = number(l.Advocacy.Value), interval(l.Advocacy)
		doc.Promoters, doc.Detractors = l.Promoters, l.Detractors
	}
	return doc
}
