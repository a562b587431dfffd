package report_test

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

var nan = math.NaN()

// goldenExample is a table of 6 customers, 3 benefits, 2 costs and 2 rivals,
// all on 1-5, whose results were computed by hand and by another program. C4
// did not rate our service.
func goldenExample() *dataset.Dataset {
	scale := dataset.Scale{Lo: 1, Hi: 5}
	attribute := func(id string, side dataset.Side, group dataset.Group, tangible dataset.Answer, weight float64) dataset.Attribute {
		return dataset.Attribute{ID: id, Label: id, Side: side, Group: group, Tangible: tangible, Scale: scale, Weight: weight}
	}
	d := &dataset.Dataset{
		Attributes: []dataset.Attribute{
			attribute("Quality", dataset.Benefit, dataset.Product, dataset.Yes, 50),
			attribute("Service", dataset.Benefit, dataset.Service, dataset.No, 30),
			attribute("Image", dataset.Benefit, dataset.Image, dataset.No, 20),
			attribute("Price", dataset.Cost, dataset.Monetary, dataset.Yes, 60),
			attribute("Effort", dataset.Cost, dataset.Access, dataset.No, 40),
		},
		Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "Rival A"}, {Name: "Rival B"}},
	}
	d.Customers.ID = []string{"C1", "C2", "C3", "C4", "C5", "C6"}
	d.Customers.Name = []string{"Arda", "Berg", "Cole", "Dahl", "Eder", "Falk"}
	d.Customers.Segment = []string{"North", "North", "South", "North", "South", "South"}
	d.Customers.Revenue = []float64{120000, 80000, 15000, 5000, 30000, 50000}
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

func TestQuick(t *testing.T) {
	d := goldenExample()
	r := analysis.Analyse(d, analysis.DefaultOptions())
	rep := report.Build(d, r, report.Meta{Version: "test"})
	c, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, _ := wording.NewWriter(c, "en", d.Currency)
	fmt.Println(dump(rep, w))
	for i := range d.Customers.ID {
		if i < 6 {
			fmt.Println(d.Customers.Label(i), w.Text(rep.Why(i)))
		}
	}
}
