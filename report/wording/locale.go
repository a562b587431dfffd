package wording

import (
	"fmt"
	"strings"
)

// A locale is how numbers and dates look.
type locale struct {
	decimal, group string
	percent        string // what stands between a number and its per cent sign
	ungrouped      int    // whole digits up to which a number is not grouped, 3 where it is 0
	date           dateOrder
}

// dateOrder is the order of day, month and year in a date with the month's
// name, where a language is written in two.
type dateOrder uint8

const (
	asInLanguage dateOrder = iota // as the catalogue's text "date" has it
	monthFirst                    // October 31, 2026
)

// locales are languages, and below them countries whose numbers differ from
// those of their language. Signs, and the blank before the per cent sign, are
// those of the Unicode Common Locale Data Repository, but for "en" without a
// country, which has the blank of the standards.
var locales = map[string]locale{
	"cs": {decimal: ",", group: noBreak, percent: noBreak},
	"da": {decimal: ",", group: ".", percent: noBreak},
	"de": {decimal: ",", group: ".", percent: noBreak},
	"el": {decimal: ",", group: "."},
	"en": {decimal: ".", group: ",", percent: noBreak},
	"es": {decimal: ",", group: ".", percent: noBreak, ungrouped: 4},
	"fi": {decimal: ",", group: noBreak, percent: noBreak},
	"fr": {decimal: ",", group: narrow, percent: narrow},
	"hu": {decimal: ",", group: noBreak, ungrouped: 4},
	"it": {decimal: ",", group: ".", ungrouped: 4},
	"ja": {decimal: ".", group: ","},
	"ko": {decimal: ".", group: ","},
	"nb": {decimal: ",", group: noBreak, percent: noBreak},
	"nl": {decimal: ",", group: "."},
	"pl": {decimal: ",", group: noBreak, ungrouped: 4},
	"pt": {decimal: ",", group: "."},
	"ro": {decimal: ",", group: ".", percent: noBreak},
	"ru": {decimal: ",", group: noBreak, percent: noBreak},
	"sk": {decimal: ",", group: noBreak, percent: noBreak},
	"sv": {decimal: ",", group: noBreak, percent: noBreak},
	"uk": {decimal: ",", group: noBreak},
	"zh": {decimal: ".", group: ","},

	"de-at": {decimal: ",", group: noBreak, percent: noBreak},
	"de-ch": {decimal: ".", group: apostrophe},
	"de-li": {decimal: ".", group: apostrophe},
	"en-au": {decimal: ".", group: ","},
	"en-ca": {decimal: ".", group: ",", date: monthFirst},
	"en-ch": {decimal: ".", group: apostrophe},
	"en-gb": {decimal: ".", group: ","},
	"en-ie": {decimal: ".", group: ","},
	"en-nz": {decimal: ".", group: ","},
	"en-us": {decimal: ".", group: ",", date: monthFirst},
	"en-za": {decimal: ",", group: noBreak},
	"es-mx": {decimal: ".", group: ",", percent: noBreak},
	"es-us": {decimal: ".", group: ",", percent: noBreak},
	"fr-ca": {decimal: ",", group: noBreak, percent: noBreak},
	"fr-ch": {decimal: ",", group: narrow},
	"it-ch": {decimal: ".", group: apostrophe},
	"pt-pt": {decimal: ",", group: noBreak, ungrouped: 4},
}

// synonyms are other names of languages.
var synonyms = map[string]string{"no": "nb", "nn": "nb"}

// localeOf finds a locale by its name, such as "de-CH", "en_GB" or
// "zh-Hans-CN.UTF-8": the country's where it differs, else the language's.
func localeOf(name string) (locale, error) {
	plain, _, _ := strings.Cut(strings.ToLower(name), ".")
	parts := strings.FieldsFunc(plain, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 {
		return locale{}, fmt.Errorf("locale %q is not known", name)
	}
	language := parts[0]
	if other, ok := synonyms[language]; ok {
		language = other
	}
	for _, country := range parts[1:] {
		if l, ok := locales[language+"-"+country]; ok {
			return l, nil
		}
	}
	l, ok := locales[language]
	if !ok {
		return locale{}, fmt.Errorf("locale %q is not known", name)
	}
	return l, nil
}
