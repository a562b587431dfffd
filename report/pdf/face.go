package pdf

import (
	"math"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"
)

// A face is one weight of the font: its file and what its glyphs measure.
type face struct {
	data   []byte
	font   *truetype.Font
	widths [0x500]uint16 // of the first characters: Latin, Greek, Cyrillic; in 1/1000 of the size
}

// faces returns the regular and the bold face, parsed once.
var faces = sync.OnceValue(func() [2]*face {
	return [2]*face{newFace(liberationsansregular.TTF), newFace(liberationsansbold.TTF)}
})

func newFace(data []byte) *face {
	font, err := truetype.Parse(data)
	if err != nil {
		panic("embedded font: " + err.Error()) // the file is part of the program
	}
	f := &face{data: data, font: font}
	for r := range f.widths {
		f.widths[r] = f.advance(rune(r))
	}
	return f
}

// faceOf returns the face of a weight.
func faceOf(bold bool) *face {
	if bold {
		return faces()[1]
	}
	return faces()[0]
}

// has reports whether the face can draw a character.
func (f *face) has(r rune) bool { return f.font.Index(r) != 0 }

// advance returns the width of a character in 1/1000 of the size, rounded as
// the PDF's width table is.
func (f *face) advance(r rune) uint16 {
	em := f.font.FUnitsPerEm()
	metric := f.font.HMetric(fixed.Int26_6(em), f.font.Index(r))
	return uint16(math.Round(float64(metric.AdvanceWidth) * 1000 / float64(em)))
}

// width returns the width of a text, already [plain], in units of the size.
func (f *face) width(text string) float64 {
	sum := 0
	for _, r := range text {
		if int(r) < len(f.widths) {
			sum += int(f.widths[r])
		} else {
			sum += int(f.advance(r))
		}
	}
	return float64(sum) / 1000
}

// A textStyle is how a text is set: size in points, leading (distance of
// lines) in millimetres.
type textStyle struct {
	size    float64
	leading float64
	bold    bool
	color   string
	align   align
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
	return faceOf(s.bold).width(text) * s.size / millimetre
}

// baseline returns how far the baseline of a line lies below its top.
func (s textStyle) baseline() float64 {
	return s.leading/2 + 0.3465*s.size/millimetre // ascent 0.905, descent 0.212
}
