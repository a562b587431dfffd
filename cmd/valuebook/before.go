package main

import (
	"slices"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/workbook"
)

// past returns what is known of the period before: from the workbook that
// --before names, else from the ledger of monthly runs, else from the workbook
// itself where it holds an earlier one.
func (t *task) past(d *dataset.Dataset, r *analysis.Results) (report.Past, error) {
	past := report.Past{Reestimate: t.on("thresholds_now")}
	if l := t.recalled; l != nil && l.earlier != nil && t.settings.Value("before") == "" && d.Offers == nil && r.Quadrant != nil {
		past.Before, past.Points = l.earlier, l.trend
		return past, nil
	}
	before, err := t.before(d, r)
	past.Before = before
	return past, err
}

// before reads and analyses the period before, nil where there is none.
func (t *task) before(d *dataset.Dataset, r *analysis.Results) (*movement.Snapshot, error) {
	if d.Offers != nil || r.Quadrant == nil {
		return nil, nil
	}
	if file := t.settings.Value("before"); file != "" {
		return t.otherWorkbook(file, r)
	}
	at := slices.Index(d.Periods, d.Period)
	if at < 1 {
		return nil, nil
	}
	earlier := t.apart()
	earlier.reading.Period = d.Periods[at-1]
	earlier.reading.AsOf = workbook.PeriodEnd(d.Periods[at-1])
	was, err := earlier.open(t.input)
	if err != nil || dataset.Stopped(was.Findings) {
		return nil, err
	}
	forgetLater(was)
	return snapshotOf(was, r, r.Options), nil
}

// apart is a task for reading something else with the same settings: what it
// converts is not annotated.
func (t *task) apart() *task {
	other := *t
	if t.reading.Convert != nil {
		other.reading.Convert = other.convert
	}
	return &other
}

// otherWorkbook reads the workbook of an earlier period. Its own weights and
// thresholds count for it, all other settings are those of the report.
func (t *task) otherWorkbook(file string, r *analysis.Results) (*movement.Snapshot, error) {
	earlier := t.apart()
	earlier.input = file
	earlier.reading.Period, earlier.reading.AsOf = "", time.Time{}
	was, err := earlier.open(file)
	if err != nil {
		return nil, fail(exitUsage, "error.before-file", dataset.Str(file), dataset.Str(plainError(err))).because(err)
	}
	for _, f := range was.Findings {
		if f.Severity == dataset.Stop {
			return nil, fail(exitStopped, "error.before-stop", dataset.Str(file), dataset.Sentence(dataset.Msg("finding."+f.Code, f.Args...)))
		}
	}
	sheet, _ := config.FromSheet(was.Settings, t.known, appliedByReading...)
	layers := append(slices.Clone(t.layers), sheet)
	for i, layer := range layers {
		layers[i], _ = nameAttributes(layer, was.Attributes)
	}
	own := analysis.DefaultOptions()
	config.Merge(layers...).Apply(own.Set, readByProgram)
	options := r.Options
	options.Weights, options.Thresholds = own.Weights, own.Thresholds
	return snapshotOf(was, r, options), nil
}

// snapshotOf analyses an earlier period on the axes of the report. Nothing of
// it needs intervals.
func snapshotOf(was *dataset.Dataset, r *analysis.Results, options analysis.Options) *movement.Snapshot {
	options.Axes = [2]quadrant.Measure{r.Quadrant.Pair.X, r.Quadrant.Pair.Y}
	options.Bootstrap = 0
	return analysis.Snapshot(was, analysis.Analyse(was, options))
}

// forgetLater removes what was not yet so on the as-of day of an earlier period:
// who left on that day or later was still a customer.
func forgetLater(was *dataset.Dataset) {
	for i, left := range was.Customers.Churn {
		if !was.AsOf.IsZero() && !left.Before(was.AsOf) {
			was.Customers.Churn[i] = time.Time{}
		}
	}
}
