package gallery

func rows() []Case {
	return []Case{
		{Name: "total-with-a-name", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2",
			Why:  "The last row is the average of all. It is no customer called Average.",
			Data: book(sheet{name: "Survey", grid: plain + "Average | =AVERAGE(B2:B4)>3.667 | =AVERAGE(C2:C4)>3"})},
		{Name: "total-without-a-name", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 2 3",
			Why: "The last row is the sum of the others and nothing says so. Numbers without a customer are left out, and that they add up is why.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Revenue | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 120     | 4 | 2
Bo       | 80      | 5 | 3
Cy       | 50      | 2 | 4
Di       | 90      | 3 | 1
         | =SUM(B2:B5)>340 |   |
`})},
		{Name: "customer-twice", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"customer-duplicate"},
			Why:  "The same customer stands in two rows with different ratings. The first counts; which is right only the owner knows.",
			Data: book(sheet{name: "Survey", grid: plain + "Ada | 1 | 1"})},
		{Name: "customer-nearly-twice", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 2 1", Codes: []string{"customer-alike"},
			Why: "Nordwind AG and Nordwind  Ag. are probably one customer. Both stay, as they may be two, but it is said.",
			Data: book(sheet{name: "Survey", grid: `
Customer     | Benefit: Service [1-5] | Cost: Price [1-5]
Nordwind AG  | 4 | 2
Bo GmbH      | 5 | 3
Cy SA        | 2 | 4
'Nordwind  Ag. | 1 | 1
`})},
		{Name: "hidden-rows", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"hidden-rows"},
			Why:  "A filter has hidden a row. It is read like the others, and that is said.",
			Data: book(sheet{name: "Survey", grid: plain, hidden: []int{3}})},
		{Name: "merged-group-cells", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 2 3",
			Why: "The segment stands once, merged over its customers. It holds for all of them, not for the first alone.",
			Data: book(sheet{name: "Survey", merges: []string{"A2:A3", "A4:A5"}, grid: `
Segment | Customer | Benefit: Service [1-5] | Cost: Price [1-5]
North   | Ada      | 4 | 2
        | Bo       | 5 | 3
South   | Cy       | 2 | 4
        | Di       | 3 | 1
`})},
		{Name: "ratings-without-customer", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"row-without-id"},
			Why:  "A row has ratings but no customer. It is left out and named: whose they are cannot be guessed.",
			Data: book(sheet{name: "Survey", grid: plain + " | 3 | 1"})},
		{Name: "notes-below", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2",
			Why:  "Remarks stand below the table. They are no customers.",
			Data: book(sheet{name: "Survey", grid: plain + "|\nSource: telephone survey, October 2026\nn = 3; questions to Marketing"})},
		{Name: "periods-in-one-list", File: "survey.xlsx", Layout: "wide", Rows: 2, Rated: 2, Values: "5 3", Codes: []string{"period-others"},
			Why: "The same customers answered in two months. The latest is reported; the other is not added to it.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Period  | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 2026-09 | 4 | 2
Bo       | 2026-09 | 2 | 3
Ada      | 2026-10 | 5 | 2
Bo       | 2026-10 | 3 | 3
`})},
	}
}
