package workbook

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// Words in headers over numbers that describe a customer, a place or an order, and are no ratings however small they are.
var (
	describingStems = stemsOf("zip,postal,postcode,plz,postleitzahl,latitude,longitude,phone,telephone,telefon,mobile,handy,portable,fax,birth,born,tenure,recency,frequency,visits,logins,clicks,purchases,employees,headcount,children,kids,income,height," +
		"number of,count of,no of,num of,days since,days,weeks,months,years,hours,minutes,percent complete,complete,completion,progress," +
		"geburt,breitengrad,langengrad,anzahl,mitarbeiterzahl,kinder,besuche,bestellungen,fertigstellung,fortschritt,einkommen,tage,wochen,monate,jahre,stunden," +
		"code postal,naissance,nombre de,nb de,enfants,visites,commandes,achevement,revenu annuel,jours,semaines,heures,anciennete,codigo postal,nacimiento,numero de,cantidad de,hijos,visitas,pedidos,avance,ingresos,dias,semanas,meses,antiguedad," +
		"codice postale,nascita,numero di,figli,visite,ordini,avanzamento,giorni,settimane,mesi,cep,nascimento,quantidade de,filhos,andamento,postcode,geboorte,aantal,kinderen,bezoeken,bestellingen,voortgang,dagen,weken,maanden,kod pocztowy,urodz,liczba,dzieci,wizyty,zamowienia,postep,dni,tygodni,miesiecy," +
		"邮编,邮政编码,纬度,经度,电话,手机,出生,次数,人数,数量,天数,进度,郵便番号,緯度,経度,電話,誕生,生年,回数,件数,日数,進捗")
	describingWords = setOf(words("age,year,lat,lon,lng,tel,rank,ranking,position,row,line,week,month,day,quarter,version,floor,alter,jahr,rang,platz,woche,monat,tag,age du client,annee,rang,semaine,mois,jour,edad,ano,puesto,semana,mes,dia,eta,anno,posto,settimana,mese,giorno,idade,leeftijd,jaar,rang,maand,dag,wiek,rok,miejsce,tydzien,miesiac,dzien,年龄,年份,排名,名次,年齢,年,順位,週,月,%complete,percent"))

	// Questions that are no ratings of a single benefit or cost.
	recommendStems = stemsOf("recommend,weiterempfehl,recommand,recomend,raccomand,consigli,aanbevel,polec,推荐,推奨,おすすめ,勧め")
	habitStems     = stemsOf("how often,how long,how many,how much,wie oft,wie lange,wie viele,combien,depuis combien,a quelle frequence,con que frecuencia,cuanto,cuantos,cuantas,quanto,quanti,quante,con che frequenza,com que frequencia,quantos,quantas,hoe vaak,hoe lang,hoeveel,jak czesto,jak dlugo,ile,多久,多少,几次,どのくらい,何回,何年")
)

// noRating reports whether the numbers of a column are none that anybody gave as a rating, by its header or its values: the
// number or the rank of the row, a code, an age, a count.
func (t *table) noRating(c *column) bool {
	form := headerForm(c.head.label)
	if describingStems.in(form) || describingWords[form] || describingWords[lastWord(form)] && len(strings.Fields(form)) <= 3 || habitStems.in(form) && !asksEffort(c.head.label) {
		return true
	}
	return t.counts(c)
}

func lastWord(form string) string { return form[strings.LastIndexByte(form, ' ')+1:] }

// fewestCounted and fewestRanked are how many rows show that a column numbers or ranks them.
const (
	fewestCounted = 6
	fewestRanked  = 8
)

// counts reports whether a column numbers the rows 1, 2, 3 ..., or ranks them: every number from 1 to the last stands there once.
func (t *table) counts(c *column) bool {
	n := len(t.rows)
	if !c.stats.whole || c.stats.numbers != n || n < fewestCounted || c.stats.hi-c.stats.lo != float64(n-1) || n > 10 {
		return false // more than ten are beyond the scales of ratings
	}
	ascending, seen := true, set{}
	for i, row := range t.rows {
		cell := t.grid.At(row, c.col)
		if cell.Kind != grid.Number {
			return false
		}
		ascending = ascending && cell.Num == c.stats.lo+float64(i)
		seen[cell.String()] = true
	}
	return ascending || n >= fewestRanked && len(seen) == n
}

// longQuestion is from how many words on a header is a question rather than a name.
const longQuestion = 4

// asksToRecommend reports whether a header asks whether one would recommend us.
func (c *column) asksToRecommend() bool {
	form := headerForm(c.head.label)
	return len(strings.Fields(form)) >= longQuestion && recommendStems.in(form) && (c.stats.ratable() || c.words != nil)
}

// askRoles returns the roles that a question in a header names.
func (c *column) askRoles() []dataset.ColumnRole {
	if len(c.roles) == 0 && c.asksToRecommend() {
		return []dataset.ColumnRole{dataset.ColumnRecommend}
	}
	return c.roles
}

// opinion reports whether the words of a column are such as rate something, and not how likely or how often something is.
func (w *worded) opinion() bool {
	return w.group != "likelihood" && w.group != "frequency" && w.group != "importance"
}

// asksEffort reports whether a question such as "How much effort is it to order?" asks for a cost that has no unit to count it in.
func asksEffort(label string) bool {
	m := meaningOf(label)
	return m.known && m.side == dataset.Cost && (m.group == dataset.Energy || m.group == dataset.Psychic)
}
