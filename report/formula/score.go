package formula

import "strings"

// A Term is one attribute of one customer: where its rating stands and what it
// counts. All fields are references or other formula text.
type Term struct {
	Own    string   // cell of our rating, "" where there is none
	Rivals []string // cell of each rival's rating, in the order of the rivals, "" where there is none
	Weight string   // cell of the raw weight
	Least  string   // cell of the scale's end at which u is 0
	Step   string   // cell of weight / (other end - Least): points of weight per rating step
}

// A Side holds the terms of the benefits or of the costs.
type Side struct {
	Terms []Term
	Total string // sum of all weights of the side, asked or not
}

// A Customer writes the formulas of METHOD 1 and 3.1 for one row.
type Customer struct {
	Benefits, Costs Side
	Money           bool   // amounts in money: sums instead of weighted means
	Minimum         string // smallest share of weight answered per side
	Words           Words
}

// Score returns the formula of B or C (METHOD 1): the mean of u over what was
// answered, on 100; the sum in money mode.
func (c Customer) Score(side Side) string {
	missing := Text(c.Words.Missing)
	cells := side.own()
	if len(cells) == 0 {
		return missing
	}
	if c.Money {
		list := strings.Join(cells, ",")
		if len(cells) < len(side.Terms) {
			return missing
		}
		return "IF(COUNT(" + list + ")=" + number(len(cells)) + ",SUM(" + list + ")," + missing + ")"
	}
	var sum []string
	for _, t := range side.Terms {
		if t.Own != "" {
			sum = append(sum, "IF(ISNUMBER("+t.Own+"),"+t.Step+"*("+t.Own+"-"+t.Least+"),0)")
		}
	}
	answered := side.answered()
	return "IFERROR(IF(" + c.covered(answered, side) + ",100*(" + strings.Join(sum, "+") + ")/(" + answered + ")," + missing + ")," + missing + ")"
}

// covered compares the share of weight answered with the minimum.
func (c Customer) covered(answered string, side Side) string {
	return nearly("("+answered+")/"+side.Total) + ">=" + nearly(c.Minimum)
}

// own returns the cells of our ratings.
func (s Side) own() []string {
	var cells []string
	for _, t := range s.Terms {
		if t.Own != "" {
			cells = append(cells, t.Own)
		}
	}
	return cells
}

// answered returns the weight answered for us.
func (s Side) answered() string {
	return s.sum(func(t Term) string {
		if t.Own == "" {
			return ""
		}
		return "ISNUMBER(" + t.Own + ")*" + t.Weight
	})
}

// sum adds up what each term gives; "0" when none gives anything.
func (s Side) sum(part func(Term) string) string {
	var parts []string
	for _, t := range s.Terms {
		if p := part(t); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return "0"
	}
	return strings.Join(parts, "+")
}

// Coverage returns the formula of the smaller share of weight answered.
func (c Customer) Coverage() string {
	if len(c.Benefits.Terms) == 0 || len(c.Costs.Terms) == 0 {
		return "0"
	}
	share := func(s Side) string {
		return "IF(" + s.Total + ">0,(" + s.answered() + ")/" + s.Total + ",0)"
	}
	return "MIN(" + share(c.Benefits) + "," + share(c.Costs) + ")"
}

// Value returns the formula of PV = B - C, or the reason why it is missing.
// benefits and costs are the cells of the two scores.
func (c Customer) Value(benefits, costs string) string {
	return "IF(AND(ISNUMBER(" + benefits + "),ISNUMBER(" + costs + "))," + benefits + "-" + costs + "," + c.reason() + ")"
}

// reason tests in the order of the analysis.
func (c Customer) reason() string {
	cells := append(c.Benefits.own(), c.Costs.own()...)
	if len(cells) == 0 {
		return Text(c.Words.NotRated)
	}
	out := "IF(COUNT(" + strings.Join(cells, ",") + ")=0," + Text(c.Words.NotRated) + ","
	var empty []string
	for _, s := range []Side{c.Benefits, c.Costs} {
		if len(s.Terms) > 0 {
			empty = append(empty, s.Total+"<=0")
		}
	}
	return out + "IF(OR(" + strings.Join(empty, ",") + ")," + Text(c.Words.NoWeight) +
		",IF((" + c.Costs.answered() + ")<=0," + Text(c.Words.CostsNotRated) +
		",IF((" + c.Benefits.answered() + ")<=0," + Text(c.Words.BenefitsNotRated) + "," + Text(c.Words.LowCoverage) + "))))"
}

// Ratio returns the formula of R = B / C with the edge cases of METHOD 1. All
// arguments are cells.
func (c Customer) Ratio(benefits, costs, value string) string {
	undefined := benefits + "<0," + costs + "<0,AND(" + benefits + "=0," + costs + "=0)"
	return "IF(ISNUMBER(" + value + "),IF(OR(" + undefined + ")," + Text(c.Words.Undefined) +
		",IF(" + costs + "=0," + Text(c.Words.NoCost) + "," + benefits + "/" + costs + "))," + Text(c.Words.Missing) + ")"
}

// Index returns the formula of METHOD 3.11: 100 U / mean U. share is the cell
// of the benefit share, mean that of the mean U.
func (c Customer) Index(benefits, costs, value, share, mean string) string {
	return "IF(AND(ISNUMBER(" + value + "),ISNUMBER(" + mean + ")),100*(" + share + "*" + benefits + "+(1-" + share + ")*(100-" + costs + "))/" + mean +
		"," + Text(c.Words.Missing) + ")"
}
