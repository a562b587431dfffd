package charts

import (
	"strings"
	"unicode/utf8"
)

// longest is how many characters of a name a chart writes.
const longest = 40

// Shorten cuts a name of more than 40 characters at a word, with an ellipsis.
func Shorten(name string) string {
	if utf8.RuneCountInString(name) <= longest {
		return name
	}
	return atWord([]rune(name), longest-1)
}

// atWord cuts a text to at most n characters and an ellipsis: at the end of a
// word where one ends not far before.
func atWord(text []rune, n int) string {
	head := string(text[:n])
	if i := strings.LastIndexAny(head, " \u00a0"); i > len(head)*3/5 && text[n] != ' ' {
		head = head[:i]
	}
	return strings.TrimRight(head, " \u00a0.,;:-&(") + "…"
}

// distinct shortens names; those that would then read alike keep their ends,
// where they differ.
func distinct(names []string) []string {
	return apart(names, Shorten, func(name string) string {
		runes := []rune(name)
		return bothEnds(runes, longest)
	})
}

// ShortenApart is Shorten for names that stand in one sentence: those that would
// read alike keep their ends.
func ShortenApart(names []string) []string { return distinct(names) }

// bothEnds keeps a third of n characters from the beginning and the rest from the
// end.
func bothEnds(runes []rune, n int) string {
	if len(runes) <= n || n < 4 {
		return string(runes)
	}
	head := n / 3
	tail := n - head - 1
	return strings.TrimRight(string(runes[:head]), " \u00a0") + "…" + strings.TrimLeft(string(runes[len(runes)-tail:]), " \u00a0")
}

// apart cuts names; those that differ but come out alike are cut otherwise.
func apart(names []string, cut, otherwise func(string) string) []string {
	out := make([]string, len(names))
	origin := map[string]string{}
	alike := map[string]bool{}
	for i, name := range names {
		out[i] = cut(name)
		if first, ok := origin[out[i]]; ok && first != name {
			alike[out[i]] = true
		}
		origin[out[i]] = name
	}
	for i, name := range names {
		if alike[out[i]] {
			out[i] = otherwise(name)
		}
	}
	return out
}

// fit returns the text, cut with an ellipsis where it is wider than width, at
// a word where there is one.
func (s *sheet) fit(text string, width float64, f font) string {
	text = strings.TrimRight(text, " ")
	if s.measure(text, f) <= width {
		return text
	}
	runes := []rune(text)
	lo := s.most(len(runes)-1, func(n int) bool { return s.measure(string(runes[:n])+"…", f) <= width })
	if lo == 0 {
		return ""
	}
	return atWord(runes, lo)
}

// fitAll cuts names to a width, so that those that differ still do.
func (s *sheet) fitAll(names []string, width float64, f font) []string {
	return apart(names, func(name string) string { return s.fit(Shorten(name), width, f) }, func(name string) string {
		runes := []rune(name)
		return bothEnds(runes, s.most(min(len(runes), longest), func(n int) bool { return s.measure(bothEnds(runes, n), f) <= width }))
	})
}

// most returns the largest n of 0..limit for which fits holds; what holds for
// a number holds for all below.
func (s *sheet) most(limit int, fits func(n int) bool) int {
	lo, hi := 0, max(0, limit)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fits(mid) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
