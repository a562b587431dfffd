package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// candidate is an encoding with the languages that are written in it.
type candidate struct {
	name     string
	encoding encoding.Encoding
	// languages are alphabets of which a word uses one; common are the characters that
	// make up most of a text in an encoding of several bytes a character.
	languages []string
	common    string
}

// candidates in the order in which one of two equally plausible ones is chosen.
var candidates = []candidate{
	{"Windows-1252", charmap.Windows1252, []string{german, french, spanish, portuguese, italian, swedish, danish, icelandic}, ""},
	{"Windows-1250", charmap.Windows1250, []string{polish, czech, hungarian, romanian, croatian, german}, ""},
	{"Windows-1251", charmap.Windows1251, []string{cyrillic}, ""},
	{"Windows-1253", charmap.Windows1253, []string{greek}, ""},
	{"Windows-1254", charmap.Windows1254, []string{turkish, german, french}, ""},
	{"ISO-8859-15", charmap.ISO8859_15, []string{german, french, spanish, portuguese, italian, swedish, danish}, ""},
	{"ISO-8859-2", charmap.ISO8859_2, []string{polish, czech, hungarian, romanian, croatian, german}, ""},
	{"Macintosh", charmap.Macintosh, []string{german, french, spanish, portuguese, italian, swedish, danish}, ""},
	{"CP850", charmap.CodePage850, []string{german, french, spanish, portuguese, italian, swedish, danish}, ""},
	{"KOI8-R", charmap.KOI8R, []string{cyrillic}, ""},
	{"CP866", charmap.CodePage866, []string{cyrillic}, ""},
	{"GB18030", simplifiedchinese.GB18030, nil, commonSimplified},
	{"Shift-JIS", japanese.ShiftJIS, nil, commonJapanese},
	{"EUC-JP", japanese.EUCJP, nil, commonJapanese},
	{"Big5", traditionalchinese.Big5, nil, commonTraditional},
	{"EUC-KR", korean.EUCKR, nil, commonKorean},
}

// decode returns the bytes as text; what the encoding does not know is counted.
func (c candidate) decode(data []byte) decoded {
	text, err := c.encoding.NewDecoder().Bytes(data)
	if err != nil {
		return decoded{name: c.name, text: string(data), bad: len(data)}
	}
	out := decoded{name: c.name, text: string(text)}
	if out.bad = strings.Count(out.text, "\x00"); out.bad > 0 {
		out.text = strings.ReplaceAll(out.text, "\x00", "")
	}
	out.bad += strings.Count(out.text, "\ufffd")
	return out
}

// plausible says from 0 to 1 how much a text looks like one that people wrote.
func (c candidate) plausible(text string) float64 {
	if c.common != "" {
		return c.plausibleCharacters(text)
	}
	score, words := 0.0, 0
	byLanguage := make([]float64, len(c.languages))
	for len(text) > 0 {
		word, rest := nextWord(text)
		text = rest
		if word == "" {
			continue
		}
		words++
		best := 0.0
		for i, letters := range c.languages {
			one := plausibleWord(word, letters)
			byLanguage[i] += one
			best = max(best, one)
		}
		score += best
	}
	if words == 0 {
		return 0
	}
	file := 0.0
	for _, one := range byLanguage {
		file = max(file, one)
	}
	return (0.75*score + 0.25*file) / float64(words)
}

// nextWord takes the next word with a character beyond ASCII off a text; a word that
// is ASCII alone is returned as "".
func nextWord(text string) (word, rest string) {
	start := strings.IndexFunc(text, inWord)
	if start < 0 {
		return "", ""
	}
	text = text[start:]
	end := strings.IndexFunc(text, func(r rune) bool { return !inWord(r) })
	if end < 0 {
		end = len(text)
	}
	word, rest = text[:end], text[end:]
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return word, rest
		}
	}
	return "", rest
}

// inWord takes every character beyond ASCII for a part of a word, except those that
// stand between words in all languages.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return unicode.IsLetter(r)
	}
	return !strings.ContainsRune("\u00a0–—‘’“”„‚‹›«»…·", r)
}

// symbols stand alone, or at the end of a word: m³.
const symbols = "€£°§²³½¼¾µ×®©™•ªº¿¡±¥²"

// plausibleWord says from 0 to 1 how well a word fits an alphabet.
func plausibleWord(word, letters string) float64 {
	runes := []rune(word)
	latin := !strings.ContainsRune(letters, 'о') && !strings.ContainsRune(letters, 'ο')
	run, frequent := 0, 0
	for i, r := range runes {
		if r < utf8.RuneSelf {
			if !latin {
				return 0
			}
			run = 0
			continue
		}
		switch at := strings.IndexRune(letters, unicode.ToLower(r)); {
		case at >= 0:
			if at < frequentBytes {
				frequent++
			}
		case strings.ContainsRune(symbols, r) && (i == len(runes)-1 || i == 0 || len(runes) == 1):
			return 0.5
		default:
			return 0
		}
		if unicode.IsUpper(r) && i > 0 && unicode.IsLower(runes[i-1]) {
			return 0
		}
		if run++; latin && run > 2 {
			return 0.1
		}
	}
	if !latin {
		return 0.3 + 0.7*min(1, 1.4*float64(frequent)/float64(len(runes)))
	}
	if cluster(runes) {
		return 0.8
	}
	return 1
}

// cluster reports whether four vowels or four consonants follow each other with a
// character beyond ASCII among them.
func cluster(runes []rune) bool {
	for i := 0; i+4 <= len(runes); i++ {
		vowels, far := 0, false
		for _, r := range runes[i : i+4] {
			if strings.ContainsRune(vowelLetters, unicode.ToLower(r)) {
				vowels++
			}
			far = far || r >= utf8.RuneSelf
		}
		if far && (vowels == 0 || vowels == 4) {
			return true
		}
	}
	return false
}

// plausibleCharacters is the share of characters beyond ASCII that are common in the
// language; others of its script count a little.
func (c candidate) plausibleCharacters(text string) float64 {
	score, n := 0.0, 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		n++
		switch {
		case strings.ContainsRune(c.common, r):
			score++
		case r >= 0xff61 && r <= 0xff9f: // half-width katakana: every byte is one
			score += 0.3
		case strings.ContainsRune("、。，．：；（）「」【】・ー　％～！？＆／－０１２３４５６７８９", r):
			score += 0.7
		case c.common == commonJapanese && unicode.In(r, unicode.Hiragana, unicode.Katakana):
			score++
		case c.common == commonKorean && unicode.Is(unicode.Hangul, r):
			score += 0.4
		case c.common != commonKorean && unicode.Is(unicode.Han, r):
			score += 0.2
		case r == utf8.RuneError || unicode.Is(unicode.Co, r):
			score -= 2
		}
	}
	if n == 0 {
		return 0
	}
	return max(0, score/float64(n))
}
