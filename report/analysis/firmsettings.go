package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// Fixed identifiers of what counts as frequency and as amount (METHOD 6.1).
const (
	FrequencyOrders = "orders"
	FrequencyDays   = "days"
	AmountSum       = "sum"
	AmountMean      = "mean"
)

// segmentPrefix begins the settings that change rows of the segment table.
const segmentPrefix = "rfm_segment."

// NoSegment in place of ranges takes a row out of the segment table.
const NoSegment = "none"

// firmFields lists the options of value to the firm, in the order of METHOD.
var firmFields = []field{
	whole("horizon", "5", 1, 600, func(o *Options) *int { return &o.Horizon }),
	number("discount", "5", dataset.Share, 0, 1, func(o *Options) *float64 { return &o.Discount }),
	{"margin", "5", marginOf, setMargin},
	{"windows", "5.1",
		func(o *Options) dataset.Quantity { return dataset.Str(joined(o.Windows)) },
		func(o *Options, text string) error { return setWindows(o, text) }},
	{"rfm_mode", "6.2",
		func(o *Options) dataset.Quantity { return dataset.TermOf("rfm-mode." + string(o.RFMMode)) },
		func(o *Options, text string) error {
			return oneOf(text, []rfm.Mode{rfm.Usual, rfm.Compatible}, &o.RFMMode)
		}},
	{"rfm_frequency", "6.1",
		func(o *Options) dataset.Quantity { return dataset.TermOf("rfm-frequency." + o.RFMFrequency) },
		func(o *Options, text string) error {
			return oneOf(text, []string{FrequencyOrders, FrequencyDays}, &o.RFMFrequency)
		}},
	{"rfm_monetary", "6.1",
		func(o *Options) dataset.Quantity { return dataset.TermOf("rfm-monetary." + o.RFMMonetary) },
		func(o *Options, text string) error {
			return oneOf(text, []string{AmountSum, AmountMean}, &o.RFMMonetary)
		}},
	{"rfm_weights", "6.3",
		func(o *Options) dataset.Quantity { return dataset.Str(weightsText(o.RFMWeights)) },
		setRFMWeights},
}

// Uses reports whether a setting is worth telling: one that was changed, or one
// that a figure rests on. Lifetime value and scores rest on purchases or
// contracts; amounts that nobody gave on nothing.
func (r *Results) Uses(s Setting) bool {
	named := func(f field) bool { return f.name == s.Name }
	switch {
	case !s.Default:
		return true
	case slices.ContainsFunc(amounts, named):
		return false
	case slices.ContainsFunc(firmFields, named):
		return r.Purchases != nil || r.Lifetime != nil
	}
	return true
}

func marginOf(o *Options) dataset.Quantity {
	if o.Margin == 0 {
		return dataset.TermOf("margin.none")
	}
	return dataset.Num(o.Margin, dataset.Share)
}

// setMargin reads a share of revenue. Nothing can be earned with a margin of
// zero or below, so it is no setting (METHOD 5.5).
func setMargin(o *Options, text string) error {
	if plain := strings.TrimSpace(text); plain == "" || strings.EqualFold(plain, "none") {
		o.Margin = 0
		return nil
	}
	x, err := parse(text)
	if err == nil && !(x > 0 && x <= 1) {
		err = fmt.Errorf("%q is not a share above 0 and up to 100 %%, or none", text)
	}
	if err == nil {
		o.Margin = x
	}
	return err
}

func joined(months []int) string {
	texts := make([]string, len(months))
	for i, m := range months {
		texts[i] = strconv.Itoa(m)
	}
	return strings.Join(texts, ", ")
}

// setWindows reads numbers of months; they are kept ascending, each once.
func setWindows(o *Options, text string) error {
	var months []int
	for _, part := range listed(text) {
		m, err := strconv.Atoi(part)
		if err != nil || m < 1 || m > 600 {
			return fmt.Errorf("%q is not a list of whole months from 1 to 600, such as 3, 6, 12, 24", text)
		}
		months = append(months, m)
	}
	if len(months) == 0 {
		return fmt.Errorf("%q is not a list of whole months from 1 to 600, such as 3, 6, 12, 24", text)
	}
	slices.Sort(months)
	o.Windows = slices.Compact(months)
	return nil
}

// listed splits a list at commas, semicolons and spaces.
func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; \t\u00a0", r) })
}

func weightsText(weights [3]float64) string {
	texts := make([]string, len(weights))
	for k, w := range weights {
		texts[k] = strconv.FormatFloat(w, 'g', -1, 64)
	}
	return strings.Join(texts, "; ")
}

func setRFMWeights(o *Options, text string) error {
	parts := strings.Split(text, ";")
	if len(parts) == 1 {
		parts = listed(text)
	}
	var weights [3]float64
	sum := 0.0
	for k, part := range parts {
		w, err := parse(part)
		if err != nil || w < 0 || len(parts) != len(weights) {
			return fmt.Errorf("%q is not three numbers from 0, such as 1; 1; 1", text)
		}
		weights[k] = w
		sum += w
	}
	if !(sum > 0) {
		return fmt.Errorf("%q has no weight above 0", text)
	}
	o.RFMWeights = weights
	return nil
}

// setSegment changes a row of the segment table, adds one, or takes one out
// ("none"). An empty text undoes the change, and so do the ranges of a shipped
// table: a Parameters sheet that lists them all changes nothing.
func (o *Options) setSegment(name, text string) error {
	name, plain := segmentName(name), strings.TrimSpace(text)
	if name == "" || name == rfm.Others {
		return fmt.Errorf("a segment needs a name of its own")
	}
	if plain != "" && !strings.EqualFold(plain, NoSegment) {
		row, err := rfm.ParseSegment(plain)
		if err != nil {
			return fmt.Errorf("%q is %w", text, err)
		}
		if plain = row.Ranges(); shipped(name, plain) {
			plain = ""
		}
	}
	if o.RFMSegments = cloned(o.RFMSegments); o.RFMSegments == nil {
		o.RFMSegments = map[string]string{}
	}
	if o.RFMSegments[name] = strings.ToLower(plain); plain == "" {
		delete(o.RFMSegments, name)
	}
	return nil
}

// shipped reports whether a shipped table has a segment with these ranges; any
// ranges where they are "".
func shipped(id, ranges string) bool {
	return slices.ContainsFunc(slices.Concat(rfm.DefaultSegments(), rfm.CompatibleSegments()), func(s rfm.Segment) bool {
		return s.ID == id && (ranges == "" || s.Ranges() == ranges)
	})
}

// segmentName returns the identifier of a row of the shipped tables, or the name
// as the user writes it.
func segmentName(name string) string {
	id := strings.NewReplacer(" ", "_", "-", "_", "'", "").Replace(strings.ToLower(strings.TrimSpace(name)))
	if id == rfm.Others || shipped(id, "") {
		return id
	}
	return strings.TrimSpace(name)
}

// segmentTable returns the table in use: that of the mode, with the user's rows.
// Rows that only the user has come first, in the order of their names; a
// customer goes to the first row that holds it.
func (o Options) segmentTable() []rfm.Segment {
	usual := rfm.SegmentsOf(o.RFMMode)
	var table []rfm.Segment
	for _, name := range sortedKeys(o.RFMSegments) {
		if shipped(name, "") || o.RFMSegments[name] == NoSegment {
			continue // below, or of the other mode's table
		}
		if row, err := rfm.ParseSegment(o.RFMSegments[name]); err == nil {
			row.Name = name
			table = append(table, row)
		}
	}
	for _, s := range usual {
		text, changed := o.RFMSegments[s.ID]
		if text == NoSegment {
			continue
		}
		if row, err := rfm.ParseSegment(text); changed && err == nil {
			s.R, s.F, s.M = row.R, row.F, row.M
		}
		table = append(table, s)
	}
	return table
}
