package workbook

import "strings"

// foldedBytes is how long a text may be to be folded without memory of its own.
const foldedBytes = 96

// A folded is a short text of ASCII as fold returns it, without memory of its own. Millions of cells are compared with lists of
// words this way.
type folded struct {
	bytes  [foldedBytes]byte
	length int
}

// set folds a text; false when it is too long or goes beyond ASCII: then fold has to do it.
func (f *folded) set(text string) bool { return f.setWithout(text, 0x80) }

// setWithout is set for a text from which a sign is left out before.
func (f *folded) setWithout(text string, sign byte) bool {
	if len(text) > foldedBytes*2/3 {
		return false
	}
	space := false
	f.length = 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 0x80:
			return false
		case c == sign:
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		default:
			space = true
			continue
		}
		if space && f.length > 0 {
			f.bytes[f.length] = ' '
			f.length++
		}
		space = false
		f.bytes[f.length] = c
		f.length++
	}
	return true
}

// holds reports whether a text, folded, is in the set.
func (s set) holds(text string) bool {
	var f folded
	if f.set(text) {
		return s[string(f.bytes[:f.length])]
	}
	return s[fold(text)]
}

// beginsWith reports whether a text, folded, begins with one of the phrases, or is one.
func beginsWith(text string, phrases []string, as set) bool {
	var f folded
	if f.set(text) {
		for i := 1; i <= f.length; i++ {
			if (i == f.length || f.bytes[i] == ' ') && as[string(f.bytes[:i])] {
				return true
			}
		}
		return false
	}
	long := fold(text)
	for _, phrase := range phrases {
		if strings.HasPrefix(long, phrase) && (len(long) == len(phrase) || long[len(phrase)] == ' ' || long[len(phrase)] >= 0x80) {
			return true
		}
	}
	return false
}

// closesWith reports whether a text, folded, ends with one of the phrases behind another word.
func closesWith(text string, phrases []string, as set) bool {
	var f folded
	if f.set(text) {
		for i := 1; i < f.length; i++ {
			if f.bytes[i-1] == ' ' && as[string(f.bytes[i:f.length])] {
				return true
			}
		}
		return false
	}
	long := fold(text)
	for _, phrase := range phrases {
		if strings.HasSuffix(long, phrase) && (len(long) > len(phrase) && long[len(long)-len(phrase)-1] == ' ' || phrase[0] >= 0x80) {
			return true
		}
	}
	return false
}
