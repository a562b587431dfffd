package report

import (
	"valuebook/report/analysis"
	"valuebook/report/dataset"
)

// BuildMovement builds the report of a dataset with the section of movement
// alone.
func BuildMovement(d *dataset.Dataset, r *analysis.Results, m Meta) *Report {
	b := &builder{d: d, r: r, rep: &Report{Period: d.Period, AsOf: d.AsOf, Dataset: d, Results: r}}
	b.rep.Title = title(d, m)
	b.base = shareBase(d, r)
	b.rep.History = history(d, r, m.Past)
	if s := b.movementSection(); s != nil {
		b.rep.Sections = []Section{*s}
	}
	return b.rep
}
