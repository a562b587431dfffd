package pdf

import (
	"strings"
	"unicode"
)

// wrap breaks a plain text into lines of at most the given width in
// millimetres. A word that is wider is broken inside. With limit > 0 there are
// at most so many lines; the last then ends with an ellipsis.
func wrap(text string, width float64, s textStyle, limit int) []string {
	var lines []string
	current := ""
	for _, word := range fitting(words(text), width, s) {
		for i, part := range parts(word, width, s) {
			joint := " "
			if i > 0 {
				joint = ""
			}
			if current != "" && s.width(current+joint+part) <= width {
				current += joint + part
				continue
			}
			if current != "" {
				lines = append(lines, current)
			}
			for s.width(part) > width {
				head := beginning(part, width, s)
				lines, part = append(lines, head), part[len(head):]
			}
			current = part
		}
	}
	if current != "" || len(lines) == 0 {
		lines = append(lines, current)
	}
	if limit > 0 && len(lines) > limit {
		lines = lines[:limit]
		lines[limit-1] = ellipsis(lines[limit-1]+" …", width, s)
	}
	return lines
}

// fitting takes words with a space apart again where they are too wide.
func fitting(words []string, width float64, s textStyle) []string {
	var out []string
	for _, word := range words {
		if strings.Contains(word, " ") && s.width(word) > width {
			out = append(out, strings.Split(word, " ")...)
		} else {
			out = append(out, word)
		}
	}
	return out
}

// words splits at breakable spaces only. What is read as one stays together:
// "price −8", "95 %", "n = 14".
func words(text string) []string {
	var out []string
	for _, word := range strings.Split(text, " ") {
		switch {
		case word == "":
		case len(out) > 0 && joins(out[len(out)-1], word):
			out[len(out)-1] += " " + word
		default:
			out = append(out, word)
		}
	}
	return out
}

// joins reports whether a word may not begin a line after the one before.
func joins(before, word string) bool {
	if strings.HasSuffix(before, "n =") || strings.HasSuffix(before, "n") && word == "=" && len(strings.TrimLeft(before, "(")) == 1 {
		return true
	}
	return signed(word) || strings.HasPrefix(word, "%")
}

// signed reports whether a word is a number after its sign, such as +4 or
// (−8).
func signed(word string) bool {
	word = strings.TrimPrefix(word, "(")
	rest, ok := strings.CutPrefix(word, "+")
	if !ok {
		rest, ok = strings.CutPrefix(word, "\u2212")
	}
	return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// parts returns what a word may be parted into without a sign: Chinese and
// Japanese between any two characters, a word wider than the line behind its
// hyphens and strokes.
func parts(word string, width float64, s textStyle) []string {
	if isPlain(word) && s.width(word) <= width {
		return []string{word}
	}
	wide := s.width(word) > width
	var out []string
	begin, last := 0, rune(0)
	for i, r := range word {
		if i > begin && (wide && (last == '-' || last == '/') || parted(last, r)) {
			out = append(out, word[begin:i])
			begin = i
		}
		last = r
	}
	return append(out, word[begin:])
}

// parted reports whether a line may end between two characters because one of
// them is of a script without spaces. Closing marks never begin a line, opening
// ones never end it; a space within what stays together is one of the closing.
func parted(before, after rune) bool {
	const closing, opening = " \u00a0、。，．・：；？！）」』】〕〉》”’ー々,.;:!?)]", "（「『【〔〈《“‘(["
	return (ideographic(before) || ideographic(after)) &&
		!strings.ContainsRune(closing, after) && !strings.ContainsRune(opening, before)
}

func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff65
}

// beginning returns the longest beginning of a word that fits, at least one
// character.
func beginning(word string, width float64, s textStyle) string {
	end, used := 0, 0.0
	for i, r := range word {
		used += s.width(string(r))
		if i > 0 && used > width {
			break
		}
		end = i + len(string(r))
	}
	return word[:end]
}

// ellipsis cuts a line so that it fits with an ellipsis at its end.
func ellipsis(line string, width float64, s textStyle) string {
	line = strings.TrimRight(strings.TrimSuffix(line, "…"), " .,;:")
	whole := line
	for line != "" && s.width(line+"…") > width {
		_, size := lastSize(line)
		line = strings.TrimRight(line[:len(line)-size], " ")
	}
	// At the end of a word where one ends not far before.
	if i := strings.LastIndexByte(line, ' '); len(line) < len(whole) && whole[len(line)] != ' ' && i > len(line)*3/5 {
		line = strings.TrimRight(line[:i], " .,;:&(-")
	}
	return line + "…"
}

func lastSize(text string) (rune, int) {
	r, _ := lastRune(text)
	return r, len(string(r))
}

// oneLine returns the text cut to one line of a width.
func oneLine(text string, width float64, s textStyle) string {
	if s.width(text) <= width {
		return text
	}
	return ellipsis(text, width, s)
}
