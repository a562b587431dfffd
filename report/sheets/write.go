package sheets

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// epoch is the date of every file whose plan names none, so that one plan
// always gives one file.
const epoch = "2000-01-01T00:00:00Z"

// author stands in the notes and the properties of what we write.
const author = "valuebook"

// Write writes a whole new workbook. The same plan gives the same bytes.
func Write(w io.Writer, wb Workbook) error {
	if len(wb.Sheets) == 0 {
		return fmt.Errorf("sheets: a workbook needs at least one sheet")
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", wb.Sheets[0].Name); err != nil {
		return fmt.Errorf("sheets: sheet %q: %w", wb.Sheets[0].Name, err)
	}
	b := Open(f)
	for _, s := range wb.Sheets {
		if err := b.Add(s); err != nil {
			return err
		}
	}
	if err := b.finish(wb); err != nil {
		return err
	}
	return b.Save(w)
}

// A Book is a workbook that plans are applied to. It remembers what was
// written, because cached values and charts are completed when it is saved.
type Book struct {
	File    *excelize.File
	looks   *looks
	plan    map[string]map[place]Cell // by sheet
	icons   map[string][]Condition    // by sheet: arrows whose limits are filled in on saving
	pending []pendingChart
	pads    []string // parts that hold a number for the library
}

// A place is a cell within a sheet.
type place struct{ row, col int }

// Open starts a book on a file of the spreadsheet library.
func Open(f *excelize.File) *Book {
	return &Book{File: f, looks: newLooks(f), plan: map[string]map[place]Cell{}, icons: map[string][]Condition{}}
}

// Add applies a sheet's plan; a sheet that is not there yet is added at the
// end.
func (b *Book) Add(s Sheet) error {
	if i, err := b.File.GetSheetIndex(s.Name); err != nil || i < 0 {
		if _, err := b.File.NewSheet(s.Name); err != nil {
			return fmt.Errorf("sheets: sheet %q: %w", s.Name, err)
		}
	}
	if err := b.Put(s.Name, s.Cells); err != nil {
		return err
	}
	for _, step := range []func(Sheet) error{b.shape, b.view, b.tables, b.validations, b.conditions, b.print, b.charts} {
		if err := step(s); err != nil {
			return fmt.Errorf("sheets: sheet %q: %w", s.Name, err)
		}
	}
	return nil
}

// Define adds defined names; one that is there already is replaced.
func (b *Book) Define(names []Name) error {
	for _, n := range names {
		_ = b.File.DeleteDefinedName(&excelize.DefinedName{Name: n.Name}) // an error means that it was not there
		if err := b.File.SetDefinedName(&excelize.DefinedName{Name: n.Name, RefersTo: n.RefersTo}); err != nil {
			return fmt.Errorf("sheets: name %q: %w", n.Name, err)
		}
	}
	return nil
}

// finish sets what concerns a new workbook as a whole.
func (b *Book) finish(wb Workbook) error {
	if err := b.Define(wb.Names); err != nil {
		return err
	}
	created := wb.Created
	if _, err := time.Parse(time.RFC3339, created); err != nil {
		created = epoch
	}
	err := b.File.SetDocProps(&excelize.DocProperties{
		Title: wb.Title, Subject: wb.Subject, Creator: author, LastModifiedBy: author,
		Created: created, Modified: created,
	})
	if err != nil {
		return fmt.Errorf("sheets: properties: %w", err)
	}
	if err := b.File.SetAppProps(&excelize.AppProperties{Application: author, Company: wb.Company}); err != nil {
		return fmt.Errorf("sheets: properties: %w", err)
	}
	active := 0
	if i, err := b.File.GetSheetIndex(wb.Active); err == nil && i > 0 {
		active = i
	}
	b.File.SetActiveSheet(active)
	return nil
}

// Beside adds cells, widths and conditional formats to a sheet of the user's,
// and leaves its view, print set-up and everything else as they are.
func (b *Book) Beside(s Sheet) error {
	if err := b.Put(s.Name, s.Cells); err != nil {
		return err
	}
	for _, step := range []func(Sheet) error{b.shape, b.conditions} {
		if err := step(s); err != nil {
			return fmt.Errorf("sheets: sheet %q: %w", s.Name, err)
		}
	}
	return nil
}
