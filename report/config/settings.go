package config

import (
	"fmt"
	"sort"
	"strings"

	"valuebook/report/dataset"
)

// Origin says which layer a value came from. A higher origin wins.
type Origin uint8

// The origins, weakest first.
const (
	Default Origin = iota
	File
	Sheet
	Variable
	Flag
)

// String returns the fixed identifier: "default", "file", "sheet", "variable",
// "flag".
func (o Origin) String() string {
	return [...]string{"default", "file", "sheet", "variable", "flag"}[o]
}

// An Entry is one setting as it was given.
type Entry struct {
	Name   string
	Value  string
	Items  []string // of a value that is a list in a file, nil otherwise
	Origin Origin
	Place  string      // "--delta", "VALUEBOOK_DELTA", "Parameters!B4", "valuebook.yaml:3"
	Ref    dataset.Ref // the cell of a Sheet entry
}

// An InvalidError is a value that its setting does not take.
type InvalidError struct {
	Entry Entry
	Err   error
}

// Error names the place, the value and what is wrong with it.
func (e *InvalidError) Error() string {
	return fmt.Sprintf("%s: %q: %v", e.Entry.Place, e.Entry.Value, e.Err)
}

// Unwrap returns what is wrong with the value.
func (e *InvalidError) Unwrap() error { return e.Err }

// Settings are entries after precedence: one per name.
type Settings struct {
	entries map[string]Entry
}

// Merge returns the strongest entry of each name. Of two entries with one
// origin the later wins, as the last of two equal flags does.
func Merge(layers ...[]Entry) Settings {
	merged := Settings{entries: map[string]Entry{}}
	for _, layer := range layers {
		for _, entry := range layer {
			held, ok := merged.entries[entry.Name]
			if !ok || entry.Origin >= held.Origin {
				merged.entries[entry.Name] = entry
			}
		}
	}
	return merged
}

// Value returns the value of a setting, "" when nobody gave one.
func (s Settings) Value(name string) string { return s.entries[name].Value }

// Entry returns a setting with its origin; ok is false when nobody gave one.
func (s Settings) Entry(name string) (entry Entry, ok bool) {
	entry, ok = s.entries[name]
	return entry, ok
}

// List returns all entries in the order of their names.
func (s Settings) List() []Entry {
	all := make([]Entry, 0, len(s.entries))
	for _, entry := range s.entries {
		all = append(all, entry)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	return all
}

// Apply hands every entry but those named in skip to set, in the order of
// their names, and returns those that set refused.
func (s Settings) Apply(set func(name, value string) error, skip func(name string) bool) []*InvalidError {
	var refused []*InvalidError
	for _, entry := range s.List() {
		if skip(entry.Name) {
			continue
		}
		if err := set(entry.Name, entry.Value); err != nil {
			refused = append(refused, &InvalidError{Entry: entry, Err: err})
		}
	}
	return refused
}

// Known are the names that settings may have.
type Known struct {
	Names    []string // whole names, such as "delta"
	Prefixes []string // beginnings of names with a free end, such as "weight."

	// Records are the lists of maps that a file may hold, by their names, with
	// the names of each entry.
	Records map[string][]string

	// The roles that a file may give tables and columns.
	TableRoles, ColumnRoles []string

	// The sections beside which a file may place texts.
	Sections []string
}

// An UnknownError is a name that no setting has.
type UnknownError struct {
	Name    string
	Nearest string // the known name that looks most like it, "" when none does
	Place   string
}

// Error names the place and the name.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("%s: no setting is called %q", e.Place, e.Name)
}

// Has reports whether a setting of that name exists.
func (k Known) Has(name string) bool {
	for _, known := range k.Names {
		if name == known {
			return true
		}
	}
	for _, prefix := range k.Prefixes {
		if len(name) > len(prefix) && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func (k Known) unknown(name, place string) *UnknownError {
	return &UnknownError{Name: name, Nearest: Nearest(name, append([]string{workbooksKey, textKey}, k.Names...)), Place: place}
}
