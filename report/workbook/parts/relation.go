package parts

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// A Relation names a part that another part uses.
type Relation struct {
	ID       string `xml:"Id,attr"`
	Type     string `xml:"Type,attr"`
	Target   string `xml:"Target,attr"` // the name of the part, or an address outside
	Mode     string `xml:"TargetMode,attr"`
	Original string `xml:"-"` // the target as it stands in the file
}

// External reports whether the target is outside the package.
func (r Relation) External() bool { return strings.EqualFold(r.Mode, "External") }

// Kind returns the last word of the type, such as "worksheet".
func (r Relation) Kind() string { return path.Base(r.Type) }

// RelationsName returns the name of the part that holds the relations of a
// part; "" stands for the package.
func RelationsName(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// Relations returns the relations of a part, "" for the package. A part
// without relations has none.
func (p *Package) Relations(part string) ([]Relation, error) {
	var doc struct {
		Relations []Relation `xml:"Relationship"`
	}
	err := p.Decode(RelationsName(part), &doc)
	if errors.Is(err, ErrMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("relations: %w", err)
	}
	for i, r := range doc.Relations {
		doc.Relations[i].Original = r.Target
		if !r.External() {
			doc.Relations[i].Target = Resolve(part, r.Target)
		}
	}
	return doc.Relations, nil
}

// Resolve returns the name of the part that a target means, as it is written
// in the relations of part.
func Resolve(part, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	target, _, _ = strings.Cut(target, "#")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(part), target), "/")
}

// Target returns the way from a part to another one, as it is written in its
// relations.
func Target(part, to string) string {
	from, dirs := strings.Split(part, "/"), strings.Split(to, "/")
	same := 0
	for same < len(from)-1 && same < len(dirs)-1 && from[same] == dirs[same] {
		same++
	}
	return strings.Repeat("../", len(from)-1-same) + strings.Join(dirs[same:], "/")
}

// Workbook returns the name of the main part.
func (p *Package) Workbook() (string, error) {
	relations, err := p.Relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.Kind() == "officeDocument" && !r.External() {
			return r.Target, nil
		}
	}
	return "", fmt.Errorf("%w: workbook", ErrMissing)
}

// Reachable returns the names of the parts that can be reached by relations
// from the package, but not through the parts of without; keys are in lower
// case.
func (p *Package) Reachable(without map[string]bool) (map[string]bool, error) {
	seen := map[string]bool{}
	var visit func(part string) error
	visit = func(part string) error {
		relations, err := p.Relations(part)
		if err != nil {
			return err
		}
		for _, r := range relations {
			name := key(r.Target)
			if r.External() || seen[name] || without[name] || !p.Has(r.Target) {
				continue
			}
			seen[name] = true
			if err := visit(r.Target); err != nil {
				return err
			}
		}
		return nil
	}
	return seen, visit("")
}
