package workbook

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A reading is what a text means as a number, once with a decimal point and
// once with a decimal comma; NaN where it is none in that way of writing.
type reading struct {
	Point, Comma float64
	Percent      bool // had a per cent sign: the values are fractions
}

// ok reports whether the text is a number in any way of writing.
func (r reading) ok() bool { return !math.IsNaN(r.Point) || !math.IsNaN(r.Comma) }

// ambiguous reports whether the two ways give different numbers.
func (r reading) ambiguous() bool {
	return !math.IsNaN(r.Point) && !math.IsNaN(r.Comma) && r.Point != r.Comma
}

// only returns the one number the text can mean; ok is false when there is none or
// two differ.
func (r reading) only() (float64, bool) {
	switch {
	case !r.ok(), r.ambiguous():
		return math.NaN(), false
	case math.IsNaN(r.Point):
		return r.Comma, true
	}
	return r.Point, true
}

// with returns the number with the given decimal mark.
func (r reading) with(decimal byte) float64 {
	if decimal == ',' {
		return r.Comma
	}
	return r.Point
}

// currencies are the marks that may stand beside an amount, longest first.
var currencies = []string{
	"US$", "A$", "C$", "R$", "HK$", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "RMB", "PLN", "SEK", "NOK", "DKK", "CZK", "BRL", "INR",
	"Fr.", "zł", "kr", "€", "$", "£", "¥", "￥", "元", "円", "₹", "₩", "₽",
}

// ParseNumber reads a text as a number: "4,5", "1.234,50", "80 %", "(120)", "$1,200",
// "1'000", "−3". Every text that is not wholly a number gives NaN in both ways.
func ParseNumber(text string) reading {
	none := reading{Point: math.NaN(), Comma: math.NaN()}
	if len(text) > 64 || wordy(text) {
		return none
	}
	s := plainText(text)
	sign := 1.0
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && len(s) > 2 {
		s, sign = strings.TrimSpace(s[1:len(s)-1]), -1
	}
	s = cutDashes(s)
	s, negative := cutSign(s)
	s, percent := cutPercent(s)
	s = cutCurrency(s)
	s, times := cutTimes(s)
	s = cutCurrency(s)
	s = cutDashes(s)
	s, negative2 := cutSign(s)
	if negative && negative2 {
		return none
	}
	if negative || negative2 {
		sign = -sign
	}
	if percent {
		sign /= 100
	}
	sign *= times
	return reading{Point: sign * readWith(s, '.', ','), Comma: sign * readWith(s, ',', '.'), Percent: percent}
}

// wordy reports whether a text of ASCII has no digit, or more letters than a currency and an exponent: it is no number.
func wordy(text string) bool {
	letters, digits := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 0x80:
			return false
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		}
	}
	return digits == 0 || letters > 4
}

// plainText turns full-width and Arabic-Indic digits, other minus signs and other spaces into plain ones.
func plainText(text string) string {
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		plain = text[i] < utf8.RuneSelf && text[i] != '\t'
	}
	if plain {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(strings.Map(plainRune, text))
}

func plainRune(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	switch r {
	case '．', '٫':
		return '.'
	case '，', '٬':
		return ','
	case '／':
		return '/'
	case '％', '٪':
		return '%'
	case '（':
		return '('
	case '）':
		return ')'
	case '−', '–', '－', '‐', '‑':
		return '-'
	case '\u00a0', '\u202f', '\u2009', '\u2007', '\u3000', '\t':
		return ' '
	case '’', '´', '‘':
		return '\''
	case '\u200e', '\u200f', '\ufeff', '\u061c':
		return -1
	}
	return r
}

// multiples are words behind an amount that stand for a power of ten, longest first.
var multiples = []struct {
	word  string
	times float64
}{
	{"million", 1e6}, {"thousand", 1e3}, {"Mio.", 1e6}, {"Mrd.", 1e9}, {"Tsd.", 1e3}, {"mio", 1e6}, {"mrd", 1e9}, {"tsd", 1e3}, {"mln", 1e6}, {"mn", 1e6}, {"bn", 1e9},
	{"万", 1e4}, {"萬", 1e4}, {"億", 1e8}, {"亿", 1e8}, {"千", 1e3}, {"K", 1e3}, {"M", 1e6},
}

// cutTimes takes "k", "M", "Mio." or "万" from the end of an amount.
func cutTimes(s string) (string, float64) {
	for _, m := range multiples {
		if len(s) <= len(m.word) || s[0] < '0' || s[0] > '9' {
			continue
		}
		end := s[len(s)-len(m.word):]
		if end == m.word || len(m.word) > 1 && strings.EqualFold(end, m.word) || m.word == "K" && end == "k" {
			return strings.TrimSpace(s[:len(s)-len(m.word)]), m.times
		}
	}
	return s, 1
}

// cutDashes takes the dashes that stand for no hundredths from the end of an amount, as in "120.-" and "5,--".
func cutDashes(s string) string {
	bare := strings.TrimRight(s, "-")
	if bare == s || bare == "" {
		return s
	}
	if end := bare[len(bare)-1]; end != '.' && end != ',' {
		return s
	}
	return bare[:len(bare)-1]
}

func cutSign(s string) (string, bool) {
	switch {
	case strings.HasPrefix(s, "-"):
		return strings.TrimSpace(s[1:]), true
	case strings.HasPrefix(s, "+"):
		return strings.TrimSpace(s[1:]), false
	case strings.HasSuffix(s, "-") && len(s) > 1:
		return strings.TrimSpace(s[:len(s)-1]), true
	}
	return s, false
}

func cutPercent(s string) (string, bool) {
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		return strings.TrimSpace(rest), true
	}
	if rest, ok := strings.CutPrefix(s, "%"); ok {
		return strings.TrimSpace(rest), true
	}
	return s, false
}

// edges are the bytes that stand at the ends of numbers without a currency.
var edges = [256]bool{'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true}

func cutCurrency(s string) string {
	if s == "" || edges[s[0]] && edges[s[len(s)-1]] {
		return s
	}
	for _, c := range currencies {
		if len(s) <= len(c) {
			continue
		}
		if s[0]|0x20 == c[0]|0x20 && strings.EqualFold(s[:len(c)], c) {
			return strings.TrimSpace(s[len(c):])
		}
		if s[len(s)-len(c)]|0x20 == c[0]|0x20 && strings.EqualFold(s[len(s)-len(c):], c) {
			return strings.TrimSpace(s[:len(s)-len(c)])
		}
	}
	return s
}

// readWith reads unsigned digits with one decimal mark and groups of three
// separated by the other mark, a space or an apostrophe; NaN for anything else.
func readWith(s string, decimal, group byte) float64 {
	whole, fraction, hasFraction := strings.Cut(s, string(decimal))
	digits, ok := ungroup(whole, group)
	if !ok && !(hasFraction && whole == "" && fraction != "") {
		return math.NaN()
	}
	exponent := ""
	if i := strings.IndexAny(fraction, "eE"); i > 0 {
		fraction, exponent = fraction[:i], fraction[i:]
	}
	if !allDigits(fraction) || hasFraction && fraction == "" {
		return math.NaN()
	}
	x, err := strconv.ParseFloat("0"+digits+"."+fraction+"0"+exponent, 64)
	if err != nil || math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// ungroup takes the separators of thousands out of the whole part.
func ungroup(whole string, group byte) (string, bool) {
	if allDigits(whole) {
		return whole, whole != ""
	}
	separator := byte(0)
	for _, c := range []byte{group, ' ', '\''} {
		if strings.IndexByte(whole, c) >= 0 {
			separator = c
			break
		}
	}
	if separator == 0 {
		return "", false
	}
	parts := strings.Split(whole, string(separator))
	indian := len(parts) > 2 && separator == group && len(parts[1]) == 2
	for i, part := range parts {
		length := 3
		if indian && i < len(parts)-1 {
			length = 2 // 12,34,567
		}
		if !allDigits(part) || part == "" || i > 0 && len(part) != length || i == 0 && len(part) > length {
			return "", false
		}
	}
	return strings.Join(parts, ""), parts[0][0] != '0'
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
