package annotate

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// workbookPart is the name of the main part that both the spreadsheet library
// and we know.
const workbookPart = "xl/workbook.xml"

// An archive is a workbook as a package: the main part taken apart.
type archive struct {
	pack      *parts.Package
	data      []byte // of the main part
	root      sheetxml.Element
	children  []sheetxml.Element
	prefix    string
	relations []parts.Relation
	types     parts.Types
	main      mainPart
}

// A mainPart is what the main part says.
type mainPart struct {
	Sheets []struct {
		Name     string `xml:"name,attr"`
		ID       int    `xml:"sheetId,attr"`
		Relation string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
	Names []definedName `xml:"definedNames>definedName"`
	Views []struct {
		Active int `xml:"activeTab,attr"`
		First  int `xml:"firstSheet,attr"`
	} `xml:"bookViews>workbookView"`
}

type definedName struct {
	Name   string `xml:"name,attr"`
	Local  string `xml:"localSheetId,attr"`
	Hidden string `xml:"hidden,attr"`
	Text   string `xml:",chardata"`
}

// openArchive opens a workbook, or refuses it when its form is not one that can be
// joined.
func openArchive(data []byte) (*archive, error) {
	pack, err := parts.Open(data)
	if err != nil {
		return nil, refusal{reasonForm, err}
	}
	return newArchive(pack)
}

// newArchive takes the main part of a package apart.
func newArchive(pack *parts.Package) (*archive, error) {
	b := &archive{pack: pack}
	if err := b.check(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.readMain, b.readRest} {
		if err := step(); err != nil {
			return nil, refusal{reasonForm, err}
		}
	}
	return b, nil
}

// check refuses signed workbooks and those whose main part is elsewhere.
func (b *archive) check() error {
	relations, err := b.pack.Relations("")
	if err != nil {
		return refusal{reasonForm, err}
	}
	main := ""
	for _, r := range relations {
		if strings.Contains(r.Type, "digital-signature") {
			return refuse(reasonSigned, "the workbook is signed")
		}
		if strings.Contains(r.Type, "purl.oclc.org") {
			return refuse(reasonForm, "the workbook is in the strict form")
		}
		if r.Kind() == "officeDocument" && main == "" {
			main = r.Target
		}
	}
	if main != workbookPart {
		return refuse(reasonForm, "the main part is %q", main)
	}
	return nil
}

func (b *archive) readMain() error {
	var err error
	if b.data, err = b.pack.Read(workbookPart); err != nil {
		return err
	}
	if b.root, b.children, err = sheetxml.Children(b.data); err != nil {
		return err
	}
	if err := xml.Unmarshal(b.data, &b.main); err != nil {
		return fmt.Errorf("workbook part: %w", err)
	}
	b.prefix = b.root.Prefix()
	declared := "xmlns"
	if b.prefix != "" {
		declared = "xmlns:" + strings.TrimSuffix(b.prefix, ":")
	}
	space, _ := b.root.Attr(b.data, declared)
	if space != sheetxml.Namespace || b.root.Local() != "workbook" {
		return fmt.Errorf("workbook part: root %s of namespace %q", b.root.Name, space)
	}
	if conformance, _ := b.root.Attr(b.data, "conformance"); conformance == "strict" {
		return errors.New("the workbook is in the strict form")
	}
	return nil
}

func (b *archive) readRest() error {
	var err error
	if b.relations, err = b.pack.Relations(workbookPart); err != nil {
		return err
	}
	b.types, err = b.pack.Types()
	return err
}

// child returns a child of the workbook element; ok is false when there is none.
func (b *archive) child(name string) (e sheetxml.Element, ok bool) {
	for _, c := range b.children {
		if string(c.Name) == b.prefix+name {
			return c, true
		}
	}
	return e, false
}

// related returns the part of the first relation of a kind, "" without one.
func (b *archive) related(kind string) string {
	for _, r := range b.relations {
		if r.Kind() == kind && !r.External() {
			return r.Target
		}
	}
	return ""
}

// part returns the part of a sheet, "" when there is no such sheet.
func (b *archive) part(sheet string) string {
	for _, s := range b.main.Sheets {
		if !strings.EqualFold(s.Name, sheet) {
			continue
		}
		for _, r := range b.relations {
			if r.ID == s.Relation && r.Kind() == "worksheet" && !r.External() {
				return r.Target
			}
		}
	}
	return ""
}

// position returns the place of a sheet in the order of the sheets, from 0, -1
// when there is no such sheet.
func (b *archive) position(sheet string) int {
	for i, s := range b.main.Sheets {
		if strings.EqualFold(s.Name, sheet) {
			return i
		}
	}
	return -1
}

// sound holds that a workbook is one that can be joined and whose sheets can be
// read to their end. The spreadsheet library is not let near another one: it
// takes no notice of broken sheets, or does not come to an end.
func sound(original []byte) error {
	b, err := openArchive(original)
	if err != nil {
		return err
	}
	for _, r := range b.relations {
		if r.Kind() != "worksheet" || r.External() || !b.pack.Has(r.Target) {
			continue
		}
		sheet, err := b.pack.Read(r.Target)
		if err == nil {
			err = sheetxml.Check(sheet)
		}
		if err != nil {
			return refusal{reasonForm, fmt.Errorf("part %s: %w", r.Target, err)}
		}
	}
	return nil
}
