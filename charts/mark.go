package charts

import "valuebook/report"

// Mark draws the mark of a style on a canvas, its centre at x, y: a circle,
// diamond, triangle or square by class, so that colour is never the only sign;
// a cross where there is no class.
// radius is half the mark's width in points.
func Mark(c Canvas, style report.Style, x, y, radius float64, theme Theme) {
	p := pen{&renderer{canvas: c}}
	p.setMark(style, false, theme)
	p.shape(style, x, y, radius)
	p.r.FillStroke()
}

// setMark sets the colours of a mark; open marks are outlines.
func (p pen) setMark(style report.Style, open bool, theme Theme) {
	tint := theme.Color(style)
	if open {
		p.fill("#FFFFFF", 1)
		p.stroke(tint, 0.9)
		return
	}
	p.fill(tint, 1)
	p.stroke("#FFFFFF", 0.4)
}

// shape adds the outline of a mark to the path. The shapes are scaled to look
// equally large.
func (p pen) shape(style report.Style, x, y, r float64) {
	switch style {
	case report.StyleHighLow, report.StyleRival:
		d := r * 1.25
		p.polygon(x, y-d, x+d, y, x, y+d, x-d, y)
	case report.StyleLowHigh:
		d := r * 1.2
		p.polygon(x, y-d, x+d, y+d*0.8, x-d, y+d*0.8)
	case report.StyleNone:
		p.cross(x, y, r*0.95, r*0.3)
	case report.StyleLowLow:
		d := r * 0.9
		p.polygon(x-d, y-d, x+d, y-d, x+d, y+d, x-d, y+d)
	default:
		p.r.Circle(r*perPoint, units(x), units(y))
	}
}

// cross adds an upright cross turned by an eighth: the sign of nothing, unlike
// any open mark.
func (p pen) cross(x, y, r, half float64) {
	p.polygon(x-r, y-r+half, x-r+half, y-r, x, y-half, x+r-half, y-r, x+r, y-r+half, x+half, y,
		x+r, y+r-half, x+r-half, y+r, x, y+half, x-r+half, y+r, x-r, y+r-half, x-half, y)
}

// reach is how far a mark of radius 1 goes from its centre.
const reach = 1.3
