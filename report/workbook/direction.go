package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// bestWords and worstWords name the ends of a scale beside the words of wordScales.
var (
	bestWords  = setOf(words("best,the best,very best,beste,bester,bestes,bestnote,am besten,meilleur,le meilleur,mejor,el mejor,migliore,melhor,najlepszy,最好,最佳,最高,一番良い"))
	worstWords = setOf(words("worst,the worst,schlechteste,schlechtester,am schlechtesten,pire,le pire,peor,el peor,peggiore,pior,slechtst,slechtste,najgorszy,最差,最坏,最低,一番悪い"))
)

// judge says what a folded word at the end of a scale says of whatever is rated: 1 that it is good, -1 that it is bad, 0 neither. How
// much there is of it says neither.
func judge(f string) int {
	switch {
	case bestWords[f]:
		return 1
	case worstWords[f]:
		return -1
	}
	for _, s := range wordScales {
		if !s.good {
			continue
		}
		switch r := s.rank(f); {
		case r == 0:
		case r >= len(s.levels)-1:
			return 1
		case r <= 2:
			return -1
		}
	}
	return 0
}

// takeEnds takes the words at the two ends of a scale; rising says that the first is the lower end.
func (h *heading) takeEnds(first, second string, rising bool) {
	low, high := fold(first), fold(second)
	if !rising {
		low, high = high, low
	}
	h.down = goodWords[high] || judge(high) > 0 || judge(low) < 0
	h.lowGood = !h.down && (judge(low) > 0 || judge(high) < 0)
}

// turned reports whether a high rating in a column means little of the attribute: of a benefit where the low end is the good one, of a
// cost where the high end is.
func (c *column) turned(side dataset.Side, m meaning) bool {
	switch {
	case c.head.lowGood:
		return side == dataset.Benefit
	case c.head.down, c.words != nil && c.words.good:
		return side == dataset.Cost
	}
	return m.down && side == dataset.Cost
}

// gradeWords name German school grades, 1 to 6 with 1 the best; "Note" alone does where the other headers are German too.
var (
	gradeWords  = setOf(words("schulnote,schulnoten,zensur,zensuren"))
	noteWords   = setOf(words("note,noten"))
	germanWords = stemsOf("kunde,kunden,kd,qualitat,preis,lieferung,lieferzeit,beratung,zufriedenheit,freundlichkeit,umsatz,datum,bewertung,firma,unternehmen,kriterium,angebot,aufwand,nutzen,kosten,segment,zuverlassigkeit,kundendienst,betreuung,sortiment,termintreue,leistung,und,der,fur")
)

// findGrades finds German school grades: the header says so, and all numbers lie between 1 and 6.
func (t *table) findGrades() {
	german := 0
	for _, c := range t.columns {
		if germanWords.in(headerForm(c.head.text())) {
			german++
		}
	}
	for _, c := range t.columns {
		if !c.stats.numeric() || c.stats.lo < 1 || c.stats.hi > 6 || c.head.down || c.head.lowGood {
			continue
		}
		school, note := false, false
		for _, word := range strings.Fields(headerForm(c.head.text())) {
			school = school || gradeWords[word]
			note = note || noteWords[word]
		}
		if ends := c.head.scale; (school || note && german >= 2) && (!ends.Bounded() || ends.Lo == 1 && ends.Hi <= 6) {
			c.head.lowGood = true
			if !ends.Bounded() {
				c.head.scale = dataset.Scale{Lo: 1, Hi: 6}
			}
		}
	}
}
