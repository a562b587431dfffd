package annotate

import (
	"math"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// was returns what holds without a setting, nil when nothing does. The next run
// takes a value for the user's wish only where it differs: a value that nobody
// chose must not hold on to what the data said today, or to this language.
func (p *planner) was(s setting, usual any) any {
	if given, ok := p.givenSetting(s.key); ok {
		if given.Was != "" {
			return given.Was
		}
		return s.value // a sheet of the user's own says so, and will say so again
	}
	o := p.res.Options
	switch family, of := cutKey(s.key); family {
	case "threshold":
		if t, set := o.Thresholds[quadrant.Measure(of)]; set && t.Mode != "" {
			return p.usualThreshold(of)
		}
	case "class_name":
		if o.ClassNames[of] != "" {
			return p.term("class." + of)
		}
	case "rfm_segment":
		if text, set := o.RFMSegments[of]; set {
			return usualSegment(o, of, text)
		}
	case "axes":
		if q := p.quadrantResult(); q.Pair.X == o.Axes[0] && q.Pair.Y == o.Axes[1] {
			return "from-data"
		}
	default:
		if usual != nil {
			return usual
		}
	}
	return s.value
}

// usualThreshold is the threshold of an axis when nobody sets one.
func (p *planner) usualThreshold(measure string) any {
	q := p.quadrantResult()
	if string(q.X.Measure) == measure {
		return fixedThreshold(q.X)
	}
	return fixedThreshold(q.Y)
}

// usualSegment returns what a segment of scores has without a setting: the ranges
// of the mode's table, or nothing for a row that only the user has.
func usualSegment(o analysis.Options, id, text string) any {
	for _, s := range rfm.SegmentsOf(o.RFMMode) {
		if s.ID == id {
			return s.Ranges()
		}
	}
	if text == analysis.NoSegment {
		return nil
	}
	return analysis.NoSegment
}

// givenSetting returns what the Parameters sheet that was read says of a key.
func (p *planner) givenSetting(key string) (dataset.Setting, bool) {
	for i := len(p.d.Settings) - 1; i >= 0; i-- {
		if p.d.Settings[i].Name == key {
			return p.d.Settings[i], true
		}
	}
	return dataset.Setting{}, false
}

// wasWeights writes the weight and the scale that an attribute has without the
// Parameters sheet.
func (p *planner) wasWeights(s *page, row, a int, weight, usual float64) {
	id, style := p.d.Attributes[a].ID, sheets.Style{Role: sheets.Fine, Center: true}
	var was any = usual
	if given, ok := p.givenSetting("weight." + id); ok && given.Was != "" {
		was = given.Was
	} else if ok {
		was = weight
	}
	s.put(row, 10, was, style)
	scale := p.d.Attributes[a].Scale
	if !scale.Bounded() {
		return
	}
	ends := scaleEnds(scale)
	for _, key := range []string{"scale_lo.", "scale_hi."} {
		if given, ok := p.givenSetting(key + id); ok && given.Was != "" {
			ends = given.Was
		}
	}
	style.Format = sheets.AsText
	s.put(row, 11, ends, style)
}

// scaleEnds writes the ends of a scale so that reading knows them again.
func scaleEnds(s dataset.Scale) string { return plain(s.Lo) + ":" + plain(s.Hi) }

// effective returns the weights that count where some are given: equal ones on
// a side where none is (METHOD 0.2).
func (p *planner) effective(raw []float64) []float64 {
	for _, side := range p.attributes {
		given := false
		for _, a := range side {
			given = given || !math.IsNaN(raw[a])
		}
		for _, a := range side {
			switch {
			case p.money() || !given:
				raw[a] = 1
			case !(raw[a] > 0) || math.IsInf(raw[a], 1):
				raw[a] = 0
			}
		}
	}
	return raw
}
