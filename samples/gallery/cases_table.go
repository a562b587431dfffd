package gallery

// plain are three customers who rated one benefit and one cost, scales in the headers.
const plain = `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 4                      | 2
Bo       | 5                      | 3
Cy       | 2                      | 4
`

func tables() []Case {
	return []Case{
		{Name: "title-rows", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2",
			Why:  "A title, a date of printing and a blank row stand above the header. The table begins where the columns get their names; nothing has to be deleted.",
			Data: book(sheet{name: "Survey", grid: "Customer survey, region North\nPrinted 31 October 2026\n|" + plain})},
		{Name: "two-level-header", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 3, Values: "4 5 2",
			Why: "The upper header is merged over the columns and says whether they are benefits or costs; only the lower one names them. Both are one header.",
			Data: book(sheet{name: "Survey", merges: []string{"A1:A2", "B1:C1"}, grid: `
Customer | Benefits [1-5] |         | Costs [1-5]
         | Service  | Quality | Price
Ada      | 4        | 3       | 2
Bo       | 5        | 5       | 3
Cy       | 2        | 4       | 4
`})},
		{Name: "weights-under-header", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 3, Values: "4 5 2",
			Why: "The row under the header holds weights, not a customer called Weight. They are the weights of the attributes.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Benefit: Quality [1-5] | Cost: Price [1-5]
Weight   | 30                     | 70                     | 100
Ada      | 4                      | 3                      | 2
Bo       | 5                      | 5                      | 3
Cy       | 2                      | 4                      | 4
`})},
		{Name: "repeated-header", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 2 3",
			Why:  "A printed list has its header on every page. The second header is no customer called Customer.",
			Data: book(sheet{name: "Survey", grid: plain + "Customer | Benefit: Service [1-5] | Cost: Price [1-5]\nDi | 3 | 1"})},
		{Name: "helper-cells-beside", File: "survey.xlsx", Layout: "wide", Rows: 6, Rated: 2, Values: "4 5 2 3 1 5",
			Why: "Somebody has put a small calculation to the right of the table, with a blank column between. It belongs to no customer and is left alone.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5] | | | Mean service | =AVERAGE(B2:B7)>3.333
Ada      | 4 | 2 | | | Mean price | =AVERAGE(C2:C7)>2.833
Bo       | 5 | 3 | | | checked by | KM
Cy       | 2 | 4
Di       | 3 | 1
Ed       | 1 | 5
Fi       | 5 | 2
`})},
		{Name: "two-tables-side-by-side", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"tables-left"},
			Why: "Two surveys stand side by side on one sheet under the same headers. One of them is read, and it is said that the other is there; they are never mixed.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5] | | Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 4 | 2 | | Xi | 1 | 1
Bo       | 5 | 3 | | Yo | 2 | 2
Cy       | 2 | 4 | | Zed | 3 | 3
`})},
		{Name: "offers-with-weights", File: "matrix.xlsx", Layout: "offers", Rows: 3, Rated: 3, Values: "4 5 2",
			Why: "A decision matrix rates offers, not customers; nobody is ours. It is read as a comparison of offers, and no customers are made up.",
			Data: book(sheet{name: "Matrix", grid: `
Supplier | Benefit: Quality [1-5] | Benefit: Delivery [1-5] | Cost: Price [1-5] | Total
Weight   | 40                     | 60                      | 100               |
Alpha    | 4                      | 3                       | 2                 | 9
Beta     | 5                      | 4                       | 4                 | 13
Gamma    | 2                      | 5                       | 1                 | 8
`})},
		{Name: "offer-over-several-rows", File: "matrix.xlsx", Layout: "offers", Rows: 2, Rated: 2, Values: "4 5", Codes: []string{"row-without-offer"},
			Why: "The name of an offer is merged over the rows of its parts. Each is one offer, rated in its first row; the others are no offers of the same name.",
			Data: book(sheet{name: "Matrix", merges: []string{"A2:A4", "A5:A6"}, grid: `
Proposal | Part    | Benefit: Quality [1-5] | Cost: Price [1-5]
Alpha    | sensor  | 4                      | 2
         | buzzer  |                        |
         | display |                        |
Beta     | sensor  | 5                      | 3
         | alarm   |                        |
`})},
		{Name: "transposed-comparison", File: "matrix.xlsx", Layout: "unknown", Codes: []string{"offers-in-columns"},
			Why: "The comparison stands on its side: criteria in rows, offers in columns. It is not read in part; it is said how to turn it.",
			Data: book(sheet{name: "Matrix", grid: `
Criterion | Alpha | Beta | Gamma
Quality   | 4     | 5    | 2
Delivery  | 3     | 4    | 5
Service   | 3     | 2    | 4
Price     | 2     | 4    | 1
`})},
		{Name: "suppliers-in-columns", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2",
			Why: "Every attribute is rated of us and of two rivals, with the name of the supplier in brackets. Each rating goes to its supplier.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5] | Service [Redstart] | Price [Redstart] | Service [Wren] | Price [Wren]
Ada      | 4 | 2 | 3 | 3 | 5 | 4
Bo       | 5 | 3 | 3 | 2 | 4 | 4
Cy       | 2 | 4 | 1 | 5 | 2 | 2
`})},
		{Name: "own-not-named", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Codes: []string{"own-unknown", "scale-inferred"},
			Why: "Three suppliers are rated and nothing says which is ours. Comparing us with rivals would be a guess, so it is asked.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [Alder] | Cost: Price [Alder] | Benefit: Service [Birch] | Cost: Price [Birch] | Benefit: Service [Cedar] | Cost: Price [Cedar]
Ada      | 4 | 2 | 3 | 3 | 5 | 4
Bo       | 5 | 3 | 3 | 2 | 4 | 4
Cy       | 1 | 5 | 1 | 5 | 2 | 2
`})},
		{Name: "long-layout", File: "ratings.xlsx", Layout: "sheets", Rows: 2, Rated: 2, Values: "4 5",
			Why: "One rating a row, as survey tools export it. Rows of one customer belong together.",
			Data: book(sheet{name: "Ratings", grid: `
Customer | Attribute | Rating
Ada      | Service   | 4
Ada      | Price     | 2
Bo       | Service   | 5
Bo       | Price     | 1
`}, sheet{name: "Attributes", grid: `
Attribute | Side    | Scale min | Scale max
Service   | benefit | 1         | 5
Price     | cost    | 1         | 5
`})},
		{Name: "no-header", File: "list.xlsx", Layout: "unknown", Codes: []string{"header-missing"},
			Why: "The list has no header at all. What the numbers mean cannot be known; the first customer is not taken for a header.",
			Data: book(sheet{name: "List", grid: `
Ada | 4 | 2
Bo  | 5 | 3
Cy  | 2 | 4
Di  | 3 | 1
`})},
		{Name: "year-sheets", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Codes: []string{"period-others"},
			Why: "The survey of every year stands on a sheet of its own. The latest is reported, and the other is known as the year before.",
			Data: book(sheet{name: "2025", grid: plain}, sheet{name: "2026", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 5 | 1
Bo       | 4 | 2
Di       | 3 | 3
`}), Values: "5 4 3"},
	}
}
