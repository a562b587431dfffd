package workbook

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
	"valuebook/report/workbook/grid"
)

func TestParseNumber(t *testing.T) {
	no := math.NaN()
	for text, want := range map[string][2]float64{
		"4":           {4, 4},
		"4.5":         {4.5, no},
		"4,5":         {no, 4.5},
		" 4.5 ":       {4.5, no},
		"-3":          {-3, -3},
		"−3":          {-3, -3},
		"3-":          {-3, -3},
		"+3":          {3, 3},
		"(120)":       {-120, -120},
		"80%":         {0.8, 0.8},
		"80 %":        {0.8, 0.8},
		"12,5 %":      {no, 0.125},
		"$1,200":      {1200, 1.2},
		"1.234,56":    {no, 1234.56},
		"1,234.56":    {1234.56, no},
		"1.234":       {1.234, 1234},
		"1,234":       {1234, 1.234},
		"0,123":       {no, 0.123},
		"1'000":       {1000, 1000},
		"1 000,5":     {no, 1000.5},
		"1\u00a0000":  {1000, 1000},
		"12 € ":       {12, 12},
		"EUR 12":      {12, 12},
		"１２":          {12, 12},
		"1e3":         {no, no},
		"1.5e3":       {1500, no},
		"":            {no, no},
		"-":           {no, no},
		"abc":         {no, no},
		"4,5,6":       {no, no},
		"1.2.3":       {no, no},
		"12,34,567":   {1234567, no},
		"1,23,456.5":  {123456.5, no},
		"123,45,678":  {no, no},
		"١٢٣٫٥":       {123.5, no},
		"۱۲":          {12, 12},
		"CHF 1'234.-": {1234, 1234},
		"5,-":         {5, 5},
		"120-":        {-120, -120},
		"-(5)":        {no, no},
		"1.2M":        {1.2e6, no},
		"3k":          {3000, 3000},
		"1,5 Mio. €":  {no, 1.5e6},
		"12万円":        {120000, 120000},
		"5 kg":        {no, no},
		"（120）":       {-120, -120},
		"USD1,200.50": {1200.5, no},
		"NaN":         {no, no},
		"Inf":         {no, no},
		"0x10":        {no, no},
		"4/5":         {no, no},
		"--4":         {no, no},
		"%":           {no, no},
		"()":          {no, no},
		".5":          {0.5, no},
		"5.":          {no, no},
	} {
		got := ParseNumber(text)
		if !same(got.Point, want[0]) || !same(got.Comma, want[1]) {
			t.Errorf("ParseNumber(%q) = %v, %v, want %v", text, got.Point, got.Comma, want)
		}
	}
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// One column decides which mark is the decimal one; a text with one reading is always taken at that.
func TestColumnDecidesTheDecimalMark(t *testing.T) {
	for name, test := range map[string]struct {
		texts    []string
		want     []float64
		problems int
	}{
		"comma seen once":       {[]string{"1.234", "4,5"}, []float64{1234, 4.5}, 0},
		"point seen once":       {[]string{"1,234", "4.5"}, []float64{1234, 4.5}, 0},
		"both fit everywhere":   {[]string{"1.234", "2.345"}, []float64{nan, nan}, 2},
		"contradiction":         {[]string{"4.5", "4,5", "1.234"}, []float64{4.5, 4.5, nan}, 1},
		"no mark at all":        {[]string{"4", "5"}, []float64{4, 5}, 0},
		"missing is no problem": {[]string{"n/a", "-", "k.A.", "don't know", "无", "4"}, []float64{nan, nan, nan, nan, nan, 4}, 0},
		"words are":             {[]string{"good", "4"}, []float64{nan, 4}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var cells []grid.Cell
			for _, text := range test.texts {
				cells = append(cells, grid.Cell{Kind: grid.Text, Text: text})
			}
			n := readNumbers(cells, scaleOf(0, 0), decimal{})
			problems := 0
			for i, v := range n.all() {
				if !same(v.x, test.want[i]) {
					t.Errorf("%q = %v, want %v", test.texts[i], v.x, test.want[i])
				}
				if v.problem != "" {
					problems++
				}
				if !v.asRead {
					t.Errorf("%q is text but not recorded as such", test.texts[i])
				}
			}
			if problems != test.problems {
				t.Errorf("%d problems, want %d", problems, test.problems)
			}
		})
	}
}

func TestScaleDecidesTheDecimalMark(t *testing.T) {
	n := readNumbers([]grid.Cell{{Kind: grid.Text, Text: "4,125"}, {Kind: grid.Text, Text: "3,875"}}, scaleOf(1, 5), decimal{})
	if n.x[0] != 4.125 || n.x[1] != 3.875 {
		t.Errorf("got %v", n.x)
	}
}

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]string{
		"2026-10": "2026-10", "2026/3": "2026-03", "10/2026": "2026-10", "Oct 2026": "2026-10", "Oktober 2026": "2026-10", "octobre 2026": "2026-10", "2026年10月": "2026-10",
		"Q3 2026": "2026-Q3", "2026-Q3": "2026-Q3", "2026": "2026", "2026-10-31": "2026-10", "Wave 2": "Wave 2", "Mar-26": "2026-03", "März 2026": "2026-03", "Dez 26": "2026-12",
	} {
		if got := parsePeriod(grid.Cell{Kind: grid.Text, Text: text}); got != want {
			t.Errorf("parsePeriod(%q) = %q, want %q", text, got, want)
		}
	}
	if got := parsePeriod(grid.Cell{Kind: grid.Date, Num: 46296}); got != "2026-10" { // 1 October 2026
		t.Errorf("date cell: %q", got)
	}
}

func TestParseDate(t *testing.T) {
	day := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
	other := time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string][2]time.Time{
		"2026-03-04": {day, day}, "4.3.2026": {day, day}, "04/03/2026": {day, other}, "2026年3月4日": {day, day}, "4 March 2026": {day, day}, "Mar 4, 2026": {day, day},
		"20260304": {day, day}, "25/12/2026": {time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC), time.Time{}}, "31.2.2026": {}, "abc": {}, "": {}, "2026-03-04 17:20": {day, day},
		"4 de marzo de 2026": {day, day},
	} {
		got := parseDate(text)
		if !got.dayFirst.Equal(want[0]) || !got.monthFirst.Equal(want[1]) {
			t.Errorf("parseDate(%q) = %v, want %v", text, got, want)
		}
	}
}

// Excel's calendar: day 60 is the 29 February 1900 that never was; 1 March 1900 is day 61.
func TestSerialDays(t *testing.T) {
	for serial, want := range map[float64]string{1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 45000: "2023-03-15", 45000.5: "2023-03-15 12:00"} {
		if got := (grid.Cell{Kind: grid.Date, Num: serial}).String(); got != want {
			t.Errorf("day %v = %s, want %s", serial, got, want)
		}
	}
	if !grid.SerialTime(-5).IsZero() || !grid.SerialTime(math.NaN()).IsZero() || !grid.SerialTime(1e12).IsZero() {
		t.Error("impossible days give a date")
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"4,5", "80 %", "(1.234,5)", "$-3", "1'000'000.5", "１２，５％", "--", "٣", "1e400", "0e-400"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := ParseNumber(text)
		if math.IsInf(r.Point, 0) || math.IsInf(r.Comma, 0) {
			t.Fatalf("%q is infinite", text)
		}
		if r.ok() && !strings.ContainsAny(plainText(text), "0123456789") {
			t.Fatalf("%q has no digit but is %v", text, r)
		}
		if x, err := strconv.ParseFloat(text, 64); err == nil && text != "" && strings.Trim(text, "0123456789.") == "" && !strings.HasPrefix(text, ".") && !strings.HasSuffix(text, ".") && !math.IsInf(x, 0) && r.Point != x && len(text) < 60 && !strings.ContainsAny(text, "_") {
			t.Fatalf("%q = %v, want %v", text, r.Point, x)
		}
	})
}
