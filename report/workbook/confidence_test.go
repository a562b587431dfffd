package workbook

import (
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// recogniseText recognises the grids of texts as gridOf reads them, named Sheet1, Sheet2 ...
func recogniseText(t *testing.T, o Options, texts ...string) *dataset.Dataset {
	t.Helper()
	book := grid.Book{Format: "xlsx"}
	for i, text := range texts {
		g := gridOf(text)
		g.Sheet = "Sheet" + string(rune('1'+i))
		book.Grids = append(book.Grids, g)
	}
	d := Recognise(book, o)
	checkDataset(t, d)
	return d
}

func TestConfidence(t *testing.T) {
	for _, test := range []struct {
		name, text string
		role       dataset.TableRole
		lo, hi     float64
		runner     dataset.TableRole
	}{
		{"declared ratings", "Customer ID\tBenefit: Service\tCost: Price\nA\t4\t3\nB\t5\t2\nC\t3\t3", dataset.TableWide, 0.95, 1, ""},
		{"guessed ratings", "Firm\tQuality\tGlow\tPrice\tFoo\nA x\t4\t3\t2\t1\nB y\t5\t2\t2\t2\nC z\t3\t3\t4\t5", dataset.TableWide, 0.3, 0.9, ""},
		{"purchases", "Customer\tDate\tAmount\nA\t@45000\t12\nB\t@45001\t30\nA\t@45002\t31\nB\t@45003\t11", dataset.TableTransactions, 0.7, 1, dataset.TableCustomers},
		{"customers", "Customer\tRegion\nA\tNorth\nB\tSouth\nC\tNorth", dataset.TableCustomers, 0.95, 1, ""},
	} {
		d := recogniseText(t, Options{}, test.text)
		got := d.Receipt.Tables[0]
		if got.Role != test.role || got.Confidence < test.lo || got.Confidence > test.hi || got.RunnerUp != test.runner {
			t.Errorf("%s: %s with %v before %q", test.name, got.Role, got.Confidence, got.RunnerUp)
		}
	}
}
