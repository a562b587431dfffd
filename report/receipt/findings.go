package receipt

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// Problem says what was found and what was expected.
func Problem(words *wording.Writer, f dataset.Finding) string {
	say := func(code string, args ...dataset.Quantity) string { return words.Text(dataset.Msg(code, args...)) }
	text := say("finding."+f.Code, f.Args...)
	if f.Got != "" {
		text = say("finding.with-got", dataset.Str(text), dataset.Str(f.Got))
	}
	if want := "finding." + f.Code + ".want"; words.Has(want) {
		text = say("finding.with-want", dataset.Str(text), dataset.Str(say(want, f.Args...)))
	}
	if f.Count > 1 && !saysCount(f) {
		text = say("finding.with-count", dataset.Str(text), dataset.N(f.Count))
	}
	return text
}

// saysCount reports whether the words of a finding begin with its count.
func saysCount(f dataset.Finding) bool {
	return len(f.Args) > 0 && f.Args[0].Unit == dataset.Count && f.Args[0].Value == float64(f.Count)
}

// Fix says what to do about a finding, "" where there is nothing to do.
func Fix(words *wording.Writer, f dataset.Finding) string {
	code := "finding." + f.Code + ".fix"
	if !words.Has(code) {
		return ""
	}
	return words.Text(dataset.Msg(code, f.Args...))
}

// alike is how many findings of one kind are written out; of the others only the places are named.
const alike = 3

// findings writes all findings, the gravest first, those of one kind together.
func (p *page) findings(all []dataset.Finding) {
	for severity := dataset.Stop; ; severity-- {
		var order []string
		kinds := map[string][]dataset.Finding{}
		for _, f := range all {
			if f.Severity != severity {
				continue
			}
			if kinds[f.Code] == nil {
				order = append(order, f.Code)
			}
			kinds[f.Code] = append(kinds[f.Code], f)
		}
		for _, code := range order {
			p.kind(kinds[code])
		}
		if severity == dataset.Note {
			return
		}
	}
}

// kind writes findings with one code.
func (p *page) kind(findings []dataset.Finding) {
	shown := findings
	if len(shown) > alike+1 {
		shown = shown[:alike]
	}
	for _, f := range shown {
		p.finding(f)
	}
	if rest := findings[len(shown):]; len(rest) > 0 {
		places := make([]string, 0, len(rest))
		for _, f := range rest {
			places = append(places, f.Place())
		}
		p.wrap("    ", "    ", p.say("receipt.more-findings", dataset.N(len(rest)), dataset.Str(strings.Join(abridged(places), ", "))))
	}
}

// mostPlaces is how many places of one kind are named.
const mostPlaces = 20

func abridged(places []string) []string {
	if len(places) <= mostPlaces {
		return places
	}
	return append(places[:mostPlaces:mostPlaces], "…")
}

// finding writes one finding: its severity and place, the problem, what to do.
func (p *page) finding(f dataset.Finding) {
	p.wrap("  ", "    ", p.say("receipt.finding", dataset.TermOf("severity."+f.Severity.String()), dataset.Str(f.Place()), dataset.Str(f.Code)))
	p.wrap("    ", "    ", Problem(p.words, f))
	if fix := Fix(p.words, f); fix != "" {
		p.wrap("    ", "    ", p.say("receipt.fix", dataset.Str(fix)))
	}
}
