package gallery

func columns() []Case {
	return []Case{
		{Name: "numbers-that-are-no-ratings", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 2 3",
			Why: "Postcode, year of birth and number of children are numbers, but nobody rated anything with them. They describe the customer.",
			Data: book(sheet{name: "Survey", grid: `
Customer | ZIP code | Year of birth | Children | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 8001     | 1971          | 2        | 4 | 2
Bo       | 3012     | 1988          | 0        | 5 | 3
Cy       | 1204     | 1965          | 1        | 2 | 4
Di       | 4051     | 1990          | 3        | 3 | 1
`})},
		{Name: "satisfaction-with-price", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"direction-guessed"},
			Why: "A high satisfaction with the price means a low cost. The rating counts among the costs, turned round, and it is said that this was understood and not declared.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Service [1-5] | Satisfaction with price [1-5]
Ada      | 4 | 2
Bo       | 5 | 3
Cy       | 2 | 4
`})},
		{Name: "scale-not-said", File: "survey.xlsx", Layout: "wide", Rows: 4, Rated: 2, Values: "4 5 1 3", Codes: []string{"scale-inferred"},
			Why: "Nothing says that the ratings go from 1 to 5. The smallest usual scale that holds them all is taken and called a guess.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service | Cost: Price
Ada      | 4 | 2
Bo       | 5 | 3
Cy       | 1 | 4
Di       | 3 | 1
`})},
		{Name: "scale-backwards", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Codes: []string{"scale-inferred", "scale-invalid"},
			Why: "The header says 5-1. Whether 1 is best or the ends were mixed up cannot be known, so the scale is not used and that is said.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [5-1] | Cost: Price [1-5]
Ada      | 4 | 2
Bo       | 5 | 3
Cy       | 1 | 4
`})},
		{Name: "school-grades", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "1 2 5",
			Why: "German schools give 1 for very good and 6 for failing, and the header says so. A 1 must not become the worst rating.",
			Data: book(sheet{name: "Umfrage", grid: `
Kunde | Nutzen: Service (1 = sehr gut, 6 = ungenügend) | Kosten: Preis [1-5]
Ada   | 1 | 2
Bo    | 2 | 3
Cy    | 5 | 4
`})},
		{Name: "one-stray-value", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 - 2", Codes: []string{"rating-out-of-range"},
			Why: "A 44 where 4 was meant. It is not used, not cut to 5, and does not stretch the scale for the others.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5]
Ada      | 4  | 2
Bo       | 44 | 3
Cy       | 2  | 4
`})},
		{Name: "same-attribute-twice", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"rating-duplicate"},
			Why: "Two columns have the same header, as after copying a block. The first counts; the second is not added to it.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Cost: Price [1-5] | Benefit: Service [1-5]
Ada      | 4 | 2 | 1
Bo       | 5 | 3 | 1
Cy       | 2 | 4 | 1
`})},
		{Name: "benefits-only", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"attributes-one-sided"},
			Why: "Only benefits were asked for. What can be said is said; value would need a cost, and the missing side is named.",
			Data: book(sheet{name: "Survey", grid: `
Customer | Benefit: Service [1-5] | Benefit: Quality [1-5]
Ada      | 4 | 2
Bo       | 5 | 3
Cy       | 2 | 4
`})},
		{Name: "hidden-column", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"hidden-columns"},
			Why:  "A column of ratings is hidden. It is read like the others, and that is said: hidden is not deleted.",
			Data: book(sheet{name: "Survey", grid: plain, columns: []int{3}})},
		{Name: "offers-without-own", File: "offers.xlsx", Layout: "offers", Rows: 3, Rated: 2, Values: "4 5 2",
			Why: "Offers are compared on plain headers and none is marked as ours. They are ranked; nothing is said against rivals.",
			Data: book(sheet{name: "Offers", grid: `
Vendor | Quality [1-5] | Price [1-5]
Alpha  | 4 | 2
Beta   | 5 | 3
Gamma  | 2 | 4
`})},
	}
}
