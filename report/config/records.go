package config

import (
	"slices"
	"sort"

	"gopkg.in/yaml.v3"
)

// A Record is one entry of a list of maps, such as one recipient. The names of
// its entries are those within the record.
type Record struct {
	Place   string
	Entries []Entry
}

// Entry returns an entry of the record; ok is false when it has none of that
// name.
func (r Record) Entry(name string) (entry Entry, ok bool) {
	for _, entry := range r.Entries {
		if entry.Name == name {
			return entry, true
		}
	}
	return Entry{}, false
}

// Values returns what an entry lists: the items of a list, or its one value;
// nil without a value.
func (e Entry) Values() []string {
	switch {
	case e.Items != nil:
		return e.Items
	case e.Value != "":
		return []string{e.Value}
	}
	return nil
}

// records takes the lists of maps that have a name out of a file.
func (r *reader) records(top *yaml.Node) map[string][]Record {
	var found map[string][]Record
	names := make([]string, 0, len(r.known.Records))
	for name := range r.known.Records {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !hasListOfMaps(top, name) {
			continue // a setting of that name has a plain value
		}
		if found == nil {
			found = map[string][]Record{}
		}
		found[name] = r.recordsOf(takeKey(top, name), name)
	}
	return found
}

// recordsOf reads one list of maps.
func (r *reader) recordsOf(list *yaml.Node, name string) []Record {
	all := []Record{}
	for _, item := range r.items(list, name) {
		record := Record{Place: r.place(item)}
		r.each(item, r.known.Records[name], func(key string, value *yaml.Node) {
			record.Entries = append(record.Entries, r.settings(key, value)...)
		}, nil)
		for _, entry := range record.Entries {
			if !slices.Contains(r.known.Records[name], entry.Name) { // a map where a value should be
				r.fail(&UnknownError{Name: entry.Name, Nearest: Nearest(entry.Name, r.known.Records[name]), Place: entry.Place})
			}
		}
		all = append(all, record)
	}
	return all
}

// hasListOfMaps reports whether the value of a key is a list whose first item
// is a map.
func hasListOfMaps(n *yaml.Node, key string) bool {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		list := n.Content[i+1]
		if n.Content[i].Value == key && list.Kind == yaml.SequenceNode && len(list.Content) > 0 && list.Content[0].Kind == yaml.MappingNode {
			return true
		}
	}
	return false
}
