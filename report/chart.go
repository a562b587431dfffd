package report

import "valuebook/report/dataset"

// ChartKind is the fixed identifier of a kind of chart.
type ChartKind string

// The kinds of charts.
const (
	QuadrantChart   ChartKind = "quadrant"     // Groups in four tinted fields, thresholds, border band
	ValueMapChart   ChartKind = "value_map"    // Groups with a fair-value line and zone
	HeadToHeadChart ChartKind = "head_to_head" // Bars: Width = importance, Value = ratio - 1
	BarsChart       ChartKind = "bars"         // horizontal ranked Bars, with Lo..Hi as whiskers where not NaN
	IntervalChart   ChartKind = "intervals"    // dots with Lo..Hi around a zero line, one Bar each
	WaterfallChart  ChartKind = "waterfall"    // Bars as signed steps from zero to the total
	StackedChart    ChartKind = "stacked"      // horizontal bars to 100 %, Parts by class
	CurveChart      ChartKind = "curve"        // Curves over one horizontal axis, with Marks
	HeatChart       ChartKind = "heat"         // Heat: a table of tinted cells
	PanelsChart     ChartKind = "panels"       // Panels: small charts beside each other on one scale
	TrendsChart     ChartKind = "trends"       // Panels: one figure over time each, on a scale of its own; X.Names are the periods
	PairedChart     ChartKind = "paired"       // Bars as two marks in a row, Value and Other; Fields[0] and [1] name them
)

// A Chart is the description of one chart: what to show, not how it is drawn.
// Every number is finite; what is missing is left out before.
type Chart struct {
	ID    string
	Kind  ChartKind
	Title dataset.Message // states the finding
	Alt   dataset.Message // title and the three numbers that carry it
	X, Y  Axis
	Group []Group
	Bars  []Bar
	// Fields names the four fields of a quadrant chart: HighHigh, HighLow,
	// LowHigh, LowLow (x first).
	Fields  [4]dataset.Message
	Plain   bool // the fields are no classes: neither tinted nor marked
	Line    *Line
	Curves  []Curve
	Marks   []Mark
	Heat    *Heat
	Panels  []Panel
	Compact bool   // small version: no point labels, fewer ticks
	Focus   *Focus // of a quadrant chart: the one point that it is about
	Arrows  []Arrow
}

// A Panel is one of the small charts of a PanelsChart. All have the same kind
// of content: the same rows of Bars in the same order - NaN where one has no
// value - or Curves. X is the axis of bars and Y that of curves.
type Panel struct {
	Label  string
	Name   dataset.Message // instead of Label where it is words
	Note   dataset.Message // small print beside it, such as how many it rests on
	Bars   []Bar
	Curves []Curve
	// Of a TrendsChart: what its one curve is in, and its last value as written
	// beside the last point.
	Unit dataset.Unit
	End  dataset.Quantity
}

// An Axis is the description of an axis.
type Axis struct {
	Label        dataset.Message
	Unit         dataset.Unit
	Lo, Hi       float64 // ends of the scale, both 0 when free
	Threshold    float64 // drawn and labelled when HasThreshold
	Band         float64 // half-width of the tinted border band, 0 = none
	HasThreshold bool
	Names        []dataset.Quantity // of the values 0, 1, 2 ..., instead of numbers
}

// A Group is a set of points drawn with one mark. Of a crowd, Points are only
// those that may be named; Crowd counts them too.
type Group struct {
	Label  dataset.Message
	Style  Style
	Points []Point
	Crowd  *Crowd // nil where Points are all there are
	Quiet  bool   // drawn small and grey, behind everything
}

// A Focus is the point that a chart is about, with the way to the nearest line:
// from the point to ToX, ToY, which equal its own place where there is none.
type Focus struct {
	Point    Point
	Style    Style
	ToX, ToY float64
}

// An Arrow leads from where a point of a quadrant chart was to where it is.
type Arrow struct {
	FromX, FromY, ToX, ToY float64
	Style                  Style // of the point
}

// Style says whose colour and mark to use.
type Style uint8

// The styles: the four classes by place, ours and rivals.
const (
	StyleHighHigh Style = iota
	StyleHighLow
	StyleLowHigh
	StyleLowLow
	StyleOwn
	StyleRival
	StyleNone  // not classified
	StylePlus  // in our favour
	StyleMinus // against us
	StyleTotal
	StyleWatch // in our favour, but a rival offers more
)

// A Point is one mark. Labels with a higher Rank are placed first; Rank 0 is
// labelled only if room is left.
type Point struct {
	X, Y  float64
	Label string
	Rank  int
	Open  bool // open mark: few ratings answered
}

// A Bar is one bar, dot or step.
type Bar struct {
	Label  string
	Name   dataset.Message // instead of Label where it is words
	Width  float64         // head-to-head: importance
	Value  float64
	Lo, Hi float64 // interval; both NaN for none
	Other  float64 // paired: the mark beside it; Lo..Hi is then its range
	Style  Style
	Text   dataset.Quantity // value as written beside the bar
	Parts  []Part           // stacked
}

// A Part is one piece of a stacked bar.
type Part struct {
	Value float64
	Style Style
}

// A Line is y = 100 + Slope (x - 100) + Offset with a zone of half-width Zone
// in y.
type Line struct {
	Slope, Offset, Zone float64
	Label               dataset.Message
}

// A Curve is a line through points, ascending in X.
type Curve struct {
	Label   dataset.Message // written at its end
	Style   Style
	Points  []Vertex
	Dashed  bool // expected by a model, not observed
	Fill    bool // the area down to zero is tinted
	Dots    bool // every point is marked: few observations
	Columns bool // a column from zero at every point instead of a line: sums over time
}

// A Vertex is one point of a curve.
type Vertex struct{ X, Y float64 }

// A Mark is a place on a curve that is pointed out, with hairlines to both
// axes.
type Mark struct {
	X, Y  float64
	Label dataset.Message
}

// Heat is a table whose cells are tinted by their value: none at zero, full
// at the largest. Y.Label names the rows, X.Label the columns.
type Heat struct {
	Rows, Columns []string
	// RowNames and ColumnNames stand instead of Rows and Columns where they are
	// words.
	RowNames, ColumnNames []dataset.Quantity
	Cells                 [][]HeatCell // by row, then by column
}

// Names returns the names of the rows and of the columns.
func (h *Heat) Names() (rows, columns []dataset.Quantity) {
	rows, columns = h.RowNames, h.ColumnNames
	for _, name := range h.Rows {
		rows = append(rows, dataset.Str(name))
	}
	for _, name := range h.Columns {
		columns = append(columns, dataset.Str(name))
	}
	return rows, columns
}

// A HeatCell is one cell: its value, NaN for none, and what stands in it.
type HeatCell struct {
	Value float64
	Text  dataset.Quantity
	Note  dataset.Message // a second line, such as the name of a segment
	Quiet bool            // not tinted, whatever its value: it is not what the chart is about
}
