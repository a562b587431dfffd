package workbook

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
)

// A survey with plain headers in the words of ten languages: identifier, name, segment, revenue, two benefits, two
// costs.
func TestPlainHeadersInManyLanguages(t *testing.T) {
	for language, header := range map[string]string{
		"English":    "Customer No|Customer Name|Segment|Annual revenue|Product quality|Customer service|Price|Waiting time",
		"German":     "Kundennummer|Firma|Kundengruppe|Umsatz|Produktqualität|Kundendienst|Preis|Wartezeit",
		"French":     "N° client|Raison sociale|Segment|Chiffre d'affaires|Qualité du produit|Service client|Prix|Délai de livraison",
		"Spanish":    "Código cliente|Razón social|Segmento|Facturación|Calidad del producto|Atención al cliente|Precio|Tiempo de espera",
		"Italian":    "Codice cliente|Ragione sociale|Segmento|Fatturato|Qualità del prodotto|Servizio clienti|Prezzo|Tempo di attesa",
		"Portuguese": "Código do cliente|Nome do cliente|Segmento|Faturamento|Qualidade do produto|Atendimento|Preço|Prazo de entrega",
		"Dutch":      "Klantnummer|Bedrijfsnaam|Klantgroep|Omzet|Productkwaliteit|Klantenservice|Prijs|Levertijd",
		"Chinese":    "客户编号|公司名称|客户类型|销售额|产品质量|售后服务|价格|等待时间",
		"Japanese":   "顧客ID|会社名|セグメント|売上高|製品品質|サポート|価格|待ち時間",
		"Polish":     "Numer klienta|Nazwa|Segment|Przychód|Jakość produktu|Obsługa klienta|Cena|Czas oczekiwania",
		"misspelt":   "Custmer ID|Customer Nmae|Segmnet|Revenu|Quality|Service|Price|Effort",
	} {
		t.Run(language, func(t *testing.T) {
			var head []any
			for _, h := range strings.Split(header, "|") {
				head = append(head, h)
			}
			d := read(t, Options{}, sheetOf{name: "Sheet1", rows: [][]any{head,
				{101, "Arda", "A", 120000, 5, 4, 3, 2}, {102, "Berg", "B", 80000, 4, 3, 4, 3}, {103, "Cole", "A", 15000, 3, 2, 4, 5}, {104, "Dahl", "B", 5000, 4, 5, 2, 3},
			}})
			if d.Customers.Len() != 4 || d.Customers.Name == nil || d.Customers.Segment == nil || d.Customers.Revenue == nil || d.Customers.ID[0] != "101" || len(d.Attributes) != 4 {
				t.Fatal(receiptText(d))
			}
			for i, a := range d.Attributes {
				if want := []dataset.Side{dataset.Benefit, dataset.Benefit, dataset.Cost, dataset.Cost}[i]; a.Side != want || a.Label != head[4+i] {
					t.Errorf("%s is a %s", a.Label, a.Side)
				}
			}
			for _, f := range d.Findings {
				if f.Severity >= dataset.Error {
					t.Error(found(d))
				}
			}
		})
	}
}

func TestAnswersPerSupplier(t *testing.T) {
	sheets := []sheetOf{
		{name: "Ratings", rows: [][]any{{"customer_id", "supplier", "attribute_id", "rating"}, {"A", "us", "Quality", 4}, {"A", "us", "Price", 2}, {"A", "Rival", "Quality", 3}, {"A", "Rival", "Price", 3}, {"B", "us", "Quality", 4}, {"B", "us", "Price", 2}}},
		{name: "Overall", rows: [][]any{{"customer_id", "supplier", "worth_what_paid", "would_rebuy"}, {"A", "Rival", 5, "no"}, {"A", "us", 8, "yes"}, {"B", "us", 6, "n"}}},
	}
	d := read(t, Options{}, sheets...)
	wantFindings(t, d)
	if len(d.Worth) != 2 || d.WorthScale.Hi != 10 {
		t.Fatalf("%v %v\n%s", d.Worth, d.WorthScale, receiptText(d))
	}
	wantValues(t, d.Worth[0].Values, 8, 6)
	wantValues(t, d.Worth[1].Values, 5, nan)
	wantValues(t, d.Rebuy.Values, 1, 0)
	if ref := d.Worth[0].Place.Ref("", 0).String(); ref != "Overall!C3" {
		t.Errorf("place %s", ref)
	}
}

func TestValueToTheFirmInMoney(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]", "Customer lifetime value (EUR)", "Positioning", "Ability", "Shared values"}, {"A", 4, 2, "12.500,50", 7, 8, 9}, {"B", 3, 3, "800,00", 5, 4, 0},
	}})
	wantFindings(t, d)
	wantValues(t, d.FirmValue.Values, 12500.5, 800)
	if d.FirmLabel != "Customer lifetime value (EUR)" || d.Currency != "EUR" || len(d.Match) != 3 || d.Match[2].Label != "Shared values" {
		t.Errorf("%q %q %d\n%s", d.FirmLabel, d.Currency, len(d.Match), receiptText(d))
	}
}

// A second table beside the first, or under it, is not read into it.
func TestOtherTablesOnTheSheet(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]", nil, "ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"},
		{"A", 4, 2, nil, "Old", 1, 1}, {"B", 3, 3, nil, "Older", 1, 1}, {},
		{"Segment", "Customers"}, {"North", 1}, {"South", 1},
	}})
	wantFindings(t, d, "warning tables-left Data!E1")
	wantValues(t, rating(t, d, "Service"), 4, 3)
	if d.Receipt.Tables[0].LastCol != 3 {
		t.Errorf("%+v", d.Receipt.Tables[0])
	}
}

func TestRepeatedHeaderIsSkipped(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", 4, 2}, {"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"B", 3, 3},
	}})
	wantFindings(t, d)
	wantValues(t, rating(t, d, "Service"), 4, 3)
}

func TestComparisonOnItsSide(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Matrix", rows: [][]any{{"Criterion", "Weight", "Alpha", "Beta"}, {"Quality", 50, 4, 3}, {"Service", 30, 3, 5}, {"Price", 20, 2, 4}}})
	wantFindings(t, d, "stop offers-in-columns Matrix!1")
}

func TestHiddenColumnsAreReadAndCounted(t *testing.T) {
	data := changed(t, xlsxOf(t, survey("Benefit: Service [1-5]", 4, 5)), func(f *excelize.File) { must(t, f.SetColVisible("Data", "B", false)) })
	d := ReadBytes("b.xlsx", data, Options{})
	wantFindings(t, d, "note hidden-columns Data!B")
	wantValues(t, rating(t, d, "Service"), 4, 5)
}

func TestRowsThatDescribeColumns(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "A", "B", "C"},
		{"Side", "benefit", "cost", "cost"}, {"Weight", 100, 70, 30}, {"Scale", "1-5", "0-10", "1-7"}, {"Direction", "down", "up", "down"}, {"Group", "service", "time", "monetary"}, {"Tangible", "yes", "no", ""},
		{"K1", 4, 10, 7}, {"K2", 1, 0, 1},
	}})
	wantFindings(t, d)
	if len(d.Attributes) != 3 {
		t.Fatal(receiptText(d))
	}
	a, b, c := d.Attributes[0], d.Attributes[1], d.Attributes[2]
	if !a.Down || a.Tangible != dataset.Yes || a.Group != dataset.Service || b.Scale.Hi != 10 || b.Weight != 70 || b.Tangible != dataset.No || !c.Down || c.Tangible != dataset.Yes || c.Side != dataset.Cost {
		t.Errorf("%+v", d.Attributes)
	}
}

func TestNamedSuppliersWithoutWordsForUs(t *testing.T) {
	d := read(t, Options{Own: "Acme"}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "Acme Quality", "Acme Price", "Beta Corp Quality", "Beta Corp Price", "Quality - Gamma", "Price - Gamma"}, {"A", 4, 2, 3, 3, 5, 1}, {"B", 5, 2, 2, 3, 4, 4},
	}})
	if len(d.Suppliers) != 3 || d.Suppliers[0].Name != "Acme" || d.Suppliers[1].Name != "Beta Corp" || d.Suppliers[2].Name != "Gamma" || len(d.Attributes) != 2 {
		t.Errorf("%v %v\n%s", d.Suppliers, d.Attributes, receiptText(d))
	}
}

// Words that sound like ratings, alone or without numbers to match, are left alone.
func TestWhatIsNoRating(t *testing.T) {
	rows := [][]any{{"Customer ID", "Name", "ZIP", "Year of birth", "Price", "Complaints", "Latitude", "Phone"}}
	for i := 0; i < 12; i++ {
		rows = append(rows, []any{100 + i, "N", 1010 + i, 1960 + i, 19.9 + float64(i), 1, 48.2, 660000 + i})
	}
	d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
	wantFindings(t, d, "stop ratings-missing Data")
}
