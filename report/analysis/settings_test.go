package analysis

import (
	"reflect"
	"strings"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
)

func TestSettingsTakeWhatPeopleWrite(t *testing.T) {
	o := DefaultOptions()
	for name, text := range map[string]string{
		"coverage_min": "50 %", "delta": "2,5", " Seed ": "42", "census": "yes", "axes": "perceived-value, match", "fair_value_line": "Regression",
		"threshold.match": "40", "threshold.firm-value": "top-share", "weight_by": "revenue", "class_name.strategic": " Key accounts ",
		"weight.Price [1-5]": "30", "bootstrap": "500", "population": "1000", "benefit_share": "0.7",
	} {
		if err := o.Set(name, text); err != nil {
			t.Errorf("%s = %s: %v", name, text, err)
		}
	}
	want := DefaultOptions()
	want.Coverage, want.Delta, want.Seed, want.Census, want.FairValue, want.WeightBy = 0.5, 2.5, 42, true, value.Regression, "revenue"
	want.Axes = [2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Match}
	want.Thresholds = map[quadrant.Measure]Threshold{quadrant.Match: {Mode: quadrant.Custom, Value: 40}, quadrant.FirmValue: {Mode: quadrant.TopShare}}
	want.ClassNames = map[string]string{"strategic": "Key accounts"}
	want.Weights = map[string]float64{"Price [1-5]": 30}
	want.Bootstrap, want.Population, want.BenefitShare = 500, 1000, 0.7
	if !reflect.DeepEqual(o, want) {
		t.Errorf("%+v\nwant %+v", o, want)
	}
	if err := o.Validate(); err != nil {
		t.Error(err)
	}
}

// What List says, Set takes, and the same options come out.
func TestSettingsRoundTrip(t *testing.T) {
	o := DefaultOptions()
	o.Coverage, o.Census, o.FairValue, o.WeightBy, o.Seed = 0.55, true, value.Importance, "weight", 1<<63
	o.Axes = [2]quadrant.Measure{quadrant.Benefits, quadrant.Costs}
	o.Thresholds = map[quadrant.Measure]Threshold{quadrant.Match: {Mode: quadrant.Median}, quadrant.Costs: {Mode: quadrant.Custom, Value: 33.3}}
	o.ClassNames = map[string]string{"poor_value": "Too dear"}
	o.Weights = map[string]float64{"b": 2, "a": 1}
	for _, from := range []Options{o, DefaultOptions()} {
		again := DefaultOptions()
		for _, s := range from.List() {
			if err := again.Set(s.Name, s.Text); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
		}
		if !reflect.DeepEqual(again, from) {
			t.Errorf("%+v\nwant %+v", again, from)
		}
	}
	for _, s := range DefaultOptions().List() {
		if !s.Default || s.Method == "" {
			t.Errorf("%+v", s)
		}
	}
	changed := 0
	for _, s := range o.List() {
		if !s.Default {
			changed++
		}
	}
	if changed != 11 {
		t.Errorf("%d settings are marked as changed, want 11", changed)
	}
}

func TestSettingsThatMeanNothing(t *testing.T) {
	for name, c := range map[string][2]string{
		"coverage_min": {"1.5", "from 0 to 1"}, "coverage_minimum": {"0.5", `"coverage_min"`}, "delta": {"much", "not a number"}, "bootstrap": {"1.5", "whole number"},
		"axes": {"match", "two measures"}, "threshold.mach": {"50", "not one of"}, "threshold.match": {"middle", "neither"}, "seed": {"-1", "whole number"},
		"class_name.strategy": {"x", `"strategic"`}, "weight.Price": {"-1", "from 0"}, "census": {"perhaps", "yes or no"}, "fair_value_line": {"straight", "diagonal, importance, regression"},
		"treshold.match": {"50", `"threshold.match"`}, "weight_by": {"size", "none, weight, revenue"},
	} {
		o := DefaultOptions()
		err := o.Set(name, c[0])
		if err == nil || !strings.Contains(err.Error(), c[1]) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s = %s: %v", name, c[0], err)
		}
		if !reflect.DeepEqual(o, DefaultOptions()) {
			t.Errorf("%s changed something", name)
		}
	}
	o := DefaultOptions()
	if err := o.Set("axes", "match,match"); err == nil {
		t.Error("one measure twice")
	}
	o.FairValue, o.BenefitShare = value.Importance, 1
	if o.Validate() == nil {
		t.Error("a vertical line")
	}
	o = DefaultOptions()
	o.Tie = nan
	if o.Validate() == nil {
		t.Error("a tie band that is not a number")
	}
}

// Options are copied by value; a copy must not change its origin.
func TestOptionsDoNotShareMaps(t *testing.T) {
	o := DefaultOptions()
	_ = o.Set("weight.a", "1")
	copied := o
	_ = copied.Set("weight.a", "2")
	_ = copied.Set("threshold.match", "2")
	if o.Weights["a"] != 1 || o.Thresholds != nil {
		t.Errorf("%+v", o)
	}
}
