package pipeline

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how many bytes the name of a file has at most, without its
// ending: folders on all systems take 255, and some room is left for a number,
// for another program's addition and for a long path before it.
const longestName = 150

// reserved are the names that Windows keeps for devices, with any ending.
var reserved = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true, "CLOCK$": true}

func init() {
	for _, device := range []string{"COM", "LPT"} {
		for _, digit := range "0123456789¹²³" {
			reserved[device+string(digit)] = true
		}
	}
}

// SafeName makes any text a file name, without ending, that Windows, macOS and
// Linux take and show alike: no separators, control or invisible characters,
// no name of a device, no dot or space at its ends, not too long. plain asks
// for ASCII letters. The name of what has none is "_".
func SafeName(text string, plain bool) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, "_"))
	if plain {
		text = asciiOf(text)
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			out.WriteByte(' ')
		case unicode.IsControl(r), strings.ContainsRune(`<>:"/\|?*`, r), r == utf8.RuneError, unicode.Is(unicode.Co, r):
			out.WriteByte('_')
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		default:
			out.WriteRune(r)
		}
	}
	name := trimmed(shortened(strings.Join(strings.Fields(out.String()), " "), longestName))
	stem, _, _ := strings.Cut(name, ".")
	if reserved[strings.ToUpper(strings.TrimSpace(stem))] {
		name = "_" + name
	}
	if name == "" {
		return "_"
	}
	return name
}

// trimmed removes what may not stand at the ends of a name: dots and spaces,
// the mark of another program's temporary file, what looks like a flag.
func trimmed(name string) string {
	return strings.TrimRight(strings.TrimLeft(name, ". ~$-"), ". ")
}

// shortened cuts a text to a number of bytes, between characters.
func shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !norm.NFC.PropertiesString(text[most:]).BoundaryBefore() {
		most--
	}
	return text[:most]
}

// asciiLetters are letters that do not come apart into a base and a mark.
var asciiLetters = strings.NewReplacer("ß", "ss", "ẞ", "SS", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L",
	"đ", "d", "Đ", "D", "ð", "d", "Ð", "D", "þ", "th", "Þ", "Th", "ı", "i", "–", "-", "—", "-", "‘", "'", "’", "'", "“", "'", "”", "'")

// asciiOf writes letters without their marks; what has no ASCII form is "_",
// one for a whole stretch.
func asciiOf(text string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(asciiLetters.Replace(text)) {
		switch {
		case unicode.IsMark(r):
		case r < 0x80:
			out.WriteRune(r)
			gap = false
		case !gap:
			out.WriteByte('_')
			gap = true
		}
	}
	return out.String()
}

// Names gives every text a safe file name of its own: equal ones, also those
// that differ only in case or in how an accent is written, get a number.
// pattern has {name}, {stem}, {id} and {n}; ids are parallel to texts.
func Names(pattern, stem string, texts, ids []string, plain bool) []string {
	ending := ".pdf"
	pattern = strings.TrimSuffix(pattern, ending)
	if pattern == "" {
		pattern = "{name}"
	}
	width := len(strconv.Itoa(len(texts)))
	taken := make(map[string]bool, len(texts))
	names := make([]string, len(texts))
	for i, text := range texts {
		number := strconv.Itoa(i + 1)
		number = strings.Repeat("0", width-len(number)) + number
		filled := strings.NewReplacer("{name}", text, "{stem}", stem, "{id}", ids[i], "{n}", number).Replace(pattern)
		name := SafeName(filled, plain)
		if strings.Trim(name, "_ ") == "" && ids[i] != "" { // nothing of it could be written
			name = SafeName(ids[i], plain)
		}
		unique := name
		for n := 2; taken[equalName(unique)]; n++ {
			unique = name + " (" + strconv.Itoa(n) + ")"
		}
		taken[equalName(unique)] = true
		names[i] = unique + ending
	}
	return names
}

// equalName is the form in which two names are one on some file system.
func equalName(name string) string {
	return strings.ToLower(strings.ToUpper(norm.NFKC.String(name)))
}
