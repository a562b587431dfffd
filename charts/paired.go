package charts

import (
	"valuebook/report"
)

// drawPair draws one row of a comparison: a hairline from one mark to the
// other, the range of the others, their mark, ours on top.
func (p *rowsPlan) drawPair(pen pen, r row) {
	y := (r.top + r.bottom) / 2
	pen.stroke(tint(p.theme.Secondary, 0.55), 0.6)
	pen.line(p.at.X(r.Value), y, p.at.X(r.Other), y)
	if drawable(r.Lo) && drawable(r.Hi) && r.Hi > r.Lo {
		pen.stroke(tint(p.theme.Secondary, 0.45), 2.4)
		pen.line(p.at.X(r.Lo), y, p.at.X(r.Hi), y)
	}
	pen.setMark(report.StyleRival, true, p.theme)
	pen.shape(report.StyleRival, p.at.X(r.Other), y, 2.6)
	pen.r.FillStroke()
	pen.setMark(r.Style, false, p.theme)
	pen.shape(r.Style, p.at.X(r.Value), y, 2.9)
	pen.r.FillStroke()
}

// drawPairKey names both marks above the first row.
func (p *rowsPlan) drawPairKey(pen pen) {
	x, y := p.frame.X0, p.frame.Y0-5
	for i, style := range []report.Style{report.StyleOwn, report.StyleRival} {
		text := p.fit(p.words.Text(p.chart.Fields[i]), p.frame.X1-x-9, p.small)
		if text == "" {
			continue
		}
		pen.setMark(style, style == report.StyleRival, p.theme)
		pen.shape(style, x+3, y-p.small.size*0.34, 2.6)
		pen.r.FillStroke()
		pen.text(text, x+9, y, left, p.small)
		x += p.measure(text, p.small) + 22
	}
}
