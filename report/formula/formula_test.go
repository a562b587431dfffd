package formula

import (
	"math"
	"strings"
	"testing"
)

var words = Words{Missing: "–", NotRated: "not rated", NoWeight: "no weight", CostsNotRated: "no costs", BenefitsNotRated: "no benefits",
	LowCoverage: "too few", NoCost: "no cost", Undefined: "n/a", WorthIt: "Worth it", Borderline: "Borderline", BetterElsewhere: `Better "there"`,
	Regret: "Regret", NotClassified: "Not classified", Border: "border", NoBorder: "–", NotDividing: "does not divide"}

// customer has one benefit and one cost, each rated for us and two rivals.
func customer() Customer {
	term := func(own, a, b, row string) Term {
		return Term{Own: own, Rivals: []string{a, b}, Weight: "P!$C$" + row, Least: "P!$H$" + row, Step: "P!$I$" + row}
	}
	return Customer{
		Benefits: Side{Terms: []Term{term("B4", "D4", "F4", "9")}, Total: "SUM(P!$C$9:$C$9)"},
		Costs:    Side{Terms: []Term{term("C4", "E4", "", "10")}, Total: "SUM(P!$C$10:$C$10)"},
		Minimum:  "vb_coverage_min", Words: words,
	}
}

func TestFormulas(t *testing.T) {
	c, money := customer(), customer()
	money.Money, money.Minimum = true, "1"
	for name, x := range map[string]struct{ got, want string }{
		"score": {c.Score(c.Benefits), `IFERROR(IF(ROUND((ISNUMBER(B4)*P!$C$9)/SUM(P!$C$9:$C$9),9)>=ROUND(vb_coverage_min,9),` +
			`100*(IF(ISNUMBER(B4),P!$I$9*(B4-P!$H$9),0))/(ISNUMBER(B4)*P!$C$9),"–"),"–")`},
		"score without a rating": {c.Score(Side{Total: "1"}), `"–"`},
		"sum of money":           {money.Score(money.Costs), `IF(COUNT(C4)=1,SUM(C4),"–")`},
		"verdict without rivals": {c.Verdict("V4", "", "vb_delta"), `IF(ISNUMBER(V4),IF(ROUND(V4,9)<-ROUND(vb_delta,9),"Regret",` +
			`IF(ABS(ROUND(V4,9))<=ROUND(vb_delta,9),"Borderline","Worth it")),"–")`},
		"lead over a rival not asked": {c.Lead(1), `"–"`},
		"copy":                        {Copy("A1", "x"), `IF(ISNUMBER(A1),A1,"x")`},
		"text":                        {Text(`a "b" =1`), `"a ""b"" =1"`},
		"rank of points":              {Rank("V4", "$V$4:$V$9", false, words), `IF(ISNUMBER(V4),(COUNTIF($V$4:$V$9,">"&V4+5E-10)+COUNTIF($V$4:$V$9,">="&V4-5E-10)+1)/2,"–")`},
	} {
		if x.got != x.want {
			t.Errorf("%s:\n got %s\nwant %s", name, x.got, x.want)
		}
	}
}

// Every formula has closed brackets and quotes, names no function that one of
// the three programs lacks, and holds no number that a locale could misread.
func TestFormulasAreWellFormed(t *testing.T) {
	c, money := customer(), customer()
	money.Money, money.Minimum = true, "1"
	x, y := Axis{"X4", "vb_x_threshold", "vb_x_band"}, Axis{"Y4", "vb_y_threshold", "vb_y_band"}
	for _, f := range []string{
		c.Score(c.Benefits), c.Coverage(), c.Value("T4", "U4"), c.Ratio("T4", "U4", "V4"), c.Lead(0), c.Relative(), money.Lead(0), money.Relative(),
		c.Verdict("V4", "Y4:Z4", "vb_delta"), c.Index("T4", "U4", "V4", "vb_benefit_share", "vb_mean_utility"),
		Class(x, y, [4]string{"vb_class_1", "vb_class_2", "vb_class_3", "vb_class_4"}, words), Border(x, y, words),
		Threshold("vb_x_setting", "D!$X$4:$X$9", 50, math.NaN(), false, words), Threshold("vb_x_setting", "D!$X$4:$X$9", 0, 12.5, true, words),
		MoneyBand("vb_border_band_money", "D!$X$4:$X$9", words), MeanBeside("A1:A9", "C1:C9", words), Rank("V4", "$V$4:$V$9", true, words), Mean("A1:A9", words), MeanRatio("A1:A9", "B1:B9", "C1:C9", words),
		MeanUtility("A1:A9", "B1:B9", "C1:C9", "vb_benefit_share", words), MeanWhere(`(A1:A9="x")`, "B1:B9", words), Count("A1:A9", `"x"`), Share("A1", "6"), Point("A1", "B1", "C1", "D1"),
	} {
		checkFormula(t, f)
	}
}

var functions = map[string]bool{}

func init() {
	for _, name := range strings.Fields("IF IFERROR AND OR ISNUMBER COUNT COUNTIF SUM SUMPRODUCT AVERAGE MEDIAN QUARTILE MIN MAX ABS ROUND NA") {
		functions[name] = true
	}
}

func checkFormula(t *testing.T, f string) {
	t.Helper()
	depth, quoted, word := 0, false, ""
	for _, r := range f {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '(':
			if word != "" && !functions[word] {
				t.Errorf("function %s in %s", word, f)
			}
			depth++
		case r == ')':
			depth--
		}
		if r >= 'A' && r <= 'Z' {
			word += string(r)
		} else {
			word = ""
		}
		if depth < 0 {
			t.Errorf("brackets of %s", f)
		}
	}
	if depth != 0 || quoted || strings.Contains(f, "NaN") || strings.HasPrefix(f, "=") {
		t.Errorf("not well formed: %s", f)
	}
}

func TestFits(t *testing.T) {
	c := customer()
	for range 60 {
		c.Benefits.Terms = append(c.Benefits.Terms, c.Benefits.Terms[0])
	}
	if f := c.Relative(); Fits(f) {
		t.Errorf("%d characters fit", len(f))
	}
	if f := customer().Relative(); !Fits(f) {
		t.Errorf("%d characters do not fit", len(f))
	}
}
