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
	return readCells(cellList(cells), scale, fallback, make([]float64, len(cells)))
}

// readCells is [readNumbers] for cells that are looked up as they are needed; x takes their numbers.
func readCells(cells cells, scale dataset.Scale, fallback decimal, x []float64) numbers {
	return readWords(nil, cells, scale, fallback, x)
}

// readWords is [readCells] for a column whose texts may be ratings in words; nil when they are not.
func readWords(words *worded, cells cells, scale dataset.Scale, fallback decimal, x []float64) numbers {
	mark := decimalMark(cells, scale)
	if mark == 0 || fallback.given {
		mark = fallback.mark
	}
	n := numbers{x: x}
	view, _ := cells.(cellView)
	for i := 0; i < len(x); i++ {
		if view.column != nil {
			if i += grid.Numbers(view.column, view.rows[i:], x[i:]); i == len(x) {
				break
			}
		}
		cell := cells.At(i)
		if cell.Kind == grid.Number && !cell.Plain {
			if x[i] = cell.Num; cell.Percent {
				n.add(i, value{x: cell.Num, percent: true})
			}
			continue
		}
		v, inWords := words.read(cell)
		if !inWords {
			v = readValue(cell, readingOf(cell), mark)
		}
		x[i] = v.x
		n.add(i, v)
		if v.asRead && v.problem == "" && !math.IsNaN(v.x) {
			n.converted++
		}
	}
	return n
}

// readingOf returns what a cell with a text means as a number.
func readingOf(cell grid.Cell) reading {
	if cell.Kind == grid.Text && !missingText(cell.Text) || cell.Plain && cell.Kind == grid.Number {
		return ParseNumber(cell.Text)
	}
	return reading{}
}

// decimalMark returns the decimal mark that the texts of a column show: '.' or ','; 0 when they
// fit both or contradict each other.
func decimalMark(cells cells, scale dataset.Scale) byte {
	point, comma, either := 0, 0, 0
	view, _ := cells.(cellView)
	for i := 0; i < cells.Len(); i++ {
		if view.column != nil {
			next, fractions := view.pastNumbers(i)
			if fractions {
				point++
			}
			if i = next; i == cells.Len() {
				break
			}
		}
		cell := cells.At(i)
		if cell.Kind != grid.Text && !cell.Plain {
			continue
		}
		r := readingOf(cell)
		if !r.ok() {
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
	if !n.anyPercent() {
		return false
	}
	percents, others, highest := 0, 0, math.Inf(-1)
	for _, v := range n.all() {
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
		n.percents()
	}
	return others > 0
}

// allPercent reports whether every number of the column is shown as per cent.
func (n numbers) allPercent() bool {
	found := false
	for _, v := range n.all() {
		if !math.IsNaN(v.x) {
			if !v.percent {
				return false
			}
			found = true
		}
	}
	return found
}
