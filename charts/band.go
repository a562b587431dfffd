package charts

import (
	"valuebook/report"
	"valuebook/report/dataset"
)

// bandRemark says in small print how wide the border band is: within the lying
// band, at the end where no mark is in the way. There is none where the band is
// too narrow for it.
func (p *scatterPlan) bandRemark() (corner, bool) {
	text := p.bandText(p.chart.Y)
	if p.chart.Compact || text == "" || p.chart.Kind != report.QuadrantChart {
		return corner{}, false
	}
	f := font{size: p.small.size - 1, color: p.theme.Secondary}
	height, width := f.size*1.15, p.measure(text, f)
	middle := p.at.Y(p.chart.Y.Threshold)
	top, bottom := p.at.Y(p.chart.Y.Threshold+p.chart.Y.Band), p.at.Y(p.chart.Y.Threshold-p.chart.Y.Band)
	for _, place := range [...]struct{ x, from, to float64 }{
		{p.frame.X1 - width - 3, middle, bottom}, {p.frame.X1 - width - 3, top, middle},
		{p.frame.X0 + 3, middle, bottom}, {p.frame.X0 + 3, top, middle},
	} {
		y := (place.from + place.to - height) / 2
		box := Rect{place.x, y, place.x + width, y + height}
		if place.to-place.from >= height+1 && p.empty(box) {
			return corner{text, box, f}, true
		}
	}
	return corner{}, false
}

// bandText returns how near to a line is within its band, "" where there is
// none or the catalogue has no words for it.
func (p *scatterPlan) bandText(a report.Axis) string {
	code := "chart.band"
	switch a.Unit {
	case dataset.Points, dataset.SignedPoints, dataset.Index:
		code = "chart.band-points"
	}
	if !a.HasThreshold || a.Band <= 0 || !p.words.Has(code) {
		return ""
	}
	return p.words.Text(dataset.Msg(code, dataset.Num(a.Band, a.Unit)))
}

// empty reports whether no mark is within a rectangle.
func (p *scatterPlan) empty(box Rect) bool {
	box = box.grow(p.radius*reach + 1)
	for k := range p.chart.Group {
		for place := range p.chart.Group[k].All() {
			if drawable(place.X) && drawable(place.Y) && box.holds(p.at.X(place.X), p.at.Y(place.Y)) {
				return false
			}
		}
	}
	return true
}
