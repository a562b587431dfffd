package annotate

import (
	"math"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/sheets"
)

// A box is a rectangle on a chart, in pixels.
type box struct{ left, top, right, bottom float64 }

func (b box) touches(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// Sizes of the scatter's inside, of a mark and of a letter, in pixels; native
// charts are laid out by the program that shows them, so they are estimates.
const (
	plotWidth, plotHeight = 630.0, 430.0
	markSize              = 8.0
	letterWidth           = 5.6
	letterHeight          = 12.0
	labelLetters          = 28
)

// labelPoints names the points whose names fit without touching a mark or
// another name: border cases first, then in the order of the customers.
func (p *planner) labelPoints(c *sheets.Chart, q *quadrant.Result, n int) {
	if q.X.Money || q.Y.Money || n > 2000 {
		return
	}
	var taken []box
	at := make([][2]float64, n)
	for i := range n {
		at[i] = [2]float64{
			plotWidth * (q.X.Values[i] - *c.XMin) / (*c.XMax - *c.XMin),
			plotHeight * (*c.YMax - q.Y.Values[i]) / (*c.YMax - *c.YMin),
		}
		if !math.IsNaN(at[i][0]) && !math.IsNaN(at[i][1]) {
			taken = append(taken, markBox(at[i]))
		}
	}
	for _, border := range []bool{true, false} {
		for i := range n {
			if q.Border[i] != border || math.IsNaN(at[i][0]) || math.IsNaN(at[i][1]) {
				continue
			}
			text := limited(p.rowName(i), labelLetters)
			place, b, ok := placeLabel(text, at[i], taken)
			if !ok {
				continue
			}
			taken = append(taken, b)
			series := int(q.Class[i]) - 1
			if q.Class[i] == quadrant.NotClassified {
				series = 4
			}
			c.Series[series].PointLabels = append(c.Series[series].PointLabels, sheets.PointLabel{Index: i, Text: text, Place: place})
		}
	}
}

func markBox(at [2]float64) box {
	return box{at[0] - markSize/2, at[1] - markSize/2, at[0] + markSize/2, at[1] + markSize/2}
}

// placeLabel finds the first free place beside a mark.
func placeLabel(text string, at [2]float64, taken []box) (place string, b box, ok bool) {
	width, gap := letterWidth*float64(len([]rune(text))), markSize/2+2
	for _, try := range []struct {
		place     string
		left, top float64
	}{
		{"r", at[0] + gap, at[1] - letterHeight/2}, {"l", at[0] - gap - width, at[1] - letterHeight/2},
		{"t", at[0] - width/2, at[1] - gap - letterHeight}, {"b", at[0] - width/2, at[1] + gap},
	} {
		b := box{try.left, try.top, try.left + width, try.top + letterHeight}
		if b.left < 0 || b.right > plotWidth || b.top < 0 || b.bottom > plotHeight {
			continue
		}
		free := true
		for _, other := range taken {
			free = free && !b.touches(other)
		}
		if free {
			return try.place, b, true
		}
	}
	return "", box{}, false
}
