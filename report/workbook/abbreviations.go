package workbook

import "strings"

// abbreviations of words in headers, folded.
var abbreviations = map[string]string{
	"cust": "customer", "custs": "customers", "cst": "customer", "cstmr": "customer", "clt": "client", "acct": "account", "acc": "account", "nbr": "no", "num": "no", "nr": "no", "nmbr": "no",
	"number": "no", "cd": "code", "qty": "quantity", "qnty": "quantity", "qte": "quantite", "cant": "cantidad", "amt": "amount", "amnt": "amount", "inv": "invoice", "invc": "invoice",
	"ord": "order", "po": "order", "dt": "date", "txn": "transaction", "trx": "transaction", "tx": "transaction", "trans": "transaction", "rev": "revenue", "tot": "total", "ttl": "total",
	"pct": "percent", "perc": "percent", "val": "value", "seg": "segment", "segm": "segment", "wt": "weight", "prc": "price", "pr": "price", "nm": "name", "descr": "description", "desc": "description",
	"kd": "kunden", "kdn": "kunden", "kdnr": "kundennummer", "kundnr": "kundennummer", "rg": "rechnung", "rech": "rechnung", "rnr": "rechnungsnummer", "best": "bestell",
	"cde": "commande", "mt": "montant", "mnt": "montant", "fact": "facture", "cod": "codigo", "fec": "fecha", "imp": "importe", "clte": "cliente", "cte": "cliente", "cli": "cliente", "ped": "pedido", "cmd": "commande",
	"fatt": "fattura", "vl": "valor", "vlr": "valor", "qtd": "quantidade", "qtde": "quantidade", "dta": "data", "sup": "supplier", "suppl": "supplier", "vend": "vendor", "attr": "attribute", "crit": "criterion",
	"ident": "id", "key": "id", "identifier": "id", "ref": "no", "reference": "no",
}

// writtenOut returns a folded header with its abbreviations written out.
func writtenOut(form string) string {
	fields := strings.Fields(form)
	for i, word := range fields {
		if long, ok := abbreviations[word]; ok {
			fields[i] = long
		}
	}
	return strings.Join(fields, " ")
}

// vocabulary holds the words of all phrases over columns by their length.
var vocabulary = indexWords()

func indexWords() map[int][]string {
	seen, index := set{}, map[int][]string{}
	for _, entry := range headerWords {
		for _, phrase := range entry.phrases {
			for _, word := range strings.Fields(phrase) {
				if !seen[word] && ascii(word) && len(word) >= shortestCorrected {
					seen[word] = true
					index[len(word)] = append(index[len(word)], word)
				}
			}
		}
	}
	return index
}

// shortestCorrected is how long a word of several must be to be corrected; fewer letters are too often another word.
const shortestCorrected = 5

// correctWords corrects slips of the keyboard word by word, in headers of several words.
func correctWords(form string) string {
	fields := strings.Fields(form)
	if len(fields) < 2 || len(fields) > 6 {
		return form
	}
	for i, word := range fields {
		if long, ok := abbreviations[word]; ok {
			fields[i] = long
		} else {
			fields[i] = corrected(word)
		}
	}
	return strings.Join(fields, " ")
}

func corrected(word string) string {
	if len(word) < shortestCorrected || !ascii(word) {
		return word
	}
	for _, known := range vocabulary[len(word)] {
		if known == word {
			return word
		}
	}
	for _, n := range []int{len(word), len(word) + 1, len(word) - 1} {
		for _, known := range vocabulary[n] {
			if oneEdit(word, known) {
				return known
			}
		}
	}
	return word
}
