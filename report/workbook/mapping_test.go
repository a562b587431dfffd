package workbook

import (
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

// content is all of a dataset but how it was found: what is a guess, what was remarked, the receipt.
func content(d *dataset.Dataset) string {
	c := *d
	c.Findings, c.Receipt = nil, dataset.Receipt{}
	c.Attributes = slices.Clone(d.Attributes)
	for i := range c.Attributes {
		c.Attributes[i].Scale.Inferred, c.Attributes[i].Ref = false, dataset.Ref{}
	}
	for _, parts := range []*[]dataset.Component{&c.Match, &c.ValueScore} {
		*parts = slices.Clone(*parts)
		for i := range *parts {
			(*parts)[i].Scale.Inferred = false
		}
	}
	c.WorthScale.Inferred = false
	offers := ""
	if c.Offers != nil {
		offers, c.Offers = fmt.Sprint(*c.Offers), nil
	}
	return strings.ReplaceAll(fmt.Sprintf("%+v %s", c, offers), "+Inf", "")
}

// roundTrip reads a workbook, reads it again by the mapping of what was read, and compares.
func roundTrip(t *testing.T, path string) {
	t.Helper()
	first, err := Read(path, Options{})
	must(t, err)
	mapping := first.Mapping()
	for i := range mapping.Attributes {
		mapping.Attributes[i].From = "valuebook.yaml:1"
	}
	second, err := Read(path, Options{Mapping: mapping})
	must(t, err)
	if a, b := content(first), content(second); a != b {
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		t.Errorf("the mapping of what was read gives another dataset, first at\n  %s\n  %s", around(a, i), around(b, i))
	}
	for _, f := range second.Findings {
		if strings.HasPrefix(f.Code, "mapping-") {
			t.Errorf("%s %s %v", f.Code, f.Ref, f.Args)
		}
	}
}

func around(text string, i int) string { return text[max(0, i-120):min(len(text), i+120)] }

// A workbook that is read by the mapping of what was read gives the same dataset.
func TestMappingRoundTrip(t *testing.T) {
	for _, pattern := range []string{"../../samples/*.xlsx", "../../samples/published/*.xlsx"} {
		paths, err := filepath.Glob(pattern)
		must(t, err)
		if len(paths) == 0 {
			t.Errorf("no workbook %s", pattern)
		}
		for _, path := range paths {
			t.Run(filepath.Base(path), func(t *testing.T) { roundTrip(t, path) })
		}
	}
}

func TestMappingRoundTripOfPracticeWorkbooks(t *testing.T) {
	n := 0
	err := filepath.WalkDir(filepath.Join(golden.Practice(t), "workbooks"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.EqualFold(filepath.Ext(path), ".md") {
			return err
		}
		if info, err := entry.Info(); err != nil || info.Size() > 300_000 {
			return err // the large ones are of the same kinds
		}
		n++
		t.Run(fmt.Sprint(n), func(t *testing.T) { roundTrip(t, path) })
		return nil
	})
	must(t, err)
}

// What a mapping says is obeyed, whatever the workbook looks like.
func TestMappingIsObeyed(t *testing.T) {
	book := []byte("Client,Code,Score 1,Score 2,Fairness,Town\nAda,7,4,2,10,Bern\nBo,8,5,3,1,Rom\nCy,9,3,1,5,Ulm\n")
	one := dataset.Scale{Lo: 1, Hi: 5}
	mapping := dataset.Mapping{
		Attributes: []dataset.MappedAttribute{
			{Name: "Service", Side: "benefit", Scale: one, Direction: "up", Weight: 70, From: "valuebook.yaml:4"},
			{Name: "Quality", Side: "benefit", Scale: dataset.Scale{Lo: 0, Hi: 10}, Direction: "up", Weight: 30},
			{Name: "Price", Side: "cost", Scale: dataset.Scale{Lo: 1, Hi: 10}, Direction: "down", Weight: math.NaN()},
		},
		Tables: []dataset.MappedTable{{Sheet: "book", Role: dataset.TableWide, From: "valuebook.yaml:8", Columns: []dataset.MappedColumn{
			{Header: "Code", Role: dataset.ColumnID, From: "valuebook.yaml:9"},
			{Header: "Client", Role: dataset.ColumnName},
			{Header: "Score 1", Role: dataset.ColumnRating, Attribute: "Service", Supplier: "Rival"},
			{Header: "Score 2", Role: dataset.ColumnRating, Attribute: "Quality", Supplier: "Rival"},
			{Header: "Fairness", Role: dataset.ColumnRating, Attribute: "Price", Supplier: "Nordwind"},
			{Header: "Town", Role: dataset.ColumnSegment},
		}}},
	}
	d := ReadBytes("book.csv", book, Options{Mapping: mapping, Own: "Nordwind"})
	if got := strings.Join(d.Customers.ID, " "); got != "7 8 9" {
		t.Errorf("the customers are %q", got)
	}
	if got := fmt.Sprint(d.Customers.Name, d.Customers.Segment); got != "[Ada Bo Cy] [Bern Rom Ulm]" {
		t.Error(got)
	}
	if got := names(d); got != "Nordwind*,Rival" {
		t.Errorf("suppliers %q", got)
	}
	var attributes []string
	for _, a := range d.Attributes {
		attributes = append(attributes, fmt.Sprintf("%s %s %g-%g %v %v", a.Label, a.Side, a.Scale.Lo, a.Scale.Hi, a.Down, a.Weight))
	}
	want := "Service benefit 1-5 false 70, Quality benefit 0-10 false 30, Price cost 1-10 true NaN"
	if got := strings.Join(attributes, ", "); got != want {
		t.Errorf("attributes\n  %s\nwant\n  %s", got, want)
	}
	if got := d.Rating(1, 0).Values; fmt.Sprint(got) != "[4 5 3]" {
		t.Errorf("ratings of the rival's service %v", got)
	}
	for _, c := range d.Receipt.Tables[0].Columns {
		if c.Guess || c.Confidence != 1 || c.Why != whyGiven {
			t.Errorf("%s: guess %v, %v, %s", c.Header, c.Guess, c.Confidence, c.Why)
		}
	}
	if from := d.Receipt.Tables[0].Columns[1].Given; from != "valuebook.yaml:9" {
		t.Errorf("the column of the identifiers is given by %q", from)
	}
	wantFindings(t, d)
}

// What a mapping names and the workbook does not have is said, and the rest is read.
func TestMappingOfOtherWorkbook(t *testing.T) {
	book := []byte("Customer,Benefit: Service [1-5],Cost: Price [1-5]\nAda,4,2\nBo,5,3\n")
	d := ReadBytes("book.csv", book, Options{Mapping: dataset.Mapping{Tables: []dataset.MappedTable{
		{Sheet: "Survey", From: "valuebook.yaml:3"},
		{Sheet: "bo*", Columns: []dataset.MappedColumn{{Header: "Town", Role: dataset.ColumnSegment, From: "valuebook.yaml:6"}}},
	}}})
	wantFindings(t, d, "error mapping-sheet-not-found", "error mapping-column-not-found book!1")
	if d.Customers.Len() != 2 || len(d.Attributes) != 2 {
		t.Errorf("%d customers, %d attributes", d.Customers.Len(), len(d.Attributes))
	}
	needs := ReadBytes("book.csv", book, Options{Mapping: dataset.Mapping{Tables: []dataset.MappedTable{{Sheet: "book", Role: dataset.TableTransactions}}}})
	if got := fmt.Sprint(found(needs)); !strings.Contains(got, codeMappingNeeds) {
		t.Error(got)
	}
}

// No role that is given to a table or a column that does not fit it makes the reading fail.
func TestMappingNeverFails(t *testing.T) {
	book := []byte("Customer,Date,Service,Text,Amount\nAda,2026-03-01,4,good,12\nBo,x,5,,\n")
	for _, table := range TableRoles() {
		for _, first := range ColumnRoles() {
			ReadBytes("book.csv", book, Options{Mapping: dataset.Mapping{Tables: []dataset.MappedTable{{
				Sheet: "book", Role: dataset.TableRole(table), Columns: []dataset.MappedColumn{
					{Col: 1, Role: dataset.ColumnID}, {Col: 2, Role: dataset.ColumnRole(first)}, {Col: 3, Role: dataset.ColumnRating},
				}}}}})
		}
	}
}
