package formula

import (
	"math"
	"strconv"
)

func number(n int) string { return strconv.Itoa(n) }

// Composite returns the formula of a score of several components (METHOD 4.1):
// the mean of their places on the scale, on 100.
func (c Customer) Composite(components Side) string { return c.Score(components) }

// Copy returns the formula that shows a number of another cell, and the mark of
// what is missing otherwise.
func Copy(cell, missing string) string {
	return "IF(ISNUMBER(" + cell + ")," + cell + "," + Text(missing) + ")"
}

// CopyBlank is Copy with an empty text for what is missing.
func CopyBlank(cell string) string { return Copy(cell, "") }

// An Axis names the cells that divide an axis; both hold a text when the axis
// does not discriminate.
type Axis struct {
	Value     string // cell of the customer's figure
	Threshold string // cell or name
	Band      string // half-width of the border band, cell or name; a text there is no band
}

// Class returns the formula of the class (METHOD 4.2, 4.3). names are the cells
// of the four class names: x high/low, then y high/low.
func Class(x, y Axis, names [4]string, w Words) string {
	return "IF(COUNT(" + x.Value + "," + y.Value + "," + x.Threshold + "," + y.Threshold + ")=4,IF(" + x.high() +
		",IF(" + y.high() + "," + names[0] + "," + names[1] + "),IF(" + y.high() + "," + names[2] + "," + names[3] + "))," + Text(w.NotClassified) + ")"
}

func (a Axis) high() string { return nearly(a.Value) + ">=" + nearly(a.Threshold) }

// Border returns the formula of the border mark (METHOD 4.5); a text instead of
// a band is no band.
func Border(x, y Axis, w Words) string {
	return "IF(COUNT(" + x.Value + "," + y.Value + "," + x.Threshold + "," + y.Threshold + ")=4,IF(OR(" + x.near() + "," + y.near() + ")," +
		Text(w.Border) + "," + Text(w.NoBorder) + ")," + Text(w.NoBorder) + ")"
}

func (a Axis) near() string {
	return "IF(ISNUMBER(" + a.Band + ")," + nearly("ABS("+a.Value+"-"+a.Threshold+")") + "<=" + nearly(a.Band) + ",1=0)"
}

// Threshold returns the formula of the threshold in use (METHOD 4.3): setting
// is the cell with a number or the word of a mode, values the range of all
// customers' figures, fixed the threshold of the fixed mode, top that of the
// mode top-share, which is a computed value (NaN where it was not asked for).
// A floored axis never divides below 0.
func Threshold(setting, values string, fixed, top float64, floored bool, w Words) string {
	floor := func(f string) string {
		if floored {
			return "MAX(0," + f + ")"
		}
		return f
	}
	relative := func(f string) string {
		return "IF(COUNT(" + values + ")<4," + Text(w.NotDividing) + ",IF(" + nearly("MAX("+values+")") + "=" + nearly("MIN("+values+")") + "," +
			Text(w.NotDividing) + "," + floor(f) + "))"
	}
	share := Text(w.NotDividing)
	if !math.IsNaN(top) {
		share = relative(plain(top))
	}
	return "IF(ISNUMBER(" + setting + ")," + setting +
		",IF(" + setting + `="median",` + relative("MEDIAN("+values+")") +
		",IF(" + setting + `="mean",` + relative("AVERAGE("+values+")") +
		",IF(" + setting + `="top-share",` + share + "," + plain(fixed) + "))))"
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// MoneyBand returns the formula of the border band of a money axis: a share of
// the interquartile range, the mark of what is missing where that is 0 (METHOD
// 4.5).
func MoneyBand(share, values string, w Words) string {
	spread := "(QUARTILE(" + values + ",3)-QUARTILE(" + values + ",1))"
	return "IF(COUNT(" + values + ")>0,IF(" + nearly(spread) + ">0," + share + "*" + spread + "," + Text(w.Missing) + ")," + Text(w.Missing) + ")"
}

// Point returns the formula of the y value of a row in the series of one class:
// #N/A for rows of other classes, which charts leave out. All arguments are
// cells; class is the row's class, name that of the series.
func Point(class, name, x, y string) string {
	return "IF(AND(" + class + "=" + name + ",ISNUMBER(" + x + "),ISNUMBER(" + y + "))," + y + ",NA())"
}
