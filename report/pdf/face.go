package pdf

import (
	"math"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"
)

// A Font is one weight of a typeface: its file and what its glyphs measure. It
// is parsed once and does not change after that, so that any number of
// documents may be drawn with it at one time.
type Font struct {
	name   string // PostScript's, letters and digits
	family string // under which the PDF library knows it, see [libraryFamily]
	style  string // "B" for the built-in bold
	bold   bool
	data   []byte
	font   *truetype.Font
	widths [0x500]uint16 // of the first characters: Latin, Greek, Cyrillic; in 1/1000 of the size
}

// builtIn returns the chain of the fonts that are part of the program, parsed
// once.
var builtIn = sync.OnceValue(func() *chain {
	regular, bold := embedded(liberationsansregular.TTF), embedded(liberationsansbold.TTF)
	bold.bold, bold.style = true, "B"
	return &chain{regular: []*Font{regular}, bold: []*Font{bold}}
})

func embedded(data []byte) *Font {
	font, err := truetype.Parse(data)
	if err != nil {
		panic("embedded font: " + err.Error()) // the file is part of the program
	}
	const name = "LiberationSans"
	return measured(&Font{name: name, family: libraryFamily("xyz", name), data: data, font: font})
}

// measured fills the table of the widths that are asked for most.
func measured(f *Font) *Font {
	for r := range f.widths {
		f.widths[r] = f.measure(rune(r))
	}
	return f
}

// has reports whether the font can draw a character.
func (f *Font) has(r rune) bool { return f.font.Index(r) != 0 }

// advance returns the width of a character in 1/1000 of the size.
func (f *Font) advance(r rune) uint16 {
	if int(r) < len(f.widths) {
		return f.widths[r]
	}
	return f.measure(r)
}

// measure is advance from the font's own table, rounded as the PDF's width
// table is.
func (f *Font) measure(r rune) uint16 {
	em := f.font.FUnitsPerEm()
	metric := f.font.HMetric(fixed.Int26_6(em), f.font.Index(r))
	return uint16(math.Round(float64(metric.AdvanceWidth) * 1000 / float64(em)))
}

// A chain is fonts in the order in which they are asked for a character: the
// built-in one, then those that the user gave. A nil chain is the built-in one.
type chain struct{ regular, bold []*Font }

// newChain puts the given fonts behind the built-in one. Where a weight is
// asked for, the fonts of that weight come first; a character that only the
// other weight has is drawn in that.
func newChain(given []*Font) *chain {
	own := builtIn()
	if len(given) == 0 {
		return own
	}
	c := &chain{regular: append([]*Font(nil), own.regular...), bold: append([]*Font(nil), own.bold...)}
	for _, same := range []bool{true, false} {
		for _, f := range given {
			if f.bold == same {
				c.bold = append(c.bold, f)
			} else {
				c.regular = append(c.regular, f)
			}
		}
	}
	return c
}

// fonts returns the fonts of a weight.
func (c *chain) fonts(bold bool) []*Font {
	if c == nil {
		c = builtIn()
	}
	if bold {
		return c.bold
	}
	return c.regular
}

// of returns the first font of a weight that has a character; without one the
// first of all.
func (c *chain) of(r rune, bold bool) *Font {
	fonts := c.fonts(bold)
	for _, f := range fonts {
		if f.has(r) {
			return f
		}
	}
	return fonts[0]
}

// draws reports whether a character can be drawn in both weights. The PDF
// library fails beyond U+FFFF.
func (c *chain) draws(r rune) bool {
	return r <= 0xffff && c.of(r, false).has(r) && c.of(r, true).has(r)
}

// drawsAll reports whether there is a text and every character of it is drawn.
func (c *chain) drawsAll(text string) bool {
	for _, r := range text {
		if !c.draws(r) {
			return false
		}
	}
	return text != ""
}

// width returns the width of a text, already plain, in units of the size.
func (c *chain) width(text string, bold bool) float64 {
	first := c.fonts(bold)[0]
	sum := 0
	for _, r := range text {
		if int(r) < len(first.widths) && (r < 0x7f || first.has(r)) {
			sum += int(first.widths[r])
		} else {
			sum += int(c.of(r, bold).advance(r))
		}
	}
	return float64(sum) / 1000
}

// A run is a stretch of text in one font.
type run struct {
	font *Font
	text string
}

// runs divides a plain text into stretches of one font each.
func (c *chain) runs(text string, bold bool) []run {
	var out []run
	begin := 0
	var current *Font
	for i, r := range text {
		f := c.of(r, bold)
		if current != nil && f != current {
			out = append(out, run{current, text[begin:i]})
			begin = i
		}
		current = f
	}
	if current != nil {
		out = append(out, run{current, text[begin:]})
	}
	return out
}

// A textStyle is how a text is set: size in points, leading (distance of
// lines) in millimetres.
type textStyle struct {
	size    float64
	leading float64
	bold    bool
	color   string
	align   align
	fonts   *chain
}

type align uint8

const (
	alignLeft align = iota
	alignRight
)

// millimetre is one millimetre in points.
const millimetre = 72 / 25.4

// width returns the width of a plain text in millimetres.
func (s textStyle) width(text string) float64 {
	return s.fonts.width(text, s.bold) * s.size / millimetre
}

// baseline returns how far the baseline of a line lies below its top.
func (s textStyle) baseline() float64 {
	return s.leading/2 + 0.3465*s.size/millimetre // ascent 0.905, descent 0.212
}
