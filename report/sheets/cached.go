package sheets

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// fillFormulas replaces the stand-in of every planned formula in a sheet's
// part by the formula and its typed result. It is an error when a planned
// formula has no cell in the part.
func fillFormulas(part []byte, planned map[place]Cell) ([]byte, error) {
	wanted := 0
	for _, c := range planned {
		if c.Formula != "" {
			wanted++
		}
	}
	if wanted == 0 {
		return part, nil
	}
	var out bytes.Buffer
	out.Grow(len(part) + 200*wanted)
	rest, done := part, 0
	for done < wanted {
		start := bytes.Index(rest, []byte("<c "))
		if start < 0 {
			return nil, fmt.Errorf("%d of %d formulas have no cell", wanted-done, wanted)
		}
		open, length, err := cellElement(rest[start:])
		if err != nil {
			return nil, err
		}
		element := rest[start : start+length]
		out.Write(rest[:start])
		c, ok := plannedAt(planned, element[:open])
		if ok && c.Formula != "" {
			out.WriteString(formulaCell(c, attribute(element[:open], "s")))
			done++
		} else {
			out.Write(element)
		}
		rest = rest[start+length:]
	}
	out.Write(rest)
	return out.Bytes(), nil
}

// cellElement returns the length of the start tag and of the whole element at
// the beginning of data.
func cellElement(data []byte) (open, length int, err error) {
	open = bytes.IndexByte(data, '>') + 1
	if open == 0 {
		return 0, 0, fmt.Errorf("a cell's tag does not end")
	}
	if data[open-2] == '/' {
		return open, open, nil
	}
	end := bytes.Index(data, []byte("</c>"))
	if end < 0 {
		return 0, 0, fmt.Errorf("a cell does not end")
	}
	return open, end + len("</c>"), nil
}

func plannedAt(planned map[place]Cell, tag []byte) (Cell, bool) {
	col, row, err := excelize.CellNameToCoordinates(attribute(tag, "r"))
	if err != nil {
		return Cell{}, false
	}
	c, ok := planned[place{row, col}]
	return c, ok
}

// formulaCell returns the element of a cell with its formula and its result.
func formulaCell(c Cell, style string) string {
	var out strings.Builder
	out.WriteString(`<c r="` + Address(c.Row, c.Col) + `"`)
	if style != "" {
		out.WriteString(` s="` + style + `"`)
	}
	kind, value := cached(c.Value)
	if kind != "" {
		out.WriteString(` t="` + kind + `"`)
	}
	out.WriteString("><f>" + escape(c.Formula) + "</f>")
	if kind != "" || value != "" {
		out.WriteString("<v>" + escape(value) + "</v>")
	}
	out.WriteString("</c>")
	return out.String()
}

// cached returns the type and the text of a result as they stand in a cell; a
// result that is missing has neither.
func cached(value any) (kind, text string) {
	switch v := value.(type) {
	case string:
		return "str", cut(v)
	case Fault:
		return "e", string(v)
	case bool:
		if v {
			return "b", "1"
		}
		return "b", "0"
	case int:
		return "", strconv.Itoa(v)
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return "", strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	return "", ""
}

// escape writes text as XML; characters that XML does not allow become the
// replacement mark.
func escape(text string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(text)) // a buffer takes everything
	return out.String()
}

// ruleElement is a conditional rule; its priority is kept when it is replaced.
var ruleElement = regexp.MustCompile(`<cfRule\s[^>]*>(?:<formula>[^<]*</formula>)*</cfRule>`)

// fillIcons puts the arrows with their limits in the place of their marks.
func fillIcons(part []byte, icons []Condition) []byte {
	next := 0
	return ruleElement.ReplaceAllFunc(part, func(rule []byte) []byte {
		if next >= len(icons) || unescape(string(rule[bytes.IndexByte(rule, '>')+1:])) != "<formula>"+iconsMark+"</formula></cfRule>" {
			return rule
		}
		limits := ""
		for _, text := range icons[next].Texts {
			limits += `<cfvo type="formula" val="` + escape(text) + `"/>`
		}
		next++
		return []byte(`<cfRule type="iconSet" priority="` + attribute(rule, "priority") +
			`"><iconSet iconSet="3Arrows"><cfvo type="percent" val="0"/>` + limits + `</iconSet></cfRule>`)
	})
}
