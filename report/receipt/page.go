package receipt

import (
	"strings"
	"unicode"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// A page collects lines that are no wider than a terminal.
type page struct {
	words *wording.Writer
	width int
	lines []string
}

func (p *page) say(code string, args ...dataset.Quantity) string {
	return p.words.Text(dataset.Msg(code, args...))
}

// title writes a line of its own with a blank one before it.
func (p *page) title(code string) { p.lines = append(p.lines, "", p.say(code)) }

// wrap writes a text over as many lines as it needs; the first begins with first, the others with next. A word that is wider
// than a line stays whole.
func (p *page) wrap(first, next, text string) {
	line, begun := first, false
	for _, word := range strings.Fields(printable(text)) {
		if begun && wide(line)+1+wide(word) > p.width {
			p.lines = append(p.lines, line)
			line, begun = next, false
		}
		if begun {
			line += " "
		}
		line += word
		begun = true
	}
	if begun {
		p.lines = append(p.lines, line)
	}
}

// wide returns how many columns of a terminal a text takes: two for a letter of the East.
func wide(text string) int {
	n := 0
	for _, r := range text {
		n++
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0xFF01 && r <= 0xFF60 || r >= 0x3000 && r <= 0x303F {
			n++
		}
	}
	return n
}

// pad fills a text with spaces to so many columns.
func pad(text string, columns int) string {
	if n := columns - wide(text); n > 0 {
		return text + strings.Repeat(" ", n)
	}
	return text
}

// cut shortens a text to so many columns, and says so.
func cut(text string, columns int) string {
	text = strings.Join(strings.Fields(printable(text)), " ")
	if wide(text) <= columns {
		return text
	}
	var out strings.Builder
	n := 0
	for _, r := range text {
		if n += wide(string(r)); n > columns-1 {
			break
		}
		out.WriteRune(r)
	}
	return strings.TrimRight(out.String(), " ") + "…"
}

// printable replaces what would move the cursor of a terminal: cells may hold anything.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Wrap parts a text into lines of at most so many columns.
func Wrap(text string, width int) []string {
	p := page{width: width}
	p.wrap("", "", text)
	return p.lines
}
