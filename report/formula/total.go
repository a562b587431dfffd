package formula

// RankLimit is the number of rows up to which ranks are live.
const RankLimit = 20000

// Rank returns the formula of the mean rank among all values, 1 = best
// (METHOD 3.10). Values closer than the ninth decimal are tied.
//
// Note: COUNTIF is the faster way but compares with a number written as text,
// whose 15 digits suffice for index points, not for amounts of money.
func Rank(value, values string, money bool, w Words) string {
	rank := "(COUNTIF(" + values + `,">"&` + value + "+5E-10)+COUNTIF(" + values + `,">="&` + value + "-5E-10)+1)/2"
	if money {
		count := func(test string) string { return "SUMPRODUCT(ISNUMBER(" + values + ")*(" + values + test + "))" }
		rank = "(" + count(">"+value+"+5E-10") + "+" + count(">="+value+"-5E-10") + "+1)/2"
	}
	return "IF(ISNUMBER(" + value + ")," + rank + "," + Text(w.Missing) + ")"
}

// Mean returns the formula of the mean of the numbers of a range.
func Mean(values string, w Words) string {
	return "IF(COUNT(" + values + ")>0,AVERAGE(" + values + ")," + Text(w.Missing) + ")"
}

// MeanBeside returns the formula of the mean of B or C over the customers with a
// value, so that the means of both differ by the mean value; where nobody has a
// value it is the mean of all numbers of the range (METHOD 1).
func MeanBeside(scores, values string, w Words) string {
	return "IF(COUNT(" + values + ")>0,SUMPRODUCT(ISNUMBER(" + values + ")*1," + scores + ")/COUNT(" + values + ")," + Mean(scores, w) + ")"
}

// MeanRatio returns the formula of sum B / sum C over the customers with a
// finite ratio (METHOD 1).
func MeanRatio(benefits, costs, ratios string, w Words) string {
	sum := func(of string) string { return "SUMPRODUCT(ISNUMBER(" + ratios + ")*1," + of + ")" }
	return "IFERROR(" + sum(benefits) + "/" + sum(costs) + "," + Text(w.Missing) + ")"
}

// MeanUtility returns the formula of the mean U over the customers with a value
// (METHOD 3.11).
func MeanUtility(benefits, costs, values, share string, w Words) string {
	mean := func(of string) string {
		return "SUMPRODUCT(ISNUMBER(" + values + ")*1," + of + ")/COUNT(" + values + ")"
	}
	return "IF(COUNT(" + values + ")>0," + share + "*" + mean(benefits) + "+(1-" + share + ")*(100-" + mean(costs) + ")," + Text(w.Missing) + ")"
}

// Count returns the formula of how often a text stands in a range; text is a
// cell or a text in quotes.
func Count(values, text string) string {
	return "SUMPRODUCT((" + values + "=" + text + ")*1)"
}

// Share returns the formula of a share of counted rows.
func Share(part, whole string) string { return "IF(" + whole + ">0," + part + "/" + whole + ",0)" }

// MeanWhere returns the formula of the mean of the numbers of a range in the
// rows that a test, such as (A1:A9="North"), picks.
func MeanWhere(test, values string, w Words) string {
	return "IFERROR(SUMPRODUCT(" + test + "*ISNUMBER(" + values + ")," + values + ")/SUMPRODUCT(" + test + "*ISNUMBER(" + values + "))," + Text(w.Missing) + ")"
}
