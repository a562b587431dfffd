package receipt

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// columns writes the columns that were used, one a line, and names those that only describe customers or were not used.
func (p *page) columns(t dataset.Table) {
	var used, profiles []dataset.Column
	var reasons []string
	rest := map[string][]dataset.Column{}
	for _, c := range t.Columns {
		switch c.Role {
		case dataset.ColumnProfile:
			profiles = append(profiles, c)
		case dataset.ColumnUnused:
			if rest[c.Why] == nil {
				reasons = append(reasons, c.Why)
			}
			rest[c.Why] = append(rest[c.Why], c)
		default:
			used = append(used, c)
		}
	}
	for _, c := range used {
		p.column(c, used)
	}
	p.named("receipt.profiles", profiles)
	for _, why := range reasons {
		if why == "" {
			p.named("receipt.unused-columns", rest[why])
			continue
		}
		p.named("receipt.unused-because", rest[why], dataset.TermOf("why-column."+why))
	}
}

// Widths of the columns' letters and headers on a line.
const (
	letterWidth   = 3
	widestHeading = 30
)

// column is one line: letters, header, what it was taken for.
func (p *page) column(c dataset.Column, all []dataset.Column) {
	heading := 0
	for _, other := range all {
		heading = max(heading, wide(cut(other.Header, widestHeading)))
	}
	before := "    " + pad(dataset.ColumnLetters(c.Col), letterWidth) + " " + pad(cut(c.Header, widestHeading), heading) + "  "
	after := strings.Repeat(" ", wide(before))
	p.wrap(before, after, strings.Join(p.meaning(c), ", "))
}

// meaning says what a column was taken for, and why.
func (p *page) meaning(c dataset.Column) []string {
	var more []string
	add := func(code string, args ...dataset.Quantity) { more = append(more, p.say(code, args...)) }
	add("role." + string(c.Role))
	if c.Role == dataset.ColumnRating && c.Side != "" {
		more = []string{p.say("receipt." + c.Side)}
	}
	if c.Attribute != "" && !strings.Contains(c.Header, c.Attribute) {
		add("receipt.attribute", dataset.Str(c.Attribute))
	}
	if c.Supplier != "" {
		add("receipt.supplier", dataset.Str(c.Supplier))
	}
	if c.Scale.Bounded() {
		add("receipt.scale", dataset.Num(c.Scale.Lo, dataset.Rating), dataset.Num(c.Scale.Hi, dataset.Rating))
	}
	if c.Down {
		add("receipt.down")
	}
	if c.Converted > 0 {
		add("receipt.column-converted", dataset.N(c.Converted))
	}
	switch {
	case c.Given != "":
		add("receipt.given", dataset.Str(c.Given))
	case c.Why != "" && !obvious[c.Why]:
		add("why-column." + c.Why)
	}
	if c.Given == "" && percent(c.Confidence) < 100 {
		more = append(more, Doubt(p.words, c))
	}
	return more
}

// obvious are the reasons that go without saying: the header names the role, or declares the rating.
var obvious = map[string]bool{"header": true, "declared": true}

// Doubt says how sure the reading of a column is and what else it could be.
func Doubt(words *wording.Writer, c dataset.Column) string {
	p := page{words: words}
	sure := dataset.Num(c.Confidence, dataset.Share)
	switch r := c.RunnerUp; {
	case r.Col > 0:
		return p.say("receipt.guess-column", sure, dataset.Str(dataset.ColumnLetters(r.Col)))
	case r.Scale.Bounded():
		return p.say("receipt.guess-scale", sure, dataset.Num(r.Scale.Lo, dataset.Rating), dataset.Num(r.Scale.Hi, dataset.Rating))
	case r.Side != "":
		return p.say("receipt.guess-else", sure, dataset.TermOf("receipt."+r.Side))
	case r.Role != "":
		return p.say("receipt.guess-else", sure, dataset.TermOf("role."+string(r.Role)))
	}
	return p.say("receipt.guess", sure)
}

// mostNamed is how many columns of one kind are named.
const mostNamed = 40

// named names columns in one paragraph: letters and header.
func (p *page) named(code string, columns []dataset.Column, args ...dataset.Quantity) {
	if len(columns) == 0 {
		return
	}
	var names []string
	for i, c := range columns {
		if i == mostNamed {
			names = append(names, "…")
			break
		}
		names = append(names, strings.TrimSpace(dataset.ColumnLetters(c.Col)+" "+cut(c.Header, widestHeading)))
	}
	p.wrap("    ", "      ", p.say(code, append([]dataset.Quantity{dataset.Str(strings.Join(names, ", "))}, args...)...))
}
