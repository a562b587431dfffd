package charts

import (
	"valuebook/report"
	"valuebook/report/dataset"
)

// stackUnit returns what the numbers beside a stack count, "" where they say
// it themselves.
func (p *rowsPlan) stackUnit() string {
	const code = "chart.customers"
	if p.chart.Kind != report.StackedChart || !p.words.Has(code) {
		return ""
	}
	for _, b := range p.chart.Bars {
		if b.Text.Unit != dataset.Count {
			return ""
		}
	}
	return p.words.Term(code)
}

// drawStack draws the parts of a row as shares of the whole, each with its
// share where there is room.
func (p *rowsPlan) drawStack(pen pen, r row) {
	total := 0.0
	for _, part := range r.Parts {
		if drawable(part.Value) && part.Value > 0 {
			total += part.Value
		}
	}
	from := 0.0
	for _, part := range r.Parts {
		if total == 0 || !drawable(part.Value) || part.Value <= 0 {
			continue
		}
		bar := thick(r, p.at.X(from/total), p.at.X((from+part.Value)/total), 0.78)
		share := part.Value / total
		from += part.Value
		f := p.small
		if part.Style == report.StyleNone { // open, as its mark
			bar = Rect{bar.X0 + 0.6, bar.Y0 + 0.6, bar.X1 - 0.6, bar.Y1 - 0.6}
			pen.fill("#FFFFFF", 1)
			pen.stroke(p.theme.Color(part.Style), 0.6)
		} else {
			pen.fill(p.theme.Color(part.Style), 1)
			pen.stroke("#FFFFFF", 0.8)
			f.color = onColor(p.theme.Color(part.Style))
		}
		pen.box(bar)
		pen.r.FillStroke()
		text := p.words.Quantity(dataset.Num(share, dataset.Share))
		if p.measure(text, f) < bar.X1-bar.X0-3 {
			pen.text(text, (bar.X0+bar.X1)/2, (bar.Y0+bar.Y1)/2+f.size*0.35, centre, f)
		}
	}
}

// onColor returns white or near-black, whichever is read better on a colour.
func onColor(background string) string {
	c := color(background, 1)
	if 0.299*float64(c.R)+0.587*float64(c.G)+0.114*float64(c.B) > 135 {
		return "#1B1F24"
	}
	return "#FFFFFF"
}

// keys returns the styles of a stack with their names: the four fields, and
// what is not classified where there is some.
func (p *rowsPlan) keys() (styles []report.Style, names []string) {
	for i, name := range p.chart.Fields {
		if text := p.words.Text(name); text != "" {
			styles, names = append(styles, report.Style(i)), append(names, text)
		}
	}
	const code = "class.not_classified"
	for _, r := range p.rows {
		for _, part := range r.Parts {
			if part.Style == report.StyleNone && part.Value > 0 && p.words.Has(code) {
				return append(styles, report.StyleNone), append(names, p.words.Term(code))
			}
		}
	}
	return styles, names
}

// drawKey names the parts of a stack above the first row, each after its mark.
func (p *rowsPlan) drawKey(pen pen) {
	x, y := p.frame.X0, p.frame.Y0-5
	styles, names := p.keys()
	for i, style := range styles {
		text := p.fit(names[i], (p.frame.X1-p.frame.X0)/float64(len(styles))-16, p.small)
		shape := style
		if style == report.StyleNone { // as its part of the stack
			shape = report.StyleLowLow
		}
		pen.setMark(style, style == report.StyleNone, p.theme)
		pen.shape(shape, x+3, y-p.small.size*0.34, 2.4)
		pen.r.FillStroke()
		pen.text(text, x+8, y, left, p.small)
		x += p.measure(text, p.small) + 20
	}
	pen.text(p.unit, p.width, y, right, font{size: p.small.size, color: p.theme.Secondary})
}
