package analysis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// A Setting is one option with its value and where METHOD explains it.
type Setting struct {
	Name    string
	Value   dataset.Quantity
	Method  string // section of METHOD
	Default bool
	Text    string // the value as Set takes it; "" leaves the choice to the data
}

// A field is one option of a fixed name.
type field struct {
	name, method string
	get          func(o *Options) dataset.Quantity
	set          func(o *Options, text string) error
}

// fields lists the options in the order of METHOD.
var fields = append([]field{
	number("coverage_min", "1", dataset.Share, 0, 1, func(o *Options) *float64 { return &o.Coverage }),
	number("delta", "1", dataset.Points, 0, 200, func(o *Options) *float64 { return &o.Delta }),
	number("delta_money", "1", dataset.Share, 0, 1, func(o *Options) *float64 { return &o.DeltaMoney }),
	number("benefit_share", "1", dataset.Share, 0, 1, func(o *Options) *float64 { return &o.BenefitShare }),
	{"fair_value_line", "2.5",
		func(o *Options) dataset.Quantity { return dataset.TermOf("line." + string(o.FairValue)) },
		func(o *Options, text string) error {
			return oneOf(text, []value.FairValueMode{value.Diagonal, value.Importance, value.Regression}, &o.FairValue)
		}},
	number("fair_value_zone", "2.5", dataset.Points, 0, 1000, func(o *Options) *float64 { return &o.Zone }),
	number("tie_band", "2.7", dataset.Share, 0, 1, func(o *Options) *float64 { return &o.Tie }),
	{"weight_by", "3.5",
		func(o *Options) dataset.Quantity { return dataset.TermOf("weight-by." + orNone(o.WeightBy)) },
		func(o *Options, text string) error {
			var by string
			if err := oneOf(text, []string{"none", "weight", "revenue"}, &by); err != nil {
				return err
			}
			if o.WeightBy = by; by == "none" {
				o.WeightBy = ""
			}
			return nil
		}},
	whole("population", "3.6", 0, math.MaxInt32, func(o *Options) *int { return &o.Population }),
	{"census", "3.6", func(o *Options) dataset.Quantity { return yesNo(o.Census) }, setCensus},
	whole("bootstrap", "3.8", 0, 1_000_000, func(o *Options) *int { return &o.Bootstrap }),
	{"seed", "3.8",
		func(o *Options) dataset.Quantity { return dataset.Str(strconv.FormatUint(o.Seed, 10)) },
		func(o *Options, text string) error {
			seed, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
			if err != nil {
				return fmt.Errorf("%q is not a whole number from 0", text)
			}
			o.Seed = seed
			return nil
		}},
	whole("bootstrap_max", "3.8", 0, math.MaxInt32, func(o *Options) *int { return &o.BootstrapMax }),
	number("meaningful", "3.9", dataset.Points, 0, 200, func(o *Options) *float64 { return &o.Meaningful }),
	{"axes", "4.7", axesOf, setAxes},
	number("border_band", "4.5", dataset.Points, 0, 100, func(o *Options) *float64 { return &o.Band }),
	number("border_band_money", "4.5", dataset.Share, 0, 1, func(o *Options) *float64 { return &o.BandMoney }),
}, append(firmFields, amounts...)...)

// classes are the identifiers whose names can be changed.
var classes = []string{
	"strategic", "profit", "potential", "ordinary", "secure", "contested", "captive", "at_risk",
	"costly_worth_it", "great_value", "poor_value", "cheap_thin", "high_high", "high_low", "low_high", "low_low", "not_classified",
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func number(name, method string, unit dataset.Unit, lo, hi float64, at func(*Options) *float64) field {
	return field{name, method,
		func(o *Options) dataset.Quantity { return dataset.Num(*at(o), unit) },
		func(o *Options, text string) error {
			x, err := parse(text)
			if err == nil && !(x >= lo && x <= hi) {
				err = fmt.Errorf("%q is not a number from %v to %v", text, lo, hi)
			}
			if err == nil {
				*at(o) = x
			}
			return err
		}}
}

func whole(name, method string, lo, hi float64, at func(*Options) *int) field {
	f := number(name, method, dataset.Count, lo, hi, func(*Options) *float64 { return new(float64) })
	f.get = func(o *Options) dataset.Quantity { return dataset.N(*at(o)) }
	f.set = func(o *Options, text string) error {
		x, err := parse(text)
		if err != nil || !(x >= lo && x <= hi) || x != math.Trunc(x) {
			return fmt.Errorf("%q is not a whole number from %v to %v", text, lo, hi)
		}
		*at(o) = int(x)
		return nil
	}
	return f
}

// parse reads a number such as 0.6, 0,6 or 60 %.
func parse(text string) (float64, error) {
	trimmed := strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " "))
	plain, percent := strings.CutSuffix(trimmed, "%")
	plain = strings.TrimSpace(plain)
	if !strings.Contains(plain, ".") && strings.Count(plain, ",") == 1 {
		plain = strings.ReplaceAll(plain, ",", ".")
	}
	x, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	if percent {
		x /= 100
	}
	return x, nil
}

func oneOf[T ~string](text string, allowed []T, into *T) error {
	want := T(strings.ToLower(strings.TrimSpace(text)))
	if !slices.Contains(allowed, want) {
		names := make([]string, len(allowed))
		for i, a := range allowed {
			names[i] = string(a)
		}
		return fmt.Errorf("%q is not one of %s", text, strings.Join(names, ", "))
	}
	*into = want
	return nil
}

func yesNo(b bool) dataset.Quantity {
	if b {
		return dataset.TermOf("yes")
	}
	return dataset.TermOf("no")
}

func setCensus(o *Options, text string) error {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "yes", "true", "1", "y":
		o.Census = true
	case "no", "false", "0", "n":
		o.Census = false
	default:
		return fmt.Errorf("%q is not yes or no", text)
	}
	return nil
}

func axesOf(o *Options) dataset.Quantity {
	if o.Axes == [2]quadrant.Measure{} {
		return dataset.TermOf("axes.from-data")
	}
	return dataset.Str(string(o.Axes[0]) + "," + string(o.Axes[1]))
}

func setAxes(o *Options, text string) error {
	parts := strings.Split(text, ",")
	if strings.TrimSpace(text) == "" {
		o.Axes = [2]quadrant.Measure{}
		return nil
	}
	if len(parts) != 2 {
		return fmt.Errorf("%q is not two measures with a comma between", text)
	}
	var axes [2]quadrant.Measure
	for k, part := range parts {
		if err := oneOf(part, quadrant.Measures, &axes[k]); err != nil {
			return err
		}
	}
	if axes[0] == axes[1] {
		return fmt.Errorf("%q names one measure twice", text)
	}
	o.Axes = axes
	return nil
}
