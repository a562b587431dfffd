package profile

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"valuebook/report/dataset"
)

// A Column describes customers, by text or by number.
type Column struct {
	Kind   Kind
	Name   string        // header; "" unless Free
	Texts  dataset.Texts // per customer, "" = not given
	Values []float64     // per customer, NaN = not given; nil for a column of words
}

// fewLevels is up to how many different numbers count as answers rather than
// as an amount: sizes 1 to 5 are classes.
const fewLevels = 5

// Columns returns what describes the customers of a dataset: segment, persona,
// then the free columns as they stand. A column in which every entry is a
// number, with more than five different ones, is numeric.
func Columns(d *dataset.Dataset) []Column {
	var out []Column
	add := func(kind Kind, name string, texts dataset.Texts) {
		texts, some := trimmed(texts, d.Customers.Len())
		if some {
			out = append(out, Column{Kind: kind, Name: name, Texts: texts, Values: numbers(texts)})
		}
	}
	add(Segment, "", dataset.TextsOf(d.Customers.Segment))
	add(Persona, "", dataset.TextsOf(d.Customers.Persona))
	for _, p := range d.Customers.Profiles {
		add(Free, p.Name, p.Values)
	}
	return out
}

// trimmed returns n texts without blanks around them, and whether any is given:
// the column itself where it is so already.
func trimmed(texts dataset.Texts, n int) (out dataset.Texts, some bool) {
	same := texts.Len() == n
	for _, text := range texts.Different() {
		short := strings.TrimSpace(text)
		some = some || short != ""
		same = same && len(short) == len(text)
	}
	if same || !some {
		return texts, some
	}
	return dataset.NewTexts(n, func(i int) string {
		if i >= texts.Len() {
			return ""
		}
		return strings.TrimSpace(texts.At(i))
	}), true
}

func numbers(texts dataset.Texts) []float64 {
	for _, text := range texts.Different() {
		if _, ok := number(text); !ok && text != "" {
			return nil
		}
	}
	values := make([]float64, texts.Len())
	different := map[float64]bool{}
	for i := range values {
		text := texts.At(i)
		if values[i] = math.NaN(); text == "" {
			continue
		}
		x, _ := number(text)
		values[i] = x
		if len(different) <= fewLevels {
			different[x] = true
		}
	}
	if len(different) <= fewLevels {
		return nil
	}
	return values
}

// number reads 12, 12.5 and 12,5.
func number(text string) (float64, bool) {
	if !strings.Contains(text, ".") && strings.Count(text, ",") == 1 {
		text = strings.Replace(text, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && math.Abs(x) <= 1e100
}

// What a header says when the column is made of what the customer paid. Stems
// are looked for anywhere in the header, words as whole words.
var (
	valueStems = strings.Split("revenue,turnover,purchas,profit,margin,lifetime value,monetary,invoice,spending,"+
		"umsatz,erlös,gewinn,bestell,einkauf,deckungsbeitrag,rechnung,chiffre d,achat,commande,marge,bénéfice,"+
		"ingreso,factura,ventas,compra,pedido,beneficio,fatturato,ordini,acquist,receita,vendas,lucro,omzet,aankoop,winst,"+
		"выручк,прибыл,заказ,покуп,売上,購入,注文,利益,粗利,課金,销售,銷售,收入,利润,利潤,订单,訂單,购买,購買,消费,매출,구매,주문,이익", ",")
	valueWords = wordSet("clv,ltv,cltv,rfm,rf,gmv,arr,mrr,aov,order,orders,sale,sales,spend,spent,amount,frequency,recency,basket,kauf,käufe")
	// recencyNames are entries of segments made from recency, frequency and
	// amount.
	recencyNames = wordSet("champion,champions,hibernating,at risk,about to sleep,promising,lost,loyal,loyal customers,loyal customer,potential loyalist,potential loyalists," +
		"need attention,needs attention,needing attention,can't lose,cant lose,can't lose them,cant lose them,cannot lose them,new customers,big spenders,lost customers")
	// placeWords make a column of words out of a header that names sales: who
	// sold, where and how is no part of what was paid.
	placeWords = wordSet("channel,region,territory,area,rep,representative,manager,person,team,office,country,method,kanal,gebiet,vertreter,canal,région,región,zona,zone,vendeur,vendedor")
	placeStems = strings.Split("vertrieb,verkaufsgebiet,地域,担当,チャネル,渠道,区域", ",")
)

// noProfit are kinds of organisations, not amounts.
var noProfit = []string{"non-profit", "nonprofit", "non profit", "not-for-profit", "not for profit", "manufactura"}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Split(list, ",") {
		set[word] = true
	}
	return set
}

// partOfValue reports whether a header, or the entries, say that a column is made of what the
// firm earns from the customer (METHOD 7.2, leakage).
func (c Column) partOfValue(label string) bool {
	name := strings.ToLower(strings.TrimSpace(c.Name))
	if c.namesRecency() {
		return true
	}
	if name == "" {
		return false
	}
	if name == strings.ToLower(strings.TrimSpace(label)) {
		return true
	}
	for _, kind := range noProfit {
		name = strings.ReplaceAll(name, kind, "")
	}
	if !says(name, valueStems, valueWords) {
		return false
	}
	return c.Values != nil || !says(name, placeStems, placeWords)
}

// namesRecency reports whether at least two different entries are names of
// such segments.
func (c Column) namesRecency() bool {
	seen := map[string]bool{}
	for _, text := range c.Texts.Different() {
		if name := strings.ToLower(strings.ReplaceAll(text, "’", "'")); recencyNames[name] {
			seen[name] = true
		}
	}
	return len(seen) >= 2
}

func says(name string, stems []string, words map[string]bool) bool {
	for _, stem := range stems {
		if strings.Contains(name, stem) {
			return true
		}
	}
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }
	for _, word := range strings.FieldsFunc(name, split) {
		if words[word] {
			return true
		}
	}
	return false
}
