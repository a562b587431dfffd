package charts

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"valuebook/report"
	"valuebook/report/wording"
)

// SVG writes a chart as a scalable picture. Texts are texts, in fonts that are
// as wide as those it is measured with; title and alternative text are part of
// it. The same chart gives the same bytes.
func SVG(w io.Writer, ch *report.Chart, p Picture, words *wording.Writer, theme Theme) error {
	faces := p.faces()
	faces.plain = nil
	f := p.frame(ch, words, theme, faces)
	m := &svgCanvas{ruler: ruler{faces: faces}, width: f.width, height: f.height, fill: "none", opacity: 1}
	m.title, m.alt = words.Text(ch.Title), words.Text(ch.Alt)
	m.language = words.Language()
	if err := f.draw(m, words, theme); err != nil {
		return err
	}
	return m.write(w)
}

// An svgCanvas writes what is drawn as elements of SVG.
type svgCanvas struct {
	ruler
	body                 bytes.Buffer
	x, y                 float64 // of the origin
	width, height        float64
	title, alt, language string

	path         strings.Builder
	fill, stroke string
	opacity      float64
	line         float64
	dash         []float64
}

func (c *svgCanvas) move(x, y float64) { c.x, c.y = x, y }

// SetStroke sets line colour, width in points and dash pattern.
func (c *svgCanvas) SetStroke(color string, width float64, dash []float64) {
	c.stroke, c.line, c.dash = color, width, dash
}

// SetFill sets the fill colour and its opacity.
func (c *svgCanvas) SetFill(color string, opacity float64) { c.fill, c.opacity = color, opacity }

// number writes a length with at most two decimals.
func number(x float64) string {
	text := strconv.FormatFloat(x, 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

func (c *svgCanvas) step(letter string, xy ...float64) {
	c.path.WriteString(letter)
	for i, v := range xy {
		if i > 0 {
			c.path.WriteByte(' ')
		}
		if i%2 == 0 {
			v += c.x
		} else {
			v += c.y
		}
		c.path.WriteString(number(v))
	}
}

// MoveTo begins a part of the path.
func (c *svgCanvas) MoveTo(x, y float64) { c.step("M", x, y) }

// LineTo adds a straight line.
func (c *svgCanvas) LineTo(x, y float64) { c.step("L", x, y) }

// CurveTo adds a cubic curve.
func (c *svgCanvas) CurveTo(cx1, cy1, cx2, cy2, x, y float64) { c.step("C", cx1, cy1, cx2, cy2, x, y) }

// ClosePath closes a part of the path.
func (c *svgCanvas) ClosePath() { c.path.WriteByte('Z') }

// Paint draws the path and clears it.
func (c *svgCanvas) Paint(stroke, fill bool) {
	defer c.path.Reset()
	if c.path.Len() == 0 || !stroke && !fill {
		return
	}
	fmt.Fprintf(&c.body, `<path d="%s"`, c.path.String())
	if fill {
		fmt.Fprintf(&c.body, ` fill="%s"`, attribute(c.fill))
		if c.opacity < 1 {
			fmt.Fprintf(&c.body, ` fill-opacity="%s"`, number(c.opacity))
		}
	} else {
		c.body.WriteString(` fill="none"`)
	}
	if stroke {
		fmt.Fprintf(&c.body, ` stroke="%s" stroke-width="%s"`, attribute(c.stroke), number(c.line))
		if len(c.dash) > 0 {
			dashes := make([]string, len(c.dash))
			for i, d := range c.dash {
				dashes[i] = number(d)
			}
			fmt.Fprintf(&c.body, ` stroke-dasharray="%s"`, strings.Join(dashes, " "))
		}
	}
	c.body.WriteString("/>\n")
}

// Text writes a line of text.
func (c *svgCanvas) Text(s string, x, y, angle float64, color string) {
	if s == "" {
		return
	}
	x, y = x+c.x, y+c.y
	fmt.Fprintf(&c.body, `<text x="%s" y="%s" font-size="%s" fill="%s"`, number(x), number(y), number(c.size), attribute(color))
	if c.bold {
		c.body.WriteString(` font-weight="bold"`)
	}
	if angle != 0 {
		fmt.Fprintf(&c.body, ` transform="rotate(%s %s %s)"`, number(-angle), number(x), number(y))
	}
	fmt.Fprintf(&c.body, ">%s</text>\n", attribute(s))
}

// attribute returns a text as it stands in XML; what XML cannot hold becomes
// a replacement character.
func attribute(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder never fails
	return out.String()
}

func (c *svgCanvas) write(w io.Writer) error {
	var head bytes.Buffer
	fmt.Fprintf(&head, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]spt" height="%[2]spt" viewBox="0 0 %[1]s %[2]s" lang="%[3]s" role="img" font-family="'Liberation Sans', Arial, Helvetica, sans-serif" xml:space="preserve">`+"\n",
		number(c.width), number(c.height), attribute(c.language))
	if c.title != "" {
		fmt.Fprintf(&head, "<title>%s</title>\n", attribute(c.title))
	}
	if c.alt != "" {
		fmt.Fprintf(&head, "<desc>%s</desc>\n", attribute(c.alt))
	}
	fmt.Fprintf(&head, `<path d="M0 0H%sV%sH0Z" fill="#FFFFFF"/>`+"\n", number(c.width), number(c.height))
	for _, part := range [][]byte{head.Bytes(), c.body.Bytes(), []byte("</svg>\n")} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
