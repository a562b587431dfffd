package samples_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/workbook"
	"valuebook/samples"
)

// read reads a sample and fails the test when it cannot be used.
func read(t *testing.T, name string) *dataset.Dataset {
	t.Helper()
	d, err := workbook.Read(filepath.FromSlash(name), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Findings {
		if f.Severity >= dataset.Error {
			t.Errorf("%s: %s %s at %v: %q", name, f.Severity, f.Code, f.Ref, f.Got)
		}
	}
	return d
}

// settings returns the options that a workbook's own settings ask for.
func settings(t *testing.T, d *dataset.Dataset) analysis.Options {
	t.Helper()
	o := analysis.DefaultOptions()
	for _, s := range d.Settings {
		if strings.HasPrefix(s.Name, "scale_") {
			continue
		}
		if err := o.Set(s.Name, s.Value); err != nil {
			t.Errorf("setting %s = %q at %v: %v", s.Name, s.Value, s.Ref, err)
		}
	}
	return o
}

// Every published figure comes out of the whole chain: workbook, reading,
// analysis.
func TestPublishedFigures(t *testing.T) {
	files, err := samples.Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file.Expected == nil {
			continue
		}
		t.Run(file.Name, func(t *testing.T) {
			d := read(t, file.Name)
			views := map[string]results{"": analysed(t, d)}
			for _, e := range file.Expected {
				view, key := "", e.Key
				for _, prefix := range []string{"second_axes.", "no_rival."} {
					if rest, found := strings.CutPrefix(key, prefix); found {
						view, key = prefix, rest
					}
				}
				if _, made := views[view]; !made {
					views[view] = otherView(t, d, view)
				}
				check(t, views[view], key, e)
			}
		})
	}
}

func analysed(t *testing.T, d *dataset.Dataset) results {
	t.Helper()
	return results{d, analysis.Analyse(d, settings(t, d))}
}

// otherView analyses the same data with other axes, or without the rivals.
func otherView(t *testing.T, d *dataset.Dataset, view string) results {
	t.Helper()
	o := settings(t, d)
	if view == "second_axes." {
		if err := o.Set("axes", "perceived-value,relative"); err != nil {
			t.Fatal(err)
		}
		return results{d, analysis.Analyse(d, o)}
	}
	alone := *d
	alone.Suppliers = d.Suppliers[:1]
	alone.Ratings = d.Ratings[:len(d.Attributes)]
	return results{&alone, analysis.Analyse(&alone, o)}
}

// check compares one figure with what its source says.
func check(t *testing.T, x results, key string, e samples.Expectation) {
	t.Helper()
	got, err := x.figure(key)
	if err != nil {
		t.Errorf("%s: %v", e.Key, err)
		return
	}
	if e.Word() {
		if got != e.Text {
			t.Errorf("%s = %v, want %s (%s)", e.Key, got, e.Text, e.Source)
		}
		return
	}
	number, isNumber := got.(float64)
	switch {
	case !isNumber:
		t.Errorf("%s = %v, want the number %v", e.Key, got, e.Value)
	case math.IsNaN(e.Value) != math.IsNaN(number):
		t.Errorf("%s = %v, want %v (%s)", e.Key, number, e.Value, e.Source)
	case math.Abs(number-e.Value) > e.Tolerance:
		t.Errorf("%s = %v, want %v within %v (%s)", e.Key, number, e.Value, e.Tolerance, e.Source)
	}
}
