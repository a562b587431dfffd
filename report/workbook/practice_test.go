package workbook

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// The outline of a workbook holds none of its texts.
func TestOutlineHoldsNoText(t *testing.T) {
	secret := "Geheimtext"
	data := linesOf("Kunde "+secret+",Service "+secret+",Price "+secret, secret+"1,4,3", secret+"2,5,x"+secret, secret+"3,2,1")
	if text := outline(ReadBytes(secret+".csv", data, Options{})); strings.Contains(text, secret) {
		t.Error(text)
	}
}

func linesOf(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

// outline is one block: a line for the file, one for what was made of it, one for each table and role of its
// columns, one for each finding.
func outline(d *dataset.Dataset) string {
	var out bytes.Buffer
	r := d.Receipt
	fmt.Fprintf(&out, "%s %s %s\n", r.SHA256, r.Format, r.Layout)
	fmt.Fprintf(&out, "  customers %d, attributes %d, suppliers %d, periods %d, purchases %d", d.Customers.Len(), len(d.Attributes),
		len(d.Suppliers), len(d.Periods), d.Transactions.Len())
	if d.Offers != nil {
		fmt.Fprintf(&out, ", offers %d", len(d.Offers.Name))
	}
	fmt.Fprintf(&out, ", sheets without a table %d\n", len(r.Unused))
	sheets := map[string]int{}
	for _, t := range r.Tables {
		if sheets[t.Sheet] == 0 {
			sheets[t.Sheet] = len(sheets) + 1
		}
		outlineTable(&out, t, sheets[t.Sheet])
	}
	for _, f := range d.Findings {
		place := f.Ref.Cell()
		if sheet := sheets[f.Ref.Sheet]; sheet > 0 {
			place = strings.TrimSpace(fmt.Sprintf("s%d %s", sheet, place))
		}
		line := fmt.Sprintf("  %s %s %s", f.Severity, f.Code, place)
		if f.Count > 1 {
			line = fmt.Sprintf("%s (%d)", line, f.Count)
		}
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return out.String()
}

func outlineTable(out *bytes.Buffer, t dataset.Table, sheet int) {
	fmt.Fprintf(out, "  s%d %s%d:%s%d %s, header %s, rows %d", sheet, dataset.ColumnLetters(t.FirstCol), t.FirstRow,
		dataset.ColumnLetters(t.LastCol), t.LastRow, t.Role, joined(t.HeaderRows), t.RowsRead)
	counts := map[string]int{}
	for _, s := range t.Skipped {
		counts[s.Why]++
	}
	whys := make([]string, 0, len(counts))
	for why := range counts {
		whys = append(whys, why)
	}
	slices.Sort(whys)
	for _, why := range whys {
		fmt.Fprintf(out, ", %s %d", why, counts[why])
	}
	for _, n := range []struct {
		what  string
		count int
	}{{"hidden", t.HiddenRows}, {"converted", t.Converted}, {"rejected", t.Rejected}} {
		if n.count > 0 {
			fmt.Fprintf(out, ", %s %d", n.what, n.count)
		}
	}
	out.WriteString("\n")
	outlineColumns(out, t.Columns)
}

// outlineColumns joins the columns that were taken for the same for the same reason.
func outlineColumns(out *bytes.Buffer, columns []dataset.Column) {
	var order []string
	places := map[string][]int{}
	for _, c := range columns {
		what := string(c.Role)
		if c.Scale.Bounded() {
			what += fmt.Sprintf(" %g-%g", c.Scale.Lo, c.Scale.Hi)
		}
		if c.Supplier != "" {
			what += " of a supplier"
		}
		if c.Down {
			what += " down"
		}
		if c.Guess {
			what += " guess"
		}
		if c.Why != "" {
			what += ", " + c.Why
		}
		if places[what] == nil {
			order = append(order, what)
		}
		places[what] = append(places[what], c.Col)
	}
	for _, what := range order {
		fmt.Fprintf(out, "    %s: %s\n", runs(places[what]), what)
	}
}

// runs writes columns with neighbours joined: "A C-F".
func runs(cols []int) string {
	var parts []string
	for i := 0; i < len(cols); {
		k := i
		for k+1 < len(cols) && cols[k+1] == cols[k]+1 {
			k++
		}
		part := dataset.ColumnLetters(cols[i])
		if k > i {
			part += "-" + dataset.ColumnLetters(cols[k])
		}
		parts = append(parts, part)
		i = k + 1
	}
	return strings.Join(parts, " ")
}

func joined(rows []int) string {
	var texts []string
	for _, row := range rows {
		texts = append(texts, fmt.Sprint(row))
	}
	return strings.Join(texts, "+")
}

// The golden file has a block for every file of the folder, and no text that only a file could have given it.
func TestPracticeGoldenIsWhole(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "practice.txt"))
	must(t, err)
	blocks := strings.Split(strings.TrimSpace(string(data)), "\n\n")
	if len(blocks) != 37 {
		t.Errorf("%d blocks, want 37", len(blocks))
	}
	for _, block := range blocks {
		if sum, _, _ := strings.Cut(block, " "); len(sum) != 64 {
			t.Errorf("a block begins with %q", sum)
		}
	}
}
