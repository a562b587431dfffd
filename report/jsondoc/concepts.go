package jsondoc

import (
	"valuebook/report/analysis"
	"valuebook/report/analysis/concept"
)

// conceptsDocument holds the smaller concepts that the columns bear (METHOD
// 7.5); one that they do not bear is left out.
type conceptsDocument struct {
	Needs    []needDocument   `json:"needs,omitempty"`
	Claims   []claimDocument  `json:"claims,omitempty"`
	Prices   []priceDocument  `json:"value_based_prices,omitempty"`
	Fair     []fairDocument   `json:"fair_prices,omitempty"`
	Access   []accessDocument `json:"access_costs,omitempty"`
	Effort   []effortDocument `json:"effort,omitempty"` // all steps first, then by process
	Exchange map[string]int   `json:"exchange,omitempty"`
}

type needDocument struct {
	Need     string   `json:"need"`
	Served   []string `json:"served_by"`
	Best     *float64 `json:"best,omitempty"` // goodness, 0..100
	Unserved bool     `json:"unserved,omitempty"`
}

type claimDocument struct {
	Attribute   string    `json:"attribute"`
	Difference  *float64  `json:"difference,omitempty"` // from the rivals, + = ahead
	CI          []float64 `json:"ci,omitempty"`
	Distinctive bool      `json:"distinctive"`
	Measurable  bool      `json:"measurable"`
}

type priceDocument struct {
	Against    string    `json:"against"`
	Reference  *float64  `json:"reference,omitempty"`
	ValueBased *float64  `json:"value_based,omitempty"`
	CI         []float64 `json:"ci,omitempty"`
	Price      *float64  `json:"price,omitempty"`
}

type fairDocument struct {
	Supplier string   `json:"supplier"`
	Price    *float64 `json:"price,omitempty"`
	Fair     *float64 `json:"fair,omitempty"`
}

type accessDocument struct {
	Supplier string    `json:"supplier"`
	Cost     *float64  `json:"cost,omitempty"`
	CI       []float64 `json:"ci,omitempty"`
	N        int       `json:"n"`
}

type effortDocument struct {
	Process   string   `json:"process,omitempty"` // absent: all
	Steps     int      `json:"steps"`
	Idle      int      `json:"without_value"`
	TimeShare *float64 `json:"time_share,omitempty"` // of the steps without value, 0..1
	CostShare *float64 `json:"cost_share,omitempty"`
}

// concepts lists what the columns bear, nil where they bear nothing.
func (b builder) concepts() *conceptsDocument {
	c := b.rep.Results.Concepts
	if c == nil {
		return nil
	}
	doc := &conceptsDocument{Needs: b.needs(c.Canvas), Claims: b.claims(c.Claims), Effort: efforts(c.Effort)}
	b.amounts(c, doc)
	if e := c.Exchange; e != nil && e.Refused == concept.Accepted {
		doc.Exchange = map[string]int{}
		for _, kind := range []concept.Balance{concept.Mutual, concept.Receives, concept.Gives, concept.Thin} {
			doc.Exchange[string(kind)] = e.Counts[kind]
		}
	}
	if doc.Needs == nil && doc.Claims == nil && doc.Prices == nil && doc.Fair == nil && doc.Access == nil && doc.Effort == nil && doc.Exchange == nil {
		return nil
	}
	return doc
}

func (b builder) needs(c *concept.Canvas) []needDocument {
	if c == nil {
		return nil
	}
	var all []needDocument
	for _, n := range c.Needs {
		one := needDocument{Need: n.Name, Best: number(n.Best), Unserved: n.Unserved}
		for _, s := range n.Servings {
			one.Served = append(one.Served, b.d.Attributes[s.Attribute].Label)
		}
		all = append(all, one)
	}
	return all
}

func (b builder) claims(p *concept.Proposition) []claimDocument {
	if p == nil {
		return nil
	}
	var all []claimDocument
	for _, c := range p.Claims {
		all = append(all, claimDocument{Attribute: b.d.Attributes[c.Attribute].Label, Difference: number(c.Difference.Value), CI: interval(c.Difference),
			Distinctive: c.Distinctive, Measurable: c.Measurable})
	}
	return all
}

// amounts writes the concepts that are amounts of money.
func (b builder) amounts(c *analysis.Concepts, doc *conceptsDocument) {
	if p := c.Price; p != nil && p.Refused == concept.Accepted {
		for _, one := range p.Prices {
			doc.Prices = append(doc.Prices, priceDocument{Against: b.supplierName(one.Supplier), Reference: number(one.Reference),
				ValueBased: number(one.ValueBased.Value), CI: interval(one.ValueBased), Price: number(one.Price)})
		}
	}
	if f := c.FairPrices; f != nil && f.Refused == concept.Accepted {
		for _, one := range f.Prices {
			doc.Fair = append(doc.Fair, fairDocument{Supplier: b.supplierName(one.Supplier), Price: number(one.Price), Fair: number(one.Fair)})
		}
	}
	if a := c.Access; a != nil && a.Refused == concept.Accepted {
		for _, one := range a.Costs {
			doc.Access = append(doc.Access, accessDocument{Supplier: b.supplierName(one.Supplier), Cost: number(one.Cost.Value), CI: interval(one.Cost), N: one.Cost.N})
		}
	}
}

func efforts(e *concept.Effort) []effortDocument {
	if e == nil {
		return nil
	}
	var all []effortDocument
	for _, w := range append([]concept.Waste{e.All}, e.Processes...) {
		all = append(all, effortDocument{Process: w.Process, Steps: w.Steps, Idle: w.Idle, TimeShare: number(w.TimeShare), CostShare: number(w.CostShare)})
	}
	return all
}
