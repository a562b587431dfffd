package main

import (
	"strings"

	"valuebook/report/config"
	"valuebook/report/dataset"
)

// perAttribute begins the settings whose names end in an attribute.
const perAttribute = "weight."

// A stray is a setting for an attribute that the workbook does not have.
type stray struct {
	Entry   config.Entry
	Unknown *config.UnknownError
}

// Finding returns the stray as a remark on the workbook.
func (s stray) Finding() dataset.Finding {
	ref := s.Entry.Ref
	if s.Entry.Origin != config.Sheet {
		ref = dataset.Ref{File: s.Entry.Place}
	}
	nearest := dataset.TermOf("setting.none-near")
	if s.Unknown.Nearest != "" {
		nearest = dataset.Str(s.Unknown.Nearest)
	}
	return dataset.Finding{
		Code: "setting-attribute", Severity: dataset.Error, Ref: ref, Got: s.Entry.Name,
		Args: []dataset.Quantity{dataset.Str(s.Entry.Name), nearest},
	}
}

// nameAttributes gives settings such as weight.service the ID of the attribute
// they mean, which is found by ID or label, in upper or lower case.
func nameAttributes(entries []config.Entry, attributes []dataset.Attribute) (named []config.Entry, strays []stray) {
	ids := map[string]string{}
	var names []string
	for _, a := range attributes {
		ids[strings.ToLower(a.Label)] = a.ID
		names = append(names, perAttribute+a.ID)
	}
	for _, a := range attributes { // an ID goes before another attribute's label
		ids[strings.ToLower(a.ID)] = a.ID
	}
	for _, entry := range entries {
		name, ok := strings.CutPrefix(entry.Name, perAttribute)
		if !ok {
			named = append(named, entry)
			continue
		}
		id, ok := ids[strings.ToLower(name)]
		if !ok {
			strays = append(strays, stray{entry, &config.UnknownError{
				Name: entry.Name, Nearest: config.Nearest(entry.Name, names), Place: entry.Place,
			}})
			continue
		}
		entry.Name = perAttribute + id
		named = append(named, entry)
	}
	return named, strays
}
