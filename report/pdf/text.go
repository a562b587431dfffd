package pdf

import (
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// substitute stands where the font has no glyph. Liberation Sans has it.
const substitute = '□'

// replacements are what to write for characters the font lacks but everybody
// can read otherwise.
var replacements = map[rune]string{
	'\u2011': "-", '\u2012': "–", '\u2015': "—", '\u2043': "•", '\u2028': " ", '\u2029': " ",
	'₹': "Rs", '₺': "TL", '₽': "RUB", '₩': "W", '₿': "BTC", '✓': "√", '✔': "√", '✗': "x", '✘': "x",
	'◆': "♦", '▶': "►", '◀': "◄", '\u2009': "\u202f", '\u200a': "\u202f", '\u2002': " ", '\u2003': " ",
}

// A reader makes texts that the fonts can draw and remembers what they lack.
type reader struct{ missing map[rune]bool }

// plain returns a text with every character one that both faces can draw: the
// only way by which text reaches the PDF library, which fails beyond U+FFFF.
func (t *reader) plain(text string) string {
	if isPlain(text) {
		return text
	}
	var out strings.Builder
	last := rune(0)
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, string(substitute))) {
		piece := t.piece(r, last)
		out.WriteString(piece)
		if piece != "" {
			last, _ = lastRune(piece)
		}
	}
	return out.String()
}

// isPlain reports whether a text is printable ASCII, as most are.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < 0x20 || text[i] > 0x7e {
			return false
		}
	}
	return true
}

// piece returns what stands for one character; last is the one written before.
func (t *reader) piece(r, last rune) string {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return " "
	case invisible(r):
		return ""
	case drawn(r):
		return string(r)
	}
	if text, ok := replacements[r]; ok {
		return text
	}
	if text := norm.NFKC.String(string(r)); allDrawn(text) { // full width letters, circled digits
		return text
	}
	if base := strings.TrimFunc(norm.NFKD.String(string(r)), unicode.IsMark); base != "" && allDrawn(base) {
		t.lacks(r)
		return base
	}
	t.lacks(r)
	if unicode.IsMark(r) || (last == substitute && r > 0xffff) {
		return "" // parts of one picture character
	}
	return string(substitute)
}

func (t *reader) lacks(r rune) {
	if t.missing == nil {
		t.missing = map[rune]bool{}
	}
	t.missing[r] = true
}

// lacking returns the characters that were not drawn as written, in order.
func (t *reader) lacking() []rune {
	runes := make([]rune, 0, len(t.missing))
	for r := range t.missing {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool { return runes[i] < runes[j] })
	return runes
}

// invisible reports characters that steer others and have no form: controls,
// joiners, direction marks, variation selectors, skin tones.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		(r >= 0x1f3fb && r <= 0x1f3ff)
}

func drawn(r rune) bool { return r <= 0xffff && faceOf(false).has(r) && faceOf(true).has(r) }

func allDrawn(text string) bool {
	for _, r := range text {
		if !drawn(r) {
			return false
		}
	}
	return text != ""
}

func lastRune(text string) (rune, bool) {
	last, ok := rune(0), false
	for _, r := range text {
		last, ok = r, true
	}
	return last, ok
}

// wrap breaks a plain text into lines of at most the given width in
// millimetres. A word that is wider is broken inside. With limit > 0 there are
// at most so many lines; the last then ends with an ellipsis.
func wrap(text string, width float64, s textStyle, limit int) []string {
	var lines []string
	current := ""
	for _, word := range fitting(words(text), width, s) {
		if current != "" && s.width(current+" "+word) <= width {
			current += " " + word
			continue
		}
		if current != "" {
			lines = append(lines, current)
		}
		for s.width(word) > width {
			head := beginning(word, width, s)
			lines, word = append(lines, head), word[len(head):]
		}
		current = word
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
