package annotate

import (
	"math"
	"sort"

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

// manyPoints is above how many points only some are named; fewLabels how many.
const manyPoints, fewLabels = 40, 25

// labelPoints names the points whose names fit without touching a mark or
// another name: border cases first, then the ones furthest out. Of many points
// only the first of these are named.
func (p *planner) labelPoints(c *sheets.Chart, q *quadrant.Result, items []int) {
	if q.X.Money || q.Y.Money {
		return
	}
	at := make([][2]float64, len(items))
	var order []int
	var taken []box
	for k, i := range items {
		at[k] = [2]float64{
			plotWidth * (q.X.Values[i] - *c.XMin) / (*c.XMax - *c.XMin),
			plotHeight * (*c.YMax - q.Y.Values[i]) / (*c.YMax - *c.YMin),
		}
		if !math.IsNaN(at[k][0]) && !math.IsNaN(at[k][1]) {
			order, taken = append(order, k), append(taken, markBox(at[k]))
		}
	}
	byInterest(order, at, func(k int) bool { return q.Border[items[k]] })
	most := len(order)
	if most > manyPoints {
		most = fewLabels
	}
	for _, k := range order[:min(len(order), 10*fewLabels)] {
		i := items[k]
		text := shortened(p.rowName(i), labelLetters)
		place, b, ok := placeLabel(text, at[k], taken)
		if !ok || most == 0 {
			continue
		}
		taken, most = append(taken, b), most-1
		series := int(q.Class[i]) - 1
		if q.Class[i] == quadrant.NotClassified {
			series = 4
		}
		c.Series[series].PointLabels = append(c.Series[series].PointLabels, sheets.PointLabel{Index: k, Text: text, Place: place})
	}
	for k := range c.Series {
		labels := c.Series[k].PointLabels
		sort.Slice(labels, func(i, j int) bool { return labels[i].Index < labels[j].Index })
	}
}

// byInterest sorts points: border cases first, then by the distance from the
// middle of the chart.
func byInterest(order []int, at [][2]float64, border func(k int) bool) {
	far := func(i int) float64 {
		return math.Hypot(at[i][0]-plotWidth/2, at[i][1]-plotHeight/2)
	}
	sort.SliceStable(order, func(x, y int) bool {
		i, j := order[x], order[y]
		if border(i) != border(j) {
			return border(i)
		}
		return far(i) > far(j)
	})
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
		if over := letterHeight / 2; b.left < 0 || b.right > plotWidth || b.top < -over || b.bottom > plotHeight+over {
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
