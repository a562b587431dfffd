package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A value is one cell read as a number: NaN when it was left out or is not used.
type value struct {
	x       float64
	got     string // the cell's text when it does not simply hold the number
	asRead  bool
	percent bool
	problem string // code of the finding, "" when all is well
}

// A numbers is a column read as numbers, one value per row asked for.
type numbers struct {
	values    []value
	converted int
}

// A decimal is the mark that separates decimals in texts, '.' or ',', 0 where nothing says it. One that is given counts whatever
// the column shows; any other only where the column does not tell.
type decimal struct {
	mark  byte
	given bool
}

// readNumbers reads cells of one column as numbers. Which decimal mark texts have is decided
// from all of them; fallback is what the rest of the table says, used only where the column
// does not tell. With a scale, a reading that only one of two marks brings into it decides too.
func readNumbers(cells []grid.Cell, scale dataset.Scale, fallback decimal) numbers {
	readings := make([]reading, len(cells))
	for i, cell := range cells {
		if cell.Kind == grid.Text && !missingText(cell.Text) || cell.Plain && cell.Kind == grid.Number {
			readings[i] = ParseNumber(cell.Text)
		}
	}
	mark := decimalMark(cells, readings, scale)
	if mark == 0 || fallback.given {
		mark = fallback.mark
	}
	n := numbers{values: make([]value, len(cells))}
	for i, cell := range cells {
		n.values[i] = readValue(cell, readings[i], mark)
		if v := n.values[i]; v.asRead && v.problem == "" && !math.IsNaN(v.x) {
			n.converted++
		}
	}
	return n
}

// decimalMark returns the decimal mark that the texts of a column show: '.' or ','; 0 when they
// fit both or contradict each other.
func decimalMark(cells []grid.Cell, readings []reading, scale dataset.Scale) byte {
	point, comma, either := 0, 0, 0
	for i, r := range readings {
		if cells[i].Kind != grid.Text && !cells[i].Plain || !r.ok() {
			continue
		}
		switch {
		case math.IsNaN(r.Comma):
			point++
		case math.IsNaN(r.Point):
			comma++
		case r.ambiguous() && inside(r.Point, scale) != inside(r.Comma, scale):
			if inside(r.Point, scale) {
				point++
			} else {
				comma++
			}
		case r.ambiguous():
			either++
		}
	}
	switch {
	case point > 0 && comma == 0:
		return '.'
	case comma > 0 && point == 0:
		return ','
	case either == 0 && comma+point == 0:
		return 0
	}
	return 0
}

// inside reports whether a number lies on a scale that has ends.
func inside(x float64, scale dataset.Scale) bool {
	return scale.Bounded() && x >= scale.Lo && x <= scale.Hi
}

// readValue reads one cell. A text that has only one reading is taken at that, whatever the
// column's mark.
func readValue(cell grid.Cell, r reading, mark byte) value {
	missing := value{x: math.NaN()}
	switch cell.Kind {
	case grid.Empty:
		if cell.NoValue {
			missing.problem, missing.asRead = codeCellNoValue, true
		}
		return missing
	case grid.ErrorValue:
		return value{x: math.NaN(), got: cell.Text, asRead: true, problem: codeCellError}
	case grid.Bool:
		return value{x: math.NaN(), got: cell.String(), asRead: true, problem: codeNumberText}
	case grid.Date:
		return value{x: math.NaN(), got: cell.String(), asRead: true, problem: codeRatingDate}
	case grid.Number:
		if !cell.Plain {
			return value{x: cell.Num, percent: cell.Percent}
		}
	case grid.Text:
		if missingText(cell.Text) {
			missing.asRead = true
			missing.got = cell.Text
			return missing
		}
	}
	return readReading(cell, r, mark)
}

func readReading(cell grid.Cell, r reading, mark byte) value {
	v := value{x: math.NaN(), got: strings.TrimSpace(cell.Text), asRead: true, percent: r.Percent}
	x, sure := r.only()
	switch {
	case !r.ok():
		v.problem = codeNumberText
	case sure:
		v.x = x
	case mark != 0 && !math.IsNaN(r.with(mark)):
		v.x = r.with(mark)
	default:
		v.problem = codeNumberAmbiguous
	}
	if cell.Kind == grid.Number && v.x == cell.Num {
		v.asRead, v.got = false, "" // a plain number of a text file
	}
	return v
}

// settlePercent brings a column to one unit: fractions that are shown as per cent become 0 to 100
// when the scale or the other values say so. It reports whether both kinds stood in the column.
func (n *numbers) settlePercent(scale dataset.Scale) (mixed bool) {
	percents, others, highest := 0, 0, math.Inf(-1)
	for _, v := range n.values {
		switch {
		case math.IsNaN(v.x):
		case v.percent:
			percents++
		default:
			others++
			highest = math.Max(highest, v.x)
		}
	}
	if percents == 0 {
		return false
	}
	hundred := scale.Bounded() && scale.Hi > 1.5 || !scale.Bounded() && others > 0 && highest > 1
	if hundred {
		for i := range n.values {
			if v := &n.values[i]; v.percent && !math.IsNaN(v.x) {
				v.x *= 100
				v.asRead = true
			}
		}
	}
	return others > 0
}

// allPercent reports whether every number of the column is shown as per cent.
func (n numbers) allPercent() bool {
	found := false
	for _, v := range n.values {
		if !math.IsNaN(v.x) {
			if !v.percent {
				return false
			}
			found = true
		}
	}
	return found
}
