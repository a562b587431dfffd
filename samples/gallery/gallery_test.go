package gallery_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"valuebook/report/dataset"
	"valuebook/report/receipt"
	"valuebook/report/wording"
	"valuebook/report/workbook"
	"valuebook/samples/gallery"
	"valuebook/samples/golden"
	"valuebook/templates"
)

const width = 80

func writer(t testing.TB) *wording.Writer {
	t.Helper()
	catalogue, err := templates.Catalogue("", nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := wording.NewWriter(catalogue, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// notYet are cases that are not read as they should be, with what is wrong. One that comes right must leave the list.
var notYet = map[string]string{}

// Every case is read as a careful person would want, said before anything was read, and says so as its golden text.
func TestCases(t *testing.T) {
	words := writer(t)
	for _, c := range gallery.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			d := workbook.ReadBytes(c.File, c.Data, workbook.Options{})
			wrong := differences(c, d)
			if _, known := notYet[c.Name]; known {
				if len(wrong) == 0 {
					t.Error("is read as it should be now: take it off the list")
				}
				return
			}
			for _, w := range wrong {
				t.Error(w)
			}
			if len(wrong) == 0 {
				golden.Equal(t, c.Name+".txt", []byte(page(c, d, words)))
			} else {
				t.Log("\n" + strings.Join(receipt.Lines(d, words, width), "\n"))
			}
		})
	}
}

// differences are what is not as the case wants it.
func differences(c gallery.Case, d *dataset.Dataset) []string {
	var all []string
	differ := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			all = append(all, fmt.Sprintf("%s %v, want %v", what, got, want))
		}
	}
	differ("layout", d.Receipt.Layout, c.Layout)
	differ("codes", codes(d), strings.Join(sorted(c.Codes), " "))
	n := d.Customers.Len()
	switch {
	case d.Offers != nil:
		n = len(d.Offers.Name)
	case c.Layout == "purchases":
		n = d.Transactions.Len()
	case c.Layout == "unknown":
		n = c.Rows
	}
	differ("rows", n, c.Rows)
	if c.Layout != "unknown" {
		differ("attributes", len(d.Attributes), c.Rated)
	}
	if c.Values != "" {
		differ("values", values(d), c.Values)
	}
	return all
}

func codes(d *dataset.Dataset) string {
	var all []string
	for _, f := range d.Findings {
		if !slices.Contains(all, f.Code) {
			all = append(all, f.Code)
		}
	}
	return strings.Join(sorted(all), " ")
}

func sorted(texts []string) []string {
	all := slices.Clone(texts)
	sort.Strings(all)
	return all
}

// values are the first attribute's ratings of ours or of the offers, or the first day of a purchase.
func values(d *dataset.Dataset) string {
	if d.Transactions.Len() > 0 {
		return d.Transactions.Date[0].Format("2006-01-02")
	}
	if len(d.Attributes) == 0 {
		return ""
	}
	var series []float64
	if d.Offers != nil {
		series = d.Offers.Values[0].Values
	} else if len(d.Suppliers) > 0 {
		series = d.Rating(0, 0).Values
	}
	var texts []string
	for _, x := range series {
		if math.IsNaN(x) {
			texts = append(texts, "-")
			continue
		}
		texts = append(texts, fmt.Sprintf("%g", x))
	}
	return strings.Join(texts, " ")
}

// page is a case as documentation: what the trap is, what was typed, what the user reads.
func page(c gallery.Case, d *dataset.Dataset, words *wording.Writer) string {
	var out strings.Builder
	out.WriteString(strings.Join(receipt.Wrap(c.Why, width), "\n") + "\n\n")
	out.WriteString("$ valuebook check '" + c.File + "'\n")
	for _, line := range receipt.Lines(d, words, width) {
		out.WriteString(line + "\n")
	}
	return out.String()
}

// No line is wider than a terminal, and none holds what would move its cursor.
func TestLinesFit(t *testing.T) {
	words := writer(t)
	long := strings.Repeat("Sehr langer Spaltenkopf ", 20)
	odd := []byte("Kunde\x1b[31m,Nutzen: " + long + ",Kosten: 価格が公正であること,b\u202eidi\nAda,4,2,x\nBo,5,99,y\n")
	inputs := map[string][]byte{"long": odd}
	for _, c := range gallery.Cases() {
		inputs[c.File+c.Name] = c.Data
	}
	for name, data := range inputs {
		for _, line := range receipt.Lines(workbook.ReadBytes("book.csv", data, workbook.Options{}), words, width) {
			if n := utf8.RuneCountInString(line); n > width && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%s: a line of %d letters: %s", name, n, line)
			}
			if strings.ContainsAny(line, "\x1b\t\u202e") {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

// README.md lists all cases with what is reported about them.
func TestIndex(t *testing.T) {
	var out strings.Builder
	out.WriteString("# The gallery\n\nSmall workbooks with one trap each, and what `valuebook check` says of them. [FINDINGS.md](FINDINGS.md) explains every finding.\n" +
		"This page is written by the tests of this folder (`make golden`).\n\n| case | the trap, and what to want | findings |\n|---|---|---|\n")
	for _, c := range gallery.Cases() {
		name := fmt.Sprintf("[%s](testdata/%s.txt)", c.Name, c.Name)
		if why, wrong := notYet[c.Name]; wrong {
			name = c.Name + " (not yet: " + why + ")"
		}
		var found []string
		for _, code := range sorted(c.Codes) {
			found = append(found, fmt.Sprintf("[%s](FINDINGS.md#%s)", code, code))
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", name, c.Why, strings.Join(found, " "))
	}
	golden.Equal(t, "../README.md", []byte(out.String()))
}

// Names are words joined by hyphens, each once, and every case tells its trap in whole sentences.
func TestCasesAreWellFormed(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, c := range gallery.Cases() {
		if !form.MatchString(c.Name) || seen[c.Name] || !strings.HasSuffix(c.Why, ".") {
			t.Errorf("%s", c.Name)
		}
		seen[c.Name] = true
	}
	if len(seen) < 40 {
		t.Errorf("%d cases, want at least 40", len(seen))
	}
}
