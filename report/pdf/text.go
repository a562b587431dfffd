package pdf

import (
	"fmt"
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
type reader struct {
	fonts   *chain // nil is the built-in one
	missing map[rune]bool
}

// plain returns a text with every character one that the fonts can draw: the
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
	case t.fonts.draws(r):
		return string(r)
	}
	if text, ok := replacements[r]; ok {
		return text
	}
	if text := norm.NFKC.String(string(r)); t.fonts.drawsAll(text) { // full width letters, circled digits
		return text
	}
	if base := strings.TrimFunc(norm.NFKD.String(string(r)), unicode.IsMark); base != "" && t.fonts.drawsAll(base) {
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

// Lacking returns a function that says which characters of a text the built-in
// font and the given ones cannot draw as written, in ascending order, each
// once; nil for a text that is drawn as it is. The function is for one
// goroutine.
func Lacking(given []*Font) func(text string) []rune {
	fonts := newChain(given)
	return func(text string) []rune {
		if isPlain(text) {
			return nil
		}
		t := reader{fonts: fonts}
		t.plain(text)
		if len(t.missing) == 0 {
			return nil
		}
		return t.lacking()
	}
}

// CodePoints lists characters by their numbers, such as "U+1F642", at most
// twelve.
func CodePoints(runes []rune) string {
	const most = 12
	var names []string
	for i, r := range runes {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(names, ", ")
}

// invisible reports characters that steer others and have no form: controls,
// joiners, direction marks, variation selectors, skin tones.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		(r >= 0x1f3fb && r <= 0x1f3ff)
}

func lastRune(text string) (rune, bool) {
	last, ok := rune(0), false
	for _, r := range text {
		last, ok = r, true
	}
	return last, ok
}
