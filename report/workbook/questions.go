package workbook

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// Clauses of questions that say what the scale is: "On a scale from 1 to 10, where 1 means poor and 10 means excellent, ...".
var (
	scaleClause = regexp.MustCompile(`(?i)(?:\b(?:on|auf|sur|en|su|numa|em|op|w)\s+)?(?:\b(?:a|an|the|einer|der|une|una|uma|een)\s+)?(?:\pL*scale|\pL*skala|[ée]chelle|escala|scala|schaal)\s*(?:\b(?:from|of|von|de|da|van|od)\b)?\s*(\d{1,3})\s*(?:-|–|to|bis|à|a|ao|al|tot|do|～|~)\s*(\d{1,3})`)
	meansClause = regexp.MustCompile(`(?i)(?:\b(?:where|with|wobei|où|donde|dove|onde|waarbij|gdzie)\s+)?\(?\b(\d{1,3})\s*(?:=|means|is|being|stands for|for|bedeutet|heißt|signifie|significa|betekent|oznacza)\s*("?[\pL' ]+?"?)\s*(?:,|;|/|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b)+\s*(\d{1,3})\s*(?:=|means|is|being|stands for|for|bedeutet|heißt|signifie|significa|betekent|oznacza)?\s*("?[\pL' ]+"?)\)?`)
)

// takeClauses takes what a question says of its scale out of a label.
func (h *heading) takeClauses(text string) string {
	m := scaleClause.FindStringSubmatchIndex(text)
	if m == nil || h.scale.Bounded() {
		return text
	}
	lo, _ := strconv.ParseFloat(text[m[2]:m[3]], 64)
	hi, _ := strconv.ParseFloat(text[m[4]:m[5]], 64)
	if hi <= lo {
		return text
	}
	h.scale = dataset.Scale{Lo: lo, Hi: hi}
	if ends := meansClause.FindStringSubmatchIndex(text); ends != nil {
		a, b := text[ends[2]:ends[3]], text[ends[6]:ends[7]]
		first, second := text[ends[4]:ends[5]], text[ends[8]:ends[9]]
		if x, y := number(a), number(b); x == lo && y == hi || x == hi && y == lo {
			h.takeEnds(strings.Trim(first, `"`), strings.Trim(second, `"`), x < y)
			text = cutOut(text, ends[0], ends[1])
			m = scaleClause.FindStringSubmatchIndex(text)
		}
	}
	if m != nil {
		text = cutOut(text, m[0], m[1])
	}
	return text
}

func number(digits string) float64 {
	x, _ := strconv.ParseFloat(digits, 64)
	return x
}

// cutOut takes a part out of a text, and the marks and spaces around it; where nothing is left the text stays.
func cutOut(text string, from, to int) string {
	const marks = " ,;:()\t–-"
	before, after := strings.TrimRight(text[:from], marks), strings.TrimLeft(text[to:], marks)
	switch {
	case before == "" && strings.Trim(after, marks+"?.") == "":
		return text
	case before == "":
		r, size := utf8.DecodeRuneInString(after)
		return string(unicode.ToUpper(r)) + after[size:]
	case after == "" || strings.Trim(after, "?.") == "":
		return before + after
	}
	return before + ", " + after
}

// questionWords is how many words a text has at least that asks something of several items.
const questionWords = 4

// asks reports whether a text is a question, or the words before a list of items.
func asks(text string) bool {
	text = strings.TrimSpace(text)
	return len(strings.Fields(text)) >= questionWords && (strings.ContainsAny(text[len(text)-1:], "?:.") || strings.HasSuffix(text, "？") || strings.HasSuffix(text, "：")) ||
		len(strings.Fields(text)) > 2*questionWords
}

// takeStem takes a question off the item that it asks about: "How satisfied are you with the following? - Quality" is about quality.
func (h *heading) takeStem(text string) string {
	for _, separator := range []string{" - ", " – ", " | ", " >> "} {
		i := strings.LastIndex(text, separator)
		if i < 0 {
			continue
		}
		stem, item := strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(separator):])
		if item != "" && asks(stem) && len(strings.Fields(item)) <= 2*questionWords {
			h.down = h.down || satisfied(stem)
			return item
		}
	}
	return text
}

var satisfiedStems = stemsOf("satisf,zufrieden,tevreden,soddisf,contento,zadowol,nojd,memnun,满意,満足")

// satisfied reports whether a question asks how satisfied somebody is: a high answer is good then, of costs too.
func satisfied(question string) bool { return satisfiedStems.in(headerForm(question)) }

// answerWords stand under a question that has one column, as exports of surveys have them.
var answerWords = setOf(words("response,open ended response,answer,other please specify,antwort,offene antwort,reponse,respuesta,risposta,resposta,antwoord,odpowiedz,回答"))

// itemsBelow reports whether the row under a header holds the items of its questions: headers are blank over several of its texts,
// all of which differ from column to column or say "Response", and nothing stands under the first column.
func itemsBelow(g *grid.Grid, header, below int) bool {
	upper, lower := g.Row(header), g.Row(below)
	if lower.Len() < 2 || upper.Len() < 2 || lower.First().Col <= upper.First().Col || lower.Last().Col > upper.Last().Col+64 {
		return false
	}
	bare, answers, long := 0, 0, false
	for cell := range lower.Cells() {
		if cell.Kind != grid.Text || ParseNumber(cell.Text).ok() {
			return false
		}
		above := upper.At(int(cell.Col))
		switch {
		case above.IsEmpty():
			bare++
		case answerWords[fold(cell.Text)]:
			answers++
		case asks(above.Text):
			long = true
		}
	}
	next := g.Row(below + 1)
	return (bare >= 2 || bare+answers >= 2) && (long || answers > 0) && next.Len() > lower.Len()/2 && !next.At(int(upper.First().Col)).IsEmpty()
}

var questionCode = regexp.MustCompile(`(?i)^(?:Q|QID|F|V|Frage|Item)\.?\s?\d+[a-z]?(?:[_.]\d+)*(?:[_.](?:TEXT|NPS_GROUP|GROUP|\d+))?$`)

// textsBelow reports whether the row under a header of codes such as "Q1_2" holds the texts of the questions.
func textsBelow(g *grid.Grid, header, below int) bool {
	codes, worded := 0, 0
	lower := g.Row(below)
	for cell := range g.Row(header).Cells() {
		if cell.Kind != grid.Text {
			return false
		}
		if !questionCode.MatchString(strings.TrimSpace(cell.Text)) {
			continue
		}
		codes++
		under := lower.At(int(cell.Col))
		if under.Kind == grid.Text && len(under.Text) > len(cell.Text)+4 && strings.Contains(strings.TrimSpace(under.Text), " ") {
			worded++
		}
	}
	if codes < 2 || worded*5 < codes*4 {
		return false
	}
	for cell := range lower.Cells() {
		if cell.Kind != grid.Text || ParseNumber(cell.Text).ok() {
			return false
		}
	}
	return importRow(g.Row(below+1)) || lower.Len()*10 >= g.Row(header).Len()*9
}

// importRow reports whether a row holds the marks by which survey software finds its questions again.
func importRow(r grid.Row) bool {
	return r.Len() > 1 && strings.HasPrefix(r.First().Text, `{"ImportId"`) && strings.HasPrefix(r.Last().Text, `{"ImportId"`)
}

// exportWords are headers that survey software writes; beside them the dates are those of the answer.
var exportWords = setOf(words("ip address,ipaddress,duration in seconds,collector id,recorded date,recordeddate,completion time,response id,responseid,distribution channel,user language,location latitude,dauer in sekunden"))

// isExport reports whether a table was written by survey software.
func (t *table) isExport() bool {
	n := 0
	for _, c := range t.columns {
		if exportWords[fold(splitCamel(c.head.text()))] || exportWords[fold(c.head.text())] {
			n++
		}
	}
	return n >= 2
}
