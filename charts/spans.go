package charts

import "valuebook/report"

// nameShare returns the share of the width that the longest name of a field
// needs in a small chart, 0 in a large one, where all find room.
func (p *scatterPlan) nameShare() float64 {
	if !p.chart.Compact || !p.fields() {
		return 0
	}
	widest, f := 0.0, p.strong
	f.size = 6.5
	for _, name := range p.chart.Fields {
		widest = max(widest, p.measure(p.words.Text(name), f))
	}
	return min((widest+2*nameMargin*f.size)/(0.72*p.width), 0.46)
}

// bothSides widens the span of an axis so that the fields on either side of
// its threshold are seen, also where all points lie on one side: each with at
// least a share of the whole.
func bothSides(s span, a report.Axis, data span, least float64) span {
	if !a.HasThreshold || !drawable(a.Threshold) {
		return s
	}
	share := max(least, 0.12) // of the whole, at least, on either side
	if data.empty() || data.lo >= a.Threshold || data.hi < a.Threshold {
		share = 0.35
	}
	// With the threshold at the share from an end, that end is as far away as
	// the other times share / (1 - share).
	part := share / (1 - share)
	below, above := a.Threshold-s.lo, s.hi-a.Threshold
	return span{a.Threshold - max(below, above*part), a.Threshold + max(above, below*part)}
}

// fullSpan returns the span of an axis: its scale where it has one, widened
// to what is drawn on it.
func fullSpan(a report.Axis, data span) span {
	scaled := a.Hi > a.Lo
	if a.HasThreshold {
		data = data.with(a.Threshold)
	}
	if scaled {
		return data.with(a.Lo, a.Hi).open()
	}
	return data.open().pad(0.08)
}

// mapSpan returns the span of an axis of the value map: the offers with some
// room, and the reference of 100 among them. It is no narrower than half the
// zone on either side of 100, lest offers that are alike look far apart.
func mapSpan(a report.Axis, data span, zone float64) span {
	if a.Hi > a.Lo {
		return fullSpan(a, data)
	}
	return data.with(100, 100-zone/2, 100+zone/2).open().pad(0.15)
}
