package report

import (
	"slices"
	"strings"
)

// OtherSections stands in a choice of sections for all that it does not name,
// in their usual order.
const OtherSections = "*"

// sectionCodes are the sections that a report may have, in their usual order.
var sectionCodes = []string{
	SectionQuadrant, SectionRivals, SectionValue, SectionCustomers, SectionSegments, SectionPersonas, SectionDrivers, SectionVoice,
	SectionLifetime, SectionPurchases, SectionConcentration, SectionScores, SectionProfile, SectionConcepts, SectionMovement,
	SectionOffers, SectionData, SectionMethod,
}

// SectionCodes returns the fixed identifiers of all sections that a report may
// have, in their usual order.
func SectionCodes() []string { return slices.Clone(sectionCodes) }

// UnknownSection returns the first name of a choice that no section has; ok is
// false where there is none.
func UnknownSection(choice []string) (name string, ok bool) {
	for _, entry := range choice {
		name := strings.TrimPrefix(entry, "-")
		if entry != OtherSections && !slices.Contains(sectionCodes, name) {
			return name, true
		}
	}
	return "", false
}

// Arranged returns the sections that a choice names, in its order: "quadrant"
// takes a section, "-data" leaves one out, "*" stands for all others. A choice
// that only leaves out begins with all; an empty one is all. What the report
// does not have is absent.
func Arranged(sections []Section, choice []string) []Section {
	if len(choice) == 0 {
		return sections
	}
	out := map[string]bool{}
	var wanted []string
	for _, entry := range choice {
		if name, without := strings.CutPrefix(entry, "-"); without {
			out[name] = true
		} else if !slices.Contains(wanted, entry) {
			wanted = append(wanted, entry)
		}
	}
	if len(wanted) == 0 {
		wanted = []string{OtherSections}
	}
	var arranged []Section
	for _, name := range wanted {
		for _, s := range sections {
			if !out[s.ID] && (s.ID == name || name == OtherSections && !slices.Contains(wanted, s.ID)) {
				arranged = append(arranged, s)
			}
		}
	}
	return arranged
}
