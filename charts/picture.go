package charts

import (
	"io"
	"math"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"

	"valuebook/report"
	"valuebook/report/wording"
)

// A Picture says how a chart becomes a file of its own. The zero value is a
// chart as wide as a page's text, under its title, with two pixels per point.
type Picture struct {
	Width    float64 // in points; 0 is 494, the width of the text of an A4 page
	Scale    float64 // pixels per point of a PNG; 0 is 2, for screens of phones
	Untitled bool    // without the title above the chart

	// Regular and Bold are asked for what the built-in fonts cannot draw.
	Regular, Bold []*truetype.Font
	// Plain returns a text as it is to be drawn in a PNG: without characters
	// that no font has, from left to right. nil draws texts as they are. In an
	// SVG texts stay as they are; the program that shows it has its own fonts.
	Plain func(string) string
}

// The margin around the chart and the most lines of its title.
const (
	pictureMargin = 10.0
	titleLines    = 3
)

func (p Picture) width() float64 {
	if p.Width > 0 {
		return p.Width
	}
	return 494
}

func (p Picture) scale() float64 {
	if p.Scale > 0 {
		return p.Scale
	}
	return 2
}

// A medium is a canvas that becomes a file.
type medium interface {
	Canvas
	// move puts the origin of what is drawn at a place of the picture.
	move(x, y float64)
	// write writes the file.
	write(w io.Writer) error
}

// A framed is a chart as a picture of its own: title, then chart.
type framed struct {
	chart         *report.Chart
	title         []string
	font          font
	width, height float64 // of the whole
	chartHeight   float64
	top           float64 // of the chart
}

// frame measures a picture of a chart.
func (p Picture) frame(ch *report.Chart, words *wording.Writer, theme Theme, faces *faces) framed {
	f := framed{chart: ch, width: p.width(), top: pictureMargin, font: font{size: theme.Strong + 1, bold: true, color: theme.Text}}
	inner := f.width - 2*pictureMargin
	if title := words.Text(ch.Title); title != "" && !p.Untitled {
		s := &sheet{chart: ch, words: words, theme: theme, canvas: &ruler{faces: faces}}
		f.title = s.wrap(title, inner, titleLines, f.font)
		f.top += float64(len(f.title))*f.font.size*1.3 + 6
	}
	f.chartHeight = Height(ch, inner)
	f.height = math.Ceil(f.top + f.chartHeight + pictureMargin)
	return f
}

// draw draws the title and the chart.
func (f framed) draw(m medium, words *wording.Writer, theme Theme) error {
	m.SetFont(f.font.size, f.font.bold)
	for i, line := range f.title {
		m.Text(line, pictureMargin, pictureMargin+f.font.size*(0.9+1.3*float64(i)), 0, f.font.color)
	}
	m.move(pictureMargin, f.top)
	return Draw(m, f.chart, f.width-2*pictureMargin, f.chartHeight, words, theme)
}

// faces are the fonts of a picture, by weight: the built-in one first.
type faces struct {
	regular, bold []*truetype.Font
	plain         func(string) string
}

// builtIn are the fonts that are part of the program, parsed once.
var builtIn = sync.OnceValue(func() [2]*truetype.Font {
	var fonts [2]*truetype.Font
	for i, data := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		font, err := truetype.Parse(data)
		if err != nil {
			panic("embedded font: " + err.Error()) // the file is part of the program
		}
		fonts[i] = font
	}
	return fonts
})

func (p Picture) faces() *faces {
	own := builtIn()
	f := &faces{plain: p.Plain}
	f.regular = append(append(append(f.regular, own[0]), p.Regular...), p.Bold...)
	f.bold = append(append(append(f.bold, own[1]), p.Bold...), p.Regular...)
	return f
}

// of returns the first font that has a character and the number of its glyph;
// the empty box of the first font where none has it.
func (f *faces) of(r rune, bold bool) (*truetype.Font, truetype.Index) {
	fonts := f.regular
	if bold {
		fonts = f.bold
	}
	for _, font := range fonts {
		if index := font.Index(r); index != 0 {
			return font, index
		}
	}
	return fonts[0], fonts[0].Index('□')
}

// advance returns the width of a glyph in units of the size.
func advance(font *truetype.Font, index truetype.Index) float64 {
	em := font.FUnitsPerEm()
	return float64(font.HMetric(fixed.Int26_6(em), index).AdvanceWidth) / float64(em)
}

// drawn returns a text as it is drawn.
func (f *faces) drawn(text string) string {
	if f.plain != nil {
		return f.plain(text)
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 {
			return ' '
		}
		return r
	}, text)
}

// width returns the width of a text in units of the size.
func (f *faces) width(text string, bold bool) float64 {
	sum := 0.0
	for _, r := range f.drawn(text) {
		sum += advance(f.of(r, bold))
	}
	return sum
}

// A ruler is a canvas that only measures; its size and weight are those of
// the text to come.
type ruler struct {
	Canvas
	faces *faces
	size  float64
	bold  bool
}

// SetFont sets the size in points and the weight.
func (r *ruler) SetFont(size float64, bold bool) { r.size, r.bold = size, bold }

// TextWidth returns the width of a text in points.
func (r *ruler) TextWidth(s string) float64 { return r.faces.width(s, r.bold) * r.size }
