package sheets

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// chartXML returns the part of a native chart, with every cached value filled
// in, so that viewers which do not calculate draw it too.
func (b *Book) chartXML(c Chart) string {
	var x strings.Builder
	x.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<c:roundedCorners val="0"/><c:chart>`)
	if c.Title != "" {
		x.WriteString(titleXML(c.Title, 1200, true, ink))
	}
	x.WriteString(fmt.Sprintf(`<c:autoTitleDeleted val="%d"/><c:plotArea><c:layout/>`, flag(c.Title == "")))
	if c.Kind == Scatter {
		b.scatterXML(&x, c)
	} else {
		b.barsXML(&x, c)
	}
	x.WriteString(`<c:spPr><a:noFill/></c:spPr></c:plotArea>`)
	if !c.HideLegend {
		x.WriteString(`<c:legend><c:legendPos val="b"/>` + hiddenEntries(c) + `<c:overlay val="0"/>` + textXML(900, false, secondary) + `</c:legend>`)
	}
	x.WriteString(`<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>` +
		`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return x.String()
}

// hiddenEntries keeps lines without a name out of the legend.
func hiddenEntries(c Chart) string {
	out := ""
	for i, s := range c.Series {
		if s.Name == "" {
			out += fmt.Sprintf(`<c:legendEntry><c:idx val="%d"/><c:delete val="1"/></c:legendEntry>`, i)
		}
	}
	return out
}

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (b *Book) scatterXML(x *strings.Builder, c Chart) {
	x.WriteString(`<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>`)
	for i, s := range c.Series {
		b.scatterSeries(x, i, s)
	}
	x.WriteString(`<c:axId val="100"/><c:axId val="200"/></c:scatterChart>`)
	x.WriteString(axisXML(axis{tag: "valAx", id: 100, cross: 200, side: "b", title: c.XTitle, min: c.XMin, max: c.XMax, format: c.XFormat, between: "midCat"}))
	x.WriteString(axisXML(axis{tag: "valAx", id: 200, cross: 100, side: "l", title: c.YTitle, min: c.YMin, max: c.YMax, format: c.YFormat, between: "midCat"}))
}

func (b *Book) scatterSeries(x *strings.Builder, i int, s Series) {
	fmt.Fprintf(x, `<c:ser><c:idx val="%d"/><c:order val="%d"/>`, i, i)
	x.WriteString(b.nameXML(s.Name))
	x.WriteString(`<c:spPr>` + lineXML(s) + `</c:spPr>` + markerXML(s))
	x.WriteString(pointLabels(s))
	x.WriteString(`<c:xVal>` + b.numbersXML(s.Categories) + `</c:xVal><c:yVal>` + b.numbersXML(s.Values) + `</c:yVal><c:smooth val="0"/></c:ser>`)
}

func lineXML(s Series) string {
	if !s.Line {
		return `<a:ln w="19050"><a:noFill/></a:ln>`
	}
	dash := ""
	if s.Dash {
		dash = `<a:prstDash val="dash"/>`
	}
	end := ""
	if s.Arrow {
		end = `<a:tailEnd type="triangle"/>`
	}
	return `<a:ln w="12700"><a:solidFill><a:srgbClr val="` + color(s.Color) + `"/></a:solidFill>` + dash + end + `</a:ln>`
}

func markerXML(s Series) string {
	if s.Marker == "" || s.Marker == "none" {
		return `<c:marker><c:symbol val="none"/></c:marker>`
	}
	size := "8"
	if s.Small {
		size = "5"
	}
	inside, outline := color(s.Color), "FFFFFF"
	if s.Hollow {
		inside, outline = outline, inside
	}
	return `<c:marker><c:symbol val="` + escape(s.Marker) + `"/><c:size val="` + size + `"/><c:spPr><a:solidFill><a:srgbClr val="` + inside +
		`"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="` + outline + `"/></a:solidFill></a:ln></c:spPr></c:marker>`
}

func color(c string) string {
	if c == "" {
		return navy
	}
	return c
}

// pointLabels writes texts beside single points, or the name of the series
// beside all.
func pointLabels(s Series) string {
	const shown = `<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="%d"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`
	if len(s.PointLabels) == 0 {
		if !s.Labels {
			return ""
		}
		return `<c:dLbls>` + textXML(800, false, secondary) + `<c:dLblPos val="r"/>` + fmt.Sprintf(shown, 1) + `</c:dLbls>`
	}
	var x strings.Builder
	x.WriteString(`<c:dLbls>`)
	for _, l := range s.PointLabels {
		fmt.Fprintf(&x, `<c:dLbl><c:idx val="%d"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="en-US" sz="800"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="%s"/>`, l.Index, ink, escape(l.Text), l.Place)
		fmt.Fprintf(&x, shown, 1)
		x.WriteString(`</c:dLbl>`)
	}
	fmt.Fprintf(&x, shown, 0)
	x.WriteString(`</c:dLbls>`)
	return x.String()
}

func (b *Book) barsXML(x *strings.Builder, c Chart) {
	direction, grouping, overlap := "col", "clustered", 0
	if c.Kind != ColumnChart {
		direction = "bar"
	}
	if c.Kind == StackedBar {
		grouping, overlap = "stacked", 100
	}
	fmt.Fprintf(x, `<c:barChart><c:barDir val="%s"/><c:grouping val="%s"/><c:varyColors val="0"/>`, direction, grouping)
	for i, s := range c.Series {
		b.barSeries(x, i, s, c)
	}
	fmt.Fprintf(x, `<c:gapWidth val="50"/><c:overlap val="%d"/><c:axId val="100"/><c:axId val="200"/></c:barChart>`, overlap)
	across, up := "b", "l"
	if direction == "bar" {
		across, up = "l", "b"
	}
	x.WriteString(axisXML(axis{tag: "catAx", id: 100, cross: 200, side: across, title: c.XTitle, reverse: direction == "bar"}))
	x.WriteString(axisXML(axis{tag: "valAx", id: 200, cross: 100, side: up, title: c.YTitle, min: c.YMin, max: c.YMax, format: c.YFormat, atEnd: direction == "bar", between: "between"}))
}

func (b *Book) barSeries(x *strings.Builder, i int, s Series, c Chart) {
	fmt.Fprintf(x, `<c:ser><c:idx val="%d"/><c:order val="%d"/>`, i, i)
	x.WriteString(b.nameXML(s.Name))
	fill := `<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill></c:spPr>`
	fmt.Fprintf(x, fill+`<c:invertIfNegative val="0"/>`, color(s.Color))
	for p, pointColor := range b.pointColors(s) {
		if pointColor != "" {
			fmt.Fprintf(x, `<c:dPt><c:idx val="%d"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>`+fill+`</c:dPt>`, p, pointColor)
		}
	}
	if s.ValueLabels {
		format := ""
		if c.YFormat != "" {
			format = `<c:numFmt formatCode="` + escape(c.YFormat) + `" sourceLinked="0"/>`
		}
		x.WriteString(`<c:dLbls>` + format + `<c:spPr><a:noFill/></c:spPr>` + textXML(900, false, ink) +
			`<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
	}
	if s.Minus != "" && s.Plus != "" {
		x.WriteString(`<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/><c:plus>` + b.numbersXML(s.Plus) +
			`</c:plus><c:minus>` + b.numbersXML(s.Minus) + `</c:minus><c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="` + secondary + `"/></a:solidFill></a:ln></c:spPr></c:errBars>`)
	}
	x.WriteString(`<c:cat>` + b.textsXML(s.Categories) + `</c:cat><c:val>` + b.numbersXML(s.Values) + `</c:val></c:ser>`)
}

// pointColors returns the colours of single bars: as planned, or by sign.
func (b *Book) pointColors(s Series) []string {
	if s.NegativeColor == "" {
		return s.PointColors
	}
	var colors []string
	for _, v := range b.values(s.Values) {
		own := ""
		if x, ok := v.(float64); ok && x < 0 {
			own = s.NegativeColor
		}
		colors = append(colors, own)
	}
	return colors
}

// nameXML writes the name of a series: a cell or a plain text.
func (b *Book) nameXML(name string) string {
	if name == "" {
		return ""
	}
	if b.values(name) != nil {
		return `<c:tx>` + b.textsXML(name) + `</c:tx>`
	}
	return `<c:tx><c:v>` + escape(name) + `</c:v></c:tx>`
}

func (b *Book) textsXML(ref string) string {
	values := b.values(ref)
	var x strings.Builder
	fmt.Fprintf(&x, `<c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, escape(ref), len(values))
	for i, v := range values {
		text, ok := v.(string)
		if !ok {
			text = number(v)
		}
		if text != "" {
			fmt.Fprintf(&x, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escape(text))
		}
	}
	x.WriteString(`</c:strCache></c:strRef>`)
	return x.String()
}

func (b *Book) numbersXML(ref string) string {
	values := b.values(ref)
	var x strings.Builder
	fmt.Fprintf(&x, `<c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, escape(ref), len(values))
	for i, v := range values {
		if text := number(v); text != "" {
			fmt.Fprintf(&x, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, text)
		}
	}
	x.WriteString(`</c:numCache></c:numRef>`)
	return x.String()
}

// number returns a planned value as a number's text, "" for anything else.
func number(v any) string {
	switch n := v.(type) {
	case int:
		return strconv.Itoa(n)
	case float64:
		if !math.IsNaN(n) && !math.IsInf(n, 0) {
			return strconv.FormatFloat(n, 'g', -1, 64)
		}
	}
	return ""
}

// An axis is what axisXML writes.
type axis struct {
	tag, side, title, format string
	between                  string // of a value axis: "midCat" for points, "between" for bars
	id, cross                int
	min, max                 *float64
	reverse                  bool // first category on top
	atEnd                    bool // stays at the bottom below a reversed axis
}

func axisXML(a axis) string {
	var x strings.Builder
	orientation := "minMax"
	if a.reverse {
		orientation = "maxMin"
	}
	fmt.Fprintf(&x, `<c:%s><c:axId val="%d"/><c:scaling><c:orientation val="%s"/>`, a.tag, a.id, orientation)
	for _, end := range []struct {
		tag   string
		value *float64
	}{{"max", a.max}, {"min", a.min}} {
		if end.value != nil {
			fmt.Fprintf(&x, `<c:%s val="%s"/>`, end.tag, number(*end.value))
		}
	}
	fmt.Fprintf(&x, `</c:scaling><c:delete val="0"/><c:axPos val="%s"/>`, a.side)
	if a.tag == "valAx" {
		x.WriteString(`<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="ECEEF1"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`)
	}
	if a.title != "" {
		x.WriteString(titleXML(a.title, 900, false, secondary))
	}
	format := a.format
	if format == "" {
		format = "General"
	}
	crosses, labels := `<c:crosses val="min"/>`, "low"
	switch {
	case a.atEnd:
		crosses, labels = `<c:crosses val="max"/>`, "nextTo"
	case a.tag == "catAx":
		crosses = `<c:crosses val="autoZero"/>`
	}
	fmt.Fprintf(&x, `<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="%s"/>`, escape(format), labels)
	x.WriteString(`<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="` + rule + `"/></a:solidFill></a:ln></c:spPr>` + textXML(900, false, secondary))
	fmt.Fprintf(&x, `<c:crossAx val="%d"/>%s`, a.cross, crosses)
	if a.tag == "catAx" {
		x.WriteString(`<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>`)
	} else {
		fmt.Fprintf(&x, `<c:crossBetween val="%s"/>`, a.between)
	}
	x.WriteString(`</c:` + a.tag + `>`)
	return x.String()
}

func titleXML(text string, size int, bold bool, color string) string {
	return fmt.Sprintf(`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="%d" b="%d"/></a:pPr><a:r><a:rPr lang="en-US" sz="%d" b="%d"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`,
		size, flag(bold), size, flag(bold), color, escape(text))
}

func textXML(size int, bold bool, color string) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="%d" b="%d"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`, size, flag(bold), color)
}
