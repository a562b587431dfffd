package grid

import (
	"fmt"
	"math"
	"math/rand"
	"testing"
)

// A mixture makes cells of one column: most of one kind, some of others.
func mixture(r *rand.Rand, style int, col int32) Cell {
	c := Cell{Col: col}
	if style > 0 && r.Intn(400) == 0 {
		style = r.Intn(8)
	}
	switch style {
	case 0:
		return c
	case 1:
		c.Kind, c.Num = Number, float64(r.Intn(10))/2
	case 2:
		c.Kind, c.Num = Number, r.NormFloat64()*1e7
	case 3:
		c.Kind, c.Text = Text, fmt.Sprint("name ", r.Intn(1e6))
	case 4:
		c.Kind, c.Text = Text, fmt.Sprint("group ", r.Intn(5))
	case 5:
		c.Kind, c.Num, c.Percent = Number, float64(r.Intn(100))/100, true
	case 6:
		c.Kind, c.Num, c.Plain = Number, float64(r.Intn(1000))/10, true
		c.Text = fmt.Sprint(c.Num)
	case 7:
		c.Kind, c.Num = Date, float64(40000+r.Intn(9000))
	}
	return c
}

// build makes a grid of rows and columns of cells, with some rows left out, and returns the cells by row and column too.
func build(r *rand.Rand, rows, cols int) (Grid, map[[2]int]Cell) {
	b, cells := NewBuilder(Grid{Sheet: "S"}), map[[2]int]Cell{}
	styles := make([]int, cols)
	for i := range styles {
		styles[i] = r.Intn(8)
	}
	for row := 1; row <= rows; row++ {
		if row > 3000 && row%7 == 0 {
			continue
		}
		b.Row(row, false)
		for col := 1; col <= cols; col++ {
			c := mixture(r, styles[col-1], int32(col))
			b.Add(c)
			if !c.IsEmpty() {
				cells[[2]int{row, col}] = c
			}
		}
	}
	return b.Grid(), cells
}

func TestStretchesSayWhatTheirCellsHold(t *testing.T) {
	for seed := range int64(12) {
		r := rand.New(rand.NewSource(seed))
		rows, cols := 5000, 1+r.Intn(6)
		g, cells := build(r, rows, cols)
		for col := 1; col <= cols; col++ {
			checkColumn(t, &g, cells, rows, col)
		}
	}
}

// checkColumn holds what a column says of its cells, one by one and of many at once, against the cells that were put in.
func checkColumn(t *testing.T, g *Grid, cells map[[2]int]Cell, rows, col int) {
	t.Helper()
	c, reader := g.Column(col), g.Column(col)
	all, x := make([]int32, rows+10), make([]float64, rows+10)
	for row := range all {
		all[row] = int32(row)
	}
	last, kinds := 0, Kinds(0)
	for row := 1; row < len(all); row++ {
		want := cells[[2]int{row, col}]
		want.Col = int32(col)
		if got := c.At(row); got != want {
			t.Fatalf("row %d: %+v, want %+v", row, got, want)
		}
		if row > last {
			if kinds, last = reader.Stretch(row); last < row {
				t.Fatalf("row %d: a stretch to row %d", row, last)
			}
		}
		simple := want.Kind == Number && !want.Percent
		if !kinds.Has(want.Kind) || kinds.OnlyNumbers() && !simple || want.Kind == Text && !kinds.Ambiguous() || want.Percent && !kinds.Ambiguous() {
			t.Fatalf("row %d: %+v in a stretch of %b", row, want, kinds)
		}
		if id, ok := c.TextID(row); ok != (want.Kind == Text) || ok && c.Text(id) != want.Text {
			t.Fatalf("row %d: text %d, %v", row, id, ok)
		}
		if n := Numbers(reader, all[row:row+1], x); n > 0 && (!simple || x[0] != want.Num) || n == 0 && kinds.OnlyNumbers() {
			t.Fatalf("row %d: read %d, %v, want %+v", row, n, x[0], want)
		}
	}
	n := Numbers(reader, all[1:], x)
	for row := 1; row <= n; row++ {
		if want := cells[[2]int{row, col}].Num; math.Float64bits(x[row-1]) != math.Float64bits(want) {
			t.Fatalf("row %d: %v, want %v", row, x[row-1], want)
		}
	}
}

func TestNumbersOfTextFilesComeBackAsTheyWereWritten(t *testing.T) {
	texts := []string{"0", "5", "-5", "4.5", "4.50", "0.5", "-0.5", "-0", "0.0", "1.234", "1234567890123456", "123456789.12", "99999999999999.5", "0.000001", "0.0000001", "1000000"}
	b := NewBuilder(Grid{})
	for i, text := range texts {
		b.Row(i+1, false)
		b.Plain(1, Number, []byte(text))
	}
	g := b.Grid()
	for i, text := range texts {
		if got := g.At(i+1, 1); got.Text != text || got.Kind != Number || !got.Plain || fmt.Sprint(got.Num) != fmt.Sprint(parse(t, text)) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func parse(t *testing.T, text string) (x float64) {
	t.Helper()
	if _, err := fmt.Sscan(text, &x); err != nil {
		t.Fatal(err)
	}
	return x
}
