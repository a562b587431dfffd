package wording

import (
	"math"
	"strconv"
	"strings"

	"valuebook/report/dataset"
)

const (
	minus      = "\u2212" // minus sign, never a hyphen
	noBreak    = "\u00a0"
	narrow     = "\u202f"
	apostrophe = "\u2019"
	missing    = "\u2013" // en dash for what is not there
	infinite   = "\u221e"
)

// Quantity returns a quantity as text, rounded as its unit wants.
func (w *Writer) Quantity(q dataset.Quantity) string {
	switch q.Unit {
	case dataset.Text:
		return q.Text
	case dataset.Term:
		return w.Term(q.Text)
	case dataset.Names:
		return w.list(q.List)
	case dataset.Drivers:
		return w.drivers(q)
	case dataset.Sentences:
		return w.sentences(q.Messages)
	case dataset.Day:
		return w.day(q.Text)
	case dataset.Month:
		return w.month(q.Text, "period.")
	case dataset.ShortMonth:
		return w.month(q.Text, "month.")
	}
	if math.IsNaN(q.Value) {
		return missing
	}
	if math.IsInf(q.Value, 0) {
		if q.Value < 0 {
			return minus + infinite
		}
		return infinite
	}
	return w.number(q)
}

func (w *Writer) number(q dataset.Quantity) string {
	switch q.Unit {
	case dataset.SignedPoints:
		return w.signed(q.Value, 0)
	case dataset.Tenths:
		return w.fixed(q.Value, 1)
	case dataset.SignedTenths:
		return w.signed(q.Value, 1)
	case dataset.SignedShare:
		return w.signed(100*q.Value, 0) + w.locale.percent + "%"
	case dataset.Ratio:
		return w.fixed(q.Value, 2)
	case dataset.Share:
		return w.share(q.Value)
	case dataset.Money:
		return w.money(q.Value)
	case dataset.SignedMoney:
		return plus(q.Value) + w.money(q.Value)
	case dataset.Rating:
		return w.trimmed(q.Value, 2)
	case dataset.Number:
		return w.significant(q.Value)
	case dataset.Probability:
		if q.Value < 0.0005 {
			return "<" + noBreak + w.fixed(0.001, 3)
		}
		return w.fixed(q.Value, 3)
	case dataset.Exact:
		return w.trimmed(q.Value, 6)
	}
	return w.fixed(q.Value, 0) // Count, Points, Index
}

// share writes a share as per cent; some that is written as none is less than
// one per cent.
func (w *Writer) share(x float64) string {
	text := w.fixed(100*x, 0) + w.locale.percent + "%"
	if x > 0 && rounded(100*x, 0) == 0 {
		return "<" + noBreak + w.fixed(1, 0) + w.locale.percent + "%"
	}
	return text
}

// plus returns the sign of an amount above zero.
func plus(x float64) string {
	if x >= 0.005 {
		return "+"
	}
	return ""
}

// signed writes a number with its sign; what is written as zero has none.
func (w *Writer) signed(x float64, decimals int) string {
	text := w.fixed(x, decimals)
	if x > 0 && strings.Trim(text, "0"+w.locale.decimal) != "" {
		return "+" + text
	}
	return text
}

// fixed writes a number with a fixed count of decimals, grouped in thousands.
func (w *Writer) fixed(x float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(rounded(x, decimals)), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	whole = w.locale.grouped(whole)
	if fraction != "" {
		whole += w.locale.decimal + fraction
	}
	if x < 0 && strings.Trim(text, "0.") != "" {
		whole = minus + whole
	}
	return whole
}

// rounded rounds half away from zero, as spreadsheets do. What differs from a
// half only by the noise of floating point counts as the half.
func rounded(x float64, decimals int) float64 {
	shift := math.Pow(10, float64(decimals))
	scaled := x * shift
	if math.Abs(scaled) > 1e15 {
		return x
	}
	return math.Round(scaled+math.Copysign(1e-9, scaled)) / shift
}

// trimmed writes at most so many decimals and no trailing zeros.
func (w *Writer) trimmed(x float64, decimals int) string {
	text := w.fixed(x, decimals)
	if decimals > 0 && strings.Contains(text, w.locale.decimal) {
		text = strings.TrimRight(text, "0")
		text = strings.TrimSuffix(text, w.locale.decimal)
	}
	return text
}

func (w *Writer) significant(x float64) string {
	if x == 0 {
		return "0"
	}
	digits := 3 - int(math.Floor(math.Log10(math.Abs(x))))
	return w.trimmed(x, max(0, min(digits, 12)))
}

// tenths writes one decimal, none where the number is whole and not rounded to it.
func (w *Writer) tenths(x float64) string {
	if math.Abs(x-math.Round(x)) < 1e-9 {
		return w.fixed(x, 0)
	}
	return w.fixed(x, 1)
}

// money writes an amount with a unit that leaves two to four digits.
func (w *Writer) money(x float64) string {
	text := ""
	switch a := math.Abs(x); {
	case a >= 999.95e6:
		text = w.tenths(x/1e9) + noBreak + w.unit("unit.billion", "bn")
	case a >= 999_500:
		text = w.tenths(x/1e6) + noBreak + w.unit("unit.million", "M")
	case a >= 99.995 || a == math.Trunc(a):
		text = w.fixed(x, 0)
	default:
		text = w.fixed(x, 2)
	}
	if w.currency != "" {
		text += noBreak + w.currency
	}
	return text
}

func (w *Writer) unit(code, fallback string) string {
	if w.Has(code) {
		return w.Term(code)
	}
	return fallback
}

// grouped parts digits in thousands.
func (l locale) grouped(digits string) string {
	if len(digits) <= max(3, l.ungrouped) {
		return digits
	}
	head := len(digits) % 3
	parts := []string{}
	if head > 0 {
		parts = append(parts, digits[:head])
	}
	for i := head; i < len(digits); i += 3 {
		parts = append(parts, digits[i:i+3])
	}
	return strings.Join(parts, l.group)
}

// list joins names: "A", "A and B", "A, B and C".
func (w *Writer) list(names []string) string {
	and := w.unit("list.and", "and")
	switch len(names) {
	case 0:
		return missing
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + and + " " + names[last]
}

// drivers writes names with their signed points: "Service (+9), Price (−12)".
func (w *Writer) drivers(q dataset.Quantity) string {
	parts := make([]string, 0, len(q.List))
	for i, name := range q.List {
		points := w.Quantity(dataset.Num(q.Values[i], dataset.SignedPoints))
		parts = append(parts, name+" ("+points+")")
	}
	return strings.Join(parts, ", ")
}

func (w *Writer) sentences(messages []dataset.Message) string {
	texts := make([]string, 0, len(messages))
	for _, m := range messages {
		texts = append(texts, w.Text(m))
	}
	return strings.Join(texts, " ")
}
