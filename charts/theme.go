package charts

import "valuebook/report"

// A Theme is the colours ("#RRGGBB") and text sizes (points) of charts.
type Theme struct {
	Text, Secondary, Rule string    // near-black, small print, hairlines
	Accent, Alert         string    // ours; only for something to act on
	Classes               [4]string // by place: high/high, high/low, low/high, low/low
	Size, Strong          float64   // labels and ticks; names of fields
}

// DefaultTheme returns the colours and sizes of the report. The four classes
// differ in lightness, so that they are told apart in grey.
func DefaultTheme() Theme {
	return Theme{
		Text: "#1B1F24", Secondary: "#5B6570", Rule: "#D5DAE0",
		Accent: "#0B3C5D", Alert: "#B3261E",
		Classes: [4]string{"#0B3C5D", "#3B8EA5", "#E08E1B", "#B8BEC6"},
		Size:    7.5, Strong: 9,
	}
}

// Color returns the colour of a style.
func (t Theme) Color(s report.Style) string {
	switch s {
	case report.StyleHighHigh, report.StyleHighLow, report.StyleLowHigh, report.StyleLowLow:
		return t.Classes[s]
	case report.StyleOwn, report.StylePlus, report.StyleWatch:
		return t.Accent
	case report.StyleMinus:
		return t.Alert
	case report.StyleNone:
		return tint(t.Secondary, 0.65)
	}
	return t.Secondary // rivals, totals
}

// setBar sets the colours of a bar: outlined where a rival offers more, else
// filled.
func (t Theme) setBar(p pen, s report.Style) {
	p.fill(t.barColor(s), 1)
	if s == report.StyleWatch {
		p.stroke(t.Color(s), 1.1)
	} else {
		p.stroke("#FFFFFF", 0)
	}
}

// barColor returns the colour within a bar of a style.
func (t Theme) barColor(s report.Style) string {
	if s == report.StyleWatch {
		return "#FFFFFF"
	}
	return t.Color(s)
}

// bar draws a bar; an outline stays within the rectangle.
func (t Theme) bar(p pen, r Rect, s report.Style) {
	t.setBar(p, s)
	if s == report.StyleWatch {
		r = r.grow(-0.55)
		p.box(r)
		p.r.FillStroke()
		return
	}
	p.box(r)
	p.r.Fill()
}
