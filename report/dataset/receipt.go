package dataset

// A Receipt says what was read: which tables, which rows were skipped and
// why, what each column was taken for.
type Receipt struct {
	File   string // base name
	SHA256 string // of the whole file, lower-case hexadecimal
	// Encrypted says that a password was needed to open the file.
	Encrypted bool
	Format    string // "xlsx", "xlsm", "xltx", "xltm", "csv", "tsv", "html"
	Converted string // the format that a program was asked to convert to xlsx, such as "xls"; "" without a conversion
	Encoding  string // of a table in text, such as "UTF-8" or "Windows-1252"
	Layout    Layout
	Tables    []Table
	Unused    []string // sheets that were not used
	// Fallback names the sheets that are stored in a way that the scanner does not know, so that a second reader took
	// their cells; nil for most workbooks.
	Fallback []string
}

// A Table is one rectangle of a sheet that was read, or considered.
type Table struct {
	Sheet               string
	FirstRow, FirstCol  int // counted from 1, header included
	LastRow, LastCol    int
	HeaderRows          []int
	Role                TableRole
	Confidence          float64   // 0..1, how well the table has what its role needs, less where another role fits too
	RunnerUp            TableRole // the role that fits second best, "" where no other does
	RowsRead            int
	Skipped             []Skip
	Columns             []Column
	Converted, Rejected int // cells whose text was turned into a number; cells not used
	HiddenRows          int
	Given               string // where the mapping says what the table is; "" = found
}

// A Skip is a row that was not read as data.
type Skip struct {
	Row int
	Why string // catalogue code below "skip.": "title", "total", "blank", "weights", "duplicate", "hidden" ...
}

// TableRole is the fixed identifier of what a table holds.
type TableRole string

// The roles of tables, after METHOD 0.1.
const (
	TableCustomers    TableRole = "customers"
	TableAttributes   TableRole = "attributes"
	TableRatings      TableRole = "ratings"
	TableWide         TableRole = "wide_ratings"
	TableOverall      TableRole = "overall"
	TableMatch        TableRole = "match"
	TableValueScore   TableRole = "value_score"
	TableTransactions TableRole = "transactions"
	TableOffers       TableRole = "offers"
	TableParameters   TableRole = "parameters"
	TableContracts    TableRole = "contracts"
	TableCohorts      TableRole = "cohorts"
	TableVerbatims    TableRole = "verbatims"
	TableActivities   TableRole = "activities"
	TableRecipients   TableRole = "recipients" // who gets the report; read when it is sent
	TableOther        TableRole = "other"
)

// A Column says what one column of a table was taken for.
type Column struct {
	Col       int
	Header    string // levels joined by " / "
	Role      ColumnRole
	Attribute string // label of the attribute, for ratings
	Supplier  string // name of the supplier, for ratings
	Scale     Scale  // zero where it does not apply
	Down      bool   // high is good for a cost, bad for a benefit
	Guess     bool   // inferred, not declared
	Why       string // catalogue code below "why-column."

	Side       string  // "benefit" or "cost" of a rating, "" for another column
	Confidence float64 // of a guess, 0..1; 1 where the workbook or the user says it
	RunnerUp   Reading // what the column would be taken for next, zero without a guess
	Converted  int     // cells whose text was turned into a number
	Given      string  // where the mapping says what the column is, such as "valuebook.yaml:12"; "" = found
}

// A Reading is another way to understand a column; what is not in doubt is zero.
type Reading struct {
	Col   int // the column that would have the role instead, counted from 1
	Role  ColumnRole
	Side  string
	Scale Scale
}

// ColumnRole is the fixed identifier of what a column holds.
type ColumnRole string

// The roles of columns.
const (
	ColumnID         ColumnRole = "id"
	ColumnName       ColumnRole = "name"
	ColumnSegment    ColumnRole = "segment"
	ColumnPersona    ColumnRole = "persona"
	ColumnPeriod     ColumnRole = "period"
	ColumnSupplier   ColumnRole = "supplier"
	ColumnAttribute  ColumnRole = "attribute"
	ColumnRating     ColumnRole = "rating"
	ColumnImportance ColumnRole = "importance"
	ColumnWeight     ColumnRole = "weight"
	ColumnRevenue    ColumnRole = "revenue"
	ColumnCost       ColumnRole = "cost"
	ColumnDate       ColumnRole = "date"
	ColumnKind       ColumnRole = "kind"
	ColumnFirmValue  ColumnRole = "firm_value"
	ColumnMatch      ColumnRole = "match_component"
	ColumnValueScore ColumnRole = "value_component"
	ColumnWorth      ColumnRole = "worth_what_paid"
	ColumnRebuy      ColumnRole = "would_rebuy"
	ColumnRecommend  ColumnRole = "recommend"
	ColumnProfile    ColumnRole = "profile"
	ColumnUnused     ColumnRole = "unused"

	// Of a list of purchases.
	ColumnOrder    ColumnRole = "order"      // number of the order
	ColumnQuantity ColumnRole = "quantity"   // pieces bought
	ColumnPrice    ColumnRole = "unit_price" // of one piece
	ColumnDiscount ColumnRole = "discount"   // off quantity times price: an amount, or a share of it
	ColumnMargin   ColumnRole = "margin"     // what is left of the amount after its cost
	ColumnCurrency ColumnRole = "currency"
	ColumnReturned ColumnRole = "returned" // yes where the purchase was cancelled or sent back

	// Of customers, contracts, cohorts, verbatims, activities and attributes (METHOD 0.1).
	ColumnStart       ColumnRole = "start_date"
	ColumnChurn       ColumnRole = "churn_date"
	ColumnAcquisition ColumnRole = "acquisition_cost"
	ColumnEvent       ColumnRole = "event"
	ColumnFee         ColumnRole = "monthly_fee"
	ColumnCohort      ColumnRole = "cohort"
	ColumnAge         ColumnRole = "cohort_period" // periods since the beginning of a cohort
	ColumnSurvivors   ColumnRole = "survivors"
	ColumnText        ColumnRole = "text"
	ColumnTone        ColumnRole = "tone"
	ColumnStep        ColumnRole = "step"
	ColumnProcess     ColumnRole = "process"
	ColumnMinutes     ColumnRole = "minutes"
	ColumnAdds        ColumnRole = "adds_value"
	ColumnNeed        ColumnRole = "need"
	ColumnAddress     ColumnRole = "address" // of mail, in a list of recipients
)

// Layout is the fixed identifier of how the workbook is laid out (DESIGN,
// "Input").
type Layout string

// The layouts.
const (
	LayoutSheets    Layout = "sheets"    // one sheet per role
	LayoutWide      Layout = "wide"      // one row per customer
	LayoutOffers    Layout = "offers"    // one row per offer
	LayoutPurchases Layout = "purchases" // a list of purchases
	LayoutContracts Layout = "contracts" // when customers began and left, or how many were left
	LayoutUnknown   Layout = "unknown"
)
