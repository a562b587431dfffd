package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"valuebook/report/dataset"
)

// FileName is the file that is read beside a workbook.
const FileName = "valuebook.yaml"

// VariablePrefix begins the name of every variable; VALUEBOOK_AS_OF is the
// setting as_of.
const VariablePrefix = "VALUEBOOK_"

// FromFile reads a YAML file. Its settings are name and value, where a list is
// joined by commas and a map below a name adds to the name with a full stop
// (threshold: {match: median} is threshold.match); below "workbooks" stands how
// workbooks are to be read. A name that does not exist is an [*UnknownError],
// a value that its key does not take a [*WantError], what is no YAML a
// [*SyntaxError].
func FromFile(path string, known Known) (Document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Document{Path: path}, err
	}
	f, err := parse(filepath.Base(path), data, known)
	f.Path = path
	return f, err
}

// Beside returns the file beside a workbook, with an empty path when there is
// none.
func Beside(workbook string, known Known) (Document, error) {
	path := filepath.Join(filepath.Dir(workbook), FileName)
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return Document{}, nil
	}
	return FromFile(path, known)
}

func parse(name string, data []byte, known Known) (Document, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return Document{}, syntaxError(name, err)
	}
	if err := checkPaths(name, &root); err != nil {
		return Document{}, err
	}
	if len(root.Content) == 0 { // an empty file
		return Document{}, nil
	}
	var f Document
	top := root.Content[0]
	if list := takeKey(top, workbooksKey); list != nil {
		r := reader{file: name, known: known}
		if f.Workbooks = r.workbooks(list); r.err != nil {
			return Document{}, r.err
		}
	}
	if list := takeKey(top, textKey); list != nil {
		r := reader{file: name, known: known}
		if f.Texts = r.texts(list); r.err != nil {
			return Document{}, r.err
		}
	}
	r := reader{file: name, known: known}
	if f.Records = r.records(top); r.err != nil {
		return Document{}, r.err
	}
	if key := listOfMaps(top); key != nil {
		return Document{}, known.unknown(key.Value, fmt.Sprintf("%s:%d", name, key.Line))
	}
	var err error
	if f.Entries, err = flatten(name, "", top); err != nil {
		return Document{}, err
	}
	for _, entry := range f.Entries {
		if !known.Has(entry.Name) {
			return Document{}, known.unknown(entry.Name, entry.Place)
		}
	}
	return f, nil
}

// listOfMaps returns the first key of a map whose value is a list of maps, as only that of the workbooks is; nil without one.
func listOfMaps(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if list := n.Content[i+1]; list.Kind == yaml.SequenceNode && len(list.Content) > 0 && list.Content[0].Kind == yaml.MappingNode {
			return n.Content[i]
		}
	}
	return nil
}

// takeKey takes a key out of a map and returns its value, nil without it.
func takeKey(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if value := n.Content[i+1]; n.Content[i].Value == key {
			n.Content = append(n.Content[:i:i], n.Content[i+2:]...)
			return value
		}
	}
	return nil
}

// flatten turns a node into entries; name is the path to it.
func flatten(file, name string, node *yaml.Node) ([]Entry, error) {
	place := fmt.Sprintf("%s:%d", file, node.Line)
	switch node.Kind {
	case yaml.ScalarNode:
		if name == "" {
			return nil, fmt.Errorf("%s: a setting is a name, a colon and a value", place)
		}
		return []Entry{{Name: name, Value: node.Value, Origin: File, Place: place}}, nil
	case yaml.SequenceNode:
		var values []string
		for _, item := range node.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("%s: the list %s holds more than plain values", place, name)
			}
			values = append(values, item.Value)
		}
		return []Entry{{Name: name, Value: strings.Join(values, ","), Items: values, Origin: File, Place: place}}, nil
	case yaml.MappingNode:
		var entries []Entry
		for i := 0; i+1 < len(node.Content); i += 2 {
			below, err := flatten(file, join(name, node.Content[i].Value), node.Content[i+1])
			if err != nil {
				return nil, err
			}
			entries = append(entries, below...)
		}
		return entries, nil
	}
	return nil, fmt.Errorf("%s: aliases are not used here", place)
}

func join(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

// FromVariables reads settings from an environment as os.Environ gives it.
// Variables of unknown names are returned apart: they may be meant for another
// program.
func FromVariables(environ []string, known Known) (entries []Entry, unknown []*UnknownError) {
	byVariable := map[string]string{}
	for _, name := range known.Names {
		byVariable[VariableOf(name)] = name
	}
	for _, pair := range environ {
		variable, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(variable, VariablePrefix) || value == "" {
			continue
		}
		if name, ok := byVariable[variable]; ok {
			entries = append(entries, Entry{Name: name, Value: value, Origin: Variable, Place: variable})
			continue
		}
		wanted := strings.ToLower(strings.TrimPrefix(variable, VariablePrefix))
		unknown = append(unknown, known.unknown(wanted, variable))
	}
	return entries, unknown
}

// VariableOf returns the variable of a setting: VALUEBOOK_THRESHOLD_MATCH for
// threshold.match.
func VariableOf(name string) string {
	return VariablePrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(name))
}

// FromSheet takes the settings of the workbook's Parameters sheet. A name that
// does not exist is a finding, and the run goes on without it. ignored are
// beginnings of names that the reading has already applied.
func FromSheet(settings []dataset.Setting, known Known, ignored ...string) ([]Entry, []dataset.Finding) {
	var entries []Entry
	var findings []dataset.Finding
	for _, s := range settings {
		if hasAnyPrefix(s.Name, ignored) {
			continue
		}
		if !known.Has(s.Name) {
			findings = append(findings, unknownFinding(s, known))
			continue
		}
		entries = append(entries, Entry{Name: s.Name, Value: s.Value, Origin: Sheet, Place: s.Ref.String(), Ref: s.Ref})
	}
	return entries, findings
}

func unknownFinding(s dataset.Setting, known Known) dataset.Finding {
	nearest := dataset.TermOf("setting.none-near")
	if name := Nearest(s.Name, known.Names); name != "" {
		nearest = dataset.Str(name)
	}
	return dataset.Finding{
		Code: "setting-unknown", Severity: dataset.Error, Ref: s.Ref, Got: s.Name,
		Args: []dataset.Quantity{dataset.Str(s.Name), nearest},
	}
}

// Finding returns the finding for a value of the Parameters sheet that its
// setting does not take.
func (e *InvalidError) Finding() dataset.Finding {
	return dataset.Finding{
		Code: "setting-invalid", Severity: dataset.Error, Ref: e.Entry.Ref, Got: e.Entry.Value,
		Args: []dataset.Quantity{dataset.Str(e.Entry.Name), dataset.Str(e.Entry.Value), dataset.Str(e.Err.Error())},
	}
}

func hasAnyPrefix(name string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
