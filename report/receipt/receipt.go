package receipt

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// Lines returns what was read from a workbook as lines of at most so many columns; only a word that is longer than a line is
// wider.
func Lines(d *dataset.Dataset, words *wording.Writer, width int) []string {
	p := &page{words: words, width: width}
	p.understood(d)
	if len(d.Findings) > 0 {
		p.title("receipt.problems")
		p.findings(d.Findings)
	}
	if len(d.Receipt.Tables)+len(d.Receipt.Unused) > 0 {
		p.title("receipt.reading")
	}
	for _, t := range d.Receipt.Tables {
		if t.Role != dataset.TableOther {
			p.table(t)
		}
	}
	p.unused(d.Receipt)
	return p.lines
}

// understood says in a few lines what the workbook is about and how many problems it has.
func (p *page) understood(d *dataset.Dataset) {
	r := d.Receipt
	p.wrap("", "  ", p.say("receipt.file", dataset.Str(r.File), dataset.TermOf("layout."+string(r.Layout))))
	if r.Converted != "" {
		p.wrap("  ", "  ", p.say("receipt.converted-file", dataset.Str(r.Converted)))
	}
	if r.Encoding != "" && r.Encoding != "UTF-8" {
		p.wrap("  ", "  ", p.say("receipt.encoding", dataset.Str(r.Encoding)))
	}
	for _, m := range about(d) {
		p.wrap("  ", "  ", p.words.Text(m))
	}
	if d.Period != "" {
		p.wrap("  ", "  ", p.say("receipt.period", dataset.Str(d.Period)))
	}
	p.wrap("  ", "  ", p.tally(d.Findings))
}

// about says how much of what was found.
func about(d *dataset.Dataset) []dataset.Message {
	var all []dataset.Message
	benefits, costs, amounts := sides(d.Attributes)
	money := d.Offers == nil && amounts > 0 && amounts == len(d.Attributes)
	if money { // and nothing else: the amounts are the benefits and costs
		for _, a := range d.Attributes {
			if a.Side == dataset.Cost {
				costs++
			}
		}
		benefits, amounts = len(d.Attributes)-costs, 0
	}
	n := []dataset.Quantity{dataset.N(benefits), dataset.N(costs)}
	switch customers := dataset.N(d.Customers.Len()); {
	case d.Offers != nil:
		all = append(all, dataset.Msg("receipt.about-offers", append([]dataset.Quantity{dataset.N(len(d.Offers.Name))}, n...)...))
	case len(d.Attributes) > 0 && len(d.Suppliers) > 1:
		code := "receipt.about-suppliers"
		if money {
			code = "receipt.about-money-suppliers"
		}
		all = append(all, dataset.Msg(code, customers, n[0], n[1], dataset.List(supplierNames(d)...)))
	case money:
		all = append(all, dataset.Msg("receipt.about-money", customers, n[0], n[1]))
	case len(d.Attributes) > 0:
		all = append(all, dataset.Msg("receipt.about-ratings", customers, n[0], n[1]))
	case d.Customers.Len() > 0 && d.Transactions.Len() == 0:
		all = append(all, dataset.Msg("receipt.about-customers", customers))
	}
	if amounts > 0 {
		all = append(all, dataset.Msg("receipt.about-amounts", dataset.N(amounts)))
	}
	if d.Transactions.Len() > 0 {
		all = append(all, dataset.Msg("receipt.about-purchases", dataset.N(d.Transactions.Len()), dataset.N(d.Customers.Len())))
	}
	if n := refunds(d.Transactions); n > 0 {
		all = append(all, dataset.Msg("receipt.about-refunds", dataset.N(n)))
	}
	if len(all) == 0 {
		all = append(all, dataset.Msg("receipt.about-nothing"))
	}
	return all
}

func refunds(t dataset.Transactions) int {
	n := 0
	for _, kind := range t.Kind {
		if kind == dataset.KindRefund {
			n++
		}
	}
	return n
}

func sides(attributes []dataset.Attribute) (benefits, costs, amounts int) {
	for _, a := range attributes {
		switch {
		case a.Money && !a.Scale.Bounded():
			amounts++
		case a.Side == dataset.Cost:
			costs++
		default:
			benefits++
		}
	}
	return benefits, costs, amounts
}

// mostSuppliers is how many suppliers are named.
const mostSuppliers = 6

func supplierNames(d *dataset.Dataset) []string {
	var names []string
	for i, s := range d.Suppliers {
		if i == mostSuppliers {
			return append(names, "…")
		}
		names = append(names, s.Name)
	}
	return names
}

// tally counts the findings by severity, and says whether the analysis can run.
func (p *page) tally(findings []dataset.Finding) string {
	if len(findings) == 0 {
		return p.say("receipt.no-findings")
	}
	count := map[dataset.Severity]int{}
	for _, f := range findings {
		count[f.Severity]++
	}
	var parts []string
	for severity := dataset.Stop; ; severity-- {
		if n := count[severity]; n > 0 {
			parts = append(parts, p.say("receipt.tally-"+severity.String(), dataset.N(n)))
		}
		if severity == dataset.Note {
			break
		}
	}
	code := "receipt.tally"
	if count[dataset.Stop] > 0 {
		code = "receipt.tally-stopped"
	}
	return p.say(code, dataset.List(parts...))
}

// table writes where a table stands, which rows of it were read, and its columns.
func (p *page) table(t dataset.Table) {
	p.wrap("  ", "    ", p.say("receipt.table", dataset.Str(t.Sheet), dataset.Str(area(t)),
		dataset.TermOf("table-role."+string(t.Role)), dataset.N(t.RowsRead)))
	p.aboutTable(t)
	for _, s := range skips(t.Skipped) {
		p.wrap("    ", "      ", p.say("receipt.skipped", dataset.Str(s.rows), dataset.TermOf("skip."+s.why)))
	}
	if t.Role != dataset.TableParameters { // whose columns have no role of their own
		p.columns(t)
	}
}

func (p *page) aboutTable(t dataset.Table) {
	var more []string
	add := func(code string, args ...dataset.Quantity) { more = append(more, p.say(code, args...)) }
	if n := len(t.HeaderRows); n > 0 {
		add("receipt.header", dataset.N(n), dataset.Str(spans(t.HeaderRows)))
	}
	if t.HiddenRows > 0 {
		add("receipt.hidden", dataset.N(t.HiddenRows))
	}
	if t.Converted > 0 {
		add("receipt.converted", dataset.N(t.Converted))
	}
	if t.Rejected > 0 {
		add("receipt.rejected", dataset.N(t.Rejected))
	}
	if t.Given != "" {
		add("receipt.given", dataset.Str(t.Given))
	} else if t.RunnerUp != "" && t.Confidence > 0 && t.Confidence < sure {
		add("receipt.table-else", dataset.Num(t.Confidence, dataset.Share), dataset.TermOf("table-role."+string(t.RunnerUp)))
	}
	p.wrap("    ", "      ", strings.Join(more, "; "))
}

// sure is the confidence from which another reading of a table is not worth a word.
const sure = 0.7

func area(t dataset.Table) string {
	return fmt.Sprintf("%s%d:%s%d", dataset.ColumnLetters(t.FirstCol), t.FirstRow, dataset.ColumnLetters(t.LastCol), t.LastRow)
}

// unused names the sheets and tables that were not used.
func (p *page) unused(r dataset.Receipt) {
	var names []string
	for _, t := range r.Tables {
		if t.Role == dataset.TableOther {
			names = append(names, dataset.QuoteSheet(t.Sheet)+"!"+area(t))
		}
	}
	for _, sheet := range r.Unused {
		names = append(names, dataset.QuoteSheet(sheet))
	}
	if len(names) > 0 {
		p.wrap("  ", "    ", p.say("receipt.unused", dataset.Str(strings.Join(names, ", "))))
	}
}

// skipped rows of one reason, as "3, 5-9".
type skipped struct{ rows, why string }

// skips joins the rows of one reason, in the order of their first row.
func skips(all []dataset.Skip) []skipped {
	var order []string
	rows := map[string][]int{}
	for _, s := range all {
		if rows[s.Why] == nil {
			order = append(order, s.Why)
		}
		rows[s.Why] = append(rows[s.Why], s.Row)
	}
	var joined []skipped
	for _, why := range order {
		joined = append(joined, skipped{rows: spans(rows[why]), why: why})
	}
	return joined
}

// mostSpans is how many runs of rows are named.
const mostSpans = 30

// spans writes ascending numbers with runs shortened: "3, 5-9".
func spans(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		if len(parts) == mostSpans {
			parts = append(parts, "…")
			break
		}
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		part := strconv.Itoa(rows[i])
		if j > i {
			part += "-" + strconv.Itoa(rows[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// percent rounds a share to a whole per cent for comparison.
func percent(x float64) float64 { return math.Round(100 * x) }
