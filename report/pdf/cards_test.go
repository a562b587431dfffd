package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

// whole is the report of a dataset.
func whole(d *dataset.Dataset) *report.Report {
	return report.Build(d, analysis.Analyse(d, analysis.DefaultOptions()), report.Meta{Company: "Larkspur Supply", Version: "0.1"})
}

// buyers is a dataset of purchases alone.
func buyers() *dataset.Dataset {
	d := &dataset.Dataset{Currency: "EUR", AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}
	d.Receipt = dataset.Receipt{File: "purchases.csv"}
	for i := range 30 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("C%02d", i+1))
		for k := range 2 + i%9 {
			d.Transactions.Customer = append(d.Transactions.Customer, int32(i))
			d.Transactions.Date = append(d.Transactions.Date, time.Date(2025, time.Month(2+i%5+k*2), 3+i%20, 0, 0, 0, 0, time.UTC))
			d.Transactions.Revenue = append(d.Transactions.Revenue, float64(100+37*i+11*k))
			d.Transactions.Cost = append(d.Transactions.Cost, math.NaN())
			d.Transactions.Kind = append(d.Transactions.Kind, dataset.KindSale)
			d.Transactions.Order = append(d.Transactions.Order, "")
			d.Transactions.Sheet = append(d.Transactions.Sheet, 0)
			d.Transactions.Row = append(d.Transactions.Row, int32(2+len(d.Transactions.Row)))
		}
	}
	d.Transactions.Sheets = []string{"Purchases"}
	return d
}

// cardReports are reports with the customer whose page is held.
var cardReports = []struct {
	name     string
	make     func() *report.Report
	customer int
}{
	{"card", func() *report.Report { return made["built"]() }, 3},
	{"card-one", sync.OnceValue(func() *report.Report { return whole(survey(1, 3)) }), 0},
	{"card-hostile", sync.OnceValue(hostileCard), 1},
	{"card-alone", func() *report.Report { return made["no rival"]() }, 7},
	{"card-purchases", sync.OnceValue(func() *report.Report { return whole(buyers()) }), 11},
}

// hostileCard has names that are long, empty-looking, right to left, or beyond
// what the library draws.
func hostileCard() *report.Report {
	d := survey(12, 4)
	d.Customers.Name[1] = strings.Repeat("Donaudampfschifffahrtsgesellschaft ", 8) + "🙂 \u202egro.live\x00 שלום (a) \\"
	d.Customers.Segment[1] = strings.Repeat("wide ", 60)
	d.Attributes[0].Label = strings.Repeat("Very long attribute ", 10)
	d.Suppliers[1].Name = strings.Repeat("Rival", 40)
	return whole(d)
}

func TestCardTrees(t *testing.T) {
	for _, c := range cardReports {
		t.Run(c.name, func(t *testing.T) {
			r := c.make()
			pages := pdf.CardPages(r, r.Cards().Card(c.customer), words(t), pdf.Options{Theme: pdf.DefaultTheme()})
			if len(pages) != 1 {
				t.Fatalf("%d pages", len(pages))
			}
			golden.Equal(t, c.name+".tree", []byte(pages[0].String()))
			within(t, pages[0].Boxes, 279)
		})
	}
}

// within checks that no box but the foot reaches below the content's end.
func within(t *testing.T, boxes []pdf.Box, bottom float64) {
	t.Helper()
	for _, b := range boxes {
		if b.Y < bottom && b.Y+b.H > bottom+0.1 && b.Role != pdf.RoleFurniture {
			t.Errorf("%s %q ends at %.1f", b.Role, b.Text, b.Y+b.H)
		}
		within(t, b.Kids, bottom)
	}
}

// TestCardsDraw draws the pages of every report, of many customers the first 40,
// twice: the same bytes, whichever plate draws them.
func TestCardsDraw(t *testing.T) {
	for _, c := range cardReports {
		press, err := pdf.NewPress(c.make(), words(t), pdf.Options{Theme: pdf.DefaultTheme(), Draft: true})
		if err != nil {
			t.Fatal(err)
		}
		var first, second, book, again bytes.Buffer
		all := make([]int, min(40, press.Len()))
		for i := range all {
			all[i] = i
		}
		for _, w := range []*bytes.Buffer{&first, &second} {
			if err := press.Card(w, c.customer); err != nil {
				t.Fatal(c.name, err)
			}
		}
		n := 0
		for _, w := range []*bytes.Buffer{&book, &again} {
			if err := press.Book(context.Background(), w, c.name, all, func() { n++ }); err != nil {
				t.Fatal(c.name, err)
			}
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) || !bytes.Equal(book.Bytes(), again.Bytes()) {
			t.Errorf("%s: two runs give different bytes", c.name)
		}
		if n != 2*len(all) {
			t.Errorf("%s: progress %d times for %d pages", c.name, n, 2*len(all))
		}
		if first.Len() > 40_000 {
			t.Errorf("%s: one page takes %d bytes", c.name, first.Len())
		}
	}
}

// TestBookStops checks that a cancelled book is an error and comes to an end.
func TestBookStops(t *testing.T) {
	press := newPress(t, "built")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := press.Book(ctx, &bytes.Buffer{}, "", []int{0, 1, 2}, nil); err == nil {
		t.Error("no error")
	}
}

// TestCardFiles lets other programs read pages, with a logo.
func TestCardFiles(t *testing.T) {
	theme := pdf.DefaultTheme()
	theme.Logo = "logo.png"
	press, err := pdf.NewPress(made["built"](), words(t), pdf.Options{Theme: theme, Logo: picture(t, color.NRGBA{10, 60, 90, 120})})
	if err != nil {
		t.Fatal(err)
	}
	var card, book bytes.Buffer
	if err := press.Card(&card, 3); err != nil {
		t.Fatal(err)
	}
	if err := press.Book(context.Background(), &book, "All", []int{0, 1, 2}, nil); err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{card.Bytes(), book.Bytes()} {
		if out := tool(t, data, "qpdf", "--check", "FILE"); !strings.Contains(out, "No syntax or stream encoding errors") {
			t.Error(out)
		}
	}
	text := tool(t, card.Bytes(), "pdftotext", "-layout", "FILE", "-")
	for _, want := range []string{press.Name(3), "What the value is made of", "Against rivals", "What to do"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page's text lacks %q", want)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(tool(t, card.Bytes(), "pdffonts", "FILE")), "\n")[2:] {
		if !strings.Contains(line, "yes yes yes") {
			t.Errorf("font not embedded, subset and with Unicode: %s", line)
		}
	}
}

// TestProtect checks that only the password opens a protected document.
func TestProtect(t *testing.T) {
	press := newPress(t, "built")
	var card bytes.Buffer
	if err := press.Card(&card, 0); err != nil {
		t.Fatal(err)
	}
	data, err := pdf.Protect(card.Bytes(), pdf.Protection{Password: "geheim ü", Print: true})
	if err != nil {
		t.Fatal(err)
	}
	out := tool(t, data, "qpdf", "--password=geheim ü", "--show-encryption", "FILE")
	for _, want := range []string{"R = 6", "AESv3", "extract for accessibility: allowed", "extract for any purpose: not allowed", "print high resolution: allowed", "modify anything: not allowed"} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	if bytes.Contains(data, []byte("Alder")) {
		t.Error("a name stands in the open")
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", "geheim"} {
		if exec.Command(golden.Tool(t, "qpdf"), "--password="+password, "--check", path).Run() == nil {
			t.Errorf("the password %q opens it", password)
		}
	}
}

// picture is a small logo with see-through parts.
func picture(t *testing.T, c color.NRGBA) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	for x := range 40 {
		img.Set(x, x/2, c)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestBookOfReports checks that reports stand one after another under
// bookmarks of their own.
func TestBookOfReports(t *testing.T) {
	r := made["built"]()
	divisions, ok := r.Divide("Segment")
	if !ok || len(divisions) != 4 {
		t.Fatalf("%d divisions", len(divisions))
	}
	var book bytes.Buffer
	err := pdf.RenderBook(&book, len(divisions), func(i int) *report.Report { return r.Division(divisions[i]) }, words(t), pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if out := tool(t, book.Bytes(), "qpdf", "--check", "FILE"); !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Error(out)
	}
	text := tool(t, book.Bytes(), "pdftotext", "-layout", "FILE", "-")
	for _, d := range divisions {
		if !strings.Contains(text, d.Name) {
			t.Errorf("lacks %q", d.Name)
		}
	}
}

// TestTightCardKeepsRowsApart holds that the rows of the charts keep their texts
// apart on a page that is full: with purchases and changes, on Letter paper.
func TestTightCardKeepsRowsApart(t *testing.T) {
	r := made["built"]()
	cards := r.Cards()
	bought := whole(buyers()).Cards().Card(11)
	for i := range 12 {
		card := cards.Card(i)
		card.Purchases, card.History = bought.Purchases, bought.History
		card.Since = dataset.Literal("Since the month before")
		for range 3 {
			card.Changed = append(card.Changed, dataset.Literal(strings.Repeat("Value changed mainly because the service is rated otherwise. ", 2)))
		}
		for _, page := range pdf.CardPages(r, card, words(t), pdf.Options{Theme: pdf.DefaultTheme(), Paper: "Letter"}) {
			for _, box := range figures(page.Boxes) {
				rows := len(box.Chart.Bars)
				if kind := box.Chart.Kind; kind != report.WaterfallChart && kind != report.PairedChart {
					continue
				}
				if need := (8.6*float64(rows) + 42) * 25.4 / 72; box.H < need-0.01 {
					t.Errorf("customer %d: %d rows stand on %.1f mm, want %.1f", i, rows, box.H, need)
				}
			}
		}
	}
}

// figures returns all charts among boxes.
func figures(boxes []pdf.Box) []pdf.Box {
	var found []pdf.Box
	for _, b := range boxes {
		if b.Chart != nil {
			found = append(found, b)
		}
		found = append(found, figures(b.Kids)...)
	}
	return found
}
