package pdf

import (
	"slices"
	"strconv"

	"github.com/go-pdf/fpdf"
)

// A canvas draws with fpdf in points from a corner on the page. It is the only
// place that writes on a page, and implements charts.Canvas.
type canvas struct {
	pdf     *fpdf.Fpdf
	x, y    float64 // of the corner
	height  float64 // of the page
	text    *reader
	known   []*Font                 // those that the document has
	used    map[*Font]map[rune]bool // the characters drawn in each, nil where nobody asks
	tones   map[int]bool            // the opacities used, in thousandths, beside them
	path    []byte
	size    float64
	bold    bool
	opacity float64
}

func (c *canvas) SetStroke(color string, width float64, dash []float64) {
	c.pdf.SetDrawColor(rgb(color))
	c.pdf.SetLineWidth(width)
	c.pdf.SetDashPattern(dash, 0)
}

func (c *canvas) SetFill(color string, opacity float64) {
	c.pdf.SetFillColor(rgb(color))
	c.setOpacity(opacity)
}

func (c *canvas) setOpacity(opacity float64) {
	if opacity == c.opacity {
		return
	}
	c.opacity = opacity
	if c.used != nil {
		c.noteOpacity(min(1, max(0, opacity)))
		return
	}
	c.pdf.SetAlpha(min(1, max(0, opacity)), "Normal")
}

// point adds a point to the path, in the page's own coordinates.
func (c *canvas) point(x, y float64) {
	c.path = appendNumber(c.path, c.x+x)
	c.path = appendNumber(c.path, c.height-c.y-y)
}

// appendNumber writes a number with at most two decimals, the printer's
// precision.
func appendNumber(to []byte, x float64) []byte {
	to = strconv.AppendFloat(to, x, 'f', 2, 64)
	for to[len(to)-1] == '0' {
		to = to[:len(to)-1]
	}
	if to[len(to)-1] == '.' {
		to = to[:len(to)-1]
	}
	return append(to, ' ')
}

func (c *canvas) MoveTo(x, y float64) {
	c.point(x, y)
	c.path = append(c.path, "m\n"...)
}

func (c *canvas) LineTo(x, y float64) {
	c.point(x, y)
	c.path = append(c.path, "l\n"...)
}

func (c *canvas) CurveTo(cx1, cy1, cx2, cy2, x, y float64) {
	c.point(cx1, cy1)
	c.point(cx2, cy2)
	c.point(x, y)
	c.path = append(c.path, "c\n"...)
}

func (c *canvas) ClosePath() { c.path = append(c.path, "h\n"...) }

func (c *canvas) Paint(stroke, fill bool) {
	operator := "n"
	switch {
	case stroke && fill:
		operator = "B"
	case stroke:
		operator = "S"
		c.setOpacity(1) // that of the last fill is not meant for lines
	case fill:
		operator = "f"
	}
	if operator != "n" && len(c.path) > 0 {
		c.pdf.RawWriteStr(string(append(c.path, operator...)))
	}
	c.path = c.path[:0]
}

func (c *canvas) SetFont(size float64, bold bool) { c.size, c.bold = size, bold }

func (c *canvas) Text(s string, x, y, angle float64, color string) {
	s = visual(c.text.plain(s))
	if s == "" {
		return
	}
	c.setOpacity(1)
	c.pdf.SetTextColor(rgb(color))
	if angle == 0 {
		c.write(s, c.x+x, c.y+y)
		return
	}
	c.pdf.TransformBegin()
	c.pdf.TransformRotate(angle, c.x+x, c.y+y)
	c.write(s, c.x+x, c.y+y)
	c.pdf.TransformEnd()
}

// write draws a line from left to right, each stretch in the font that has it.
func (c *canvas) write(line string, x, y float64) {
	for _, r := range c.text.fonts.runs(line, c.bold) {
		c.use(r.font, c.size)
		c.record(r.font, r.text)
		c.pdf.Text(x, y, r.text)
		x += c.text.fonts.width(r.text, c.bold) * c.size
	}
}

// use makes a font the current one. A document gets a font when it first needs
// it: to take one in is most of the cost of a short document.
func (c *canvas) use(f *Font, size float64) {
	if !slices.Contains(c.known, f) {
		c.pdf.AddUTF8FontFromBytes(f.family, f.style, f.data)
		c.known = append(c.known, f)
	}
	c.pdf.SetFont(f.family, f.style, size)
}

func (c *canvas) TextWidth(s string) float64 {
	return c.text.fonts.width(c.text.plain(s), c.bold) * c.size
}

// rgb reads "#RRGGBB"; anything else is black.
func rgb(color string) (r, g, b int) {
	if len(color) != 7 {
		return 0, 0, 0
	}
	all, err := strconv.ParseUint(color[1:], 16, 24)
	if err != nil {
		return 0, 0, 0
	}
	return int(all >> 16), int(all >> 8 & 255), int(all & 255)
}
