package analysis

import (
	"valuebook/report/analysis/profile"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

// describe looks for what the best customers have in common, and describes
// segments and personas (METHOD 7.1, 7.2).
func describe(d *dataset.Dataset, o Options, r *Results) {
	if d.Offers != nil || d.Customers.Len() == 0 {
		return
	}
	if r.FirmValue != nil {
		options := profile.DefaultOptions()
		options.Sampling = o.sampling()
		r.Profile = profile.FindIdeal(d, r.FirmValue, firmLabel(d, r), options)
	}
	in := profile.GroupInput{Data: d, Kind: profile.Segment, Value: r.Value, Classes: r.Quadrant, Firm: r.FirmValue,
		Match: quadrant.NewComposite(d.Match, quadrant.MatchComponents, d.Customers.Len()).Scores(), Drivers: o.drivers()}
	r.Profiles = profile.DescribeGroups(in)
	in.Kind = profile.Persona
	r.Personas = profile.DescribeGroups(in)
}

// firmLabel returns the header of the column that value to the firm comes from,
// "" where it comes from several or is computed.
func firmLabel(d *dataset.Dataset, r *Results) string {
	if r.FirmSource == FirmColumn {
		return d.FirmLabel
	}
	return ""
}
