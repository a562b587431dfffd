package gallery

import "strings"

// A Sketch is the smallest workbook that shows one finding, written as text: sheets of an .xlsx file begin with "== NAME".
type Sketch struct {
	File, Text string

	// What is given on the command line, "" or 0 = nothing.
	Own, Period, AsOf, Sheet string
	HeaderRow                int
	MappedSheet, MappedRole  string // a mapping that speaks of a sheet, and gives it a role
	MappedColumn             string
}

// Data returns the sketch as a file.
func (s Sketch) Data() []byte {
	if !strings.HasPrefix(s.Text, "== ") {
		return []byte(s.Text)
	}
	var sheets []sheet
	for _, part := range strings.Split(s.Text, "== ")[1:] {
		name, grid, _ := strings.Cut(part, "\n")
		sheets = append(sheets, sheet{name: name, grid: grid})
	}
	return book(sheets...)
}

// rated is a table of ratings as text, for sketches about something else.
const rated = "Customer,Benefit: Service [1-5],Cost: Price [1-5]\nAda,4,2\nBo,5,3\n"

// Sketches returns a sketch for every finding that no case shows and a small workbook can.
func Sketches() []Sketch {
	return []Sketch{
		{File: "a.csv", Text: "Cohort,0,1,2,3,4\nBasic,1000,631,468,382,326\n"},
		{File: "a.xlsx", Text: "== Attributes\nAttribute | Side\nService | benefit\nService | cost\nPrice | cost\n== Ratings\nCustomer | Attribute | Rating\nAda | Service | 4\nAda | Price | 2\n"},
		{File: "a.xlsx", Text: "== Attributes\nAttribute | Side | Scale min | Scale max\nService | benefit | 1 | 5\nPrice | cost | 1 | 5\nImage | benefit | 1 | 5\n== Ratings\nCustomer | Attribute | Rating\nAda | Service | 4\nAda | Price | 2\nAda | Speed | 3\n"},
		{File: "a.xlsx", Text: "== Attributes\nAttribute | Side\nService | good\nPrice | cost\n== Ratings\nCustomer | Attribute | Rating\nAda | Service | 4\nAda | Price | 2\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Benefit: Image [1-5],Cost: Price [1-5]\nAda,4,,2\nBo,5,,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5]\nAda,,\nBo,,\n"},
		{File: "a.xlsx", Text: "== Comparison\nCriteria | Price | Quality | Service\nPrice | 1 | 3 | 0.5\nQuality | 0.333 | 1 | 2\nService | 2 | 0.5 | 1\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5],Value: Reputation,Value: Referrals\nAda,4,2,20000,3000\nBo,5,3,15000,2000\n"},
		{File: "a.xlsx", Text: "== Customers\nCustomer ID | Segment\nAda | North\nBo | South\n== Ratings\nCustomer ID | Benefit: Service [1-5] | Cost: Price [1-5]\nAda | 4 | 2\nCy | 5 | 3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5],Customer since\nAda,4,2,2020-01-31\nBo,5,3,soon\nCy,2,2,2021-05-01\n"},
		{File: "a.xlsx", Text: "== Contracts\nCustomer | Date | Event | Monthly fee\nAda | @2026-1-1 | start | 20\nBo | @2026-1-1 | start | 30\nAda | @2026-5-1 | churn |\nBo | @2026-6-1 | paused | 30\n"},
		{File: "a.csv", Text: "Vendor,Quarter,Category,Score\nAlder,2026-Q1,Quality,4\nAlder,2026-Q2,Quality,5\nAlder,2026-Q2,Price,2\nBirch,2026-Q2,Quality,3\nBirch,2026-Q2,Price,4\n"},
		{File: "a.csv", Text: rated, HeaderRow: 9},
		{File: "a.csv", Text: "Benefit: Service [1-5],Cost: Price [1-5]\n4,2\n5,3\n2,2\n"},
		{File: "a.xlsx", Text: "== Ratings\nCustomer | Attribute | Rating\nAda | Service | 4\n | Price | 2\nBo | Service | 5\n | Price | 1\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5]\nImportance,7,6.5\nAda,4,2\nBo,5,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Benefit: Quality [1-5],Cost: Price [1-5]\nImportance,7,6.8,6.5\nAda,4,3,2\nBo,5,4,3\n"},
		{File: "a.csv", Text: rated, MappedSheet: "a", MappedRole: "transactions"},
		{File: "a.csv", Text: rated, MappedSheet: "a", MappedColumn: "Region"},
		{File: "a.csv", Text: rated, MappedSheet: "Umfrage"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price (EUR)\nAda,4,1200\nBo,5,900\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5],Revenue\nAda,4,2,12000\nBo,5,3,a lot\nCy,2,2,9000\nDi,3,3,8000\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5] [Alder],Cost: Price [1-5] [Alder]\nAda,4,2\nBo,5,3\n"},
		{File: "a.csv", Text: rated, Own: "Nordwind"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5] [us],Cost: Price [1-5] [us],Benefit: Service [1-5] [Alder],Cost: Price [1-5] [Alder]\nAda,4,2,3,3\nBo,5,3,2,2\n", Own: "Birch"},
		{File: "a.csv", Text: "Customer,Period,Benefit: Service [1-5],Cost: Price [1-5]\nAda,2026-09,4,2\nBo,2026-09,5,3\n", AsOf: "2026-06-30"},
		{File: "a.csv", Text: "Customer,Period,Benefit: Service [1-5],Cost: Price [1-5]\nAda,2026-09,4,2\nBo,2026-09,5,3\n", Period: "2026-10"},
		{File: "a.csv", Text: rated, Period: "2026-10"},
		{File: "a.csv", Text: "Customer,Order date,Amount\nAda,2026-03-25,120\nBo,2026-09-17,80\nAda,2026-04-30,95\n", AsOf: "2026-06-30"},
		{File: "a.csv", Text: "Order no,Customer,Order date,Amount,Status\n1,Ada,2026-03-25,120,shipped\n2,Bo,2026-04-17,80,cancelled\n3,Ada,2026-04-30,95,shipped\n"},
		{File: "orders.csv", Text: "Customer,Order date,Product\nAda,2026-03-25,A\nAda,2026-04-17,B\nBo,2026-04-30,A\nAda,2026-05-30,A\nBo,2026-06-30,C\n"},
		{File: "orders.csv", Text: "Order no,Order date,Quantity,Unit price\n1,2026-03-25,2,10\n2,2026-04-17,1,20\n3,2026-04-30,4,5\n"},
		{File: "a.csv", Text: "Customer ID,Segment,Town\nA1,North,Bern\nA2,South,Rom\nA3,North,Ulm\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5],Would rebuy\nAda,4,2,yes\nBo,5,3,perhaps\nCy,2,2,no\n"},
		{File: "a.csv", Text: "Vendor,Quality [1-5],Price [1-5]\nAlpha,4,2\n,5,3\nGamma,2,4\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service,Benefit: Quality,Cost: Price\nAda,1,62,20\nBo,0,80,35\nCy,1,75,90\nDi,0,64,55\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service,Cost: Price\n" + outlier()},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5],Fit: Positioning [0-10]\nAda,4,2,7\nBo,5,3,4\n"},
		{File: "a.xlsx", Text: "== Survey\nCustomer | Benefit: Service [1-5] | Cost: Price [1-5]\nAda | 4 | 2\nBo | 5 | 3\n== Parameters\nSetting | Value\ndelta | 3\ndelta | 5\n"},
		{File: "a.csv", Text: rated, Sheet: "Survey"},
		{File: "a.csv", Text: "Customer,Service,Music,Price\nAda,4,3,2\nBo,5,4,3\nCy,1,2,5\n"},
		{File: "a.xlsx", Text: "== Survey\nCustomer | Benefit: Service [1-5] | Cost: Price [1-5]\nAda | 4 | 2\nBo | 5 | 3\n== Verbatims\nCustomer | Comment | Sentiment\nAda | Good service, but dear | positive\nBo | Nobody answers the telephone | hm\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Benefit: Quality [1-5],Cost: Price [1-5]\nWeight,60,,100\nAda,4,3,2\nBo,5,4,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Benefit: Quality [1-5],Cost: Price [1-5]\nWeight,60,-40,100\nAda,4,3,2\nBo,5,4,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Benefit: Quality [1-5],Cost: Price [1-5]\nWeight,60,high,100\nAda,4,3,2\nBo,5,4,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Benefit: Quality [1-5],Cost: Price [1-5]\nWeight,0,0,100\nAda,4,3,2\nBo,5,4,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5]\nAda,4,2\nBo,lots,3\nCy,2,4\n"},
		{File: "a.xlsx", Text: "== North\nCustomer | Benefit: Service [1-5] | Cost: Price [1-5]\nAda | 4 | 2\nBo | 5 | 3\n== South\nCustomer | Benefit: Image [1-5] | Cost: Effort [1-5]\nXi | 4 | 2\nYo | 5 | 3\n"},
		{File: "orders.xlsx", Text: "== 2025\nOrder no | Customer | Order date | Amount\n1 | Ada | @2025-3-25 | 120\n2 | Bo | @2025-4-17 | 80\n3 | Ada | @2025-5-2 | 50\n== 2026\nOrder no | Customer | Order date | Amount\n3 | Ada | @2025-5-2 | 50\n4 | Bo | @2026-4-17 | 70\n5 | Ada | @2026-5-2 | 60\n"},
		{File: "orders.xlsx", Text: "== Sales 2025\nCustomer | Product | Quantity | Amount\nAda | A | 2 | 120\nBo | B | 1 | 80\nAda | B | 1 | 80\n== Sales 2026\nCustomer | Product | Quantity | Amount\nAda | A | 1 | 60\nBo | A | 1 | 60\nBo | B | 2 | 160\n"},
		{File: "a.csv", Text: "Step,Who,Remark\nPlan,KM,done\nBuild,LT,open\n"},
		{File: "a.csv", Text: "\x00\x01\x02 no text at all"},
		{File: "a.xlsx", Text: "== \n"},
		{File: "a.html", Text: "<html><body><p>The export failed.</p></body></html>"},
		{File: "a.xml", Text: "<?xml version=\"1.0\"?><customers><customer>Ada</customer></customers>"},
		{File: "a.xlsx", Text: "PK\x03\x04 the beginning of a workbook, and no more"},
		{File: "a.csv", Text: "Customer,\"Benefit: Service [1-5],Cost: Price [1-5]\nAda,4,2\nBo,5,3\n"},
		{File: "a.csv", Text: "Customer,Benefit: Service [1-5],Cost: Price [1-5]\n\"Ada \"Queen\" Ltd\",4,2\nBo,5,3\n"},
		{File: "a.csv", Text: "%PDF-1.4 a report, not a table"},
	}
}

// outlier are ratings that all but one fit a scale to 5.
func outlier() string {
	var rows strings.Builder
	for i := 0; i < 60; i++ {
		rows.WriteString("Customer " + letters(i+1) + "," + string(rune('1'+i%5)) + "," + string(rune('1'+(i+2)%5)) + "\n")
	}
	return rows.String() + "Zed,9,3\n"
}
