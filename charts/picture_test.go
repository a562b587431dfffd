package charts

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"valuebook/report"
)

func pictureOf(t *testing.T, ch *report.Chart, p Picture) *image.RGBA {
	t.Helper()
	var out bytes.Buffer
	if err := PNG(&out, ch, p, words(t), DefaultTheme()); err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	rgba, ok := decoded.(*image.RGBA)
	if !ok {
		if n, is := decoded.(*image.NRGBA); is {
			rgba = &image.RGBA{Pix: n.Pix, Stride: n.Stride, Rect: n.Rect}
		} else {
			t.Fatalf("decoded as %T", decoded)
		}
	}
	return rgba
}

// near reports whether a pixel has a colour, within a tolerance.
func near(m *image.RGBA, x, y int, want string, tolerance int) bool {
	got, c := m.RGBAAt(x, y), color(want, 1)
	off := func(a, b uint8) bool { return max(int(a)-int(b), int(b)-int(a)) > tolerance }
	return !off(got.R, c.R) && !off(got.G, c.G) && !off(got.B, c.B)
}

// count returns how many pixels have a colour, within a tolerance.
func countOf(m *image.RGBA, want string, tolerance int) int {
	n := 0
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if near(m, x, y, want, tolerance) {
				n++
			}
		}
	}
	return n
}

// TestPicturePixels holds where the colours of a chart are: bars left and
// right of zero in theirs, white around them, dark text, at both densities.
func TestPicturePixels(t *testing.T) {
	ch := chartOf(report.BarsChart, []float64{80, -40}, plainLabel)
	ch.Bars[0].Style, ch.Bars[1].Style = report.StylePlus, report.StyleMinus
	for i := range ch.Bars {
		ch.Bars[i].Lo, ch.Bars[i].Hi = math.NaN(), math.NaN()
	}
	for _, scale := range []float64{1, 2} {
		p := Picture{Width: 400, Scale: scale, Untitled: true}
		m := pictureOf(t, ch, p)
		if m.Rect.Dx() != int(400*scale) {
			t.Fatalf("%d pixels wide at scale %g", m.Rect.Dx(), scale)
		}
		s := &sheet{chart: ch, width: 380, height: Height(ch, 380), words: words(t), theme: DefaultTheme(), canvas: &ruler{faces: p.faces()}}
		plan := s.rows()
		pixel := func(x, y float64) (int, int) {
			return int((x + pictureMargin) * scale), int((y + pictureMargin) * scale)
		}
		middle := func(r row) float64 { return (r.top + r.bottom) / 2 }
		for _, spot := range []struct {
			value float64
			row   int
			want  string
		}{{40, 0, "#0B3C5D"}, {70, 0, "#0B3C5D"}, {-20, 1, "#B3261E"}, {40, 1, "#FFFFFF"}, {-20, 0, "#FFFFFF"}} {
			// Beside the hairlines of the grid.
			x, y := pixel(plan.at.X(spot.value+1.5), middle(plan.rows[spot.row]))
			if !near(m, x, y, spot.want, 3) {
				t.Errorf("scale %g: at %g of row %d is %v, want %s", scale, spot.value, spot.row, m.RGBAAt(x, y), spot.want)
			}
		}
		// The area of the bars, whatever the fonts are.
		bar := thick(plan.rows[0], plan.at.X(0), plan.at.X(80), 0.62)
		area := (bar.X1 - bar.X0) * (bar.Y1 - bar.Y0) * scale * scale
		if n := float64(countOf(m, "#0B3C5D", 8)); n < 0.7*area || n > 1.4*area {
			t.Errorf("scale %g: %g pixels of the first bar, want about %g", scale, n, area)
		}
		if n := countOf(m, "#1B1F24", 60); n < 40 {
			t.Errorf("scale %g: %d dark pixels of text", scale, n)
		}
	}
}

// TestPictureText holds that a title is drawn as text: dark pixels in its
// band, none where it is left out, and turned text stays within the picture.
func TestPictureText(t *testing.T) {
	ch := chartOf(report.QuadrantChart, []float64{20, 80, 60}, plainLabel)
	ch.Title = lit("Two of three customers stay")
	m := pictureOf(t, ch, Picture{Width: 300})
	dark := 0
	for y := int(2 * pictureMargin); y < int(2*(pictureMargin+10)); y++ {
		for x := range m.Rect.Dx() {
			if near(m, x, y, "#1B1F24", 40) {
				dark++
			}
		}
	}
	if dark < 100 {
		t.Errorf("%d dark pixels in the title", dark)
	}
	ch.Title = lit("")
	if untitled := pictureOf(t, ch, Picture{Width: 300}); untitled.Rect.Dy() >= m.Rect.Dy() {
		t.Errorf("a chart without a title is %d high, one with it %d", untitled.Rect.Dy(), m.Rect.Dy())
	}
}

// TestEveryKindAsPicture holds for every kind of chart and hard values that
// both forms are made, are the same twice, and are what they say.
func TestEveryKindAsPicture(t *testing.T) {
	kinds := []report.ChartKind{report.QuadrantChart, report.ValueMapChart, report.HeadToHeadChart, report.BarsChart, report.IntervalChart,
		report.WaterfallChart, report.StackedChart, report.PairedChart}
	var all []*report.Chart
	for _, kind := range kinds {
		for _, values := range [][]float64{nil, {42}, {7, 7}, {-5, 80, 1e12}} {
			all = append(all, chartOf(kind, values, func(int) string { return `<A & "B">` + "\u202eלקוח\x01" }))
		}
	}
	all = append(all, curveOf([]float64{1, 4, 2}), heatOf([]float64{1, 4, 2}), panelsOf([]float64{1, -4, 2}, 5, false), panelsOf([]float64{1, -4, 2}, 5, true))
	for _, ch := range all {
		var one, two, pixels, again bytes.Buffer
		if err := SVG(&one, ch, Picture{}, words(t), DefaultTheme()); err != nil {
			t.Fatalf("%s: %v", ch.Kind, err)
		}
		_ = SVG(&two, ch, Picture{}, words(t), DefaultTheme())
		wellFormed(t, one.Bytes())
		if err := PNG(&pixels, ch, Picture{Scale: 1}, words(t), DefaultTheme()); err != nil {
			t.Fatalf("%s: %v", ch.Kind, err)
		}
		_ = PNG(&again, ch, Picture{Scale: 1}, words(t), DefaultTheme())
		if !bytes.Equal(one.Bytes(), two.Bytes()) || !bytes.Equal(pixels.Bytes(), again.Bytes()) {
			t.Errorf("%s: two pictures differ", ch.Kind)
		}
	}
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v\n%.600s", err, data)
		}
	}
}

// TestSVGHasTexts holds that texts are texts that can be found and copied, with
// title and alternative text for those who do not see the picture.
func TestSVGHasTexts(t *testing.T) {
	ch := chartOf(report.BarsChart, []float64{80, -40}, func(i int) string { return []string{"Müller & Söhne", "客户"}[i] })
	ch.Title, ch.Alt = lit("Two customers"), lit("80 and 40")
	var out bytes.Buffer
	if err := SVG(&out, ch, Picture{}, words(t), DefaultTheme()); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{">Müller &amp; Söhne</text>", ">客户</text>", "<title>Two customers</title>", "<desc>80 and 40</desc>", ">Two customers</text>", `fill="#0B3C5D"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "<image") {
		t.Error("a picture within the picture")
	}
}

// BenchmarkPNG draws the small quadrant of a mail, in double density.
func BenchmarkPNG(b *testing.B) {
	values := make([]float64, 120)
	for i := range values {
		values[i] = math.Mod(float64(i)*37.7, 100)
	}
	ch := chartOf(report.QuadrantChart, values, plainLabel)
	ch.Compact = true
	b.ReportAllocs()
	for b.Loop() {
		if err := PNG(io.Discard, ch, Picture{Width: 280}, words(b), DefaultTheme()); err != nil {
			b.Fatal(err)
		}
	}
}
