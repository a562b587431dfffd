package parts

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// ErrMalformed means that a part is not well-formed XML.
var ErrMalformed = errors.New("the part is not well formed")

// WellFormed holds that a part is well-formed XML: tags match, one root,
// prefixes are declared, no attribute is there twice.
func WellFormed(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []frame
	roots := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrMalformed, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) == 0 {
				roots++
			}
			f, err := enter(open, t)
			if err != nil {
				return err
			}
			open = append(open, f)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1].name != t.Name {
				return fmt.Errorf("%w: </%s> does not match", ErrMalformed, t.Name.Local)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 || roots != 1 {
		return fmt.Errorf("%w: %d roots, %d elements without end", ErrMalformed, roots, len(open))
	}
	return nil
}

// A frame is an open element with the prefixes that it declares.
type frame struct {
	name     xml.Name
	declares []string
}

func enter(open []frame, t xml.StartElement) (frame, error) {
	f := frame{name: t.Name}
	for i, a := range t.Attr {
		if a.Name.Space == "xmlns" {
			f.declares = append(f.declares, a.Name.Local)
		}
		for _, b := range t.Attr[:i] {
			if a.Name == b.Name {
				return f, fmt.Errorf("%w: attribute %s twice in <%s>", ErrMalformed, a.Name.Local, t.Name.Local)
			}
		}
	}
	declared := func(prefix string) bool {
		if prefix == "" || prefix == "xml" || prefix == "xmlns" || has(f.declares, prefix) {
			return true
		}
		for i := len(open) - 1; i >= 0; i-- {
			if has(open[i].declares, prefix) {
				return true
			}
		}
		return false
	}
	if !declared(t.Name.Space) {
		return f, fmt.Errorf("%w: prefix %s is not declared", ErrMalformed, t.Name.Space)
	}
	for _, a := range t.Attr {
		if !declared(a.Name.Space) {
			return f, fmt.Errorf("%w: prefix %s is not declared", ErrMalformed, a.Name.Space)
		}
	}
	return f, nil
}

func has(list []string, name string) bool {
	for _, other := range list {
		if other == name {
			return true
		}
	}
	return false
}
