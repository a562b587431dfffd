package analysis

import (
	"reflect"
	"strings"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/analysis/value"
)

func TestSettingsTakeWhatPeopleWrite(t *testing.T) {
	o := DefaultOptions()
	for name, text := range map[string]string{
		"coverage_min": "50 %", "delta": "2,5", " Seed ": "42", "census": "yes", "axes": "perceived-value, match", "fair_value_line": "Regression",
		"threshold.match": "40", "threshold.firm-value": "top-share", "weight_by": "revenue", "class_name.strategic": " Key accounts ",
		"weight.Price [1-5]": "30", "bootstrap": "500", "population": "1000", "benefit_share": "0.7",
		"access_rate": "40", "marketing_spend": "none", "horizon": "24", "discount": "8 %", "margin": "30 %", "windows": "12, 6;12", "rfm_mode": "RFM", "rfm_frequency": "days", "rfm_monetary": "mean",
		"rfm_weights": "2; 1,5; 0", "rfm_segment.Can't Lose": "none", "rfm_segment.Whales": "4-5;1-5;5", "rfm_segment.new": "5;1-2",
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
	want.AccessRate = 40
	want.Horizon, want.Discount, want.Margin, want.Windows = 24, 0.08, 0.3, []int{6, 12}
	want.RFMMode, want.RFMFrequency, want.RFMMonetary, want.RFMWeights = rfm.Compatible, FrequencyDays, AmountMean, [3]float64{2, 1.5, 0}
	want.RFMSegments = map[string]string{"cant_lose": "none", "Whales": "4-5; 1-5; 5", "new": "5; 1-2; 1-5"}
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
	o.Horizon, o.Discount, o.Margin, o.Windows, o.RFMMode, o.RFMWeights = 6, 0, 0.25, []int{1, 7}, rfm.Compatible, [3]float64{0, 0.5, 1e-3}
	o.RFMSegments = map[string]string{"Whales": "4-5; 1-5; 5", "lost": "none"}
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
	if changed != 19 {
		t.Errorf("%d settings are marked as changed, want 19", changed)
	}
}

func TestSettingsThatMeanNothing(t *testing.T) {
	for name, c := range map[string][2]string{
		"coverage_min": {"1.5", "from 0 to 1"}, "coverage_minimum": {"0.5", `"coverage_min"`}, "delta": {"much", "not a number"}, "bootstrap": {"1.5", "whole number"},
		"axes": {"match", "two measures"}, "threshold.mach": {"50", "not one of"}, "threshold.match": {"middle", "neither"}, "seed": {"-1", "whole number"},
		"class_name.strategy": {"x", `"strategic"`}, "weight.Price": {"-1", "from 0"}, "census": {"perhaps", "yes or no"}, "fair_value_line": {"straight", "diagonal, importance, regression"},
		"treshold.match": {"50", `"threshold.match"`}, "weight_by": {"size", "none, weight, revenue"},
		"access_rate": {"-1", "amount from 0"}, "horizon": {"0", "from 1 to 600"}, "margin": {"-5 %", "above 0"}, "windows": {"3, soon", "whole months"}, "rfm_mode": {"quintiles", "usual, rfm"},
		"rfm_weights": {"1; 2", "three numbers"}, "rfm_segment.New": {"6;1", "ranges of scores"}, "rfm_segment.others": {"1;1", "name of its own"},
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

// A Parameters sheet lists the whole segment table: as long as nobody changes it,
// nothing is changed, in either mode.
func TestShippedSegmentsAreNoChange(t *testing.T) {
	o := DefaultOptions()
	for _, s := range rfm.DefaultSegments() {
		if err := o.Set("rfm_segment."+s.ID, s.Ranges()); err != nil {
			t.Error(err)
		}
	}
	for _, mode := range []rfm.Mode{rfm.Usual, rfm.Compatible} {
		if o.RFMMode = mode; !reflect.DeepEqual(o.segmentTable(), rfm.SegmentsOf(mode)) {
			t.Errorf("%s: %+v", mode, o.segmentTable())
		}
	}
	_ = o.Set("rfm_segment.loyal", "2-5;3-5") // of the other mode's table
	if !reflect.DeepEqual(o.segmentTable(), rfm.CompatibleSegments()) {
		t.Errorf("%+v", o.segmentTable())
	}
}

// Options are copied by value; a copy must not change its origin.
func TestOptionsDoNotShareMaps(t *testing.T) {
	o := DefaultOptions()
	_ = o.Set("weight.a", "1")
	copied := o
	_ = copied.Set("weight.a", "2")
	_ = copied.Set("threshold.match", "2")
	_ = copied.Set("rfm_segment.new", "5;1")
	_ = copied.Set("windows", "5")
	if o.Weights["a"] != 1 || o.Thresholds != nil || o.RFMSegments != nil || o.Windows[0] != 3 {
		t.Errorf("%+v", o)
	}
}
