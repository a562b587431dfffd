package report

import (
	"math"
	"strings"
	"sync"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Whys returns what appends the text of [Report.Why] of customer i to a buffer,
// for tables of very many customers: the sentences are written once, with gaps
// that names and points go into. text writes a message; what is returned may be
// used by several goroutines.
func (r *Report) Whys(text func(dataset.Message) string) func(to []byte, i int) []byte {
	w := &whys{r: r, text: text, changes: map[quadrant.Nearest]string{}}
	if r.Results.Value != nil && text(dataset.Msg("why.sentences", dataset.Str(gaps[:1]))) == gaps[:1] {
		w.prepare()
	}
	return w.append
}

// gaps are characters that no text holds: they stand for the lists of pluses and
// minuses where a sentence is written with gaps.
const gaps = "\x01\x02"

// writtenPoints is the largest number of points that is written beforehand.
const writtenPoints = 150

// mostChanges is how many sentences about changes are remembered.
const mostChanges = 20_000

// whys writes the texts of many customers.
type whys struct {
	r     *Report
	text  func(dataset.Message) string
	forms map[[2]bool][]string // by whether there are pluses and minuses: pieces, gaps among them
	// drivers holds "Price (+11)" by attribute and by points from -writtenPoints.
	drivers [][]string

	lock    sync.RWMutex
	changes map[quadrant.Nearest]string // the sentence about a change
}

// prepare writes the sentences with gaps, and the drivers.
func (w *whys) prepare() {
	kind, forms := w.r.driverKind(), map[[2]bool][]string{}
	up, down := dataset.Str(gaps[:1]), dataset.Str(gaps[1:])
	for which, message := range map[[2]bool]dataset.Message{
		{true, true}:   dataset.Msg("why."+kind+".both", up, down),
		{true, false}:  dataset.Msg("why."+kind+".plus", up),
		{false, true}:  dataset.Msg("why."+kind+".minus", down),
		{false, false}: dataset.Msg("why." + kind + ".equal"),
	} {
		sentence := w.text(message)
		if strings.Contains(sentence, "%") {
			return // such a sign follows a number, and may stand away from it
		}
		forms[which] = pieces(sentence)
	}
	w.forms = forms
	for _, attribute := range w.r.Dataset.Attributes {
		texts := make([]string, 0, 2*writtenPoints+1)
		for points := -writtenPoints; points <= writtenPoints; points++ {
			texts = append(texts, w.driver(attribute.Label, float64(points)))
		}
		w.drivers = append(w.drivers, texts)
	}
}

// pieces parts a sentence into its gaps and what stands between them.
func pieces(sentence string) []string {
	var out []string
	for sentence != "" {
		at := strings.IndexAny(sentence, gaps)
		switch {
		case at < 0:
			return append(out, sentence)
		case at > 0:
			out = append(out, sentence[:at])
		}
		out, sentence = append(out, sentence[at:at+1]), sentence[at+1:]
	}
	return out
}

func (w *whys) driver(label string, points float64) string {
	return w.text(dataset.Message{Args: []dataset.Quantity{{Unit: dataset.Drivers, List: []string{label}, Values: []float64{points}}}})
}

// append appends the text of a customer.
func (w *whys) append(to []byte, i int) []byte {
	v := w.r.Results.Value
	if w.forms == nil || v.Own.Why[i] != value.Fine || v.Market != nil && math.IsNaN(v.Relative[i]) {
		return append(to, w.text(w.r.Why(i))...)
	}
	pluses, minuses := w.r.Results.Why(w.r.Dataset, i)
	for _, piece := range w.forms[[2]bool{len(pluses) > 0, len(minuses) > 0}] {
		switch piece {
		case gaps[:1]:
			to = w.list(to, pluses)
		case gaps[1:]:
			to = w.list(to, minuses)
		default:
			to = append(to, piece...)
		}
	}
	if change := w.change(i); change != "" {
		to = append(append(to, ' '), change...)
	}
	return to
}

// list appends drivers, rounded as their unit is.
func (w *whys) list(to []byte, drivers []analysis.Driver) []byte {
	for k, d := range drivers {
		if k > 0 {
			to = append(to, ", "...)
		}
		points := math.Round(d.Points + math.Copysign(1e-9, d.Points))
		if math.Abs(points) > writtenPoints {
			to = append(to, w.driver(w.r.Dataset.Attributes[d.Attribute].Label, d.Points)...)
			continue
		}
		to = append(to, w.drivers[d.Attribute][int(points)+writtenPoints]...)
	}
	return to
}

// change returns the sentence about the change that leads to another class, ""
// for none.
func (w *whys) change(i int) string {
	q := w.r.Results.Quadrant
	if q == nil {
		return ""
	}
	near := q.Nearest(i)
	if q.Class[i] == quadrant.NotClassified || !near.Found || math.IsNaN(near.To) || math.IsNaN(near.From) {
		if message := w.r.nearest(i); !message.IsZero() {
			return w.text(message)
		}
		return ""
	}
	w.lock.RLock()
	known, ok := w.changes[near]
	w.lock.RUnlock()
	if ok {
		return known
	}
	sentence := w.text(w.r.nearest(i))
	w.lock.Lock()
	defer w.lock.Unlock()
	if len(w.changes) < mostChanges {
		w.changes[near] = sentence
	}
	return sentence
}
