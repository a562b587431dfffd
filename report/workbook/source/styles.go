package source

import (
	"strings"

	"valuebook/report/workbook/parts"
)

// style is what recognition wants to know of a cell's number format.
type style struct{ percent, date bool }

// readStyles returns the styles of cells by their number; nil when the part is
// missing or broken: then every number is a plain number.
func readStyles(p *parts.Package, part string) []style {
	var doc struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if part == "" || p.Decode(part, &doc) != nil {
		return nil
	}
	own := map[int]style{}
	for _, f := range doc.Formats {
		own[f.ID] = formatStyle(f.Code)
	}
	styles := make([]style, len(doc.Cells))
	for i, c := range doc.Cells {
		if s, ok := own[c.Format]; ok {
			styles[i] = s
		} else {
			styles[i] = builtInStyle(c.Format)
		}
	}
	return styles
}

// builtInStyle returns the style of a format that a file need not define.
func builtInStyle(id int) style {
	return style{
		percent: id == 9 || id == 10,
		date:    id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58,
	}
}

// formatStyle reads a format code such as "0.0 %" or "dd.mm.yyyy", without its
// quoted text, its bracketed colours and its escaped characters.
func formatStyle(code string) style {
	var s style
	quoted, bracket := false, false
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\', c == '_', c == '*':
			i++
		case c == '[':
			bracket = !elapsed(code[i:])
		case c == ']':
			bracket = false
		case bracket:
		case c == '%':
			s.percent = true
		case c == 'y', c == 'd', c == 'm', c == 'h', c == 's':
			s.date = true
		case strings.HasPrefix(code[i:], "general"):
			i += len("general") - 1
		}
	}
	return s
}

// elapsed reports whether a bracket is a span of time, such as [h]:mm.
func elapsed(code string) bool {
	return strings.HasPrefix(code, "[h") || strings.HasPrefix(code, "[mm") || strings.HasPrefix(code, "[m]") || strings.HasPrefix(code, "[s")
}
