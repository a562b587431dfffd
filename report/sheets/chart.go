package sheets

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// charts keeps the native charts of a sheet until the book is saved, when all
// cells that they show are known.
func (b *Book) charts(s Sheet) error {
	for _, c := range s.Charts {
		b.pending = append(b.pending, pendingChart{s.Name, c})
	}
	return nil
}

// A pendingChart is a chart with its sheet.
type pendingChart struct {
	sheet string
	chart Chart
}

// drawCharts adds the pending charts. The library makes the drawing and its
// relations; the chart itself is written by us, because the library leaves the
// cached values empty.
func (b *Book) drawCharts() error {
	for _, p := range b.pending {
		if err := b.chart(p.sheet, p.chart); err != nil {
			return fmt.Errorf("sheets: sheet %q: chart %q: %w", p.sheet, p.chart.Title, err)
		}
	}
	b.pending = nil
	return nil
}

func (b *Book) chart(sheet string, c Chart) error {
	part := b.freePart("xl/charts/chart", "xl/charts/chart")
	b.freePart("xl/drawings/drawing", "xl/drawings/drawing")
	skeleton := &excelize.Chart{
		Type:      excelize.Scatter,
		Series:    []excelize.ChartSeries{{Name: "x", Categories: "A1:A1", Values: "A1:A1"}},
		Format:    excelize.GraphicOptions{AltText: c.Alt, Name: c.Title},
		Dimension: excelize.ChartDimension{Width: uint(max(c.Width, 1)), Height: uint(max(c.Height, 1))},
	}
	if err := b.File.AddChart(sheet, Address(c.Row, c.Col), skeleton); err != nil {
		return err
	}
	if _, ok := b.File.Pkg.Load(part); !ok {
		return fmt.Errorf("the part %s was not made", part)
	}
	b.File.Pkg.Store(part, []byte(b.chartXML(c)))
	b.dropPads()
	return nil
}

// freePart returns the name that the library will give to its next part of a
// kind. The library counts the parts that are there; where their numbers have
// gaps it would overwrite one of the user's, so pads raise the count until the
// next number is free under every prefix in use.
func (b *Book) freePart(prefix string, used ...string) string {
	for {
		count, taken := 0, map[string]bool{}
		b.File.Pkg.Range(func(name, _ any) bool {
			if strings.Contains(name.(string), prefix) {
				count++
			}
			taken[name.(string)] = true
			return true
		})
		if prefix == "xl/drawings/drawing" {
			count = b.countDrawings()
		}
		number, free := strconv.Itoa(count+1), true
		for _, u := range used {
			free = free && !taken[u+number+".xml"] && !taken[u+number+".vml"]
		}
		if free {
			return prefix + number + ".xml"
		}
		pad := prefix + "-pad" + number + ".xml"
		b.File.Pkg.Store(pad, []byte{})
		b.pads = append(b.pads, pad)
	}
}

// countDrawings counts like the library, which keeps some drawings unpacked.
func (b *Book) countDrawings() int {
	names := map[string]bool{}
	add := func(name, _ any) bool {
		if strings.Contains(name.(string), "xl/drawings/drawing") {
			names[name.(string)] = true
		}
		return true
	}
	b.File.Pkg.Range(add)
	b.File.Drawings.Range(add)
	return len(names)
}

func (b *Book) dropPads() {
	for _, pad := range b.pads {
		b.File.Pkg.Delete(pad)
	}
	b.pads = nil
}

// values returns the planned values of a range, column by column; nil when the
// reference is not a range that we wrote.
func (b *Book) values(ref string) []any {
	sheet, area, ok := parseArea(ref)
	if !ok || b.plan[sheet] == nil {
		return nil
	}
	var out []any
	for col := area.Col; col <= area.LastCol; col++ {
		for row := area.Row; row <= area.LastRow; row++ {
			out = append(out, b.plan[sheet][place{row, col}].Value)
		}
	}
	return out
}
