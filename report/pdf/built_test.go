package pdf_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
)

// survey makes a dataset as reading makes it: n customers in four segments,
// who rate us and two rivals.
func survey(n int, seed uint64) *dataset.Dataset {
	rng := rand.New(rand.NewPCG(seed, 2))
	d := &dataset.Dataset{Period: "2026-10", AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), Currency: "EUR"}
	d.Receipt = dataset.Receipt{File: "customers.xlsx", SHA256: "8a3f1c2e90d14b7788aa00112233445566778899aabbccddeeff001122334455", Format: "xlsx", Layout: dataset.LayoutSheets}
	one := dataset.Scale{Lo: 1, Hi: 5}
	attribute := func(label string, side dataset.Side, group dataset.Group, weight float64) {
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: label, Label: label, Side: side, Group: group, Scale: one, Weight: weight})
	}
	attribute("Product quality", dataset.Benefit, dataset.Product, 34)
	attribute("Service", dataset.Benefit, dataset.Service, 26)
	attribute("Delivery reliability", dataset.Benefit, dataset.Service, 18)
	attribute("Staff competence", dataset.Benefit, dataset.Personnel, 15)
	attribute("Image", dataset.Benefit, dataset.Image, 7)
	attribute("Price", dataset.Cost, dataset.Monetary, 60)
	attribute("Ordering effort", dataset.Cost, dataset.Energy, 25)
	attribute("Waiting time", dataset.Cost, dataset.TimeCost, 15)
	d.Suppliers = []dataset.Supplier{{Name: "Larkspur Supply", Own: true}, {Name: "Nordwind"}, {Name: "Sulzberg"}}
	list := customers(n, seed)
	for i, c := range list {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("C%03d", i+1))
		d.Customers.Name = append(d.Customers.Name, c.name)
		d.Customers.Segment = append(d.Customers.Segment, []string{"North", "South", "East", "West"}[i%4])
		d.Customers.Revenue = append(d.Customers.Revenue, math.Round(20000*math.Exp(rng.NormFloat64())))
	}
	base := [3][8]float64{{4.1, 4.0, 3.4, 3.8, 3.5, 3.3, 2.6, 2.4}, {3.7, 3.3, 3.6, 3.6, 3.6, 2.9, 2.6, 2.6}, {3.1, 3.0, 3.3, 3.2, 2.9, 2.0, 2.9, 2.5}}
	mood := make([]float64, n)
	for i := range mood {
		mood[i] = 0.5 * rng.NormFloat64()
	}
	for s := range d.Suppliers {
		for a := range d.Attributes {
			values := make([]float64, n)
			for i := range values {
				values[i] = min(5, max(1, math.Round(base[s][a]+mood[i]+0.7*rng.NormFloat64())))
				if rng.Float64() < 0.05 {
					values[i] = math.NaN()
				}
			}
			d.Ratings = append(d.Ratings, dataset.Series{Values: values})
		}
	}
	component := func(id string, centre func(customer) float64) dataset.Component {
		values := make([]float64, n)
		for i, c := range list {
			values[i] = min(10, max(0, math.Round(centre(c)/10+1.2*rng.NormFloat64())))
		}
		return dataset.Component{ID: id, Label: id, Weight: math.NaN(), Series: dataset.Series{Values: values}, Scale: dataset.Scale{Lo: 0, Hi: 10}}
	}
	for _, id := range []string{"purchase", "reputation", "information", "knowledge", "transaction"} {
		d.ValueScore = append(d.ValueScore, component(id, func(c customer) float64 { return c.x }))
	}
	for _, id := range []string{"positioning", "ability", "value_match"} {
		d.Match = append(d.Match, component(id, func(c customer) float64 { return c.y }))
	}
	return d
}

// built is a report made of a dataset by the program itself.
func built(d *dataset.Dataset) *report.Report {
	return report.Build(d, analysis.Analyse(d, analysis.DefaultOptions()), report.Meta{Company: "Larkspur Supply", Version: "0.1"})
}
