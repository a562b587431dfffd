package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// checkedWhole is the size of a part, in bytes, up to which every token of it is
// checked and the spreadsheet library reads it again.
const checkedWhole = 32 << 20

// gate compares what was made with the original: nothing of the user's may be
// missing or different, and what is new must be complete.
func (j *joiner) gate(original, made []byte) error {
	before, err := parts.Open(original)
	if err != nil {
		return err
	}
	after, err := parts.Open(made)
	if err != nil {
		return err
	}
	if err := j.gateParts(before, after); err != nil {
		return err
	}
	return j.shows(made)
}

// gateParts compares the parts of what was made with those of the original.
func (j *joiner) gateParts(before, after *parts.Package) error {
	if err := j.samePackage(before, after); err != nil {
		return err
	}
	for name, r := range j.changed {
		if err := sameButEdits(after, name, r); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(j.streams)) {
		if err := j.streams[name].check(after, name); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	if err := j.complete(after); err != nil {
		return err
	}
	if err := j.sameTables(after); err != nil {
		return err
	}
	if err := j.sameFilter(after); err != nil {
		return err
	}
	return j.oneNoteEach(after)
}

// samePackage holds that every part of the original is there, that those which
// should not change have the same compressed bytes, and that only parts of ours
// are new.
func (j *joiner) samePackage(before, after *parts.Package) error {
	ours := map[string]bool{}
	for _, p := range j.added {
		ours[p.Name] = true
	}
	for _, name := range after.Names() {
		if !before.Has(name) && !ours[name] {
			return fmt.Errorf("part %s is not known", name)
		}
	}
	for _, name := range before.Names() {
		if _, changed := j.changed[name]; changed || j.streams[name] != nil || j.drops(name) {
			continue
		}
		if same, err := before.Same(after, name); err != nil || !same {
			return errors.Join(fmt.Errorf("part %s changed", name), err)
		}
	}
	return nil
}

// sameButEdits holds that a changed part is the original one when our
// insertions are taken out, that it is well formed, and that what gave way was
// no content.
func sameButEdits(after *parts.Package, name string, r revision) error {
	data, err := after.Read(name)
	if err != nil {
		return err
	}
	back, err := sheetxml.Strip(data, r.edits)
	if err != nil {
		return err
	}
	if !bytes.Equal(back, r.before) {
		return fmt.Errorf("it differs from the original by more than the insertions")
	}
	for _, e := range r.edits {
		if content(e.Old) && name != parts.TypesName && !strings.HasSuffix(name, ".rels") {
			return fmt.Errorf("content gave way: %.60q", e.Old)
		}
	}
	return wellFormed(data)
}

// content reports whether bytes of a sheet that gave way held a value, a formula
// or a text.
func content(old []byte) bool {
	scan := sheetxml.NewScanner(old)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if local := t.Local(); local != "c" && local != "col" {
			return true
		}
	}
	return false
}

// wellFormed checks a part; of a very large one only that its elements end.
func wellFormed(data []byte) error {
	if len(data) <= checkedWhole {
		return parts.WellFormed(data)
	}
	_, _, err := sheetxml.Children(data)
	return err
}

// complete holds that our parts are well formed and have a content type, and
// that every relation which we wrote or changed leads to a part.
func (j *joiner) complete(after *parts.Package) error {
	types, err := after.Types()
	if err != nil {
		return err
	}
	for _, p := range j.added {
		if types.Of(p.Name) == "" {
			return fmt.Errorf("part %s has no content type", p.Name)
		}
		if isXML(p.Name) && p.Blocks == nil {
			if err := wellFormed(p.Data); err != nil {
				return fmt.Errorf("part %s: %w", p.Name, err)
			}
		}
		if err := leads(after, p.Name); err != nil {
			return err
		}
	}
	for _, k := range j.kinds {
		if types.Of(k.part) != k.contentType {
			return fmt.Errorf("part %s has content type %q, want %q", k.part, types.Of(k.part), k.contentType)
		}
	}
	return j.mainRelations(after)
}

// mainRelations holds that the relations of the main part have identifiers of
// their own and lead to parts, but for those that led nowhere before.
func (j *joiner) mainRelations(after *parts.Package) error {
	nowhere := map[string]bool{}
	for _, r := range j.to.relations {
		nowhere[r.ID] = !r.External() && !j.to.pack.Has(r.Target)
	}
	relations, err := after.Relations(workbookPart)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range relations {
		if seen[r.ID] {
			return fmt.Errorf("relation %s of the workbook is there twice", r.ID)
		}
		seen[r.ID] = true
		if !r.External() && !after.Has(r.Target) && !nowhere[r.ID] {
			return fmt.Errorf("relation %s of the workbook leads nowhere", r.ID)
		}
	}
	return nil
}

func isXML(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".rels", ".vml":
		return true
	}
	return false
}

// leads holds that each relation of a part of ours leads to a part.
func leads(after *parts.Package, name string) error {
	relations, err := after.Relations(name)
	if err != nil {
		return err
	}
	for _, r := range relations {
		if !r.External() && !after.Has(r.Target) {
			return fmt.Errorf("relation %s of %s leads nowhere", r.ID, name)
		}
	}
	return nil
}
