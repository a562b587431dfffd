package sheetxml

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// An Edit replaces some bytes of a part. Most edits replace none: they insert.
type Edit struct {
	At  int    // place in the original part
	Old []byte // what stood there, empty for an insertion
	New []byte
}

// Apply returns the part with the edits made. Edits at one place are made in
// the order in which they are given; edits that overlap are an error.
func Apply(part []byte, edits []Edit) ([]byte, error) {
	ordered := slices.Clone(edits)
	slices.SortStableFunc(ordered, func(a, b Edit) int { return cmp.Compare(a.At, b.At) })
	size := len(part)
	for _, e := range ordered {
		size += len(e.New) - len(e.Old)
	}
	out, at := make([]byte, 0, max(size, 0)), 0
	for _, e := range ordered {
		if e.At < at || e.At+len(e.Old) > len(part) || !bytes.Equal(part[e.At:e.At+len(e.Old)], e.Old) {
			return nil, fmt.Errorf("%w: an edit does not fit", ErrUnknown)
		}
		out = append(out, part[at:e.At]...)
		out = append(out, e.New...)
		at = e.At + len(e.Old)
	}
	return append(out, part[at:]...), nil
}

// Strip takes the edits out of a changed part again, which gives the original.
// It is an error when what the edits inserted does not stand where it should.
func Strip(changed []byte, edits []Edit) ([]byte, error) {
	ordered := slices.Clone(edits)
	slices.SortStableFunc(ordered, func(a, b Edit) int { return cmp.Compare(a.At, b.At) })
	out, at, shift := make([]byte, 0, len(changed)), 0, 0
	for _, e := range ordered {
		from := e.At + shift
		if from < at || from+len(e.New) > len(changed) || !bytes.Equal(changed[from:from+len(e.New)], e.New) {
			return nil, fmt.Errorf("%w: an insertion is not in its place", ErrBroken)
		}
		out = append(out, changed[at:from]...)
		out = append(out, e.Old...)
		at = from + len(e.New)
		shift += len(e.New) - len(e.Old)
	}
	return append(out, changed[at:]...), nil
}

// Insert returns an edit that inserts.
func Insert(at int, text string) Edit { return Edit{At: at, New: []byte(text)} }

// Replace returns an edit of the bytes from..to.
func Replace(part []byte, from, to int, text string) Edit {
	return Edit{At: from, Old: part[from:to], New: []byte(text)}
}

// Into returns the edit that puts text at the end of an element; an empty
// element is opened.
func Into(part []byte, e Element, text string) Edit { return into(part, e, e.InnerEnd, text) }

// into does the same at a place within an element that is open.
func into(part []byte, e Element, at int, text string) Edit {
	if e.Kind != Empty {
		return Insert(at, text)
	}
	return Replace(part, e.Tag.End-len("/>"), e.Tag.End, ">"+text+"</"+string(e.Name)+">")
}

// Prefixed returns a fragment, whose names have no prefix, with a prefix such
// as "x:" before the names of its elements. Names with a prefix of their own
// stay.
func Prefixed(fragment []byte, prefix string) []byte {
	if prefix == "" {
		return fragment
	}
	var out bytes.Buffer
	s, at := NewScanner(fragment), 0
	for {
		t, ok := s.Next()
		if !ok {
			out.Write(fragment[at:])
			return out.Bytes()
		}
		if t.Prefix() != "" {
			continue
		}
		name := t.Start + 1
		if t.Kind == Close {
			name++
		}
		out.Write(fragment[at:name])
		out.WriteString(prefix)
		at = name
	}
}
