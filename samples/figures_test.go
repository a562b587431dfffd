package samples_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// results finds single figures of an analysis by the keys of the expected
// figures, such as "customers[C1].value".
type results struct {
	d *dataset.Dataset
	r *analysis.Results
}

// A step is one part of a key: a word, and what stands in brackets.
var step = regexp.MustCompile(`([a-z_0-9]+)(?:\[([^\]]*)\])?`)

// figure returns a figure: a float64 or a string. NaN means that there is
// none.
func (x results) figure(key string) (any, error) {
	steps := step.FindAllStringSubmatch(key, -1)
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = s[1]
	}
	last := steps[len(steps)-1]
	inner := ""
	if len(steps) > 1 {
		inner = steps[len(steps)-2][2]
	}
	if names[0] == "customers" && len(steps) == 3 { // customers[C1].rivals[Rival A].value
		return x.rival(steps[0][2], inner, last[1])
	}
	switch names[0] {
	case "customers":
		return x.customer(inner, last[1], last[2])
	case "portfolio":
		return x.portfolio(last[1], last[2])
	case "segments":
		return x.segment(inner, last[1])
	case "quadrant":
		return x.quadrant(last[1], last[2])
	case "market":
		return x.market(names, inner, last[1], last[2])
	}
	return nil, unknown(key)
}

func unknown(key string) error { return fmt.Errorf("no figure %q", key) }

func (x results) customer(id, name, of string) (any, error) {
	i := slices.Index(x.d.Customers.ID, id)
	if i < 0 {
		return nil, fmt.Errorf("no customer %q", id)
	}
	own := x.r.Value.Own
	ratio, _ := own.Ratio(i)
	coverBenefits, coverCosts := own.Covers(i)
	best, lead := x.r.Value.Best(i)
	figures := map[string]float64{
		"benefits": own.Benefits[i], "costs": own.Costs[i], "value": own.Value[i], "utility": own.Utility(i), "ratio": ratio,
		"coverage_benefits": coverBenefits, "coverage_costs": coverCosts, "coverage": own.Coverage(i),
		"relative": x.r.Value.Relative[i], "best_lead": lead, "relative_index": math.NaN(),
	}
	if index := x.r.Value.RelativeIndex; index != nil {
		figures["relative_index"] = index[i]
	}
	if figure, found := figures[name]; found {
		return figure, nil
	}
	switch name {
	case "contributions":
		return x.term(x.r.Value.Contributions(i), of)
	case "why":
		return x.term(x.r.Value.RelativeTerms(i), of)
	case "verdict":
		return x.r.Value.Verdict[i].String(), nil
	case "best_rival":
		return x.d.Suppliers[best].Name, nil
	}
	return x.classified(i, name)
}

// term returns the points of an attribute, NaN where it is left out.
func (x results) term(terms []value.Contribution, attribute string) (any, error) {
	a, err := x.attribute(attribute)
	for _, c := range terms {
		if c.Attribute == a {
			return c.Points, err
		}
	}
	return math.NaN(), err
}

func (x results) attribute(name string) (int, error) {
	for a, attribute := range x.d.Attributes {
		if attribute.ID == name || attribute.Label == name {
			return a, nil
		}
	}
	return -1, fmt.Errorf("no attribute %q", name)
}

func (x results) classified(i int, name string) (any, error) {
	q := x.r.Quadrant
	if q == nil {
		return nil, fmt.Errorf("no quadrant")
	}
	switch name {
	case "x":
		return q.X.Values[i], nil
	case "y":
		return q.Y.Values[i], nil
	case "class":
		return q.ID(q.Class[i]), nil
	case "border":
		return yes(q.Border[i]), nil
	case "flip_axis":
		if q.FlipX(i) {
			return "x", nil
		}
		return "y", nil
	case "flip_distance":
		return q.FlipDistance(i), nil
	case "change":
		return q.Change(i), nil
	case "flip_class":
		return q.ID(q.FlipClass(i)), nil
	}
	return nil, unknown(name)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (x results) rival(id, rival, name string) (any, error) {
	i := slices.Index(x.d.Customers.ID, id)
	if i < 0 || x.r.Value.Market == nil || name != "value" {
		return nil, unknown(id + " " + rival + " " + name)
	}
	for k, supplier := range x.r.Value.Market.Rivals {
		if x.d.Suppliers[supplier].Name == rival {
			_, theirs := x.r.Value.Against(k, i)
			return theirs, nil
		}
	}
	return nil, fmt.Errorf("no rival %q", rival)
}

// estimate returns a part of an estimate by the end of its name: se, df, low,
// high, n, or the value itself.
func estimate(e stat.Estimate, part string) (any, error) {
	switch part {
	case "":
		return e.Value, nil
	case "_se", "_se_ln":
		return e.SE, nil
	case "_df":
		return e.DF, nil
	case "_low":
		return e.Lo, nil
	case "_high":
		return e.Hi, nil
	case "_n":
		return float64(e.N), nil
	}
	return nil, unknown(part)
}

func (x results) portfolio(name, of string) (any, error) {
	v := x.r.Value
	switch name {
	case "benefits":
		return v.MeanBenefits.Value, nil
	case "costs":
		return v.MeanCosts.Value, nil
	case "ratio":
		return v.MeanRatio, nil
	case "n":
		return float64(v.MeanValue.N), nil
	case "verdicts":
		for verdict, n := range v.VerdictCount {
			if verdict.String() == of {
				return float64(n), nil
			}
		}
		return 0.0, nil
	}
	return estimate(v.MeanValue, name[len("value"):])
}

func (x results) segment(segment, name string) (any, error) {
	for _, s := range x.r.Segments.Segments {
		if s.Name != segment {
			continue
		}
		figures := map[string]any{
			"n": float64(s.N), "benefits": s.Benefits, "costs": s.Costs, "value": s.Value.Value, "relative": s.Relative.Value,
			"revenue": s.Revenue, "too_few": yes(s.TooFew),
		}
		if f, found := figures[name]; found {
			return f, nil
		}
	}
	return nil, unknown(segment + " " + name)
}

func (x results) quadrant(name, of string) (any, error) {
	q := x.r.Quadrant
	figures := map[string]any{
		"border": float64(q.BorderCount), "on_threshold_x": float64(q.X.OnThreshold), "on_threshold_y": float64(q.Y.OnThreshold),
		"x_threshold": q.X.Threshold, "y_threshold": q.Y.Threshold,
	}
	if f, found := figures[name]; found {
		return f, nil
	}
	for class := quadrant.NotClassified; class <= quadrant.LowLow; class++ {
		if q.ID(class) == of {
			return float64(q.Counts[class]), nil
		}
	}
	return nil, unknown(name + " " + of)
}

func (x results) market(names []string, inner, name, of string) (any, error) {
	m := x.r.OfferMarket
	if x.r.Value != nil {
		m = x.r.Value.Market
	}
	switch {
	case names[1] == "suppliers":
		return x.supplier(m, inner, name)
	case m == nil:
		return nil, fmt.Errorf("no market")
	case names[1] == "attributes":
		return x.comparison(m, inner, name)
	case names[1] == "areas":
		return x.comparison(m, of, "area")
	case names[1] == "win_loss":
		return winLoss(m, inner, name)
	}
	return marketFigure(m, name)
}

// marketFigure returns a figure of the whole market.
func marketFigure(m *value.Market, name string) (any, error) {
	switch name {
	case "q2":
		return m.Q2, nil
	case "own_worth":
		return m.OwnWorth, nil
	case "rival_worth":
		return m.RivalWorth, nil
	case "price_satisfaction":
		return 10000 / m.RelativePrice.Value, nil
	case "relative_price":
		return m.RelativePrice.Value, nil
	}
	for _, e := range []struct {
		name     string
		estimate stat.Estimate
	}{{"relative", m.Relative}, {"win_share", m.WinShare}, {"mpq", m.MPQ}, {"cva", m.CVA}} {
		if len(name) >= len(e.name) && name[:len(e.name)] == e.name {
			return estimate(e.estimate, name[len(e.name):])
		}
	}
	return nil, unknown(name)
}

func winLoss(m *value.Market, side, name string) (any, error) {
	w := map[string]value.WinLoss{"benefits": m.WinBenefits, "costs": m.WinCosts, "all": m.WinAll}[side]
	figures := map[string]float64{"net": w.Net, "win": w.WinWeight, "loss": w.LossWeight, "total": w.Total}
	if f, found := figures[name]; found {
		return f, nil
	}
	return nil, unknown(name)
}

func (x results) comparison(m *value.Market, attribute, name string) (any, error) {
	a, err := x.attribute(attribute)
	if err != nil {
		return nil, err
	}
	c := m.Comparisons[slices.IndexFunc(m.Comparisons, func(c value.Comparison) bool { return c.Attribute == a })]
	figures := map[string]any{
		"weight": c.Weight, "own": c.Own, "rival": c.Other, "own_good": c.OwnGood, "rival_good": c.OtherGood,
		"n": float64(c.N), "p": c.Difference.P, "p_holm": c.PHolm, "verdict": string(c.Standing), "area": c.Area,
	}
	if f, found := figures[name]; found {
		return f, nil
	}
	if len(name) >= len("ratio") && name[:len("ratio")] == "ratio" {
		return estimate(c.Ratio, name[len("ratio"):])
	}
	return estimate(c.Difference, name[len("difference"):])
}

// supplier returns a figure of a point of the value map; "us" is our own.
func (x results) supplier(m *value.Market, name, figure string) (any, error) {
	points, label := x.r.OfferMap, func(i int) string { return x.d.Offers.Name[i] }
	if m != nil {
		points = m.MapPoints
		label = func(i int) string {
			if x.d.Suppliers[i].Own {
				return "us"
			}
			return x.d.Suppliers[i].Name
		}
	}
	for _, p := range points {
		if label(p.Supplier) != name {
			continue
		}
		switch figure {
		case "quality":
			return p.Quality, nil
		case "relative_price":
			return p.RelativePrice, nil
		case "distance":
			return p.Distance, nil
		case "position":
			return string(p.Position), nil
		case "diagonal":
			if p.Distance > 0 {
				return "below", nil
			}
			return "above", nil
		}
	}
	return nil, unknown(name + " " + figure)
}
