package workbook

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A worded says how the texts of a column of ratings are read: by a known scale of words, or by the numbers they begin with.
type worded struct {
	scale    dataset.Scale
	group    string
	good     bool // a high level is good of whatever is rated
	backward bool // a low number is
	declared bool // the words, or the "of 5" behind each number, say what the ends of the scale are
	values   map[string]float64
}

// mostWords is how many different texts a column of words on a scale may have.
const mostWords = 40

// textsOf returns the different texts of a column with how often each stands there, and those that elsewhere mean that nothing is
// given, such as "not sure"; nil where there are too many of them.
func (t *table) textsOf(c *column) (texts map[string]int, unsure set) {
	texts, unsure = map[string]int{}, set{}
	cells, times := t.grid.Column(c.col), map[grid.TextID]int{}
	for _, row := range t.rows {
		id, ok := cells.TextID(row)
		if !ok {
			continue
		}
		n := times[id]
		times[id] = n + 1
		if n > 0 {
			continue
		}
		text := strings.TrimSpace(cells.Text(id))
		if missingText(text) {
			unsure[text] = true
			continue
		}
		if texts[text] = 0; len(texts) > mostWords || len(text) > longestDate {
			return nil, nil
		}
	}
	for id, n := range times {
		if text := strings.TrimSpace(cells.Text(id)); !unsure[text] {
			texts[text] += n
		}
	}
	return texts, unsure
}

// findWords finds the columns whose texts are ratings in words, and counts their cells as numbers from then on.
func (t *table) findWords() {
	groups := map[string]set{} // all words of a group on the table
	of := map[*column]string{}
	texts, unsure := map[*column]map[string]int{}, map[*column]set{}
	for _, c := range t.columns {
		if c.words != nil || c.stats.texts == 0 {
			continue
		}
		found, aside := t.textsOf(c)
		if len(found) == 0 {
			continue
		}
		if c.words = writtenRatings(found); c.words != nil {
			c.head.lowGood = c.head.lowGood || c.words.backward
			c.countWords(found)
			continue
		}
		if group := groupOf(found); group != "" {
			of[c], texts[c], unsure[c] = group, found, aside
			if groups[group] == nil {
				groups[group] = set{}
			}
			for text := range found {
				groups[group][fold(text)] = true
			}
		}
	}
	for c, group := range of {
		scale := bestScale(group, groups[group])
		c.words = wordsOf(scale, texts[c])
		c.countWords(texts[c])
		for text := range unsure[c] {
			if r := scale.rank(fold(text)); r > 0 {
				c.words.values[text] = float64(r)
			}
		}
	}
}

// groupOf returns the group of scales to which nearly all texts of a column belong: at least two different ones. "" without one.
func groupOf(texts map[string]int) string {
	best, most := "", 0
	for i, s := range wordScales {
		if i > 0 && wordScales[i-1].group == s.group {
			continue
		}
		known, all, different := 0, 0, 0
		for text, n := range texts {
			all += n
			if inGroup(s.group, fold(text)) {
				known += n
				different++
			}
		}
		if different >= 2 && known*5 >= all*4 && known > most {
			best, most = s.group, known
		}
	}
	return best
}

// bestScale returns the first scale of a group that holds most of the words.
func bestScale(group string, all set) wordScale {
	var best wordScale
	most := -1
	for _, s := range wordScales {
		if s.group != group {
			continue
		}
		ranks := map[int]bool{}
		known := 0
		for f := range all {
			if r := s.rank(f); r > 0 {
				known++
				ranks[r] = true
			}
		}
		if known += len(ranks); known > most { // words that fall together tell less
			best, most = s, known
		}
	}
	return best
}

func wordsOf(s wordScale, texts map[string]int) *worded {
	w := &worded{group: s.group, scale: dataset.Scale{Lo: 1, Hi: float64(len(s.levels))}, good: s.good, declared: true, values: map[string]float64{}}
	for text := range texts {
		if r := s.rank(fold(text)); r > 0 {
			w.values[text] = float64(r)
		}
	}
	return w
}

var (
	ofTextPattern = regexp.MustCompile(`(?i)^(\d{1,3}(?:[.,]\d)?)\s*(?:/|out of|of|von|sur|de|su|di|van|z|na|em|點中|点中)\s*(5|6|7|10|20|100)$`)
	leadPattern   = regexp.MustCompile(`^[(\[]?\s*(\d{1,2})\s*[)\]]?\s*[-–—=:.)]?\s*(\pL[^0-9]*)$`)
	tailPattern   = regexp.MustCompile(`^(\pL[^0-9]*?)\s*[-–—=:]?\s*[(\[](\d{1,2})[)\]]$`)
)

// countedWords stand behind a number of what is counted: "4 stars".
var countedWords = setOf(words("star,stars,point,points,stern,sterne,punkt,punkte,etoile,etoiles,estrella,estrellas,punto,puntos,stella,stelle,punti,estrela,estrelas,ponto,pontos,ster,sterren,punten,gwiazdka,gwiazdki,gwiazdek,颗星,星,分,点,つ星"))

// writtenRatings reads texts such as "4/5", "4 out of 5", "★★★★☆", "5 - very satisfied" and "4 stars"; nil where nearly all texts
// are something else.
func writtenRatings(texts map[string]int) *worded {
	w := &worded{values: map[string]float64{}}
	known, all, lowest := 0, 0, math.Inf(1)
	labels := map[float64]string{}
	ends := map[float64]bool{}
	plain, zero, starred := true, false, 0
	for text, n := range texts {
		all += n
		x, end, label, ok := writtenRating(plainText(text))
		if !ok {
			continue
		}
		if label != "" && !countedWords[label] {
			plain = false
			if other, twice := labels[x]; twice && other != label {
				return nil
			}
			for y, other := range labels {
				if other == label && y != x {
					return nil // "3 months", "5 months"
				}
			}
			labels[x] = label
		}
		if end > 0 {
			ends[end] = true
		}
		if _, _, is := stars(plainText(text)); is {
			starred += n
		}
		known += n
		zero = zero || x == 0
		lowest = math.Min(lowest, x)
		w.values[text] = x
	}
	if known == 0 || known*5 < all*4 || len(ends) > 1 || !plain && len(labels) < 2 {
		return nil
	}
	w.good = starred == known // the more stars the better, of a price too
	w.labelled(labels)
	for end := range ends {
		w.scale, w.declared = dataset.Scale{Lo: 1, Hi: end, Inferred: true}, true
		if zero || end > 10 {
			w.scale.Lo = 0
		}
	}
	return w
}

// labelled takes what the words beside the numbers say, where they are those of a known scale: whether a high number is good, and the
// ends of the scale where each number is the rank of its word.
func (w *worded) labelled(labels map[float64]string) {
	texts, all := map[string]int{}, set{}
	for _, label := range labels {
		texts[label]++
		all[label] = true
	}
	group := groupOf(texts)
	if group == "" {
		return
	}
	s := bestScale(group, all)
	top := float64(len(s.levels))
	same, back := true, true
	for x, label := range labels {
		r := float64(s.rank(label))
		same, back = same && (r == 0 || r == x), back && (r == 0 || r == top+1-x)
	}
	if same || back {
		w.group, w.good, w.backward = group, s.good && same, back && s.good
		w.scale, w.declared = dataset.Scale{Lo: 1, Hi: top}, true
	}
}

// writtenRating reads one text: its number, the upper end where it is said, and the words behind it.
func writtenRating(text string) (x, end float64, label string, ok bool) {
	if m := ofTextPattern.FindStringSubmatch(text); m != nil {
		x, _ = strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		end, _ = strconv.ParseFloat(m[2], 64)
		return x, end, "", x <= end
	}
	if x, end, ok = stars(text); ok {
		return x, end, "", true
	}
	if m := leadPattern.FindStringSubmatch(text); m != nil {
		x, _ = strconv.ParseFloat(m[1], 64)
		return x, 0, fold(m[2]), x <= 10
	}
	if m := tailPattern.FindStringSubmatch(text); m != nil {
		x, _ = strconv.ParseFloat(m[2], 64)
		return x, 0, fold(m[1]), x <= 10
	}
	return 0, 0, "", false
}

// stars counts stars; those that are empty tell how many there can be.
func stars(text string) (x, end float64, ok bool) {
	full, empty := 0, 0
	for _, r := range text {
		switch r {
		case '★', '⭐', '🌟':
			full++
		case '☆', '✩':
			empty++
		case '½':
			x = 0.5
		case '\ufe0f', ' ':
		default:
			return 0, 0, false
		}
	}
	if full+empty == 0 || full+empty > 10 || utf8.RuneCountInString(text) > 24 {
		return 0, 0, false
	}
	return x + float64(full), float64(max(5, full+empty)), true
}

// countWords counts the texts of a column as numbers.
func (c *column) countWords(texts map[string]int) {
	for text, n := range texts {
		x, known := c.words.values[text]
		if !known {
			continue
		}
		c.stats.texts -= n
		c.stats.numbers += n
		c.stats.lo, c.stats.hi = math.Min(c.stats.lo, x), math.Max(c.stats.hi, x)
		c.stats.whole = c.stats.whole && x == math.Trunc(x)
	}
}

// read returns the value of a text that is a rating in words; ok is false for another cell, and without words.
func (w *worded) read(cell grid.Cell) (v value, ok bool) {
	if w == nil || cell.Kind != grid.Text {
		return value{}, false
	}
	text := strings.TrimSpace(cell.Text)
	x, ok := w.values[text]
	return value{x: x, got: text, asRead: true}, ok
}

// readWorded reads cells of a column of ratings as numbers, words by their rank.
func (c *column) readWorded(cells []grid.Cell, scale dataset.Scale, mark decimal) numbers {
	return readWords(c.words, cellList(cells), scale, mark, make([]float64, len(cells)))
}
