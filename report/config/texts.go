package config

import "gopkg.in/yaml.v3"

// textKey is the list of own texts in a file.
const textKey = "text"

// findingsPage is the place that is no section.
const findingsPage = "findings"

// A Text is a file of the user's own words for the pages, and where they go.
type Text struct {
	File    string // path as written, relative to the folder of the configuration file
	Section string // fixed identifier; "findings" for the first page
	Before  bool   // before the section instead of after it
	Place   string // "valuebook.yaml:3"
}

// texts reads the list of own texts: each a file and exactly one of before,
// after and on.
func (r *reader) texts(n *yaml.Node) []Text {
	var all []Text
	for _, item := range r.items(n, textKey) {
		t := Text{Place: r.place(item)}
		places := 0
		r.each(item, []string{"file", "before", "after", "on"}, func(key string, value *yaml.Node) {
			switch key {
			case "file":
				t.File = value.Value
			case "on":
				t.Section = r.oneOf(value, key, findingsPage)
				places++
			default:
				t.Section, t.Before = r.oneOf(value, key, r.known.Sections...), key == "before"
				places++
			}
		}, nil)
		if t.File == "" {
			r.want(item, "file", "want.file")
		}
		if places != 1 {
			r.want(item, textKey, "want.one-place")
		}
		all = append(all, t)
	}
	return all
}
