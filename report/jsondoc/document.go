package jsondoc

// Schema is the name and version of the contract. A change of meaning is a
// new version.
const Schema = "valuebook.report/1"

// document is the whole contract. A nil pointer or slice is left out.
type document struct {
	Schema    string         `json:"schema"`
	Version   string         `json:"version,omitempty"`
	Input     input          `json:"input"`
	Settings  map[string]any `json:"settings,omitempty"`
	Receipt   []table        `json:"receipt,omitempty"`
	Findings  []finding      `json:"findings,omitempty"`
	Market    any            `json:"market,omitempty"` // *market or *refusal
	Offers    []offer        `json:"offers,omitempty"`
	Portfolio any            `json:"portfolio,omitempty"` // *portfolio or *refusal
	Quadrant  any            `json:"quadrant,omitempty"`  // *quadrantDocument or *refusal
	Customers []customer     `json:"customers,omitempty"`
	Segments  []segment      `json:"segments,omitempty"`

	// What customers are worth to the firm; each may be a *refusal.
	Purchases     any `json:"purchases,omitempty"`
	Concentration any `json:"concentration,omitempty"`
	Lifetime      any `json:"lifetime,omitempty"`
	RFM           any `json:"rfm,omitempty"`

	Drivers     any                  `json:"drivers,omitempty"` // []driven or *refusal
	DriverModel *driverModel         `json:"driver_model,omitempty"`
	Importance  []importanceDocument `json:"importance,omitempty"`
	Profile     any                  `json:"profile,omitempty"` // *profileDocument or *refusal
	Voice       []topic              `json:"voice,omitempty"`
	Loyalty     *loyaltyDocument     `json:"loyalty,omitempty"`
	Concepts    *conceptsDocument    `json:"concepts,omitempty"`

	Movement *movementDocument `json:"movement,omitempty"` // since the period before

	Sentences []sentence `json:"sentences,omitempty"`
}

// refusal stands for a section that the data cannot bear.
type refusal struct {
	Refused string `json:"refused"`
}

type input struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256,omitempty"`
	Period string `json:"period,omitempty"`
	AsOf   string `json:"as_of,omitempty"`
}

type table struct {
	Sheet       string   `json:"sheet"`
	Range       string   `json:"range,omitempty"`
	HeaderRows  []int    `json:"header_rows,omitempty"`
	Role        string   `json:"role"`
	RowsRead    int      `json:"rows_read"`
	RowsSkipped []skip   `json:"rows_skipped,omitempty"`
	Columns     []column `json:"columns,omitempty"`
	HiddenRows  int      `json:"hidden_rows,omitempty"`
	Converted   int      `json:"converted,omitempty"` // cells whose text was turned into a number
	Rejected    int      `json:"rejected,omitempty"`  // cells that are not used
	Confidence  float64  `json:"confidence,omitempty"`
	RunnerUp    string   `json:"runner_up,omitempty"` // the role that fits second best
	Given       string   `json:"given,omitempty"`     // place in the configuration that says it
}

type skip struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

type column struct {
	Column    string    `json:"column"`
	Header    string    `json:"header,omitempty"`
	Role      string    `json:"role"`
	Attribute string    `json:"attribute,omitempty"`
	Supplier  string    `json:"supplier,omitempty"`
	Scale     []float64 `json:"scale,omitempty"`
	Direction string    `json:"direction,omitempty"`
	Guess     bool      `json:"guess,omitempty"`
	Why       string    `json:"why,omitempty"`
	Side      string    `json:"side,omitempty"`
	Converted int       `json:"converted,omitempty"`
	// Of a guess: how sure it is, and what fits second best.
	Confidence float64  `json:"confidence,omitempty"`
	RunnerUp   *reading `json:"runner_up,omitempty"`
	Given      string   `json:"given,omitempty"`
}

type reading struct {
	Column string    `json:"column,omitempty"`
	Role   string    `json:"role,omitempty"`
	Side   string    `json:"side,omitempty"`
	Scale  []float64 `json:"scale,omitempty"`
}

type finding struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Sheet    string `json:"sheet,omitempty"`
	Cell     string `json:"cell,omitempty"`
	Count    int    `json:"count,omitempty"` // cells with this cause, when they are several
	Text     string `json:"text,omitempty"`
	Got      string `json:"got,omitempty"`
	Want     string `json:"want,omitempty"`
	Fix      string `json:"fix,omitempty"`
}

type market struct {
	CVA             *float64          `json:"cva,omitempty"`
	CVACI           []float64         `json:"cva_ci,omitempty"`
	MPQ             *float64          `json:"mpq,omitempty"`
	RelativePrice   *float64          `json:"relative_price,omitempty"`
	PriceBase       string            `json:"price_base,omitempty"`
	WinLoss         *float64          `json:"win_loss,omitempty"`
	Suppliers       []supplier        `json:"suppliers,omitempty"`
	Attributes      []marketAttribute `json:"attributes,omitempty"`
	MPQCI           []float64         `json:"mpq_ci,omitempty"`
	RelativePriceCI []float64         `json:"relative_price_ci,omitempty"`
	// Mean of customers[].relative in points, and the share of customers who
	// rate us above the rivals' mean.
	Relative   *float64  `json:"relative,omitempty"`
	RelativeCI []float64 `json:"relative_ci,omitempty"`
	WinShare   *float64  `json:"win_share,omitempty"`
}

type supplier struct {
	Name          string   `json:"name"`
	Own           bool     `json:"own"`
	Quality       *float64 `json:"quality,omitempty"`
	Price         *float64 `json:"price,omitempty"`
	RelativePrice *float64 `json:"relative_price,omitempty"`
	Distance      *float64 `json:"distance,omitempty"`
	Position      string   `json:"position,omitempty"`
}

type marketAttribute struct {
	Attribute  string    `json:"attribute"`
	Side       string    `json:"side"`
	Weight     *float64  `json:"weight,omitempty"`
	Own        *float64  `json:"own,omitempty"`
	Rival      *float64  `json:"rival,omitempty"`
	Ratio      *float64  `json:"ratio,omitempty"`
	Difference *float64  `json:"difference,omitempty"`
	CI         []float64 `json:"ci,omitempty"` // of the difference
	N          int       `json:"n"`
	Verdict    string    `json:"verdict,omitempty"`
}

type offer struct {
	Name     string   `json:"name"`
	Benefits *float64 `json:"benefits,omitempty"`
	Costs    *float64 `json:"costs,omitempty"`
	Value    *float64 `json:"value,omitempty"`
	Ratio    *float64 `json:"ratio,omitempty"`
	Rank     *float64 `json:"rank,omitempty"`
	Class    string   `json:"class,omitempty"`

	// Place on the value map, where prices or costs make one.
	Quality       *float64 `json:"quality,omitempty"`
	RelativePrice *float64 `json:"relative_price,omitempty"`
	Distance      *float64 `json:"distance,omitempty"`
	Position      string   `json:"position,omitempty"`
}

type portfolio struct {
	Customers   int            `json:"customers"`
	Rated       int            `json:"rated"` // with a value
	Value       *float64       `json:"value,omitempty"`
	ValueCI     []float64      `json:"value_ci,omitempty"`
	Benefits    *float64       `json:"benefits,omitempty"`
	Costs       *float64       `json:"costs,omitempty"`
	Ratio       *float64       `json:"ratio,omitempty"` // ratio of the sums
	RegretShare *float64       `json:"regret_share,omitempty"`
	Verdicts    map[string]int `json:"verdicts,omitempty"`
	NoCost      int            `json:"no_cost,omitempty"`
}

type quadrantDocument struct {
	X             string         `json:"x"`
	Y             string         `json:"y"`
	XThreshold    *float64       `json:"x_threshold,omitempty"`
	YThreshold    *float64       `json:"y_threshold,omitempty"`
	Mode          string         `json:"mode,omitempty"` // "x,y" when the axes differ
	Classes       map[string]int `json:"classes"`
	NotClassified int            `json:"not_classified"`
	Border        int            `json:"border"`
}

type customer struct {
	ID            string         `json:"id"`
	Name          string         `json:"name,omitempty"`
	Segment       string         `json:"segment,omitempty"`
	Benefits      *float64       `json:"benefits,omitempty"`
	Costs         *float64       `json:"costs,omitempty"`
	Value         *float64       `json:"value,omitempty"`
	Ratio         *float64       `json:"ratio,omitempty"`
	RatioReason   string         `json:"ratio_reason,omitempty"`
	Coverage      *float64       `json:"coverage,omitempty"`
	Verdict       string         `json:"verdict,omitempty"`
	Rank          *float64       `json:"rank,omitempty"`
	Relative      *float64       `json:"relative,omitempty"`
	RelativeIndex *float64       `json:"relative_index,omitempty"`
	Rivals        []rival        `json:"rivals,omitempty"`
	Contributions []contribution `json:"contributions,omitempty"`
	X             *float64       `json:"x,omitempty"`
	Y             *float64       `json:"y,omitempty"`
	Class         string         `json:"class,omitempty"`
	ClassBefore   string         `json:"class_before,omitempty"` // in the period compared with; "absent" for a new customer
	Border        *bool          `json:"border,omitempty"`
	FlipAxis      string         `json:"flip_axis,omitempty"`
	FlipDistance  *float64       `json:"flip_distance,omitempty"`
	NearestChange *change        `json:"nearest_change,omitempty"`
	Why           string         `json:"why,omitempty"`
	Revenue       *float64       `json:"revenue,omitempty"`
	CostToFirm    *float64       `json:"cost_to_firm,omitempty"`
	LifetimeValue *float64       `json:"lifetime_value,omitempty"`
	PAlive        *float64       `json:"p_alive,omitempty"` // absent for customers with one purchase
	RFM           int            `json:"rfm,omitempty"`     // 100 R + 10 F + M
	RFMSegment    string         `json:"rfm_segment,omitempty"`
}

type rival struct {
	Supplier string   `json:"supplier"`
	Value    *float64 `json:"value,omitempty"`
}

type contribution struct {
	Attribute string  `json:"attribute"`
	Side      string  `json:"side"`
	Points    float64 `json:"points"`
}

type change struct {
	Attribute string   `json:"attribute"`
	From      *float64 `json:"from,omitempty"`
	To        *float64 `json:"to,omitempty"`
	Class     string   `json:"class,omitempty"`
}

type segment struct {
	Name    string         `json:"name"`
	N       int            `json:"n"`
	Value   *float64       `json:"value,omitempty"`
	ValueCI []float64      `json:"value_ci,omitempty"`
	Classes map[string]int `json:"classes,omitempty"`
}

type sentence struct {
	Code     string `json:"code"`
	Text     string `json:"text"`
	Evidence string `json:"evidence,omitempty"`
}
