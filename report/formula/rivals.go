package formula

import "strings"

// Lead returns the formula of how far rival k is ahead of us, PV_k - PV_us, on
// the attributes that the customer answered for both (METHOD 1).
func (c Customer) Lead(k int) string {
	return c.difference(func(t Term) (both, gap string) {
		if t.Own == "" || k >= len(t.Rivals) || t.Rivals[k] == "" {
			return "", ""
		}
		return "COUNT(" + t.Own + "," + t.Rivals[k] + ")=2", t.Rivals[k] + "-" + t.Own
	})
}

// Relative returns the formula of METHOD 3.1: our value less the mean of the
// rivals', on the attributes answered for us and at least one rival.
func (c Customer) Relative() string {
	return c.difference(func(t Term) (both, gap string) {
		rivals := strings.Join(present(t.Rivals), ",")
		if t.Own == "" || rivals == "" {
			return "", ""
		}
		return "AND(ISNUMBER(" + t.Own + "),COUNT(" + rivals + ")>0)", t.Own + "-AVERAGE(" + rivals + ")"
	})
}

func present(cells []string) []string {
	var out []string
	for _, c := range cells {
		if c != "" {
			out = append(out, c)
		}
	}
	return out
}

// difference returns the difference of two values on a common set: pair gives
// the test that an attribute belongs to the set, and the difference of the
// ratings.
func (c Customer) difference(pair func(Term) (both, gap string)) string {
	missing := Text(c.Words.Missing)
	var covered, terms [2]string
	for i, side := range []Side{c.Benefits, c.Costs} {
		answered := side.sum(func(t Term) string {
			both, _ := pair(t)
			if both == "" {
				return ""
			}
			return "(" + both + ")*" + t.Weight
		})
		if answered == "0" || len(side.Terms) == 0 {
			return missing
		}
		gaps := side.sum(func(t Term) string {
			both, gap := pair(t)
			switch {
			case both == "":
				return ""
			case c.Money:
				return "IF(" + both + "," + gap + ",0)"
			}
			return "IF(" + both + "," + t.Step + "*(" + gap + "),0)"
		})
		covered[i] = c.covered(answered, side)
		terms[i] = "100*(" + gaps + ")/(" + answered + ")"
		if c.Money {
			terms[i] = "(" + gaps + ")"
		}
	}
	return "IFERROR(IF(AND(" + covered[0] + "," + covered[1] + ")," + terms[0] + "-" + terms[1] + "," + missing + ")," + missing + ")"
}

// Verdict returns the formula of the flag of METHOD 1. leads is a range with
// the rivals' leads, "" without rivals; delta is a cell or formula.
func (c Customer) Verdict(value, leads, delta string) string {
	w := c.Words
	better := ""
	closing := ""
	if leads != "" {
		better = "IF(" + nearly("MAX("+leads+")") + ">" + nearly(delta) + "," + Text(w.BetterElsewhere) + ","
		closing = ")"
	}
	return "IF(ISNUMBER(" + value + "),IF(" + nearly(value) + "<-" + nearly(delta) + "," + Text(w.Regret) + "," + better +
		"IF(ABS(" + nearly(value) + ")<=" + nearly(delta) + "," + Text(w.Borderline) + "," + Text(w.WorthIt) + "))" + closing + "," + Text(w.Missing) + ")"
}
