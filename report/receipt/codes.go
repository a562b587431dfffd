package receipt

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// Codes returns the codes of all findings that a catalogue has texts for, sorted: those with a text of what to do.
func Codes(c *wording.Catalogue) []string {
	var codes []string
	for _, key := range c.Codes() {
		code, is := strings.CutPrefix(key, "finding.")
		if code, fixed := strings.CutSuffix(code, ".fix"); is && fixed {
			codes = append(codes, code)
		}
	}
	return codes
}

// An Explanation says what a finding means, whatever workbook it is about; dots stand for what differs.
type Explanation struct {
	Problem, Want, Fix string
}

// mostArguments is how many arguments the texts of a finding have at most.
const mostArguments = 8

// Meaning explains a code. The texts are empty where the catalogue has none.
func Meaning(words *wording.Writer, code string) Explanation {
	args := make([]dataset.Quantity, mostArguments)
	for i := range args {
		args[i] = dataset.Str("…")
	}
	text := func(key string) string {
		if !words.Has(key) {
			return ""
		}
		return words.Text(dataset.Msg(key, args...))
	}
	key := "finding." + code
	return Explanation{Problem: text(key), Want: text(key + ".want"), Fix: text(key + ".fix")}
}
