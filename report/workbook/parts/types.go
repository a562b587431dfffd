package parts

import (
	"encoding/xml"
	"fmt"
	"path"
	"strings"
)

// TypesName is the name of the part with the content types.
const TypesName = "[Content_Types].xml"

// Types are the content types of a package.
type Types struct {
	defaults  map[string]string // by ending, in lower case
	overrides map[string]string // by name, in lower case
}

// Types reads the content types.
func (p *Package) Types() (Types, error) {
	data, err := p.Read(TypesName)
	if err != nil {
		return Types{}, err
	}
	var doc struct {
		Default []struct {
			Extension   string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		return Types{}, fmt.Errorf("content types: %w", err)
	}
	t := Types{map[string]string{}, map[string]string{}}
	for _, d := range doc.Default {
		t.defaults[strings.ToLower(d.Extension)] = d.ContentType
	}
	for _, o := range doc.Override {
		t.overrides[key(o.PartName)] = o.ContentType
	}
	return t, nil
}

// Of returns the content type of a part, "" when it has none.
func (t Types) Of(name string) string {
	if kind, ok := t.overrides[key(name)]; ok {
		return kind
	}
	return t.Default(name)
}

// Default returns the content type that a part has by the ending of its name.
func (t Types) Default(name string) string {
	return t.defaults[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

// Own reports whether a part has a content type of its own.
func (t Types) Own(name string) bool {
	_, ok := t.overrides[key(name)]
	return ok
}
