package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"maps"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// A refusal says why a workbook cannot be put together from its own bytes.
type refusal struct {
	code string // of the catalogue, below "annotate.reason."
	err  error
}

func (r refusal) Error() string { return "annotate: " + r.code + ": " + r.err.Error() }
func (r refusal) Unwrap() error { return r.err }

func refuse(code, format string, args ...any) error {
	return refusal{code, fmt.Errorf(format, args...)}
}

// The reasons of refusals.
const (
	reasonSigned   = "signed"
	reasonForm     = "form"     // strict, encrypted, or made in a way that is not known
	reasonOccupied = "occupied" // content of the user's stands in the way
	reasonGate     = "gate"     // what was made differs from what it should be
)

// A joiner puts the delivered workbook together: the original package with
// what is new in the applied one. Nothing of the original is rewritten; parts
// that must change get insertions.
type joiner struct {
	from, to *archive // applied and original
	plan     Plan
	styles   *sheetxml.StyleJoin
	texts    [][]byte // string table of the applied workbook

	looks   map[string]*look     // large sheets of the original, by part
	streams map[string]*streamed // sheets whose rows are written bit by bit, by part

	changed map[string]revision // parts of the original that change
	added   []parts.Part
	names   map[string]string // part of the applied workbook -> its name here
	taken   map[string]bool   // names of new parts, in lower case
	kinds   []kind            // content types of new parts
	sheets  []newSheet
	dropped map[string]bool

	filtered  sheetxml.Area // of the user's sheet, as its filter was
	hidden    []definedName // of our own, beside those of the plan
	keepChain bool          // no formula comes or goes: the order of calculation stays
}

// A revision is a part of the original with the edits that changed it.
type revision struct {
	before, after []byte
	edits         []sheetxml.Edit
}

// A kind is the content type of a new part.
type kind struct{ part, contentType string }

// A newSheet is a sheet of ours with its part and its relation.
type newSheet struct{ name, part, relation string }

// join returns the original workbook with what a plan added to it: cells, styles
// and sheets are taken from the applied workbook, which the spreadsheet library
// saved, and every other byte from the original. The result was opened again
// and compared; an error is a [refusal] that says why there is none.
func join(original, applied []byte, plan Plan) ([]byte, error) {
	to, err := openArchive(original)
	if err != nil {
		return nil, err
	}
	from, err := openArchive(applied)
	if err != nil {
		return nil, err
	}
	j := newJoiner(from, to, plan)
	if err := j.make(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := j.to.pack.Write(&out, j.change()); err != nil {
		return nil, classified(err)
	}
	if err := j.gate(original, out.Bytes()); err != nil {
		return nil, refusal{reasonGate, err}
	}
	return out.Bytes(), nil
}

func newJoiner(from, to *archive, plan Plan) *joiner {
	return &joiner{from: from, to: to, plan: plan, streams: map[string]*streamed{},
		changed: map[string]revision{}, names: map[string]string{}, taken: map[string]bool{}, dropped: map[string]bool{}}
}

// make prepares all that changes.
func (j *joiner) make() error {
	for _, step := range []func() error{j.prepare, j.block, j.newSheets, j.saveStyles, j.workbook, j.relations, j.types} {
		if err := step(); err != nil {
			return classified(err)
		}
	}
	return nil
}

// classified gives an error of the packages below its reason.
func classified(err error) error {
	var known refusal
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, sheetxml.ErrOccupied):
		return refusal{reasonOccupied, err}
	}
	return refusal{reasonForm, err}
}

// change is what happens to the original package.
func (j *joiner) change() parts.Change {
	c := parts.Change{Replace: map[string][]byte{}, Stream: map[string]parts.Blocks{}, Drop: maps.Clone(j.dropped), Add: j.added}
	for name, r := range j.changed {
		c.Replace[name] = r.after
	}
	for name, s := range j.streams {
		if j.to.pack.Has(name) {
			c.Stream[name] = s.blocks
		}
	}
	return c
}

// edit makes edits in a part of the original.
func (j *joiner) edit(name string, before []byte, edits []sheetxml.Edit) error {
	if len(edits) == 0 {
		return nil
	}
	after, err := sheetxml.Apply(before, edits)
	if err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	j.changed[name] = revision{before, after, edits}
	return nil
}

// prepare reads the styles and texts of both workbooks.
func (j *joiner) prepare() error {
	var base []byte
	if part := j.to.related("styles"); part != "" {
		var err error
		if base, err = j.to.pack.Read(part); err != nil {
			return err
		}
	}
	from, err := j.from.pack.Read(j.from.related("styles"))
	if err != nil {
		return err
	}
	if j.styles, err = sheetxml.JoinStyles(base, from); err != nil {
		return err
	}
	part := j.from.related("sharedStrings")
	if part == "" || !j.from.pack.Has(part) {
		return nil
	}
	table, err := j.from.pack.Read(part)
	if err != nil {
		return err
	}
	j.texts, err = sheetxml.Strings(table)
	return err
}

// saveStyles appends the styles that were used.
func (j *joiner) saveStyles() error {
	after, edits, err := j.styles.Part()
	if err != nil {
		return err
	}
	if part := j.to.related("styles"); part != "" {
		before, err := j.to.pack.Read(part)
		if err != nil || len(edits) == 0 {
			return err
		}
		j.changed[part] = revision{before, after, edits}
		return nil
	}
	part := j.free("xl/styles.xml")
	j.names[j.from.related("styles")] = part
	j.add(part, after, j.from.types.Of(j.from.related("styles")))
	return nil
}

// add keeps a new part.
func (j *joiner) add(name string, data []byte, contentType string) {
	j.added = append(j.added, parts.Part{Name: name, Data: data})
	if contentType != "" {
		j.kinds = append(j.kinds, kind{name, contentType})
	}
}
