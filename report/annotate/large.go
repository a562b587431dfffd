package annotate

import (
	"bytes"
	"fmt"
	"io"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// A workbook with many customers is annotated without having its large sheets
// in memory: they are read once to learn about them, once while our cells are
// put in, and once more, together with what was written, by the gate. The
// spreadsheet library sees the workbook with these sheets emptied.

// isLarge reports whether a dataset has so many rows that its workbook is
// annotated bit by bit.
func isLarge(d *dataset.Dataset) bool {
	n := d.Customers.Len()
	if d.Offers != nil {
		n = max(n, len(d.Offers.Name))
	}
	return n >= bulkRows
}

// A large is a workbook that is annotated bit by bit.
type large struct {
	at    *archive
	looks map[string]*look // by part
	light []byte           // the workbook with its large sheets emptied
}

// annotateLarge is [AnnotateFile] for workbooks with many customers. Tables are
// planned as columns from a number of rows on.
func annotateLarge(to Output, b *large, from int, r *report.Report, w *wording.Writer) ([]dataset.Finding, error) {
	f, err := openBook(b.light)
	if err != nil {
		return nil, refusal{reasonForm, err}
	}
	defer f.Close()
	before, err := photograph(f)
	if err != nil {
		return nil, refusal{reasonForm, err}
	}
	before.bytes = b.light
	for _, s := range b.at.main.Sheets {
		if l, g := b.looks[b.at.part(s.Name)], before.sheets[s.Name]; l != nil && g != nil {
			g.last = max(l.last, l.last2)
		}
	}
	room := space(r, before)
	room.Bulk, room.Number, room.Holds = from, nil, b.holds
	plan, ok := before.filtered(r, w, room, "", sheetxml.Area{})
	if !ok {
		plan = Prepare(r, w, room)
	}
	new, err := skeleton(plan, defaultFont(f))
	if err != nil {
		return nil, err
	}
	j, err := b.join(to, new, plan)
	if err == nil {
		err = b.gate(to, j, before)
	}
	if err != nil {
		return nil, err
	}
	return findings(r, plan), nil
}

// newLarge reads the workbook.
func newLarge(pack *parts.Package, d *dataset.Dataset) (*large, error) {
	at, err := newArchive(pack)
	if err != nil {
		return nil, err
	}
	b := &large{at: at}
	if b.looks, err = looks(at, d); err != nil {
		return nil, err
	}
	frames := map[string]sheetxml.Frame{}
	for part, l := range b.looks {
		frames[part] = l.frame
	}
	b.light, err = emptied(pack, frames)
	return b, err
}

// largeTexts is the size of a string table, in bytes, from which the spreadsheet
// library gets an empty one.
const largeTexts = 8 << 20

// emptied returns a workbook without the rows of some sheets.
func emptied(pack *parts.Package, frames map[string]sheetxml.Frame) ([]byte, error) {
	change := parts.Change{Replace: map[string][]byte{}}
	for part, frame := range frames {
		change.Replace[part] = frame.Part()
	}
	for _, name := range pack.Names() {
		if pack.Size(name) > largeTexts && name == "xl/sharedStrings.xml" {
			change.Replace[name] = []byte(`<sst xmlns="` + sheetxml.Namespace + `"/>`)
		}
	}
	var out bytes.Buffer
	if err := pack.Write(&out, change); err != nil {
		return nil, refusal{reasonForm, err}
	}
	return out.Bytes(), nil
}

// holds returns what reports whether the cells of a column hold its numbers.
func (b *large) holds(s dataset.Series) func(i int) bool {
	if l := b.looks[b.at.part(s.Place.Sheet)]; l != nil {
		if holds := l.holds(s); holds != nil {
			return holds
		}
	}
	return func(i int) bool { return s.Place.Sheet == "" && s.Values[i] != s.Values[i] }
}

// join writes the workbook with what a plan adds to it.
func (b *large) join(to io.Writer, new []byte, plan Plan) (*joiner, error) {
	from, err := openArchive(new)
	if err != nil {
		return nil, err
	}
	j := newJoiner(from, b.at, plan)
	j.looks = b.looks
	if err := j.make(); err != nil {
		return nil, err
	}
	if err := b.at.pack.Write(to, j.change()); err != nil {
		return nil, classified(err)
	}
	return j, nil
}

// gate compares what was written with the original.
func (b *large) gate(to Output, j *joiner, before *picture) error {
	after, err := parts.OpenAt(to, to.Size())
	if err != nil {
		return refusal{reasonGate, err}
	}
	compared := make(chan error, 1)
	go func() { compared <- caught(func() error { return j.gateParts(b.at.pack, after) }) }()
	err = caught(func() error { return b.opensAgain(after, j, before) })
	if failed := <-compared; failed != nil {
		return refusal{reasonGate, failed}
	}
	return err
}

// caught turns a fault of a check, or of the library at what it does not expect,
// into a refusal: what cannot be checked is not delivered.
func caught(check func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = refusal{reasonGate, fmt.Errorf("a check broke off: %v", fault)}
		}
	}()
	return check()
}

// opensAgain reads what was written, with its large sheets emptied, by the
// spreadsheet library and compares that with the original and the plan.
func (b *large) opensAgain(after *parts.Package, j *joiner, before *picture) error {
	frames := map[string]sheetxml.Frame{}
	for part, s := range j.streams {
		frames[part] = s.after
	}
	for part, l := range b.looks {
		if j.streams[part] == nil {
			frames[part] = l.frame
		}
	}
	light, err := emptied(after, frames)
	if err != nil {
		return err
	}
	f, err := openBook(light)
	if err != nil {
		return refusal{reasonGate, err}
	}
	defer f.Close()
	if err := verifyIn(f, before, j.plan); err != nil {
		return refusal{reasonGate, err}
	}
	if err := j.showsIn(f); err != nil {
		return refusal{reasonGate, err}
	}
	return nil
}
