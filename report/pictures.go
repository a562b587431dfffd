package report

import (
	"strconv"
	"strings"
)

// A Picture is one chart of the report with a name that no other has.
type Picture struct {
	Section string // fixed identifier
	Name    string // of a file without its ending: small letters, digits and hyphens
	Chart   *Chart // always titled, by its section where it has no title of its own
}

// Pictures returns the charts of all sections, in page order.
func (r *Report) Pictures() []Picture {
	var all []Picture
	taken := map[string]bool{}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if b.Chart == nil {
				continue
			}
			chart := *b.Chart
			if chart.Title.IsZero() {
				chart.Title = s.Title
			}
			name := pictureName(s.ID, chart.ID)
			for n := 2; taken[name]; n++ {
				name = pictureName(s.ID, chart.ID) + "-" + strconv.Itoa(n)
			}
			taken[name] = true
			all = append(all, Picture{Section: s.ID, Name: name, Chart: &chart})
		}
	}
	return all
}

// pictureName joins section and chart, once where both have the same name.
func pictureName(section, chart string) string {
	name := section
	if chart != "" && chart != section {
		name += "-" + chart
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, name)
}

// pictureIDs are the fixed identifiers of the charts that sections have; of
// those that end in a hyphen any with this beginning.
var pictureIDs = []string{
	"", "arrows", "canvas", "contributions", "differences", "drivers", "earnings", "exchange", "firm_value", "head_to_head", "importance-", "leads", "levels", "matrix", "months",
	"offer_quadrant", "offers", "quadrant", "ranked", "revenue", "rfm", "segment_mix", "segments", "survival", "tenths", "tracking",
	"trend-", "value_based_price", "value_map", "voice",
}

var pictureSections = []string{
	SectionQuadrant, SectionRivals, SectionValue, SectionCustomers, SectionSegments, SectionDrivers, SectionProfile, SectionPersonas, SectionVoice, SectionConcepts,
	SectionLifetime, SectionPurchases, SectionConcentration, SectionScores, SectionMovement, SectionOffers, SectionData, SectionMethod,
}

// IsPictureName reports whether a chart of a report may be called so, as
// [Report.Pictures] calls them.
func IsPictureName(name string) bool {
	if cut := strings.LastIndexByte(name, '-'); cut > 0 {
		if n, err := strconv.Atoi(name[cut+1:]); err == nil && n >= 2 {
			name = name[:cut] // the number of one of several
		}
	}
	for _, section := range pictureSections {
		for _, id := range pictureIDs {
			full := pictureName(section, id)
			if name == full || strings.HasSuffix(id, "-") && strings.HasPrefix(name, full) {
				return true
			}
		}
	}
	return false
}
