package workbook

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"valuebook/report/workbook/grid"
)

// A dated is one text as a date: with the day first and with the month first; zero where it is none.
type dated struct{ dayFirst, monthFirst time.Time }

func (d dated) ambiguous() bool {
	return !d.dayFirst.IsZero() && !d.monthFirst.IsZero() && !d.dayFirst.Equal(d.monthFirst)
}

// longestDate is how many bytes a text may have to be read as a date.
const longestDate = 64

// parseDate reads a text as a date: "2026-03-04", "4.3.2026", "3/4/26 10:15", "4 mars 2026", "March 4th, 2026", "2026年3月4日", "20260304",
// a serial day, Unix seconds; a month or a quarter is its first day.
func parseDate(text string) dated {
	text = strings.TrimSpace(plainText(text))
	if text == "" || len(text) > longestDate {
		return dated{}
	}
	if allDigits(text) {
		return both(digitsDate(text))
	}
	if t, ok := eraDate(text); ok {
		return both(t)
	}
	parts, ok := dateParts(text)
	if !ok {
		return dated{}
	}
	return parts.date()
}

func both(t time.Time) dated { return dated{t, t} }

// The ranges in which a number can be a serial day (1954 to 2119) or Unix seconds (1973 to 2128).
const (
	serialLo, serialHi   = 20000, 80000
	secondsLo, secondsHi = 1e8, 5e9
)

// digitsDate reads a text of digits alone: year, month and day, with the time behind or without the day; a serial day; Unix seconds or
// milliseconds.
func digitsDate(s string) time.Time {
	switch len(s) {
	case 5:
		if x := atoi(s); x >= serialLo && x < serialHi {
			return grid.SerialTime(float64(x))
		}
	case 6:
		return calendarDay(atoi(s[:4]), atoi(s[4:]), 1)
	case 8, 12, 14:
		return calendarDay(atoi(s[:4]), atoi(s[4:6]), atoi(s[6:8]))
	case 9, 10:
		return unixDay(float64(atoi(s)))
	case 13:
		return unixDay(float64(atoi(s)) / 1000)
	}
	return time.Time{}
}

func unixDay(seconds float64) time.Time {
	if seconds < secondsLo || seconds >= secondsHi {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// numberDate reads a number as a date, in the same forms.
func numberDate(x float64) time.Time {
	switch {
	case x >= serialLo && x < serialHi:
		return grid.SerialTime(x)
	case x >= 190001 && x < 210013, x >= 19000101 && x < 21010101, x >= secondsLo && x < secondsHi, x >= 1000*secondsLo && x < 1000*secondsHi:
		return digitsDate(strconv.FormatInt(int64(x), 10))
	}
	return time.Time{}
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// earliestYear and latestYear bound what is taken for a date.
const (
	earliestYear = 1800
	latestYear   = 2200
)

// calendarDay returns a date, zero when there is no such day or its year is out of all reason.
func calendarDay(year, month, day int) time.Time {
	if year < earliestYear || year > latestYear || month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}
	}
	return t
}

// fullYear completes a year of two digits: 69 to 99 belong to the last century.
func fullYear(text string) int {
	year := atoi(text)
	switch {
	case len(text) == 4:
	case len(text) != 2:
		return -1
	case year >= 69:
		year += 1900
	default:
		year += 2000
	}
	return year
}

// A dateText is a text as up to three numbers and a word for a month, in their order.
type dateTextParts struct {
	numbers  [3]string
	count    int
	month    int  // of the word, 0 without
	at       int  // how many numbers stand before the word
	quarter  bool // the word is one for a quarter
	dotted   bool // the first mark between numbers is a point
	japanese bool // year, month and day are called so
}

// dateWordsAside stand in dates and mean nothing for them; weekdays do not either.
var dateWordsAside = setOf(words("de,del,di,du,le,el,the,of,den,der,st,nd,rd,th,er,o,a,am,um,at,on,il,lo," +
	"mon,tue,wed,thu,fri,sat,sun,tues,thur,thurs,monday,tuesday,wednesday,thursday,friday,saturday,sunday," +
	"mo,di,mi,do,fr,sa,so,mont,montag,dienstag,mittwoch,donnerstag,freitag,samstag,sonnabend,sonntag," +
	"lun,mer,jeu,ven,sam,dim,lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche,mie,jue,vie,sab,dom,lunes,martes,miercoles,jueves,viernes,sabado,domingo," +
	"gio,lunedi,martedi,mercoledi,giovedi,venerdi,domenica,seg,ter,qua,qui,sex,segunda,terca,quarta,quinta,sexta,feira," +
	"ma,wo,vr,za,zo,maandag,dinsdag,woensdag,donderdag,vrijdag,zaterdag,zondag,pon,wt,sr,czw,pt,sob,niedz,poniedzialek,wtorek,sroda,czwartek,piatek,sobota,niedziela"))

var quarterWords = setOf(words("q,qtr,quarter,quartal,t,trim,trimestre,kw,kwartaal,kwartal,tr"))

// dateParts takes a text apart; ok is false when it holds anything that no date holds.
func dateParts(text string) (dateTextParts, bool) {
	var p dateTextParts
	rest := text
	for rest != "" {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r >= '0' && r <= '9':
			n := 0
			for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
				n++
			}
			if n < len(rest) && rest[n] == ':' { // a time of day and all behind it
				return p, p.count > 0
			}
			if p.count == len(p.numbers) || n > 4 {
				return p, false
			}
			p.numbers[p.count] = rest[:n]
			p.count++
			rest = rest[n:]
			if p.count == 1 && strings.HasPrefix(rest, ".") {
				p.dotted = true
			}
		case unicode.IsLetter(r):
			n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
			if n < 0 {
				n = len(rest)
			}
			word := rest[:n]
			if p.count == 3 && (word == "T" || strings.EqualFold(word, "z")) { // "2026-03-04T10:15"
				return p, true
			}
			if !p.takeWord(word) {
				return p, false
			}
			rest = rest[n:]
		case strings.ContainsRune("-/., '", r):
			rest = rest[size:]
		default:
			return p, false
		}
	}
	return p, p.count > 0
}

// takeWord understands a word of a date.
func (p *dateTextParts) takeWord(word string) bool {
	switch word {
	case "年", "月", "日", "年第", "第", "号":
		p.japanese = true
		return true
	case "季度", "四半期", "季", "期":
		p.quarter = true
		return true
	}
	f := fold(word)
	switch {
	case len(f) >= 3 && monthOf(f) > 0 && p.month == 0 && !dateWordsAside[f]:
		p.month, p.at = monthOf(f), p.count
		return true
	case dateWordsAside[f]:
		return true
	case quarterWords[f]:
		p.quarter = true
		return true
	}
	return false
}

// date puts the parts together.
func (p dateTextParts) date() dated {
	a, b, c := p.numbers[0], p.numbers[1], p.numbers[2]
	switch {
	case p.quarter:
		return both(p.quarterDay())
	case p.month > 0 && p.count == 2:
		switch {
		case p.at == 1 && len(a) == 4: // 2026 March 4
			return both(calendarDay(atoi(a), p.month, atoi(b)))
		case p.at <= 1: // 4 March 2026, March 4 2026
			return both(calendarDay(fullYear(b), p.month, atoi(a)))
		}
		return dated{}
	case p.month > 0 && p.count == 1:
		return both(calendarDay(fullYear(a), p.month, 1))
	case p.month > 0:
		return dated{}
	case p.count == 3 && len(a) == 4:
		return both(calendarDay(atoi(a), atoi(b), atoi(c)))
	case p.count == 3 && len(a) <= 2 && len(b) <= 2:
		return shortDate(a, b, c, p.dotted)
	case p.count == 2 && len(a) == 4 && len(b) <= 2:
		return both(calendarDay(atoi(a), atoi(b), 1))
	case p.count == 2 && len(a) <= 2 && len(b) == 4:
		return both(calendarDay(atoi(b), atoi(a), 1))
	}
	return dated{}
}

// shortDate reads three numbers of which the first is no year of four digits. With points only the day stands first.
func shortDate(a, b, c string, dotted bool) dated {
	if len(a) == 2 && len(b) == 2 && len(c) == 2 && atoi(a) > 31 { // 98-03-04
		return both(calendarDay(fullYear(a), atoi(b), atoi(c)))
	}
	d := dated{dayFirst: calendarDay(fullYear(c), atoi(b), atoi(a)), monthFirst: calendarDay(fullYear(c), atoi(a), atoi(b))}
	if dotted && !d.dayFirst.IsZero() {
		d.monthFirst = d.dayFirst
	}
	return d
}

// quarterDay returns the first day of a quarter.
func (p dateTextParts) quarterDay() time.Time {
	if p.count != 2 || p.month > 0 {
		return time.Time{}
	}
	year, quarter := p.numbers[0], p.numbers[1]
	if len(quarter) > len(year) || len(year) == 1 {
		year, quarter = quarter, year
	}
	q := atoi(quarter)
	if len(quarter) != 1 || q < 1 || q > 4 {
		return time.Time{}
	}
	return calendarDay(fullYear(year), 3*q-2, 1)
}

// eras are the eras of the Japanese calendar with the year before their first.
var eras = []struct {
	name string
	year int
}{{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}}

// eraDate reads "令和8年3月4日".
func eraDate(text string) (time.Time, bool) {
	for _, era := range eras {
		rest, found := strings.CutPrefix(text, era.name)
		if !found {
			continue
		}
		p, ok := dateParts(strings.Replace(rest, "元年", "1年", 1))
		if !ok || p.count < 2 {
			return time.Time{}, false
		}
		day := 1
		if p.count == 3 {
			day = atoi(p.numbers[2])
		}
		return calendarDay(era.year+atoi(p.numbers[0]), atoi(p.numbers[1]), day), true
	}
	return time.Time{}, false
}
