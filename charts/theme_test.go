package charts

import (
	"math"
	"testing"

	"valuebook/report"
)

// linear turns "#RRGGBB" into linear light.
func linear(text string) [3]float64 {
	c := color(text, 1)
	var out [3]float64
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		x := float64(v) / 255
		if x <= 0.04045 {
			out[i] = x / 12.92
		} else {
			out[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return out
}

// lab returns CIE L*a*b* (D65) of linear light.
func lab(c [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505)
	y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// The full-strength simulations of Machado, Oliveira and Fernandes (2009).
var blindness = map[string][3][3]float64{
	"full sight":   {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// TestClassesAreToldApart holds that the classes differ in lightness, hence in
// grey, and in colour under every kind of colour sight.
func TestClassesAreToldApart(t *testing.T) {
	classes := DefaultTheme().Classes
	want := [4]float64{24, 55, 65, 77} // as the look is specified
	for i, a := range classes {
		if l := lab(linear(a))[0]; math.Abs(l-want[i]) > 1.5 {
			t.Errorf("class %d has lightness %.1f, want about %g", i, l, want[i])
		}
		for _, b := range classes[:i] {
			if la, lb := lab(linear(a))[0], lab(linear(b))[0]; math.Abs(la-lb) < 8 {
				t.Errorf("%s and %s have lightness %.1f and %.1f", a, b, la, lb)
			}
			for sight, m := range blindness {
				p, q := lab(seen(m, linear(a))), lab(seen(m, linear(b)))
				if d := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); d < 12 {
					t.Errorf("%s and %s are %.1f apart for %s", a, b, d, sight)
				}
			}
		}
	}
}

func seen(m [3][3]float64, c [3]float64) (out [3]float64) {
	for i := range out {
		for k := range c {
			out[i] += m[i][k] * c[k]
		}
		out[i] = min(1, max(0, out[i]))
	}
	return out
}

// TestMarksDiffer holds that the four classes have four shapes.
func TestMarksDiffer(t *testing.T) {
	shapes := map[string]bool{}
	for style := report.StyleHighHigh; style <= report.StyleLowLow; style++ {
		r := newRecorder()
		plain := DefaultTheme()
		plain.Classes = [4]string{"#000000", "#000000", "#000000", "#000000"}
		Mark(r, style, 10, 10, 3, plain)
		shapes[r.log.String()] = true
	}
	if len(shapes) != 4 {
		t.Errorf("%d shapes for four classes", len(shapes))
	}
}
