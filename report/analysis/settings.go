package analysis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Set sets one option by its name, from text as people write it ("0.6",
// "60 %", "yes"). An unknown name is an error that names the nearest one; a
// value without meaning is an error and changes nothing.
func (o *Options) Set(name, text string) error {
	key := strings.ToLower(strings.TrimSpace(name))
	for _, f := range fields {
		if f.name == key {
			return named(name, f.set(o, text))
		}
	}
	switch {
	case strings.HasPrefix(key, "threshold."):
		return named(name, o.setThreshold(strings.TrimPrefix(key, "threshold."), text))
	case strings.HasPrefix(key, "class_name."):
		return named(name, o.setClassName(strings.TrimPrefix(key, "class_name."), text))
	case strings.HasPrefix(key, "weight."):
		return named(name, o.setWeight(strings.TrimSpace(name)[len("weight."):], text))
	case strings.HasPrefix(key, segmentPrefix):
		return named(name, o.setSegment(strings.TrimSpace(name)[len(segmentPrefix):], text))
	}
	return fmt.Errorf("setting %q is not known; the nearest is %q", name, nearest(key, names()))
}

func named(name string, err error) error {
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

func (o *Options) setThreshold(measure, text string) error {
	var m quadrant.Measure
	if err := oneOf(measure, quadrant.Measures, &m); err != nil {
		return err
	}
	var t Threshold
	modes := []quadrant.Mode{quadrant.Fixed, quadrant.Median, quadrant.Mean, quadrant.TopShare}
	if err := oneOf(text, modes, &t.Mode); err != nil {
		x, wrong := parse(text)
		if wrong != nil {
			return fmt.Errorf("%q is neither a number nor one of fixed, median, mean, top-share", text)
		}
		t = Threshold{Mode: quadrant.Custom, Value: x}
	}
	if o.Thresholds = cloned(o.Thresholds); o.Thresholds == nil {
		o.Thresholds = map[quadrant.Measure]Threshold{}
	}
	o.Thresholds[m] = t
	return nil
}

func (o *Options) setClassName(class, text string) error {
	if !slices.Contains(classes, class) {
		return fmt.Errorf("%q is not a class; the nearest is %q", class, nearest(class, classes))
	}
	if o.ClassNames = cloned(o.ClassNames); o.ClassNames == nil {
		o.ClassNames = map[string]string{}
	}
	if o.ClassNames[class] = strings.TrimSpace(text); o.ClassNames[class] == "" {
		delete(o.ClassNames, class)
	}
	return nil
}

func (o *Options) setWeight(attribute, text string) error {
	w, err := parse(text)
	if err != nil || w < 0 {
		return fmt.Errorf("%q is not a number from 0", text)
	}
	if o.Weights = cloned(o.Weights); o.Weights == nil {
		o.Weights = map[string]float64{}
	}
	o.Weights[attribute] = w
	return nil
}

// cloned copies a map, so that options copied by value do not share it.
func cloned[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return nil
	}
	out := make(map[K]V, len(m)+1)
	for k, v := range m {
		out[k] = v
	}
	return out
}

// List returns every option with its value: those of fixed names in the order
// of METHOD, then thresholds, class names, weights and segments that were set.
func (o Options) List() []Setting {
	usual := DefaultOptions()
	var out []Setting
	for _, f := range fields {
		q := f.get(&o)
		was := f.get(&usual)
		out = append(out, setting(f.name, q, f.method, q.Value == was.Value && q.Text == was.Text))
	}
	for _, m := range quadrant.Measures {
		t, set := o.Thresholds[m]
		q := dataset.TermOf("mode." + string(t.Mode))
		if t.Mode == quadrant.Custom {
			q = dataset.Num(t.Value, dataset.Number)
		}
		if set && t.Mode != "" {
			out = append(out, setting("threshold."+string(m), q, "4.3", false))
		}
	}
	for _, class := range classes {
		if name, ok := o.ClassNames[class]; ok {
			out = append(out, setting("class_name."+class, dataset.Str(name), "4.7", false))
		}
	}
	for _, id := range sortedKeys(o.Weights) {
		out = append(out, setting("weight."+id, dataset.Num(o.Weights[id], dataset.Number), "0.2", false))
	}
	for _, name := range sortedKeys(o.RFMSegments) {
		out = append(out, setting(segmentPrefix+name, dataset.Str(o.RFMSegments[name]), "6.4", false))
	}
	return out
}

func setting(name string, q dataset.Quantity, method string, usual bool) Setting {
	return Setting{name, q, method, usual, settable(q)}
}

// settable returns the text that Set takes for a value.
func settable(q dataset.Quantity) string {
	switch q.Unit {
	case dataset.Text:
		return q.Text
	case dataset.Term:
		if q.Text == "axes.from-data" {
			return ""
		}
		return q.Text[strings.LastIndex(q.Text, ".")+1:]
	}
	return strconv.FormatFloat(q.Value, 'g', -1, 64)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Validate reports the first option that has no meaning, by its name.
func (o Options) Validate() error {
	for _, f := range fields {
		if q := f.get(&o); q.Unit != dataset.Term && q.Unit != dataset.Text {
			if err := f.set(&Options{}, strconv.FormatFloat(q.Value, 'g', -1, 64)); err != nil {
				return named(f.name, err)
			}
		}
	}
	if o.FairValue == value.Importance && o.BenefitShare == 1 {
		return fmt.Errorf("setting benefit_share: 1 makes the importance line vertical")
	}
	for m, t := range o.Thresholds {
		if t.Mode == quadrant.Custom && (math.IsNaN(t.Value) || math.IsInf(t.Value, 0)) {
			return fmt.Errorf("setting threshold.%s: not a number", m)
		}
	}
	return nil
}

// names returns the names that a misspelt one is compared with.
func names() []string {
	var all []string
	for _, f := range fields {
		all = append(all, f.name)
	}
	for _, m := range quadrant.Measures {
		all = append(all, "threshold."+string(m))
	}
	for _, class := range classes {
		all = append(all, "class_name."+class)
	}
	return append(all, "weight.ATTRIBUTE", segmentPrefix+"NAME")
}

// nearest returns the candidate with the smallest edit distance, the first of
// equal ones.
func nearest(word string, candidates []string) string {
	best, least := "", math.MaxInt
	for _, c := range candidates {
		if d := editDistance(word, strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
