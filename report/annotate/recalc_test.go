package annotate

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/samples/golden"
	"valuebook/samples/office"
)

// compareLive compares every live cell of a workbook of ours with what
// LibreOffice made of it: numbers to 1e-9, texts exactly. It returns the number
// of cells compared.
func compareLive(t testing.TB, ours []byte, theirs office.Sheets) int {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(ours))
	must(t, err)
	defer f.Close()
	n, bad := 0, 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		must(t, err)
		for r, row := range rows {
			for c, want := range row {
				formula, err := f.GetCellFormula(sheet, address(c+1, r+1))
				must(t, err)
				if formula == "" {
					continue
				}
				n++
				got := theirs.Cell(sheet, r, c)
				if !office.Alike(got, want) {
					if bad++; bad < 12 {
						t.Errorf("%s!%s: recalculated %q, ours %q\n  =%s", sheet, address(c+1, r+1), got, want, formula)
					}
				}
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d live cells differ", bad, n)
	}
	return n
}

// noRivals leaves our ratings alone.
func noRivals(d *dataset.Dataset) *dataset.Dataset {
	d.Suppliers = d.Suppliers[:1]
	d.Ratings = d.Ratings[:len(d.Attributes)]
	return d
}

// noScores takes the scores of the firm and the match away.
func noScores(d *dataset.Dataset) *dataset.Dataset {
	d.ValueScore, d.Match = nil, nil
	return d
}

// only keeps the customers below n.
func only(d *dataset.Dataset, n int) *dataset.Dataset {
	d.Customers.ID, d.Customers.Name, d.Customers.Segment = d.Customers.ID[:n], d.Customers.Name[:n], d.Customers.Segment[:n]
	each(d, func(s *dataset.Series) { s.Values = s.Values[:n] })
	return d
}

func each(d *dataset.Dataset, do func(s *dataset.Series)) {
	for i := range d.Ratings {
		do(&d.Ratings[i])
	}
	for i := range d.ValueScore {
		do(&d.ValueScore[i].Series)
	}
	for i := range d.Match {
		do(&d.Match[i].Series)
	}
}

// all sets every rating and score to a value.
func all(d *dataset.Dataset, x float64) *dataset.Dataset {
	each(d, func(s *dataset.Series) {
		for i := range s.Values {
			s.Values[i] = x
		}
	})
	return d
}

// converted gives some cells texts that reading turned into numbers or
// rejected.
func converted(d *dataset.Dataset) *dataset.Dataset {
	d.Ratings[0].AsRead = []dataset.AsRead{{Customer: 1, Got: "4,0"}, {Customer: 3, Got: " 4 "}}
	d.Ratings[3].Values[2] = nan
	d.Ratings[3].AsRead = []dataset.AsRead{{Customer: 2, Got: "n/a"}}
	d.Ratings[7].Values[5] = nan
	d.Ratings[7].AsRead = []dataset.AsRead{{Customer: 5, Got: "9"}}
	d.Match[0].Series.AsRead = []dataset.AsRead{{Customer: 0, Got: "eight"}}
	return d
}

func hostile(d *dataset.Dataset) *dataset.Dataset {
	d.Customers.Name = []string{`<>&"'`, "😀 Émile 株式会社", "شركة العميل", "=cmd|' /c calc'!A1", strings.Repeat("long ", 60), "+1-2@x"}
	d.Suppliers[1].Name = `Rival "A" <&>'`
	d.Attributes[0].Label = `=1+1 "<&>'`
	return d
}

func down(d *dataset.Dataset) *dataset.Dataset {
	d.Attributes[3].Down, d.Attributes[1].Down = true, true
	return d
}

func money(d *dataset.Dataset) *dataset.Dataset {
	d = noScores(d)
	for a := range d.Attributes {
		d.Attributes[a].Money, d.Attributes[a].Scale, d.Attributes[a].Weight = true, dataset.Scale{}, nan
	}
	each(d, func(s *dataset.Series) {
		for i := range s.Values {
			s.Values[i] *= 1234.56
		}
	})
	return d
}

func firmValue(d *dataset.Dataset) *dataset.Dataset {
	d.ValueScore = nil
	d.FirmLabel = "Lifetime value"
	d.FirmValue = dataset.Series{Values: []float64{12000.5, -300, 8000, nan, 4500, 9000}}
	return d
}

// alikeFirms has money on an axis without spread between the quartiles.
func alikeFirms(d *dataset.Dataset) *dataset.Dataset {
	d = firmValue(d)
	d.FirmValue.Values = []float64{5, 9, 9, 9, 9, 100}
	return d
}

func gaps(d *dataset.Dataset) *dataset.Dataset {
	d.Ratings[0].Values[0], d.Ratings[1].Values[0] = nan, nan // below the coverage minimum
	d.Ratings[3].Values[1], d.Ratings[4].Values[1] = nan, nan // costs not rated
	for a := range 3 {
		d.Ratings[a].Values[2] = nan // benefits not rated
	}
	for a := range 5 {
		d.Ratings[a].Values[5] = nan // nothing rated
	}
	d.Ratings[5].Values[3], d.Ratings[6].Values[3] = nan, nan
	d.Match[0].Series.Values[4], d.Match[1].Series.Values[4] = nan, nan
	return d
}

func zeros(d *dataset.Dataset) *dataset.Dataset {
	for a := 3; a < 5; a++ {
		for i := range 3 {
			d.Ratings[a].Values[i] = 1 // no cost reported
		}
	}
	for a := range 3 {
		d.Ratings[a].Values[1] = 1 // and no benefit either
	}
	return d
}

func weightless(d *dataset.Dataset) *dataset.Dataset {
	d.Attributes[3].Weight, d.Attributes[4].Weight = 0, 0
	return d
}

func noCosts(d *dataset.Dataset) *dataset.Dataset {
	for k := range d.Suppliers {
		for a := 3; a < 5; a++ {
			d.Ratings[k*5+a] = dataset.Series{}
		}
	}
	return d
}

func options(change func(o *analysis.Options)) analysis.Options {
	o := analysis.DefaultOptions()
	if change != nil {
		change(&o)
	}
	return o
}

func thresholds(x, y quadrant.Mode) func(o *analysis.Options) {
	return func(o *analysis.Options) {
		o.Thresholds = map[quadrant.Measure]analysis.Threshold{}
		for _, m := range quadrant.Measures {
			o.Thresholds[m] = analysis.Threshold{Mode: x}
		}
		o.Thresholds[quadrant.Match] = analysis.Threshold{Mode: y}
	}
}

// TestLibreOfficeRecalculatesToTheSame is the proof that the formulas are the
// method: with our results taken out, another program computes them again from
// the cells alone.
func TestLibreOfficeRecalculatesToTheSame(t *testing.T) {
	cases := []liveCase{
		{"German", func(t testing.TB) *book { return wide(t, exampleData()) }, options(nil)},
		{"German, hostile names", func(t testing.TB) *book { return wide(t, hostile(exampleData())) }, options(nil)},
		{"wide", func(t testing.TB) *book { return wide(t, exampleData()) }, options(nil)},
		{"long", func(t testing.TB) *book { return long(t, exampleData()) }, options(nil)},
		{"value and relative", func(t testing.TB) *book { return wide(t, noScores(exampleData())) }, options(nil)},
		{"no rival", func(t testing.TB) *book { return wide(t, noScores(noRivals(exampleData()))) }, options(nil)},
		{"one customer", func(t testing.TB) *book { return wide(t, only(exampleData(), 1)) }, options(nil)},
		{"all blank", func(t testing.TB) *book { return wide(t, all(exampleData(), nan)) }, options(nil)},
		{"all equal", func(t testing.TB) *book { return wide(t, all(exampleData(), 3)) }, options(thresholds(quadrant.Median, quadrant.Mean))},
		{"hostile names", func(t testing.TB) *book { return wide(t, hostile(exampleData())) }, options(nil)},
		{"converted", func(t testing.TB) *book { return wide(t, converted(exampleData())) }, options(nil)},
		{"converted long", func(t testing.TB) *book { return long(t, converted(exampleData())) }, options(nil)},
		{"down", func(t testing.TB) *book { return wide(t, down(exampleData())) }, options(nil)},
		{"money", func(t testing.TB) *book { return wide(t, money(exampleData())) }, options(nil)},
		{"money no rival", func(t testing.TB) *book { return wide(t, money(noRivals(exampleData()))) }, options(nil)},
		{"firm value", func(t testing.TB) *book { return wide(t, firmValue(exampleData())) }, options(nil)},
		{"gaps", func(t testing.TB) *book { return wide(t, gaps(exampleData())) }, options(nil)},
		{"zeros", func(t testing.TB) *book { return wide(t, zeros(exampleData())) }, options(nil)},
		{"no weight", func(t testing.TB) *book { return wide(t, weightless(exampleData())) }, options(nil)},
		{"no cost", func(t testing.TB) *book { return wide(t, noCosts(exampleData())) }, options(nil)},
		{"median and mean", func(t testing.TB) *book { return wide(t, exampleData()) }, options(thresholds(quadrant.Median, quadrant.Mean))},
		{"top share", func(t testing.TB) *book { return wide(t, firmValue(exampleData())) }, options(thresholds(quadrant.TopShare, quadrant.Fixed))},
		{"a customer without a row", func(t testing.TB) *book { return withoutARow(t) }, options(nil)},
		{"no spread", func(t testing.TB) *book { return wide(t, alikeFirms(exampleData())) }, options(nil)},
		{"band of no width", func(t testing.TB) *book { return wide(t, exampleData()) }, options(func(o *analysis.Options) { o.Band = 0 })},
		{"benefits and costs", func(t testing.TB) *book { return wide(t, exampleData()) }, options(func(o *analysis.Options) {
			o.Axes = [2]quadrant.Measure{quadrant.Benefits, quadrant.Costs}
			o.BenefitShare, o.ClassNames = 0.7, map[string]string{"great_value": `Stars & "more"`}
		})},
	}
	ours, stripped, least := map[string][]byte{}, map[string][]byte{}, map[string]int{}
	for _, c := range cases {
		ours[c.name] = c.annotated(t)
		stripped[c.name], least[c.name] = office.WithoutResults(t, ours[c.name]), 1
	}
	for name, layout := range layouts {
		ours["changed "+name], stripped["changed "+name] = changedParameters(t, layout)
		least["changed "+name] = 1
	}
	ours["text"], least["text"] = annotatedText(t), 1
	stripped["text"] = office.WithoutResults(t, ours["text"])
	n := thousands()
	ours["many"], least["many"] = annotated(t, wide(t, many(n)), analysis.DefaultOptions()), 20*n
	stripped["many"] = office.WithoutResults(t, ours["many"])
	theirs := office.Calculate(t, stripped)
	for name := range ours {
		t.Run(name, func(t *testing.T) {
			if n := compareLive(t, ours[name], theirs[name]); n < least[name] {
				t.Errorf("only %d cells were live", n)
			}
		})
	}
}

// A liveCase is a workbook that is annotated with options.
type liveCase struct {
	name string
	book func(testing.TB) *book
	o    analysis.Options
}

// annotated is the annotated workbook of a case, in German where its name says so.
func (c liveCase) annotated(t testing.TB) []byte {
	t.Helper()
	language := "en"
	if strings.HasPrefix(c.name, "German") {
		language = "de"
	}
	b := c.book(t)
	out, _, err := Annotate(b.bytes(t), ".xlsx", b.report(c.o), writerIn(t, language))
	must(t, err)
	return out
}

// thousands is how many customers LibreOffice recalculates: make fidelity takes 5,000.
func thousands() int {
	if golden.Fidelity() {
		return 5000
	}
	return 1000
}
