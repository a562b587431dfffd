package dataset

import "time"

// Fixed identifiers of what a purchase was.
const (
	KindSale        = "sale"
	KindRefund      = "refund"      // its revenue is negative
	KindService     = "service"     // service costs, and what was paid for it
	KindAcquisition = "acquisition" // what winning the customer cost
	KindCancelled   = "cancelled"   // never took place: counts nowhere
)

// Transactions are purchases as columns of equal length, in the order of the
// workbook. A column that the workbook does not have is nil.
type Transactions struct {
	Customer []int32 // index into Customers, -1 where the list names none
	Date     []time.Time
	Revenue  []float64 // of a refund negative; NaN = no amounts in the workbook
	Cost     []float64 // NaN = unknown
	Kind     []string  // one of the Kind constants
	Order    []string  // number of the order, several rows of one order have the same; "" = not given
	Sheet    []uint16  // index into Sheets
	Row      []int32   // row in its sheet, counted from 1

	Sheets     []string
	Currencies []string    // all currencies that the rows name, ascending; more than one cannot be added up
	Left       []LeftOut   // rows that are no purchases in Customer ... Row, by reason
	Columns    PurchaseIDs // where the columns stand, for formulas
}

// PurchaseIDs are the columns of a list of purchases on its first sheet, counted from 1; 0 where
// there is none. Revenue is 0 where it is a quantity times a price.
type PurchaseIDs struct {
	Customer, Date, Revenue, Quantity, Price, Cost, Kind, Order int
	// Discount is what is taken off quantity times price, Margin what revenue leaves after costs: the cost of a
	// purchase is its revenue less the margin where Cost is 0.
	Discount, Margin int
}

// LeftOut says how many rows were left out of a list for one reason.
type LeftOut struct {
	Why   string // catalogue code below "skip."
	Count int
	Ref   Ref // the first of them
}

// Len returns the number of purchases.
func (t Transactions) Len() int { return len(t.Customer) }

// Fixed identifiers of what happened to a contract.
const (
	ContractStart  = "start"
	ContractChange = "change"
	ContractChurn  = "churn"
)

// Contracts are events in contracts with customers, as columns of equal length,
// in the order of the workbook.
type Contracts struct {
	Customer []int32 // index into Customers
	Date     []time.Time
	Event    []string  // one of the Contract constants
	Fee      []float64 // a month, from that date on; NaN = not given
	Place    Place     // Rows[i] is the row of event i
}

// Cohorts count the survivors of groups of customers who began together.
type Cohorts struct {
	Name      []string    // ascending order of first appearance
	Period    [][]int     // of each cohort, ascending; 0 is the beginning
	Survivors [][]float64 // parallel to Period: customers, or their share when Share is set
	Share     bool        // survivors are shares of the beginning, 0..1, not counts
	Months    int         // in a period; 0 = not said
	Sheet     string
}

// Verbatims are what customers said in their own words, as columns of equal
// length, in the order of the workbook.
type Verbatims struct {
	Customer  []int32 // index into Customers, -1 = not given
	Attribute []int32 // index into Attributes, -1 = none, or one that is not rated
	Text      []string
	Tone      []float64 // -1 complaint, 0 neither, 1 praise; NaN = not given
	Place     Place     // Rows[i] is the row of verbatim i
}

// Activities are the steps of what is done for customers, as columns of equal length.
type Activities struct {
	Step    []string
	Process []string
	Minutes []float64 // NaN = not given
	Cost    []float64 // money; NaN = not given
	Adds    []Answer  // whether the step adds value for the customer
	Place   Place     // Rows[i] is the row of step i
}
