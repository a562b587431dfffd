package workbook

import (
	"strings"
	"unicode/utf8"

	"valuebook/report/dataset"
)

// roleIndex maps a folded header to the roles it may name, in order of headerWords.
var roleIndex = indexRoles()

func indexRoles() map[string][]dataset.ColumnRole {
	index := map[string][]dataset.ColumnRole{}
	for _, entry := range headerWords {
		for _, phrase := range entry.phrases {
			index[phrase] = append(index[phrase], entry.role)
		}
	}
	return index
}

// rolesOf returns the roles that a header may name: by the phrase itself, without what stands in brackets or after a unit, with
// its abbreviations written out, else by a phrase a slip of the keyboard away.
func rolesOf(header string) []dataset.ColumnRole {
	f := fold(strings.ReplaceAll(header, "_", " "))
	if roles := roleIndex[f]; roles != nil {
		return roles
	}
	forms := []string{fold(splitCamel(strings.ReplaceAll(header, "_", " ")))}
	if i := strings.IndexAny(header, "([（"); i > 0 {
		forms = append(forms, fold(header[:i]), headerForm(header[:i]))
	}
	forms = append(forms, withoutUnits(f), withoutUnits(forms[0]))
	for _, form := range forms {
		if roles := rolesOfForm(form); roles != nil {
			return roles
		}
	}
	if roles := nearRoles(f); roles != nil {
		return roles
	}
	for _, form := range append(forms, f) {
		if corrected := correctWords(form); corrected != form && roleIndex[corrected] != nil {
			return roleIndex[corrected]
		}
	}
	return nil
}

func rolesOfForm(form string) []dataset.ColumnRole {
	if form == "" {
		return nil
	}
	if roles := roleIndex[form]; roles != nil {
		return roles
	}
	return roleIndex[writtenOut(form)]
}

// withoutUnits takes years, currencies and words such as "in", "per year" and "k" from the end of a folded header, and a year before it:
// "umsatz 2025 in eur" is "umsatz".
func withoutUnits(f string) string {
	fields := strings.Fields(f)
	unit := func(word string) bool {
		year := len(word) == 4 && allDigits(word) && (word[:2] == "19" || word[:2] == "20")
		return year || unitWords[word]
	}
	for len(fields) > 1 && unit(fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	if len(fields) == 2 && len(fields[0]) == 4 && unit(fields[0]) && allDigits(fields[0]) {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}

// eachWords say of a price what it buys.
var eachWords = words("per unit,per piece,per item,per user,per seat,per head,per person,per order,per month,each,pro stuck,je stuck,pro einheit,pro person,pro monat,par unite,par piece,par mois,por unidad,por pieza,por mes,per unita,al pezzo,al mese,por unidade,per stuk,per maand,za sztuke")

// withoutEach takes words such as "per unit" from the end of a folded header.
func withoutEach(f string) string {
	for _, each := range eachWords {
		if bare := strings.TrimSuffix(f, " "+each); bare != f {
			return bare
		}
	}
	return f
}

// unitWords stand beside the name of an amount without changing what it is.
var unitWords = setOf(words("in,en,czk,inr,eur,euro,euros,usd,dollar,dollars,gbp,chf,jpy,cny,rmb,brl,pln,sek,nok,dkk,k,keur,teur,tsd,mio,per,year,annum,yearly,pro,jahr,par,an,por,ano,per anno,anno,pa,p,a,last,12,months,fy,ytd,円,元,万円,万元"))

// nearRoles finds a long phrase one edit away from the header.
func nearRoles(f string) []dataset.ColumnRole {
	if len(f) < 6 || len(f) > 40 || !ascii(f) {
		return nil
	}
	for _, entry := range headerWords {
		for _, phrase := range entry.phrases {
			if len(phrase) >= 6 && ascii(phrase) && oneEdit(f, phrase) {
				return roleIndex[phrase]
			}
		}
	}
	return nil
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// oneEdit reports whether two texts differ by one letter more, less, other, or by
// two neighbours changed round.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return true
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// splitCamel puts spaces into CustomerName, invoiceDate, IDCliente and Score2.
func splitCamel(s string) string {
	var out strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		upper := r >= 'A' && r <= 'Z'
		if i > 0 && upper {
			before := runes[i-1]
			afterLower := before >= 'a' && before <= 'z'
			beginsWord := before >= 'A' && before <= 'Z' && i+2 < len(runes) && runes[i+1] >= 'a' && runes[i+1] <= 'z' && runes[i+2] >= 'a' && runes[i+2] <= 'z'
			if afterLower || beginsWord {
				out.WriteByte(' ')
			}
		}
		out.WriteRune(r)
	}
	return out.String()
}

// meaning is what a label says of itself as a benefit or a cost.
type meaning struct {
	known bool
	exact bool
	side  dataset.Side
	group dataset.Group
	down  bool
}

type sidePhrase struct {
	phrase  string
	meaning meaning
}

var sideIndex, sidePhrases = indexSides()

func indexSides() (map[string]meaning, []sidePhrase) {
	index := map[string]meaning{}
	var phrases []sidePhrase
	add := func(phrase string, m meaning) {
		if _, twice := index[phrase]; !twice {
			index[phrase] = m
			phrases = append(phrases, sidePhrase{phrase, m})
		}
	}
	for _, phrase := range satisfactionWords {
		add(phrase, meaning{known: true, side: dataset.Cost, group: dataset.Monetary, down: true})
	}
	for _, entry := range sideWords {
		for _, phrase := range entry.phrases {
			add(phrase, meaning{known: true, side: entry.side, group: entry.group})
		}
	}
	return index, phrases
}

// compounds are the last parts of German and Dutch compounds, and of words in
// languages that write no spaces.
var compounds = setOf(words("qualitat,kosten,preis,zeit,aufwand,service,leistung,kwaliteit,prijs,tijd,risiko,beratung,质量,品质,服务,价格,成本,费用,时间,风险,品質,価格,費用,時間,サービス,コスト"))

// longestQuestion is how long a header can be, folded, that is still searched for benefits and costs, in bytes.
const longestQuestion = 300

// meaningOf finds the benefit or cost that a label names: the label itself, else the
// phrase in it that carries the sense - the last ("delivery time"), or the first where a
// preposition follows it ("cost of delivery").
func meaningOf(label string) meaning {
	f := fold(splitCamel(strings.ReplaceAll(label, "_", " ")))
	if m, ok := sideIndex[f]; ok {
		m.exact = true
		return m
	}
	if m, ok := sideIndex[strings.TrimSuffix(f, "s")]; ok {
		m.exact = true
		return m
	}
	if len(f) > longestQuestion {
		return meaning{}
	}
	if m, ok := sideIndex[withoutUnits(withoutEach(withoutUnits(f)))]; ok && m.group == dataset.Monetary && m.side == dataset.Cost {
		m.exact = true
		return m
	}
	return phraseMeaning(f)
}

func phraseMeaning(f string) meaning {
	padded := " " + f + " "
	first := false
	for _, preposition := range []string{"of", "for", "de", "du", "des", "d", "di", "del", "della", "do", "da", "van", "mit", "with", "per", "dla"} {
		first = first || strings.Contains(padded, " "+preposition+" ")
	}
	best, bestAt, bestLength := meaning{}, -1, 0
	for _, p := range sidePhrases {
		at := phraseAt(padded, p.phrase)
		if at < 0 {
			continue
		}
		if !first {
			at += len(p.phrase)
		} else {
			at = len(padded) - at
		}
		if p.meaning.down {
			at += len(padded) // a satisfaction with a cost outranks the cost
		}
		if at > bestAt || at == bestAt && len(p.phrase) > bestLength {
			best, bestAt, bestLength = p.meaning, at, len(p.phrase)
		}
	}
	return best
}

// phraseAt returns where a phrase stands in a text as whole words, or ends a compound; -1
// when it does not.
func phraseAt(padded, phrase string) int {
	if at := strings.LastIndex(padded, " "+phrase+" "); at >= 0 {
		return at + 1
	}
	if first, _ := utf8.DecodeRuneInString(phrase); first >= 0x2e80 && len(phrase) > utf8.UTFMax+1 {
		return strings.LastIndex(padded, phrase) // scripts without spaces, two characters at least
	}
	if compounds[phrase] {
		if at := strings.LastIndex(padded, phrase+" "); at >= 0 {
			return at
		}
	}
	return -1
}

// sideNamed returns the side whose own name the text is, such as "Benefits".
func sideNamed(text string) (dataset.Side, bool) {
	f := fold(text)
	for _, entry := range sideNames {
		for _, phrase := range entry.phrases {
			if f == phrase {
				return entry.side, true
			}
		}
	}
	return 0, false
}

// oneOf reports whether a text, folded, is one of the phrases.
func oneOf(text string, phrases []string) bool {
	f := fold(text)
	for _, phrase := range phrases {
		if f == phrase {
			return true
		}
	}
	return false
}

// componentOf returns the part of a composite score that a label names.
func componentOf(label string) (role dataset.ColumnRole, id string, ok bool) {
	f := fold(strings.ReplaceAll(label, "_", " "))
	for _, entry := range componentWords {
		for _, phrase := range entry.phrases {
			if f == phrase {
				return entry.role, entry.id, true
			}
		}
	}
	return "", "", false
}
