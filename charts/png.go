package charts

import (
	"image"
	"image/draw"
	"image/png"
	"io"
	"math"

	"github.com/golang/freetype/truetype"
	"github.com/wcharczuk/go-chart/v2/drawing"
	hinting "golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"valuebook/report"
	"valuebook/report/wording"
)

// mostPixels is how many pixels a side of a picture may have.
const mostPixels = 8000

// PNG writes a chart as a picture of pixels on white. The same chart gives the
// same bytes.
func PNG(w io.Writer, ch *report.Chart, p Picture, words *wording.Writer, theme Theme) error {
	faces := p.faces()
	f := p.frame(ch, words, theme, faces)
	scale := min(p.scale(), mostPixels/max(f.width, f.height, 1))
	m, err := newRaster(f.width, f.height, scale, faces)
	if err != nil {
		return err
	}
	if err := f.draw(m, words, theme); err != nil {
		return err
	}
	return m.write(w)
}

// A raster is a canvas of pixels, drawn by go-chart's own rasteriser.
type raster struct {
	ruler
	image  *image.RGBA
	ink    *drawing.RasterGraphicContext
	scale  float64
	x, y   float64 // of the origin, in points
	stroke string
	line   float64
	dash   []float64
	fill   string
	cover  float64
	glyph  truetype.GlyphBuf
}

func newRaster(width, height, scale float64, faces *faces) (*raster, error) {
	picture := image.NewRGBA(image.Rect(0, 0, max(1, int(math.Round(width*scale))), max(1, int(math.Round(height*scale)))))
	draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
	ink, err := drawing.NewRasterGraphicContext(picture)
	if err != nil {
		return nil, err
	}
	ink.SetFillRule(drawing.FillRuleWinding)
	return &raster{ruler: ruler{faces: faces}, image: picture, ink: ink, scale: scale}, nil
}

func (c *raster) move(x, y float64) { c.x, c.y = x, y }

// SetStroke sets line colour, width in points and dash pattern.
func (c *raster) SetStroke(color string, width float64, dash []float64) {
	c.stroke, c.line, c.dash = color, width, dash
}

// SetFill sets the fill colour and its opacity.
func (c *raster) SetFill(color string, opacity float64) { c.fill, c.cover = color, opacity }

func (c *raster) at(x, y float64) (float64, float64) { return (c.x + x) * c.scale, (c.y + y) * c.scale }

// MoveTo begins a part of the path.
func (c *raster) MoveTo(x, y float64) { c.ink.MoveTo(c.at(x, y)) }

// LineTo adds a straight line.
func (c *raster) LineTo(x, y float64) { c.ink.LineTo(c.at(x, y)) }

// CurveTo adds a cubic curve.
func (c *raster) CurveTo(cx1, cy1, cx2, cy2, x, y float64) {
	ax, ay := c.at(cx1, cy1)
	bx, by := c.at(cx2, cy2)
	ex, ey := c.at(x, y)
	c.ink.CubicCurveTo(ax, ay, bx, by, ex, ey)
}

// ClosePath closes a part of the path.
func (c *raster) ClosePath() { c.ink.Close() }

// Paint draws the path and clears it.
func (c *raster) Paint(stroke, fill bool) {
	if fill {
		c.ink.SetFillColor(color(c.fill, c.cover))
	}
	if stroke {
		c.ink.SetStrokeColor(color(c.stroke, 1))
		c.ink.SetLineWidth(c.line * c.scale)
		dash := make([]float64, len(c.dash))
		for i, d := range c.dash {
			dash[i] = d * c.scale
		}
		c.ink.SetLineDash(dash, 0)
	}
	switch {
	case stroke && fill:
		c.ink.FillStroke()
	case stroke:
		c.ink.Stroke()
	case fill:
		c.ink.Fill()
	default:
		c.ink.BeginPath()
	}
}

// Text draws a line of text by the outlines of its glyphs.
func (c *raster) Text(s string, x, y, angle float64, ink string) {
	px, py := c.at(x, y)
	turned := angle != 0
	if turned {
		c.ink.Save()
		defer c.ink.Restore()
		c.ink.Translate(px, py)
		c.ink.Rotate(-angle * math.Pi / 180)
		px, py = 0, 0
	}
	c.ink.SetFillColor(color(ink, 1))
	for _, r := range c.faces.drawn(s) {
		face, index := c.faces.of(r, c.bold)
		size := c.size * c.scale
		if c.glyph.Load(face, fixed.Int26_6(math.Round(size*64)), index, hinting.HintingNone) == nil {
			from := 0
			for _, to := range c.glyph.Ends {
				drawing.DrawContour(c.ink, c.glyph.Points[from:to], px, py)
				from = to
			}
		}
		px += advance(face, index) * size
	}
	c.ink.Fill()
}

// write encodes the picture; small enough at the fastest level.
func (c *raster) write(w io.Writer) error {
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	return encoder.Encode(w, c.image)
}
