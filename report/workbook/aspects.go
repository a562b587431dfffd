package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
)

// Words for the two things that a survey may ask of each attribute: how important it is, and how well it is done.
var (
	importanceWords  = setOf(words("importance,important,stated importance,wichtigkeit,bedeutung,importancia,importanza,belang,belangrijkheid,重要性,重要度,waznosc,viktighet,betydelse,onem,важность"))
	performanceWords = setOf(words("performance,satisfaction,rating,score,experience,evaluation,assessment,result,zufriedenheit,leistung,bewertung,erfullung,note,performances,note obtenue,satisfaccion,desempeno,valoracion,evaluacion,soddisfazione,prestazione,valutazione,satisfacao,avaliacao,tevredenheid,prestatie,beoordeling,满意度,表现,评分,満足度,評価,zadowolenie,ocena,nojdhet,memnuniyet,удовлетворенность"))
)

// An aspect is what a column says of an attribute: its importance, or else how well it is done.
type aspect struct {
	of         string // the attribute
	importance bool
}

// takeAspects finds columns that ask the importance of an attribute beside others that rate it: "Quality - Importance" and "Quality -
// Performance", or "Importance" and "Satisfaction" under "Quality". Importance is no benefit; it tells what weighs.
func (t *table) takeAspects() {
	asked, rated := map[string]bool{}, map[string]bool{}
	aspects := map[*column]aspect{}
	for _, c := range t.columns {
		a, ok := c.aspect()
		if !ok || c.head.role != "" {
			rated[fold(c.head.label)] = true
			continue
		}
		if aspects[c] = a; a.importance {
			asked[fold(a.of)] = true
		} else {
			rated[fold(a.of)] = true
		}
	}
	for c, a := range aspects {
		if asked[fold(a.of)] && rated[fold(a.of)] {
			c.head.label, c.head.upper, c.head.importance = a.of, "", a.importance
			c.head.down = c.head.down || !a.importance
		}
	}
}

// aspect takes apart what a column says of which attribute; ok is false where it says only one of them.
func (c *column) aspect() (aspect, bool) {
	if c.head.upper != "" {
		f := fold(c.head.label)
		return aspect{c.head.upper, importanceWords[f]}, importanceWords[f] || performanceWords[f]
	}
	for _, separator := range []string{" - ", " – ", ": ", " / ", "_", " (", " of ", " "} {
		for _, cut := range []func(string, string) (string, string, bool){strings.Cut, cutLast} {
			first, second, found := cut(c.head.label, separator)
			first, second = trimSeparators(first), trimSeparators(second)
			if !found || first == "" || second == "" {
				continue
			}
			switch a, b := fold(first), fold(second); {
			case importanceWords[b] || performanceWords[b] && separator != " ":
				return aspect{first, importanceWords[b]}, true
			case importanceWords[a] || performanceWords[a] && separator != " ":
				return aspect{second, importanceWords[a]}, true
			}
		}
	}
	return aspect{}, false
}

// cutLast is strings.Cut at the last separator.
func cutLast(text, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}

// takeImportance gives the columns of importance their role, where something is rated beside them.
func (t *table) takeImportance() {
	for _, c := range t.columns {
		if c.head.importance && c.role == "" && c.stats.ratable() {
			c.role, c.why = dataset.ColumnImportance, whyHeader
		}
	}
}

// readImportance notes how important the customers of a wide table find each attribute.
func (b *builder) readImportance(t *table) {
	for _, c := range t.columns {
		if c.role != dataset.ColumnImportance || !c.head.importance {
			continue
		}
		i, known := b.attributeIndex[fold(c.head.label)]
		if !known {
			continue
		}
		n := readWords(c.words, cellList(t.cells(c)), dataset.Scale{}, t.mark(), make([]float64, len(t.rows)))
		for _, x := range n.x {
			if !math.IsNaN(x) {
				b.noteImportance(i, x)
			}
		}
		t.convert(c, n)
	}
}
