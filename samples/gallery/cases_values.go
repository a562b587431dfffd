package gallery

func values() []Case {
	return []Case{
		{Name: "decimal-comma-as-text", File: "umfrage.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4.5 3.5 2", Codes: []string{"number-converted"},
			Why: "The ratings came from another country as texts: 4,5 is four and a half, not forty-five.",
			Data: book(sheet{name: "Umfrage", grid: `
Kunde | Nutzen: Service [1-5] | Kosten: Preis [1-5]
Ada   | '4,5 | 2
Bo    | '3,5 | 3
Cy    | 2    | 4
`})},
		{Name: "point-or-comma", File: "survey.csv", Layout: "wide", Rows: 2, Rated: 2, Values: "4 5", Codes: []string{"number-ambiguous"},
			Why:  "1,250 is one and a quarter or one thousand two hundred and fifty, and nothing in the column tells. It is asked, with the flag that settles it.",
			Data: []byte("Customer;Benefit: Service [1-5];Cost: Price [1-5];Revenue\nAda;4;2;1,250\nBo;5;3;2,500\n")},
		{Name: "percent-and-fraction", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "80 65 70", Codes: []string{"percent-mixed"},
			Why: "Some ratings are shown as per cent and some are plain numbers on a scale to 100. 80 % is 80 there, not 0.8, and the mixture is pointed out.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [0-100] | Cost: Price [0-100]
Ada      | 80% | 20
Bo       | 65  | 30
Cy       | 70% | 40
`})},
		{Name: "words-as-ratings", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 2 1", Codes: []string{"number-converted"},
			Why: "Ratings are words in an order everybody knows: poor, fair, good, very good, excellent. They are 1 to 5.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service | Cost: Price [1-5]
Ada      | very good | 2
Bo       | excellent | 3
Cy       | fair      | 4
Di       | poor      | 1
`})},
		{Name: "not-answered", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 - - 2", Codes: []string{"rating-out-of-range"},
			Why: "Nobody answered: once n/a, once 99, as survey tools code it. Neither is a rating; n/a says so by itself, 99 lies outside the scale and is named.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 4   | 2
Bo       | n/a | 3
Cy       | 99  | 4
Di       | 2   | 1
`})},
		{Name: "blank-is-not-zero", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "0 - 7",
			Why: "On a scale from 0 a zero is the worst rating and a blank is none. They are never the same.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [0-10] | Cost: Price [0-10]
Ada      | 0 | 2
Bo       |   | 3
Cy       | 7 | 4
`})},
		{Name: "formula-errors", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 - 2", Codes: []string{"cell-error"},
			Why: "A formula has failed. Its cell is named and not used; the customer stays.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 4    | 2
Bo       | #N/A | 3
Cy       | 2    | 4
`})},
		{Name: "formulas-never-calculated", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "- - 2", Codes: []string{"cell-not-calculated"},
			Why: "A program wrote formulas without their results. The cells look full in a spreadsheet and are empty in the file; they are not taken for blank.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | =Raw!B2 | 2
Bo       | =Raw!B3 | 3
Cy       | 2       | 4
`})},
		{Name: "rating-became-a-date", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 - 2", Codes: []string{"rating-is-a-date"},
			Why: "Somebody typed 3.5 and the spreadsheet made the third of May of it. The number behind the date is no rating.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 4         | 2
Bo       | @2026-5-3 | 3
Cy       | 2         | 4
`})},
		{Name: "day-or-month-first", File: "orders.csv", Layout: "purchases", Rows: 0, Rated: 0, Codes: []string{"date-ambiguous", "purchases-not-readable"},
			Why:  "No day of any date is above 12, so 03/04 can be March or April. None is used until it is said which.",
			Data: []byte("Customer,Order date,Amount\nAda,03/04/2026,120\nBo,05/06/2026,80\nAda,07/08/2026,95\n")},
		{Name: "dates-half-swapped", File: "orders.xlsx", Layout: "purchases", Rows: 4, Codes: []string{"dates-exchanged", "purchases-only"},
			Why: "A list with the day first was opened where the month comes first: dates up to the 12th became true dates with day and month exchanged, the others stayed texts. Both halves are found and named.",
			Data: book(sheet{name: "Orders", grid: `
Customer | Order date  | Amount
Ada      | '25/03/2026 | 120
Bo       | @2026-5-4   | 80
Ada      | '17/04/2026 | 95
Cy       | @2026-8-6   | 60
Bo       | '30/04/2026 | 75
Cy       | '13/05/2026 | 40
Ada      | @2026-6-5   | 55
Bo       | @2026-9-7   | 35
`})},
		{Name: "dates-from-1904", File: "orders.xlsx", Layout: "purchases", Rows: 3, Codes: []string{"purchases-only"}, Values: "2026-03-25",
			Why: "Workbooks of old Macs count days from 1904. Read from 1900, every purchase would be four years and a day too early.",
			Data: book1904(sheet{name: "Orders", grid: `
Customer | Order date | Amount
Ada      | @2026-3-25 | 120
Bo       | @2026-4-17 | 80
Ada      | @2026-4-30 | 95
`})},
	}
}
