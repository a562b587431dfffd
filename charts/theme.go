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
	case report.StyleOwn, report.StylePlus:
		return t.Accent
	case report.StyleMinus:
		return t.Classes[report.StyleLowHigh]
	}
	return t.Secondary // rivals, totals, not classified
}
