package jsondoc

import (
	"valuebook/report/analysis/importance"
	"valuebook/report/analysis/profile"
)

type profileDocument struct {
	N       int            `json:"n"`   // customers with a value to the firm
	Top     int            `json:"top"` // those worth most
	AUC     *float64       `json:"auc,omitempty"`
	Levels  []profileLevel `json:"levels,omitempty"`
	Numbers []profileFact  `json:"numbers,omitempty"`
	Card    []profileLine  `json:"scorecard,omitempty"`
	LeftOut []leftOut      `json:"left_out,omitempty"`
	Caution string         `json:"caution"`
}

type profileLevel struct {
	Column string    `json:"column"`
	Level  string    `json:"level"`
	N      int       `json:"n"`
	Top    int       `json:"top"`
	Lift   *float64  `json:"lift,omitempty"`
	Odds   *float64  `json:"odds_ratio,omitempty"`
	CI     []float64 `json:"ci,omitempty"`
	P      *float64  `json:"p,omitempty"` // adjusted
}

type profileFact struct {
	Column     string    `json:"column"`
	N          int       `json:"n"`
	Rho        *float64  `json:"rho,omitempty"`
	P          *float64  `json:"p,omitempty"` // of rho, adjusted
	Difference *float64  `json:"difference,omitempty"`
	CI         []float64 `json:"ci,omitempty"` // of the difference
}

type profileLine struct {
	Column string   `json:"column"`
	Level  string   `json:"level,omitempty"`
	From   *float64 `json:"from,omitempty"`
	To     *float64 `json:"to,omitempty"`
	Points *float64 `json:"points,omitempty"`
}

type leftOut struct {
	Column string `json:"column"`
	Why    string `json:"why"`
}

// profile is what the customers worth most have in common (METHOD 7.2).
func (b builder) profile() any {
	p := b.rep.Results.Profile
	switch {
	case p == nil:
		return b.refuse("refused.profile")
	case p.Refused != profile.Accepted:
		return b.refuse(p.Refused.Code())
	}
	doc := &profileDocument{N: p.N, Top: p.TopN, AUC: number(p.AUC), Caution: b.words.Term(profile.Caution)}
	name := func(column int) string { return b.columnName(p.Columns[column]) }
	for _, l := range p.Levels {
		doc.Levels = append(doc.Levels, profileLevel{Column: name(l.Column), Level: l.Name, N: l.N, Top: l.Top, Lift: number(l.Lift),
			Odds: number(l.Odds.Value), CI: interval(l.Odds), P: number(l.PHolm)})
	}
	for _, f := range p.Numbers {
		doc.Numbers = append(doc.Numbers, profileFact{Column: name(f.Column), N: f.N, Rho: number(f.Rho.Value), P: number(f.PHolmRho),
			Difference: number(f.Difference.Value), CI: interval(f.Difference)})
	}
	for _, l := range p.Card {
		doc.Card = append(doc.Card, profileLine{Column: name(l.Column), Level: l.Level, From: number(l.Lo), To: number(l.Hi), Points: number(l.Points)})
	}
	for _, o := range p.Omitted {
		doc.LeftOut = append(doc.LeftOut, leftOut{Column: name(o.Column), Why: string(o.Why)})
	}
	return doc
}

// columnName returns the header of a describing column, or what it is.
func (b builder) columnName(c profile.Column) string {
	if c.Name != "" {
		return c.Name
	}
	return b.words.Term("profile.kind." + string(c.Kind))
}

type importanceDocument struct {
	Source     string            `json:"source"` // stated or derived
	Attributes []importancePoint `json:"attributes"`
}

type importancePoint struct {
	Attribute   string   `json:"attribute"`
	Importance  *float64 `json:"importance,omitempty"`
	Performance *float64 `json:"performance,omitempty"`
	ByMean      string   `json:"by_mean,omitempty"`
	ByMidpoint  string   `json:"by_midpoint,omitempty"`
	ByMedian    string   `json:"by_median,omitempty"`
	Gap         *float64 `json:"gap,omitempty"`
}

// importance lists the maps of importance and performance (METHOD 4.6).
func (b builder) importance() []importanceDocument {
	r := b.rep.Results.Importance
	if r == nil {
		return nil
	}
	var all []importanceDocument
	for _, m := range []*importance.Map{r.Stated, r.Derived} {
		if m == nil {
			continue
		}
		doc := importanceDocument{Source: string(m.Source)}
		for _, p := range m.Points {
			doc.Attributes = append(doc.Attributes, importancePoint{
				Attribute: b.d.Attributes[p.Attribute].Label, Importance: number(p.Importance), Performance: number(p.Performance),
				ByMean: string(p.ByMean), ByMidpoint: string(p.ByMidpoint), ByMedian: string(p.ByMedian), Gap: number(p.Gap),
			})
		}
		all = append(all, doc)
	}
	return all
}
