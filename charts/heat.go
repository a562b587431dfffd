package charts

import (
	"valuebook/report"
	"valuebook/report/dataset"
)

// The height of a row of a heat grid and of what stands above and below all
// rows, in points.
const (
	heatRow  = 27.0
	heatHead = 4.0
	heatFoot = 26.0
)

func heatHeight(ch *report.Chart) float64 {
	return heatHead + float64(len(ch.Heat.Cells))*heatRow + heatFoot
}

// A heatPlan is a table of tinted cells with every place decided: names of the
// rows left, of the columns below.
type heatPlan struct {
	*sheet
	frame       Rect
	rows        []dataset.Quantity
	columns     []dataset.Quantity
	most        float64 // the largest value, which has the full tint
	small, bold font
}

func (s *sheet) heat() *heatPlan {
	p := &heatPlan{sheet: s,
		small: font{size: s.theme.Size, color: s.theme.Text},
		bold:  font{size: s.theme.Size + 0.5, bold: true, color: s.theme.Text}}
	names := 0.0
	p.rows, p.columns = s.chart.Heat.Names()
	for _, name := range p.rows {
		names = max(names, p.measure(p.fit(s.words.Quantity(name), s.width*0.25, p.small), p.small))
	}
	for _, row := range s.chart.Heat.Cells {
		for _, cell := range row {
			if drawable(cell.Value) && !cell.Quiet {
				p.most = max(p.most, cell.Value)
			}
		}
	}
	line := p.small.size * 1.3
	p.frame = Rect{names + 6, heatHead, s.width, max(heatHead+10, s.height-heatFoot)}
	if axisName(s.chart.Y, s.words) != "" {
		p.frame.Y0 += line
	}
	return p
}

func (p *heatPlan) layers() []layer {
	return []layer{{"cells", p.drawCells}, {"names", p.drawNames}}
}

// cell returns the rectangle of a cell.
func (p *heatPlan) cell(row, col int) Rect {
	width, height := (p.frame.X1-p.frame.X0)/float64(len(p.columns)), (p.frame.Y1-p.frame.Y0)/float64(len(p.rows))
	x, y := p.frame.X0+float64(col)*width, p.frame.Y0+float64(row)*height
	return Rect{x, y, x + width, y + height}
}

func (p *heatPlan) drawCells(pen pen) {
	h := p.chart.Heat
	for row := range h.Cells[:min(len(h.Cells), len(p.rows))] {
		for col, cell := range h.Cells[row][:min(len(h.Cells[row]), len(p.columns))] {
			p.drawCell(pen, p.cell(row, col), cell)
		}
	}
}

// strongest is the opacity of the largest value: the text on it stays readable
// for the colours between.
const strongest = 0.9

// drawCell tints a cell and writes its number and the note below it.
func (p *heatPlan) drawCell(pen pen, r Rect, cell report.HeatCell) {
	background := "#FFFFFF"
	if p.most > 0 && drawable(cell.Value) && cell.Value > 0 && !cell.Quiet {
		background = tint(p.theme.Accent, 0.06+(strongest-0.06)*cell.Value/p.most)
	}
	pen.fill(background, 1)
	pen.stroke(p.theme.Rule, 0.4)
	pen.box(r.grow(-0.6))
	pen.r.FillStroke()
	strong, quiet := p.bold, p.small
	strong.color, quiet.color = onColor(background), onColor(background)
	quiet.size = p.small.size - 0.8
	room := r.X1 - r.X0 - 4
	text, note := p.fit(p.words.Quantity(cell.Text), room, strong), p.fit(p.words.Text(cell.Note), room, quiet)
	middle, x := (r.Y0+r.Y1)/2, (r.X0+r.X1)/2
	if note == "" {
		pen.text(text, x, middle+strong.size*0.35, centre, strong)
		return
	}
	pen.text(text, x, middle-1, centre, strong)
	pen.text(note, x, middle+quiet.size+0.5, centre, quiet)
}

func (p *heatPlan) drawNames(pen pen) {
	quiet := font{size: p.small.size, color: p.theme.Secondary}
	line := quiet.size * 1.3
	for row, name := range p.rows {
		r := p.cell(row, 0)
		pen.text(p.fit(p.words.Quantity(name), p.width*0.25, p.small), p.frame.X0-4, (r.Y0+r.Y1)/2+p.small.size*0.35, right, p.small)
	}
	for col, name := range p.columns {
		r := p.cell(0, col)
		pen.text(p.fit(p.words.Quantity(name), r.X1-r.X0-3, p.small), (r.X0+r.X1)/2, p.frame.Y1+line, centre, p.small)
	}
	pen.text(p.fit(axisName(p.chart.Y, p.words), p.width, quiet), 0, quiet.size, left, quiet)
	pen.text(p.fit(axisName(p.chart.X, p.words), p.width, quiet), p.frame.X1, p.frame.Y1+2.2*line, right, quiet)
}
