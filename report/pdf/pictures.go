package pdf

import "valuebook/charts"

// Picture returns how charts of the report look as files of their own: in the
// fonts of the pages, as wide as their text. The value is for one goroutine.
func (o Options) Picture() charts.Picture {
	paper, text := o.paper(), &reader{fonts: newChain(o.Fonts)}
	p := charts.Picture{Width: (paper.width - 2*margin) * millimetre, Plain: func(s string) string { return visual(text.plain(s)) }}
	for _, f := range o.Fonts {
		if f.bold {
			p.Bold = append(p.Bold, f.font)
		} else {
			p.Regular = append(p.Regular, f.font)
		}
	}
	return p
}
