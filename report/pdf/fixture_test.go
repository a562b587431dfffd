package pdf_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"sync"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

// words returns a writer with the project's English texts.
func words(t testing.TB) *wording.Writer { return wordsIn(t, "en") }

// catalogues are the project's texts, read once for all tests.
var catalogues = map[string]func() (*wording.Catalogue, error){"en": catalogue("en"), "de": catalogue("de")}

func catalogue(language string) func() (*wording.Catalogue, error) {
	return sync.OnceValues(func() (*wording.Catalogue, error) { return templates.Catalogue(language, nil) })
}

// wordsIn returns a writer with the project's texts of a language.
func wordsIn(t testing.TB, language string) *wording.Writer {
	t.Helper()
	c, err := catalogues[language]()
	if err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(c, language, "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func lit(format string, args ...any) dataset.Message {
	return dataset.Literal(fmt.Sprintf(format, args...))
}

var missing = math.NaN()

func ptr(m dataset.Message) *dataset.Message { return &m }

var classIDs = [4]string{"strategic", "profit", "potential", "ordinary"}

type customer struct {
	name          string
	x, y          float64
	value, rel    float64
	class         int
	border        bool
	benefit, cost float64
}

var firsts = []string{"Alder", "Birch", "Cedar", "Delta", "Elm", "Fjord", "Granite", "Harbour", "Indigo", "Juniper", "Kestrel", "Linden"}
var lasts = []string{"Foods", "Retail Group", "& Sons", "Logistics", "Hotels", "Stores", "Outfitters", "Markets", "Brothers", "Home"}

// customers returns made-up customers, most of them near the middle.
func customers(n int, seed uint64) []customer {
	rng := rand.New(rand.NewPCG(seed, 1))
	clamp := func(x float64) float64 { return min(100, max(0, x)) }
	list := make([]customer, n)
	for i := range list {
		c := customer{name: firsts[i%12] + " " + lasts[(i/12)%10]}
		if i >= 120 {
			c.name += fmt.Sprintf(" %d", i/120+1)
		}
		c.x, c.y = clamp(50+18*rng.NormFloat64()), clamp(48+17*rng.NormFloat64())
		c.benefit, c.cost = clamp(66+12*rng.NormFloat64()), clamp(52+12*rng.NormFloat64())
		c.value, c.rel = c.benefit-c.cost, 14*rng.NormFloat64()
		if c.x < 50 {
			c.class += 2
		}
		if c.y < 50 {
			c.class++
		}
		c.border = math.Min(math.Abs(c.x-50), math.Abs(c.y-50)) <= 5
		list[i] = c
	}
	return list
}

func quadrantChart(list []customer, label int) *report.Chart {
	ch := &report.Chart{ID: "quadrant", Kind: report.QuadrantChart,
		Title: lit("31 of %d customers are strategic and bear 44 %% of the value to the firm", len(list)),
		Alt:   lit("Quadrant: 31 strategic, 28 profit, 30 potential, 31 ordinary"),
		X:     report.Axis{Label: lit("Value to the firm, index"), Unit: dataset.Points, Hi: 100, Threshold: 50, Band: 5, HasThreshold: true},
		Y:     report.Axis{Label: lit("Strategic match, index"), Unit: dataset.Points, Hi: 100, Threshold: 50, Band: 5, HasThreshold: true}}
	for i, id := range classIDs {
		ch.Fields[i] = dataset.Msg("class." + id)
		ch.Group = append(ch.Group, report.Group{Label: dataset.Msg("class." + id), Style: report.Style(i)})
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool {
		return math.Hypot(list[order[a]].x-50, list[order[a]].y-50) > math.Hypot(list[order[b]].x-50, list[order[b]].y-50)
	})
	for n, i := range order {
		c := list[i]
		p := report.Point{X: c.x, Y: c.y, Label: c.name, Open: i%17 == 3}
		if n < label {
			p.Rank = label - n
		}
		ch.Group[c.class].Points = append(ch.Group[c.class].Points, p)
	}
	return ch
}

func headChart() *report.Chart {
	nan := math.NaN()
	bar := func(label string, w, v, lo, hi float64) report.Bar {
		style := report.StylePlus
		if v < 0 {
			style = report.StyleMinus
		}
		return report.Bar{Label: label, Width: w, Value: v, Lo: lo, Hi: hi, Style: style, Text: dataset.Num(100*v, dataset.SignedPoints)}
	}
	return &report.Chart{ID: "head", Kind: report.HeadToHeadChart, Title: lit("Service and product quality carry the lead; image is level"),
		X: report.Axis{Label: lit("Importance (width of the bars, sum 100)")}, Y: report.Axis{Label: lit("Our lead over the mean rival, share of its rating"), Unit: dataset.Share},
		Bars: []report.Bar{bar("Product quality", 34, 0.09, 0.04, 0.14), bar("Service", 26, 0.14, 0.08, 0.2), bar("Delivery reliability and speed", 18, -0.05, -0.1, 0.0),
			bar("Staff competence", 12, 0.02, -0.03, 0.07), bar("Image", 7, -0.01, -0.06, 0.04), bar("Website", 3, 0.22, nan, nan)}}
}

func valueMap() *report.Chart {
	return &report.Chart{ID: "map", Kind: report.ValueMapChart, Title: lit("We are dearer than both rivals, and worth it: inside the fair-value zone"),
		X:    report.Axis{Label: lit("Relative quality (mean = 100)"), Unit: dataset.Index},
		Y:    report.Axis{Label: lit("Relative price (mean = 100)"), Unit: dataset.Index},
		Line: &report.Line{Slope: 1, Zone: 10, Label: lit("fair value")},
		Group: []report.Group{
			{Style: report.StyleOwn, Points: []report.Point{{X: 110.6, Y: 113.6, Label: "Our company", Rank: 3}}},
			{Style: report.StyleRival, Points: []report.Point{{X: 105, Y: 103.1, Label: "Nordwind", Rank: 2}, {X: 84.4, Y: 86.9, Label: "Sulzberg", Rank: 1}}}}}
}

func rowsChart(kind report.ChartKind, list []customer, n int) *report.Chart {
	ch := &report.Chart{ID: string(kind), Kind: kind, Title: lit("Nine customers value us clearly above the mean"),
		X: report.Axis{Label: lit("Perceived value, index points"), Unit: dataset.SignedPoints}}
	sorted := append([]customer(nil), list...)
	sort.Slice(sorted, func(a, b int) bool { return sorted[a].value > sorted[b].value })
	for i := range min(n, len(sorted)) {
		c := sorted[i*len(sorted)/n]
		ch.Bars = append(ch.Bars, report.Bar{Label: c.name, Value: c.value, Lo: c.value - 8, Hi: c.value + 8, Style: report.Style(c.class), Text: dataset.Num(c.value, dataset.SignedPoints)})
	}
	return ch
}

func waterfall() *report.Chart {
	ch := &report.Chart{ID: "fall", Kind: report.WaterfallChart, Title: lit("Alder Foods: benefits of 88 less costs of 40 leave a value of +48"),
		X: report.Axis{Label: lit("Index points"), Unit: dataset.Points}}
	nan := math.NaN()
	for _, s := range []struct {
		label string
		v     float64
	}{{"Product quality", 50}, {"Service", 22.5}, {"Image", 15}, {"Price", -30}, {"Effort", -10}} {
		style := report.StylePlus
		if s.v < 0 {
			style = report.StyleMinus
		}
		ch.Bars = append(ch.Bars, report.Bar{Label: s.label, Value: s.v, Lo: nan, Hi: nan, Style: style, Text: dataset.Num(s.v, dataset.SignedPoints)})
	}
	ch.Bars = append(ch.Bars, report.Bar{Label: "Perceived value", Value: 47.5, Lo: nan, Hi: nan, Style: report.StyleTotal, Text: dataset.Num(47.5, dataset.SignedPoints)})
	return ch
}

func stacked() *report.Chart {
	ch := &report.Chart{ID: "stack", Kind: report.StackedChart, Title: lit("The North holds half of the strategic customers")}
	for i, id := range classIDs {
		ch.Fields[i] = dataset.Msg("class." + id)
	}
	for i, name := range []string{"North", "South", "East", "West"} {
		b := report.Bar{Label: name, Text: dataset.N(30)}
		for s := range 4 {
			b.Parts = append(b.Parts, report.Part{Value: float64(3 + (i*5+s*7)%11), Style: report.Style(s)})
		}
		ch.Bars = append(ch.Bars, b)
	}
	return ch
}

func customerTable(list []customer, rows int) *report.Table {
	t := &report.Table{ID: "top", Title: lit("Customers with the highest value"), More: len(list) - rows, MoreIn: lit("Summary"),
		Columns: []report.Column{{Header: lit("Customer"), Text: true}, {Header: lit("Class"), Class: true}, {Header: lit("Value")}, {Header: lit("Against rivals")},
			{Header: lit("Revenue")}, {Header: lit("Why"), Text: true, Share: 2}}}
	for i := range rows {
		c := list[i]
		t.Rows = append(t.Rows, []dataset.Quantity{dataset.Str(c.name), dataset.TermOf("class." + classIDs[c.class]), dataset.Num(c.value, dataset.SignedPoints),
			dataset.Num(c.rel, dataset.SignedPoints), dataset.Num(float64(20000+i*7919), dataset.Money),
			dataset.Str("Product quality +12, service +6, delivery +3; price −8, effort −4")})
	}
	return t
}

// sample is a report as it is made from 120 customers and two rivals.
func sample() *report.Report {
	list := customers(120, 7)
	r := &report.Report{Title: lit("Customer value · Retail division"), Company: "Larkspur Supply", Period: "2026-10",
		AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), Version: "0.1", Dataset: &dataset.Dataset{}}
	r.Dataset.Receipt.SHA256 = "8a3f1c2e90d14b7788aa00112233445566778899aabbccddeeff001122334455"
	r.KeyFigures = []report.KeyFigure{
		{Label: lit("customers rated"), Value: dataset.N(120), Note: lit("of 124 in the workbook")},
		{Label: lit("perceived value"), Value: dataset.Num(14, dataset.SignedPoints), Note: lit("95 %% interval +11 to +17")},
		{Label: lit("CVA ratio"), Value: dataset.Num(1.06, dataset.Ratio), Note: lit("0.98 to 1.14: no clear lead")},
		{Label: lit("strategic share of value"), Value: dataset.Num(0.44, dataset.Share), Note: lit("31 of 120 customers")},
		{Label: lit("regret"), Value: dataset.N(8), Note: lit("would be better off elsewhere"), Alert: true},
	}
	r.Sentences = []dataset.Message{
		lit("Strategic customers are 26 %% of all but bear 44 %% of the value to the firm (31 of 120).").From("quadrant"),
		lit("Service is our lead over Nordwind (+9 points, 95 %% interval +4 to +14) and the second most important benefit; price is where we lose (−12).").From("rivals"),
		lit("Eight customers with a revenue of 1.2 M EUR would be better off elsewhere by more than 5 points.").From("customers"),
		lit("No clear difference between the North and the East in perceived value (n = 62).").From("segments"),
		lit("Fourteen customers stand within 5 points of a dividing line; one rating would move nine of them.").From("quadrant"),
	}
	r.Actions = []report.Action{
		{Class: "strategic", Style: 0, Count: 31, Share: dataset.Num(0.44, dataset.Share), Meaning: lit("High value to the firm, good strategic match"), Advice: lit("Protect and deepen: name an owner, agree on common goals, review every quarter."), Names: []string{"Alder Foods", "Granite Retail Group", "Fjord Hotels"}},
		{Class: "profit", Style: 1, Count: 28, Share: dataset.Num(0.27, dataset.Share), Meaning: lit("High value to the firm, little match"), Advice: lit("Keep profitable: serve at low cost, no adaptation of the offer."), Names: []string{"Birch & Sons", "Cedar Markets", "Linden Home"}},
		{Class: "potential", Style: 2, Count: 30, Share: dataset.Num(0.18, dataset.Share), Meaning: lit("Good match, value to the firm still low"), Advice: lit("Invest where one more purchase category would move them over the line."), Names: []string{"Delta Stores", "Kestrel Logistics", "Elm Brothers"}},
		{Class: "ordinary", Style: 3, Count: 31, Share: dataset.Num(0.11, dataset.Share), Meaning: lit("Neither"), Advice: lit("Standard service, standard terms."), Names: []string{"Indigo Outfitters", "Harbour Foods", "Juniper Retail Group"}},
	}
	r.Sections = sampleSections(list)
	return r
}

func sampleSections(list []customer) []report.Section {
	classTable := &report.Table{ID: "classes", Columns: []report.Column{{Header: lit("Class"), Class: true}, {Header: lit("Customers")}, {Header: lit("Share of value")}, {Header: lit("Revenue")}, {Header: lit("What to do"), Text: true}},
		Total: []dataset.Quantity{dataset.Str("All"), dataset.N(120), dataset.Num(1, dataset.Share), dataset.Num(8.4e6, dataset.Money), dataset.Str("")}}
	for i, id := range classIDs {
		classTable.Rows = append(classTable.Rows, []dataset.Quantity{dataset.TermOf("class." + id), dataset.N(31 - i), dataset.Num([]float64{0.44, 0.27, 0.18, 0.11}[i], dataset.Share), dataset.Num(3.1e6/float64(i+1), dataset.Money),
			dataset.Str([]string{"Protect and deepen", "Keep profitable", "Invest where one step is enough", "Standard service"}[i])})
	}
	attributes := &report.Table{ID: "attributes", Title: lit("Attribute by attribute"), Columns: []report.Column{{Header: lit("Attribute"), Text: true}, {Header: lit("Weight")}, {Header: lit("We")}, {Header: lit("Rivals")}, {Header: lit("Difference")}, {Header: lit("95 %% interval")}, {Header: lit("Verdict"), Text: true}}}
	for _, a := range []string{"Product quality", "Service", "Delivery reliability", "Staff competence", "Image", "Price", "Effort"} {
		attributes.Rows = append(attributes.Rows, []dataset.Quantity{dataset.Str(a), dataset.Num(22, dataset.Points), dataset.Num(4.1, dataset.Rating), dataset.Num(3.85, dataset.Rating),
			dataset.Num(6.2, dataset.SignedPoints), dataset.Str("+1 to +11"), dataset.Str("Slightly ahead")})
	}
	return []report.Section{
		{ID: "quadrant", Title: lit("31 of 120 customers are strategic and bear 44 %% of the value"), Blocks: []report.Block{
			{Chart: quadrantChart(list, 26)}, {Note: ptr(lit("Dividing lines at 50 of 100 on both axes; the grey band marks the border cases within 5 points. Open marks: fewer than 80 %% of the ratings answered."))},
			{Table: classTable}}},
		{ID: "rivals", Title: lit("Service carries our lead over both rivals; price costs half of it"), Blocks: []report.Block{
			{Paragraph: ptr(lit("Compared on the attributes that a customer rated for us and for the rival. The width of a bar is the importance of the attribute, its height our lead; the area is what it contributes to the market-perceived quality of 109."))},
			{Chart: headChart()}, {Table: attributes}, {Chart: valueMap()}}},
		{ID: "customers", Title: lit("Nine customers value us clearly above the mean, eight regret"), Blocks: []report.Block{
			{Chart: rowsChart(report.BarsChart, list, 15)}, {Table: customerTable(list, 40)}, {Heading: ptr(lit("One customer in detail"))}, {Chart: waterfall()},
			{List: []dataset.Message{lit("Raise service from 3 to 4: class Strategic."), lit("Offer a yearly price agreement; price is the largest minus (−8).")}}}},
		{ID: "segments", Title: lit("No segment differs clearly from another"), Blocks: []report.Block{{Chart: rowsChart(report.IntervalChart, list, 4)}, {Chart: stacked()}}},
		{ID: "data", Title: lit("124 rows were read, 120 of them used"), Blocks: []report.Block{{Paragraph: ptr(lit("Sheet Ratings, rows 2 to 125."))}, {Table: classTable}}},
	}
}
