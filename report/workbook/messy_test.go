package workbook

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// readText reads a text of comma-separated rows.
func readText(rows ...string) *dataset.Dataset {
	return ReadBytes("book.csv", []byte(strings.Join(rows, "\n")+"\n"), Options{})
}

// attributes lists attributes as "side label lo-hi", with "down" where a high rating means little of them.
func attributes(d *dataset.Dataset) string {
	var out []string
	for _, a := range d.Attributes {
		text := fmt.Sprintf("%s %s %g-%g", a.Side, a.Label, a.Scale.Lo, a.Scale.Hi)
		if a.Down {
			text += " down"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func wantAttributes(t *testing.T, d *dataset.Dataset, want string) {
	t.Helper()
	if got := attributes(d); got != want {
		t.Errorf("attributes %q, want %q\n%s", got, want, receiptText(d))
	}
}

func TestExportsOfSurveySoftware(t *testing.T) {
	for _, c := range []struct {
		name, want string
		customers  int
		rows       []string
	}{
		{"codes, texts of the questions and import marks", "benefit Quality 1-5; cost Price 1-5 down", 3, []string{
			"StartDate,EndDate,IPAddress,ResponseId,Q1_1,Q1_2",
			`Start Date,End Date,IP Address,Response ID,How satisfied are you with the following? - Quality,How satisfied are you with the following? - Price`,
			`"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""ip""}","{""ImportId"":""id""}","{""ImportId"":""Q1_1""}","{""ImportId"":""Q1_2""}"`,
			"2026-05-01,2026-05-01,10.0.0.1,R_1,5,1", "2026-05-02,2026-05-02,10.0.0.2,R_2,4,3", "2026-05-03,2026-05-03,10.0.0.3,R_3,1,5"}},
		{"items under the question", "benefit Quality 1-5; benefit Service 1-5", 3, []string{
			"Respondent ID,IP Address,Collector ID,How would you rate our work on the following?,,Any remarks?", ",,,Quality,Service,Open-Ended Response",
			"7001,10.0.0.1,3,Very satisfied,Satisfied,fine", "7002,10.0.0.2,3,Dissatisfied,Satisfied,", "7003,10.0.0.3,3,Satisfied,Very dissatisfied,slow"}},
		{"the scale within the question", "benefit How do you rate our service? 1-10; cost How do you rate our prices? 1-10 down; cost How much effort is it to order? 1-10", 3, []string{
			`Respondent,"On a scale from 1 to 10, how do you rate our service?","On a scale from 1 to 10, where 1 means very poor and 10 means very good, how do you rate our prices?",How much effort is it to order? [1-10]`,
			"Ada,4,5,1", "Bo,3,4,7", "Cy,5,2,9"}},
		{"numbers with their words", "benefit The product is reliable 1-5; cost Satisfaction with price 1-5 down", 4, []string{
			"Customer,The product is reliable,Satisfaction with price",
			"Ada,5 - Strongly agree,Very satisfied (5)", "Bo,4 - Agree,Dissatisfied (2)", "Cy,2 - Disagree,Satisfied (4)", "Di,4 - Agree,Neutral (3)"}},
	} {
		d := readText(c.rows...)
		if d.Customers.Len() != c.customers {
			t.Errorf("%s: %d customers, want %d", c.name, d.Customers.Len(), c.customers)
		}
		if got := attributes(d); got != c.want {
			t.Errorf("%s: attributes %q, want %q\n%s", c.name, got, c.want, receiptText(d))
		}
	}
}

func TestImportanceIsNoBenefit(t *testing.T) {
	d := readText("Customer,Quality - Importance,Quality - Performance,Price - Importance,Price - Performance", "Ada,5,3,2,4", "Bo,4,5,2,2", "Cy,5,2,1,1", "Di,4,1,1,5")
	wantAttributes(t, d, "benefit Quality 1-5; cost Price 1-5 down")
	if q, p := d.Attributes[0].Weight, d.Attributes[1].Weight; !(q > p) {
		t.Errorf("weights %v and %v, want more for quality, which is more important", q, p)
	}
}

func TestLegendSaysTheScale(t *testing.T) {
	d := readText("Marks (1 = very good, 6 = very poor)", "Customer,Quality,Price", "Ada,1,5", "Bo,2,4", "Cy,3,3")
	wantAttributes(t, d, "benefit Quality 1-6 down; cost Price 1-6")
	d = readText("Customer,Quality,Price", "Ada,1,5", "Bo,2,4", "Cy,3,3", "", "Scale: 0 = very poor; 10 = excellent")
	wantAttributes(t, d, "benefit Quality 0-10; cost Price 0-10 down")
}

func TestDeclaredCodesAreMissing(t *testing.T) {
	rows := []string{"Customer,Quality [1-7],Price [1-7]"}
	for i := range 12 {
		rows = append(rows, fmt.Sprintf("K%d,%d,%d", i, 1+i%7, 7-i%7))
	}
	rows = append(rows, "X,99,3", "Y,4,-1", "", `"99 = don't know, -1 = no answer"`)
	d := readText(rows...)
	wantFindings(t, d)
	if x := rating(t, d, "Quality"); !math.IsNaN(x[12]) || x[13] != 4 {
		t.Errorf("quality of X and Y: %v and %v, want none and 4", x[12], x[13])
	}
	d = readText(rows[:len(rows)-2]...)
	wantFindings(t, d, "error rating-out-of-range book!B14", "error rating-out-of-range book!C15")
}

func TestPeriodsSideBySide(t *testing.T) {
	rows := []string{"Customer,Quality 2025,Price 2025,Quality 2026,Price 2026", "Ada,1,2,3,4", "Bo,2,3,4,5", "Cy,3,4,5,1"}
	d := readText(rows...)
	wantAttributes(t, d, "benefit Quality 1-5; cost Price 1-5")
	wantValues(t, rating(t, d, "Quality"), 3, 4, 5)
	if d.Period != "2026" {
		t.Errorf("period %q, want 2026", d.Period)
	}
	d = ReadBytes("book.csv", []byte(strings.Join(rows, "\n")), Options{Period: "2025"})
	wantValues(t, rating(t, d, "Quality"), 1, 2, 3)
}

func TestWhoBought(t *testing.T) {
	d := readText("Name,Email,Paid at,Total", "#1001,a@x.example,2026-01-05,20", "#1002,b@x.example,2026-01-06,30", "#1003,a@x.example,2026-02-05,25", "#1004,b@x.example,2026-03-01,15", "#1005,c@x.example,2026-03-02,10")
	if n := d.Customers.Len(); n != 3 || len(d.Transactions.Date) != 5 {
		t.Errorf("%d customers, %d purchases, want 3 and 5: order numbers are no names\n%s", n, len(d.Transactions.Date), receiptText(d))
	}
	d = readText("Invoice no,Invoice date,Customer no,Net,VAT,Gross", "I1,2026-01-05,K1,100,19,119", "I2,2026-01-09,K2,200,38,238", "I3,2026-02-05,K1,50,9.5,59.5")
	if x := d.Transactions.Revenue; len(x) != 3 || x[0] != 100 {
		t.Errorf("amounts %v, want the net ones\n%s", x, receiptText(d))
	}
	d = readText("MANDT,VBELN,KUNNR,BUDAT,NETWR,WAERK", "100,90001,K1,20260105,100.50,EUR", "100,90002,K2,20260106,80.00-,EUR", "100,90003,K1,20260107,70.00,EUR")
	if x := d.Transactions.Revenue; d.Customers.Len() != 2 || len(x) != 3 || x[1] != -80 {
		t.Errorf("%d customers, amounts %v\n%s", d.Customers.Len(), x, receiptText(d))
	}
}

func TestCustomersByFirstAndLastName(t *testing.T) {
	d := readText("First name,Last name,Service,Price", "Ada,Berg,4,2", "Ada,Lind,5,3", "Bo,Berg,1,4")
	if got := strings.Join(d.Customers.ID, ", "); got != "Ada Berg, Ada Lind, Bo Berg" {
		t.Errorf("customers %s\n%s", got, receiptText(d))
	}
	rows := []string{"First name,Last name,Service,Price"}
	for i := range 30 {
		rows = append(rows, fmt.Sprintf("Ada,Berg %d,%d,%d", i%29, 1+i%5, 1+i%4))
	}
	d = readText(rows...)
	if n := d.Customers.Len(); n != 30 {
		t.Errorf("%d customers, want 30: two people may have one name\n%s", n, receiptText(d))
	}
}

func TestListedCustomersByTheColumnThatMatches(t *testing.T) {
	d := read(t, Options{},
		sheetOf{name: "Customers", rows: [][]any{{"id", "Customer number", "Company"}, {1, "K-1", "Ada"}, {2, "K-2", "Bo"}, {3, "K-3", "Cy"}}},
		sheetOf{name: "Survey", rows: [][]any{{"Customer no.", "Quality", "Price"}, {"K-1", 4, 2}, {"K-2", 5, 3}, {"K-3", 1, 5}}})
	if got := strings.Join(d.Customers.ID, " "); got != "K-1 K-2 K-3" {
		t.Errorf("customers %s\n%s", got, receiptText(d))
	}
}

func TestCriteriaAreNoCustomers(t *testing.T) {
	d := readText("Criterion,Alder score,Alder points,Birch score,Birch points", "Quality,4,1.6,5,2", "Service,3,0.6,2,0.4", "Price,2,0.8,4,1.6")
	wantFindings(t, d, "stop offers-in-columns book!1")
	d = readText(",Quality,Service,Price", "Quality,1,3,5", "Service,0.33,1,2", "Price,0.2,0.5,1")
	wantFindings(t, d, "stop compared-in-pairs book!A1")
	d = readText("Vendor,Quarter,Category,Score", "Alder,2026-Q1,Quality,4", "Alder,2026-Q2,Quality,5", "Birch,2026-Q2,Quality,3", "Birch,2026-Q2,Price,4")
	wantFindings(t, d, "stop offers-score-a-row book!A1")
}

func TestRowsReadAndSkippedAddUp(t *testing.T) {
	d := ReadBytes("book.csv", []byte("Customer,Date,Amount\nAda,2026-01-05,20\nBo,2026-01-06,30\nAda,2026-06-05,25\nBo,2026-06-06,\n"), Options{AsOf: day("2026-03-01")})
	table := d.Receipt.Tables[0]
	if table.RowsRead != 2 || len(table.Skipped) != 2 {
		t.Errorf("%d rows read, %d skipped, want 2 and 2", table.RowsRead, len(table.Skipped))
	}
}

func TestTotalsOfRegionsOverCustomers(t *testing.T) {
	rows := []string{"Region,Customer,Date,Amount"}
	for _, region := range []string{"North", "South"} {
		for _, name := range []string{"Ada", "Bo"} {
			rows = append(rows, region+","+name+",2026-01-05,10", ",,2026-02-05,20", ",,2026-03-05,5", ","+name+" Total,,35")
			region = ""
		}
		rows = append(rows, []string{"North", "South"}[len(rows)/10]+" Total,,,70")
	}
	d := readText(append(rows, "Grand Total,,,140")...)
	if n, p := d.Customers.Len(), len(d.Transactions.Date); n != 2 || p != 12 {
		t.Errorf("%d customers, %d purchases, want 2 and 12\n%s", n, p, receiptText(d))
	}
}

func TestStarsAreGoodOfAPriceToo(t *testing.T) {
	d := readText("Customer,Service,Price", "Ada,★★★★☆,★☆☆☆☆", "Bo,★★★★★,★★★☆☆", "Cy,★★☆☆☆,★★★★☆")
	wantAttributes(t, d, "benefit Service 1-5; cost Price 1-5 down")
}
