package annotate

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

var nan = math.NaN()

// A book is a workbook made for a test, with the dataset that reading it gives.
type book struct {
	file *excelize.File
	data *dataset.Dataset
}

// exampleData is the worked example: 6 customers, 3 benefits, 2 costs, 2
// rivals, scale 1-5; C4 did not rate our service.
func exampleData() *dataset.Dataset {
	scale := dataset.Scale{Lo: 1, Hi: 5}
	attribute := func(id string, side dataset.Side, weight float64) dataset.Attribute {
		return dataset.Attribute{ID: id, Label: id, Side: side, Scale: scale, Weight: weight}
	}
	d := &dataset.Dataset{
		Attributes: []dataset.Attribute{
			attribute("Quality", dataset.Benefit, 50), attribute("Service", dataset.Benefit, 30), attribute("Image", dataset.Benefit, 20),
			attribute("Price", dataset.Cost, 60), attribute("Effort", dataset.Cost, 40),
		},
		Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "Rival A"}, {Name: "Rival B"}},
	}
	d.Customers.ID = []string{"C1", "C2", "C3", "C4", "C5", "C6"}
	d.Customers.Name = []string{"Arda", "Berg", "Cole", "Dahl", "Eder", "Falk"}
	d.Customers.Segment = []string{"North", "North", "South", "North", "South", "South"}
	for _, column := range [][]float64{
		{5, 4, 3, 4, 4, 5}, {4, 3, 2, nan, 4, 5}, {4, 4, 3, 3, 3, 4}, {3, 4, 4, 2, 3, 4}, {2, 3, 4, 3, 3, 2},
		{4, 3, 4, 3, 5, 4}, {4, 3, 3, 4, 4, 4}, {3, 3, 3, 4, 4, 3}, {3, 3, 3, 2, 3, 3}, {3, 3, 3, 3, 2, 3},
		{3, 3, 3, 3, 3, 3}, {3, 2, 3, 2, 3, 3}, {4, 3, 2, 3, 3, 3}, {2, 2, 2, 1, 2, 2}, {2, 4, 3, 3, 3, 2},
	} {
		d.Ratings = append(d.Ratings, dataset.Series{Values: column})
	}
	component := func(id string, values ...float64) dataset.Component {
		return dataset.Component{ID: id, Label: id, Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: nan, Series: dataset.Series{Values: values}}
	}
	d.ValueScore = []dataset.Component{
		component("purchase", 9, 8, 3, 2, 5, 6), component("reputation", 8, 6, 4, 3, 5, 7), component("information", 7, 5, 5, 2, 6, 5),
		component("knowledge", 6, 4, 4, 1, 4, 5), component("transaction", 8, 6, 3, 2, 4, 4),
	}
	d.Match = []dataset.Component{
		component("positioning", 8, 3, 8, 2, 6, 5), component("ability", 9, 4, 7, 3, 7, 5), component("value_match", 7, 4, 8, 4, 5, 5),
	}
	return d
}

// wide lays a dataset out as one sheet with a row per customer: a title row, a
// header in row 3, and the places of every series set.
func wide(t testing.TB, d *dataset.Dataset) *book {
	t.Helper()
	f := excelize.NewFile()
	const sheet, header = "My data", 3
	must(t, f.SetSheetName("Sheet1", sheet))
	must(t, f.SetCellStr(sheet, "A1", "Customer survey"))
	n := d.Customers.Len()
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(header + 1 + i)
	}
	col := 0
	put := func(head string, value func(i int) any) dataset.Place {
		col++
		must(t, f.SetCellStr(sheet, address(col, header), head))
		for i := range n {
			setAny(t, f, sheet, address(col, header+1+i), value(i))
		}
		return dataset.Place{Sheet: sheet, Col: col, Rows: rows}
	}
	d.Customers.Place = put("ID", func(i int) any { return d.Customers.ID[i] })
	put("Name", func(i int) any { return d.Customers.Label(i) })
	fill := func(head string, s *dataset.Series) {
		if s.Given() {
			s.Place = put(head, func(i int) any { return cellOf(*s, i) })
		}
	}
	for k, supplier := range d.Suppliers {
		for a, attribute := range d.Attributes {
			fill(supplier.Name+" "+attribute.Label, &d.Ratings[k*len(d.Attributes)+a])
		}
	}
	for i := range d.ValueScore {
		fill("Value: "+d.ValueScore[i].Label, &d.ValueScore[i].Series)
	}
	for i := range d.Match {
		fill("Fit: "+d.Match[i].Label, &d.Match[i].Series)
	}
	if d.FirmValue.Given() {
		fill(d.FirmLabel, &d.FirmValue)
	}
	d.Receipt = dataset.Receipt{File: "test.xlsx", Format: "xlsx", Layout: dataset.LayoutWide, SHA256: "0123456789abcdef", Tables: []dataset.Table{{
		Sheet: sheet, FirstRow: header, FirstCol: 1, LastRow: header + n, LastCol: col, HeaderRows: []int{header}, Role: dataset.TableWide, RowsRead: n}}}
	return &book{f, d}
}

// cellOf returns what stands in the cell of a series: the text of a cell that
// was converted or rejected, else the number.
func cellOf(s dataset.Series, i int) any {
	for _, a := range s.AsRead {
		if a.Customer == i {
			return a.Got
		}
	}
	if math.IsNaN(s.Values[i]) {
		return nil
	}
	return s.Values[i]
}

func setAny(t testing.TB, f *excelize.File, sheet, cell string, v any) {
	t.Helper()
	switch v := v.(type) {
	case nil:
	case string:
		must(t, f.SetCellStr(sheet, cell, v))
	default:
		must(t, f.SetCellValue(sheet, cell, v))
	}
}

// long lays the ratings out as one row per rating on a sheet of their own.
func long(t testing.TB, d *dataset.Dataset) *book {
	t.Helper()
	b := wide(t, d)
	const sheet = "Ratings"
	_, err := b.file.NewSheet(sheet)
	must(t, err)
	for c, head := range []string{"Customer", "Supplier", "Attribute", "Rating"} {
		must(t, b.file.SetCellStr(sheet, address(c+1, 1), head))
	}
	row := 1
	for k := range d.Ratings {
		s := &d.Ratings[k]
		rows := make([]int32, len(s.Values))
		for i := range s.Values {
			v := cellOf(*s, i)
			if v == nil {
				continue
			}
			row++
			rows[i] = int32(row)
			setAny(t, b.file, sheet, address(1, row), d.Customers.ID[i])
			setAny(t, b.file, sheet, address(2, row), d.Suppliers[k/len(d.Attributes)].Name)
			setAny(t, b.file, sheet, address(3, row), d.Attributes[k%len(d.Attributes)].ID)
			setAny(t, b.file, sheet, address(4, row), v)
		}
		s.Place = dataset.Place{Sheet: sheet, Col: 4, Rows: rows}
	}
	return b
}

func address(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b *book) bytes(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	must(t, b.file.Write(&buf))
	return buf.Bytes()
}

// report analyses the book's data.
func (b *book) report(o analysis.Options) *report.Report {
	return report.Build(b.data, analysis.Analyse(b.data, o), report.Meta{Version: "test"})
}

func writer(t testing.TB) *wording.Writer { return writerIn(t, "en") }

// writerIn returns a writer with the texts of a language of the project.
func writerIn(t testing.TB, language string) *wording.Writer {
	t.Helper()
	c := wording.NewCatalogue(language)
	files, err := filepath.Glob("../../templates/wording/" + language + "/*.yaml")
	must(t, err)
	for _, name := range files {
		data, err := os.ReadFile(name)
		must(t, err)
		must(t, c.Load(name, data))
	}
	w, err := wording.NewWriter(c, "", "EUR")
	must(t, err)
	return w
}

// annotated annotates a book with the given options.
func annotated(t testing.TB, b *book, o analysis.Options) []byte {
	t.Helper()
	out, _, err := Annotate(b.bytes(t), ".xlsx", b.report(o), writer(t))
	must(t, err)
	return out
}
