package dataset

import (
	"math"
	"time"
)

// Side tells benefits from costs.
type Side uint8

const (
	Benefit Side = iota
	Cost
)

// String returns the fixed identifier: "benefit" or "cost".
func (s Side) String() string {
	if s == Cost {
		return "cost"
	}
	return "benefit"
}

// Group is the fixed identifier of a family of benefits or costs (METHOD 1);
// "" means not stated.
type Group string

// The groups of Kotler's customer-perceived value, and access.
const (
	Product   Group = "product"
	Service   Group = "service"
	Personnel Group = "personnel"
	Image     Group = "image"
	Monetary  Group = "monetary"
	TimeCost  Group = "time"
	Energy    Group = "energy"
	Psychic   Group = "psychic"
	Access    Group = "access"
)

// Answer is a yes, a no, or not stated.
type Answer uint8

const (
	Unstated Answer = iota
	Yes
	No
)

// A Scale is the range of possible ratings. The zero value means "no scale":
// an amount of money without ends.
type Scale struct {
	Lo, Hi   float64
	Inferred bool // taken from the values, not declared
}

// Bounded reports whether the scale has two ends.
func (s Scale) Bounded() bool { return s.Hi > s.Lo }

// Unit returns the position of a rating on the scale, 0 at Lo and 1 at Hi,
// turned round when down is true (METHOD 0.2, u). NaN stays NaN.
func (s Scale) Unit(x float64, down bool) float64 {
	u := (x - s.Lo) / (s.Hi - s.Lo)
	if down {
		u = 1 - u
	}
	return u
}

// An Attribute is one benefit or cost that was rated.
type Attribute struct {
	ID       string
	Label    string
	Side     Side
	Group    Group
	Tangible Answer
	Scale    Scale
	Down     bool    // a high rating means little of it: a "price satisfaction" among the costs
	Weight   float64 // raw importance as written; NaN = not given
	Money    bool    // an amount in money, not a rating
	Need     string  // the customer's need that it serves (METHOD 7.5), "" = not stated
	Process  string  // the process of ours that makes it
	Kind     string  // "job", "pain" or "gain", "" = not stated
	Ref      Ref     // where it was declared
}

// Unit returns u of METHOD 0.2 for a rating of the attribute: 0..1, 1 = most
// of the benefit or of the cost.
func (a Attribute) Unit(x float64) float64 { return a.Scale.Unit(x, a.Down) }

// Goodness returns g of METHOD 0.2: u for a benefit, 1-u for a cost, so that
// 1 is always best.
func (a Attribute) Goodness(x float64) float64 {
	if a.Side == Cost {
		return 1 - a.Unit(x)
	}
	return a.Unit(x)
}

// A Supplier is a party whose offer is rated.
type Supplier struct {
	Name    string
	Own     bool
	Unnamed bool // Name is no name but a word such as "us"
}

// A Place says where the values of a column stand. Rows[i] is the row of
// customer i, counted from 1, 0 where the customer has no cell. Several
// columns of one table share one Rows slice; do not change it.
type Place struct {
	Sheet string
	Col   int
	Rows  []int32
}

// Ref returns the cell of customer i.
func (p Place) Ref(file string, i int) Ref {
	ref := Ref{File: file, Sheet: p.Sheet, Col: p.Col}
	if i < len(p.Rows) {
		ref.Row = int(p.Rows[i])
	}
	return ref
}

// A Series is one column of numbers, one per customer, NaN = not given.
type Series struct {
	Values []float64
	Place  Place
	// AsRead lists, in ascending order, the customers whose cell does not hold
	// the value itself as a number: text that was converted, a word, an error,
	// a value out of range. Live formulas go through the sheet "Ratings as read"
	// for them.
	AsRead []AsRead
}

// AsRead is one cell whose value is not simply the number it holds.
type AsRead struct {
	Customer int
	Got      string // the cell's text
}

// Given reports whether the column exists.
func (s Series) Given() bool { return s.Values != nil }

// A Component is one part of a composite score: of strategic match
// (positioning, ability, value_match) or of value to the firm (purchase,
// reputation, information, knowledge, transaction).
type Component struct {
	ID     string // fixed identifier as above
	Label  string // header in the workbook
	Scale  Scale
	Weight float64 // NaN = equal weights
	Series Series
}

// Customers are the parties that rate, as columns of equal length. A column
// that the workbook does not have is nil.
type Customers struct {
	ID      []string
	Name    []string // "" where not given; Label falls back on ID
	Segment []string
	Persona []string
	Weight  []float64 // sampling weight; used only when Options name it
	Revenue []float64
	Start   []time.Time
	Churn   []time.Time
	// Acquisition is what winning the customer cost, in money.
	Acquisition []float64
	Profiles    []Profile
	Place       Place // where results are written beside each customer; Col is the ID's
}

// A Profile is a free column that describes customers.
type Profile struct {
	Name   string
	Values Texts
}

// Len returns the number of customers.
func (c Customers) Len() int { return len(c.ID) }

// Label returns the name of customer i, or the ID where there is none.
func (c Customers) Label(i int) string {
	if i < len(c.Name) && c.Name[i] != "" {
		return c.Name[i]
	}
	return c.ID[i]
}

// Offers are the rows of a supplier or product comparison (layout 3).
type Offers struct {
	Name   []string
	Own    int      // index of ours, -1 when none is named
	Values []Series // one per attribute, indexed by offer
	Place  Place    // Col is the name's
}

// A Setting is one named value of the workbook's Parameters sheet.
type Setting struct {
	Name  string
	Value string
	Was   string // what holds without it, where the sheet is ours and says so; else ""
	Ref   Ref
}

// A Dataset is everything read from one workbook for one period.
type Dataset struct {
	Period   string    // "2026-10", "" when the workbook names none
	Periods  []string  // all periods found, ascending
	AsOf     time.Time // zero when unknown
	Currency string    // ISO code or symbol, "" when unknown

	Customers  Customers
	Attributes []Attribute
	Suppliers  []Supplier // ours first
	// Ratings holds one series per supplier and attribute, supplier-major; use
	// [Dataset.Rating]. A series that is not Given was not asked.
	Ratings []Series

	Match      []Component // strategic match
	ValueScore []Component // value to the firm as a score
	FirmValue  Series      // value to the firm in money, a column such as lifetime value or profit
	FirmLabel  string      // its header
	Worth      []Series    // "worth what paid", one per supplier, or nil
	WorthScale Scale
	Rebuy      Series // would buy again from us: 1 yes, 0 no
	Recommend  Series // would recommend us, as rated on RecommendScale
	// RecommendScale is 0-10 as the question is usually put.
	RecommendScale Scale
	Offers         *Offers
	Transactions   Transactions
	Contracts      Contracts
	Cohorts        Cohorts
	Verbatims      Verbatims
	Activities     Activities

	Settings []Setting
	Findings []Finding
	Receipt  Receipt
}

// Rating returns the ratings of a supplier on an attribute, both by index.
func (d *Dataset) Rating(supplier, attribute int) Series {
	return d.Ratings[supplier*len(d.Attributes)+attribute]
}

// Add appends a finding.
func (d *Dataset) Add(f Finding) { d.Findings = append(d.Findings, f) }

// Rivals reports whether any rival was rated by at least one customer.
func (d *Dataset) Rivals() bool {
	for s, supplier := range d.Suppliers {
		if supplier.Own {
			continue
		}
		for a := range d.Attributes {
			for _, x := range d.Rating(s, a).Values {
				if !math.IsNaN(x) {
					return true
				}
			}
		}
	}
	return false
}
