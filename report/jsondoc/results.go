package jsondoc

import (
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
)

func (b builder) market() any {
	v := b.rep.Results.Value
	if v == nil || v.Market == nil {
		return b.refuse("refused.market")
	}
	return b.marketOf(v.Market)
}

// offerMarket is our offer against the others (layout 3): the judgement of
// one, so without intervals; absent unless one of the offers is ours.
func (b builder) offerMarket() any {
	if m := b.rep.Results.OfferMarket; m != nil {
		return b.marketOf(m)
	}
	return nil
}

func (b builder) marketOf(m *value.Market) *market {
	doc := &market{
		CVA: number(m.CVA.Value), CVACI: interval(m.CVA), MPQ: number(m.MPQ.Value),
		RelativePrice: number(m.RelativePrice.Value), WinLoss: number(m.WinAll.Net),
		MPQCI: interval(m.MPQ), RelativePriceCI: interval(m.RelativePrice),
		Relative: number(m.Relative.Value), RelativeCI: interval(m.Relative), WinShare: number(m.WinShare.Value),
	}
	if doc.RelativePrice != nil {
		doc.PriceBase = "competitors" // METHOD 2.3: the profile's base
	}
	for _, p := range m.MapPoints {
		doc.Suppliers = append(doc.Suppliers, b.supplier(p))
	}
	for _, c := range m.Comparisons {
		doc.Attributes = append(doc.Attributes, b.marketAttribute(c))
	}
	return doc
}

func (b builder) supplier(p value.MapPoint) supplier {
	name, own := b.party(p.Supplier)
	return supplier{
		Name: name, Own: own, Quality: number(p.Quality), Price: number(p.Price),
		RelativePrice: number(p.RelativePrice), Distance: number(p.Distance), Position: string(p.Position),
	}
}

// party returns the name of a plotted supplier or offer and whether it is
// ours.
func (b builder) party(k int) (string, bool) {
	if b.d.Offers != nil {
		return b.d.Offers.Name[k], k == b.d.Offers.Own
	}
	return b.supplierName(k), b.d.Suppliers[k].Own
}

// supplierName names a supplier, ourselves by the workbook's word where the
// company has no name.
func (b builder) supplierName(k int) string {
	if name := b.rep.SupplierName(k); name != "" {
		return name
	}
	return b.d.Suppliers[k].Name
}

func (b builder) marketAttribute(c value.Comparison) marketAttribute {
	a := b.d.Attributes[c.Attribute]
	return marketAttribute{
		Attribute: a.Label, Side: a.Side.String(), Weight: number(c.Weight),
		Own: number(c.Own), Rival: number(c.Other), Ratio: number(c.Ratio.Value),
		Difference: number(c.Difference.Value), CI: interval(c.Difference), N: c.N, Verdict: string(c.Standing),
	}
}

func (b builder) offers() []offer {
	var all []offer
	for i, o := range b.rep.Results.Offers {
		one := offer{
			Name: o.Name, Benefits: number(o.Benefits), Costs: number(o.Costs), Value: number(o.Value),
			Ratio: number(o.Ratio), Rank: number(o.Rank),
		}
		if q := b.rep.Results.OfferQuadrant; q != nil && i < len(q.Class) {
			one.Class = q.ID(q.Class[i])
		}
		all = append(all, one)
	}
	for _, p := range b.rep.Results.OfferMap {
		one := &all[p.Supplier]
		one.Quality, one.RelativePrice = number(p.Quality), number(p.RelativePrice)
		one.Distance, one.Position = number(p.Distance), string(p.Position)
	}
	return all
}

func (b builder) portfolio() any {
	v := b.rep.Results.Value
	if v == nil || v.MeanValue.N == 0 {
		return b.refuse("refused.portfolio")
	}
	doc := &portfolio{
		Customers: b.d.Customers.Len(), Rated: v.MeanValue.N,
		Value: number(v.MeanValue.Value), ValueCI: interval(v.MeanValue),
		Benefits: number(v.MeanBenefits.Value), Costs: number(v.MeanCosts.Value), Ratio: number(v.MeanRatio),
		RegretShare: number(regretShare(v)), NoCost: v.NoCost, Verdicts: map[string]int{},
	}
	for verdict, n := range v.VerdictCount {
		if verdict != value.NoVerdict {
			doc.Verdicts[verdict.String()] = n
		}
	}
	return doc
}

// regretShare is the share of the valued customers with the verdict "regret",
// 0..1.
func regretShare(v *value.Result) float64 {
	return float64(v.VerdictCount[value.Regret]) / float64(v.MeanValue.N)
}

func (b builder) quadrant() any {
	q := b.rep.Results.Quadrant
	if b.d.Offers != nil {
		q = b.rep.Results.OfferQuadrant
	}
	if q == nil {
		return b.refuse("refused.quadrant")
	}
	mode := string(q.X.Mode)
	if q.X.Mode != q.Y.Mode {
		mode += "," + string(q.Y.Mode)
	}
	return &quadrantDocument{
		X: string(q.X.Measure), Y: string(q.Y.Measure), Mode: mode,
		XThreshold: number(q.X.Threshold), YThreshold: number(q.Y.Threshold),
		Classes: classes(q, q.Counts), NotClassified: q.Counts[quadrant.NotClassified], Border: q.BorderCount,
	}
}

// classes names the four counts by the identifiers of the pair of axes.
func classes(q *quadrant.Result, counts [5]int) map[string]int {
	if q == nil {
		return nil
	}
	named := map[string]int{}
	for c := quadrant.HighHigh; c <= quadrant.LowLow; c++ {
		named[q.ID(c)] = counts[c]
	}
	return named
}

func (b builder) segments() []segment {
	if b.rep.Results.Segments == nil {
		return nil
	}
	var all []segment
	for _, s := range b.rep.Results.Segments.Segments {
		all = append(all, segment{
			Name: s.Name, N: s.N, Value: number(s.Value.Value), ValueCI: interval(s.Value),
			Classes: classes(b.rep.Results.Quadrant, s.Counts),
		})
	}
	return all
}
