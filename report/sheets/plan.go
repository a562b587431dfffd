// Package sheets writes sheets from plans: cells, styles, tables, drop-downs,
// native charts. It is the only package besides report/workbook that knows the
// spreadsheet library. A plan is pure data and is tested as text.
package sheets

// A Workbook is a plan for a whole new workbook.
type Workbook struct {
	Title   string
	Subject string
	Company string
	Created string // RFC 3339; fixed so that the same plan gives the same file
	Sheets  []Sheet
	Names   []Name
	Active  string // sheet shown on opening, "" for the first
}

// A Name is a defined name for the whole workbook.
type Name struct {
	Name     string
	RefersTo string // without "="
}

// A Sheet is a plan for one sheet.
type Sheet struct {
	Name        string
	Cells       []Cell          // any order; one per address
	Widths      map[int]float64 // column (from 1) -> width in characters
	Heights     map[int]float64 // row -> height in points
	FreezeRow   int             // rows frozen at the top
	FreezeCol   int             // columns frozen at the left
	Merges      []Area
	Tables      []Table
	Charts      []Chart
	Validations []Validation
	Conditions  []Condition
	Landscape   bool
	RepeatRows  int // header rows repeated on every printed page
	HideGrid    bool
	Hidden      []Span // columns that only charts use
	TabColor    string // "0B3C5D", "" for none
}

// An Area is a rectangle, ends included, counted from 1.
type Area struct{ Row, Col, LastRow, LastCol int }

// A Fault is the error that a formula results in; it is only a cached value.
type Fault string

// NotAvailable is the result of NA(): charts leave such points out.
const NotAvailable Fault = "#N/A"

// A Span is a run of columns, counted from 1, ends included.
type Span struct{ First, Last int }

// A Cell is one cell. Value is nil, string, float64, int, bool, time.Time or,
// with a formula, a Fault; a
// number that is not finite leaves the cell empty. Text is stored as text,
// whatever it begins with. With a Formula (without "="), Value is its correct
// result and is stored as the cached value with its type.
type Cell struct {
	Row, Col int
	Value    any
	Formula  string
	Style    Style
	Link     string // "#Sheet!A1" within the workbook
	Note     string
}

// Style is how a cell looks, by role; sheets owns the looks.
type Style struct {
	Role   Role
	Format Format
	Class  int // 1..4 tints with a class colour, 0 for none
	Wrap   bool
	Center bool
	Right  bool
	Indent int
	Rule   bool // a hairline below
}

// Role is what a cell is.
type Role uint8

// The roles.
const (
	Plain Role = iota
	Title
	Heading
	Header   // of a table: navy, white
	Label    // quiet text
	Input    // blue on light yellow
	Result   // black: a live formula
	Computed // grey: a computed value
	Total    // bold, rule above
	Fine     // small print
	Good
	Warn
	Bad
	LinkText
	Alert      // a large figure to act on
	LinkHeader // of a table, with a link: programs that give links their own colour keep it readable
	MarkedBad  // filled like the cells that a fix list marks: not used
	MarkedWarn // filled like those that are doubtful
)

// Format is a number format.
type Format uint8

// The formats.
const (
	General     Format = iota
	Whole              // #,##0
	OneDigit           // 0.0
	TwoDigits          // 0.00
	Percent            // 0%
	Signed             // +0;-0;0
	Amount             // #,##0
	Date               // yyyy-mm-dd
	Month              // yyyy-mm
	AsText             // @
	Exact              // up to six decimals
	Trend              // as Signed, for a figure with arrows
	SignedOne          // +0.0;-0.0;0.0
	ThreeDigits        // 0.000, for probabilities: less than 0.001 is written so
)

// A Table is a native table with a filter; headers are the cells of its first
// row and must be unique.
type Table struct {
	Name string
	Area Area
}

// A Validation limits what may be entered.
type Validation struct {
	Area   Area
	List   []string // drop-down; nil for a number
	Source string   // or a range for the drop-down, such as "Lists!$A$1:$A$5"
	Min    float64  // for numbers
	Max    float64
	Whole  bool
	Prompt string
	Error  string
	Open   bool // other entries are allowed: the drop-down only proposes
}

// Condition kinds.
const (
	DataBar   = "data_bar"
	ClassFill = "class_fill" // Texts: what makes a cell class 1..4, as formulas
	Icons     = "icons"      // arrows in three states; Texts: the two limits, as formulas
	TextFill  = "text_fill"  // Texts: formulas; a cell equal to one is shown like Role
)

// A Condition is a conditional format. Texts are formulas without "=", such as
// `"Strategic"` in quotes or $B$4.
type Condition struct {
	Kind  string
	Area  Area
	Texts []string
	Color string // of data bars, "" for navy
	Role  Role   // of TextFill: Good, Warn or Bad
}

// A Chart is a native chart over ranges of the workbook. Ranges are written as
// in formulas, such as "Quadrant!$C$5:$C$24".
type Chart struct {
	Row, Col       int // upper left corner
	Width, Height  int // pixels
	Kind           ChartKind
	Title          string
	Alt            string
	XTitle, YTitle string
	XMin, XMax     *float64 // nil: automatic
	YMin, YMax     *float64
	XFormat        string // number format, "" for general
	YFormat        string
	Series         []Series
	HideLegend     bool
}

// ChartKind is the kind of a native chart.
type ChartKind string

// The kinds of native charts.
const (
	Scatter     ChartKind = "scatter"
	BarChart    ChartKind = "bar" // horizontal
	ColumnChart ChartKind = "column"
	StackedBar  ChartKind = "stacked_bar"
)

// A Series is one series of a native chart. Cached values are filled in from
// the plan's cells, so that viewers which do not calculate draw it.
type Series struct {
	Name        string // text or a reference
	Categories  string // x values of a scatter
	Values      string
	Color       string // "0B3C5D"
	Marker      string // circle, diamond, triangle, square, none
	Line        bool   // draw a line (scatter)
	Dash        bool
	Arrow       bool         // the line ends in an arrow head
	Hollow      bool         // marks are rings
	Small       bool         // small marks, for what stands behind the rest
	Labels      bool         // show the series name beside the points
	PointLabels []PointLabel // texts beside single points
	// PointColors are fill colours of single bars, "" for the series colour.
	PointColors []string
	ValueLabels bool // write the value beside each bar
	// NegativeColor is the colour of bars below zero, "" for the series colour.
	NegativeColor string
	// Minus and Plus are ranges with the lengths of whiskers, "" for none.
	Minus, Plus string
}

// A PointLabel is a text beside one point of a scatter.
type PointLabel struct {
	Index int    // of the point, from 0
	Text  string // as it was when the plan was made
	Place string // "r", "l", "t" or "b" of the mark
}
