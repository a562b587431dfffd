package source

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	wide "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Names of the encodings that are told by their bytes alone.
const (
	nameUTF8  = "UTF-8"
	nameUTF16 = "UTF-16"
	nameUTF32 = "UTF-32"
)

// decoded is the text of a file with what was decided about its bytes.
type decoded struct {
	text string
	name string // of the encoding
	bad  int    // bytes that are no text in that encoding: NUL, or of another encoding
	// marked says that the file names its encoding by the mark at its beginning.
	marked bool
	// rival is another encoding that fits as well, "" without one; here and there are
	// one word of the file as it reads in each.
	rival, here, there string
}

// Encodings returns the names that Options.Encoding may have.
func Encodings() []string {
	names := []string{nameUTF8, nameUTF16}
	for _, c := range candidates {
		names = append(names, c.name)
	}
	return names
}

// decodeText returns the text of a file: in the named encoding, else in the one that
// its bytes tell.
func decodeText(data []byte, named string) decoded {
	for _, c := range candidates {
		if strings.EqualFold(c.name, named) {
			return c.decode(data)
		}
	}
	if !strings.EqualFold(named, nameUTF8) {
		if order := wideOrder(data); order != nil {
			return decodeWide(data, order)
		}
	}
	marked := bytes.HasPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	nul := bytes.Count(data, []byte{0})
	if nul > 0 {
		data = bytes.ReplaceAll(data, []byte{0}, nil)
	}
	out := decoded{name: nameUTF8}
	switch {
	case utf8.Valid(data):
		out.text = string(data)
	case marked || strings.EqualFold(named, nameUTF8) || mostlyUTF8(data):
		out.text, out.bad = repaired(data)
	default:
		out = guessEncoding(data)
	}
	out.bad += nul
	return out
}

func decodeWide(data []byte, order encoding.Encoding) decoded {
	text, err := order.NewDecoder().Bytes(data[:len(data)&^1])
	out := decoded{name: nameUTF16, bad: len(data) & 1, marked: utf16Order(data[:min(len(data), 4)]) != nil}
	if bytes.HasPrefix(data, utf32Mark) {
		text, err = order.NewDecoder().Bytes(data)
		out = decoded{name: nameUTF32, marked: true}
	}
	if err != nil {
		return decoded{name: out.name, bad: len(data)}
	}
	out.text = strings.TrimPrefix(string(text), "\ufeff")
	if nul := strings.Count(out.text, "\x00"); nul > 0 {
		out.text, out.bad = strings.ReplaceAll(out.text, "\x00", ""), out.bad+nul
	}
	return out
}

var utf32Mark = []byte{0xff, 0xfe, 0, 0}

// wideOrder returns the encoding of a text in units of two or four bytes, nil for all
// others. Without a byte order mark the zeros of ASCII characters tell the order.
func wideOrder(data []byte) encoding.Encoding {
	if bytes.HasPrefix(data, utf32Mark) && len(data)%4 == 0 {
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	}
	if order := utf16Order(data[:min(len(data), 4)]); order != nil {
		return order
	}
	head := data[:min(len(data), headSize)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	units := len(head) / 2
	switch {
	case units < 2:
		return nil
	case zeros[1]*20 >= units && zeros[0]*20 <= zeros[1]:
		return plausibleWide(head, wide.LittleEndian)
	case zeros[0]*20 >= units && zeros[1]*20 <= zeros[0]:
		return plausibleWide(head, wide.BigEndian)
	}
	return nil
}

// plausibleWide returns the encoding when the bytes are text in it.
func plausibleWide(head []byte, order wide.Endianness) encoding.Encoding {
	e := wide.UTF16(order, wide.IgnoreBOM)
	text, err := e.NewDecoder().Bytes(head)
	if err != nil {
		return nil
	}
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		last := len(text) == 0 // a pair of units may be cut off
		if r == utf8.RuneError && !last || unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Co, r) {
			return nil
		}
	}
	return e
}

// mostlyUTF8 reports whether most characters beyond ASCII are UTF-8, so that the
// others are mistakes.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		i := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
		if i < 0 {
			break
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		data = data[i+size:]
	}
	return good >= 3 && good >= 2*bad
}

// repaired returns a text in UTF-8 whose bytes of another encoding were read as
// Windows-1252, and how many there were.
func repaired(data []byte) (string, int) {
	var out strings.Builder
	out.Grow(len(data) + len(data)/8)
	bad := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			bad++
			r = charmap.Windows1252.DecodeByte(data[0])
		}
		out.WriteRune(r)
		data = data[size:]
	}
	return out.String(), bad
}

// sampleSize is how many bytes of lines beyond ASCII the choice looks at.
const sampleSize = 1 << 16

// guessEncoding chooses the encoding in which the text is most plausible.
func guessEncoding(data []byte) decoded {
	sample := beyondASCII(data)
	best, second := -1, -1
	scores := make([]float64, len(candidates))
	texts := make([]string, len(candidates))
	for i, c := range candidates {
		texts[i] = c.decode(sample).text
		scores[i] = c.plausible(texts[i])
		switch {
		case best < 0 || scores[i] > scores[best]+tie:
			best, second = i, rivalOf(i, best, texts)
		case (second < 0 || scores[i] > scores[second]) && texts[i] != texts[best]:
			second = i
		}
	}
	out := candidates[best].decode(data)
	if second >= 0 && scores[second] > scores[best]-tie && scores[best] > 0 {
		out.rival = candidates[second].name
		out.here, out.there = difference(texts[best], texts[second])
	}
	return out
}

// tie is the difference of plausibility that means nothing.
const tie = 0.005

// rivalOf returns the former best as the second when it reads differently.
func rivalOf(now, before int, texts []string) int {
	if before >= 0 && texts[now] != texts[before] {
		return before
	}
	return -1
}

// beyondASCII returns the first lines that hold bytes beyond ASCII.
func beyondASCII(data []byte) []byte {
	var sample []byte
	for len(data) > 0 && len(sample) < sampleSize {
		i := bytes.IndexAny(data, "\r\n")
		line := data
		if i >= 0 {
			line, data = data[:i+1], data[i+1:]
		} else {
			data = nil
		}
		for _, b := range line {
			if b >= utf8.RuneSelf {
				sample = append(sample, line[:min(len(line), sampleSize)]...)
				break
			}
		}
	}
	return sample
}

// difference returns the first word that differs between two readings.
func difference(a, b string) (here, there string) {
	words, others := strings.FieldsFunc(a, betweenWords), strings.FieldsFunc(b, betweenWords)
	for i := range min(len(words), len(others)) {
		if words[i] != others[i] {
			return words[i], others[i]
		}
	}
	return "", ""
}

func betweenWords(r rune) bool {
	return r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
