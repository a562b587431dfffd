package gallery

func purchases() []Case {
	return []Case{
		{Name: "cancelled-orders", File: "orders.xlsx", Layout: "purchases", Rows: 4, Codes: []string{"purchases-only"},
			Why: "The number of a cancelled order begins with C, and its quantity is negative. It takes money back, and is not counted as one more purchase.",
			Data: book(sheet{name: "Orders", grid: `
Invoice no | Customer ID | Invoice date | Quantity | Unit price
536365  | 17850       | @2026-3-1    | 6        | 2.5
536366  | 13047       | @2026-3-2    | 4        | 3
C536367 | 17850       | @2026-3-5    | -6       | 2.5
536368  | 12583       | @2026-3-7    | 10       | 1.2
`})},
		{Name: "two-currencies", File: "orders.xlsx", Layout: "purchases", Rows: 3, Codes: []string{"currencies-several", "purchases-only"},
			Why: "Amounts in euros and in dollars stand in one column. They are not added up without a rate.",
			Data: book(sheet{name: "Orders", grid: `
Customer | Order date | Amount | Currency
Ada      | @2026-3-25 | 120    | EUR
Bo       | @2026-4-17 | 80     | USD
Ada      | @2026-4-30 | 95     | EUR
`})},
		{Name: "purchases-of-nobody", File: "orders.xlsx", Layout: "purchases", Rows: 2, Codes: []string{"purchases-only", "row-without-id"},
			Why: "Some purchases name no customer. They are left out of what is said about customers, and counted.",
			Data: book(sheet{name: "Orders", grid: `
Customer | Order date | Amount
Ada      | @2026-3-25 | 120
         | @2026-4-17 | 80
Bo       | @2026-4-30 | 95
`})},
	}
}
