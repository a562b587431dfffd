package source

import (
	"errors"
	"io"
	"path"
	"runtime"
	"strings"
	"sync"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// workbookPart is what is read of the workbook part.
type workbookPart struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		ID    string `xml:"id,attr"`
		State string `xml:"state,attr"`
	} `xml:"sheets>sheet"`
	Names []struct {
		Name string `xml:"name,attr"`
		Text string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

// mainParts are the content of other packages that users take for workbooks.
var mainParts = []struct{ part, code, name string }{
	{"xl/workbook.bin", CodeFileBinary, ""},
	{"word/document.xml", CodeFileOther, "Word"},
	{"ppt/presentation.xml", CodeFileOther, "PowerPoint"},
	{"content.xml", CodeFileODS, ""},
	{"index/document.iwa", CodeFileOther, "Numbers"},
}

// readXLSX reads a workbook of the xlsx family into grids.
func readXLSX(file io.ReaderAt, size int64) grid.Book {
	var book grid.Book
	p, err := parts.OpenAt(file, size)
	if err != nil {
		book.Add(damageCode(err, CodeFileDamaged), dataset.Stop, dataset.Ref{})
		return book
	}
	main, err := p.Workbook()
	if err != nil || !p.Has(main) {
		main = "xl/workbook.xml"
	}
	for _, other := range mainParts {
		if p.Has(other.part) && (!p.Has(main) || strings.EqualFold(other.part, main)) {
			book.Add(other.code, dataset.Stop, dataset.Ref{}, dataset.Str("("+other.name+")"))
			return book
		}
	}
	if !p.Has(main) {
		book.Add(CodeFileOther, dataset.Stop, dataset.Ref{}, dataset.Str("(ZIP)"))
		return book
	}
	var part workbookPart
	if err := p.Decode(main, &part); err != nil {
		book.Add(damageCode(err, CodeFileDamaged), dataset.Stop, dataset.Ref{})
		return book
	}
	book.Format = "xlsx"
	if p.Has(path.Join(path.Dir(main), "vbaProject.bin")) {
		book.Format = "xlsm"
	}
	reader := &sheets{pack: p, part: part, file: file, size: size}
	reader.read(&book, main)
	return book
}

// A sheets reads the worksheets of a package.
type sheets struct {
	pack    *parts.Package
	part    workbookPart
	setting setting
	file    io.ReaderAt // for the way around
	size    int64
}

// A sheetJob is one worksheet to be read, and what came of it.
type sheetJob struct {
	grid   grid.Grid
	target string
	other  bool // it was read by the other reader
	err    error
}

func (s *sheets) read(book *grid.Book, main string) {
	relations, err := s.pack.Relations(main)
	if err == nil {
		err = s.readStrings(related(relations, "sharedStrings"))
	}
	if err != nil {
		book.Add(damageCode(err, CodeFileDamaged), dataset.Stop, dataset.Ref{})
		return
	}
	s.setting.styles = readStyles(s.pack, related(relations, "styles"))
	s.setting.date1904 = truth(s.part.Properties.Date1904)
	target := map[string]parts.Relation{}
	for _, r := range relations {
		target[r.ID] = r
	}
	var jobs []*sheetJob
	for _, sheet := range s.part.Sheets {
		r := target[sheet.ID]
		if r.Kind() != "worksheet" {
			continue // chart, dialog and macro sheets hold no cells
		}
		g := grid.Grid{Sheet: sheet.Name, Hidden: strings.EqualFold(sheet.State, "hidden") || strings.EqualFold(sheet.State, "veryHidden")}
		markOurs(&g, s.part)
		if !s.pack.Has(r.Target) {
			book.Add(CodeSheetMissing, dataset.Error, dataset.Ref{Sheet: sheet.Name})
			continue
		}
		jobs = append(jobs, &sheetJob{grid: g, target: r.Target})
	}
	s.readAll(jobs)
	for _, job := range jobs {
		place := dataset.Ref{Sheet: job.grid.Sheet}
		var at *sheetxml.PlaceError
		if errors.As(job.err, &at) {
			place.Row = at.Row
		}
		switch {
		case job.err != nil:
			book.Add(damageCode(job.err, CodeSheetDamaged), dataset.Stop, place)
		case job.other:
			book.Add(CodeSheetOther, dataset.Note, place)
			book.Fallback = append(book.Fallback, job.grid.Sheet)
		}
		book.Grids = append(book.Grids, job.grid)
	}
}

// readAll reads worksheets, several at a time where there are several.
func (s *sheets) readAll(jobs []*sheetJob) {
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, job := range jobs {
		slots <- struct{}{}
		group.Go(func() {
			s.readSheet(job)
			<-slots
		})
	}
	group.Wait()
}

// readSheet reads one worksheet: with the scanner, or else, where the part is made in a way that the scanner does not
// know, with the spreadsheet library.
func (s *sheets) readSheet(job *sheetJob) {
	properties := job.grid
	job.grid, job.err = s.scan(job.target, properties)
	if !unknown(job.err) {
		return
	}
	if g, err := s.around(properties, job.target); err == nil {
		job.grid, job.other, job.err = g, true, nil
	}
}

func (s *sheets) scan(target string, properties grid.Grid) (grid.Grid, error) {
	out := grid.NewBuilder(properties)
	out.Share(s.setting.shared)
	text, in, err := s.pack.Text(target)
	if err != nil {
		return out.Grid(), err
	}
	defer in.Close()
	err = sheetxml.Scan(text, &sink{setting: &s.setting, out: out})
	return out.Grid(), err
}

// readStrings reads the table of shared strings.
func (s *sheets) readStrings(part string) error {
	s.setting.shared = &grid.Texts{}
	if part == "" || !s.pack.Has(part) {
		return nil
	}
	text, in, err := s.pack.Text(part)
	if err != nil {
		return err
	}
	defer in.Close()
	return sheetxml.ScanStrings(text, func(text []byte) error {
		if len(s.setting.numbers) == maxStrings {
			return errStrings
		}
		if len(text) > maxTextBytes {
			text = text[:maxTextBytes]
		}
		s.setting.numbers = append(s.setting.numbers, s.setting.shared.Add(unescape(text)))
		return nil
	})
}

// related returns the target of the first relation of a kind within the package, by the last word of its type;
// transitional and strict files differ in the rest.
func related(relations []parts.Relation, kind string) string {
	for _, r := range relations {
		if r.Kind() == kind && !r.External() {
			return r.Target
		}
	}
	return ""
}

// damageCode returns the code for an error of reading: a limit, entities, or
// the given one.
func damageCode(err error, otherwise string) string {
	switch {
	case errors.Is(err, parts.ErrTooBig):
		return CodeFileInflates
	case errors.Is(err, errCells), errors.Is(err, errStrings), errors.Is(err, errMerges):
		return CodeFileTooLarge
	case errors.Is(err, sheetxml.ErrDeep), errors.Is(err, sheetxml.ErrLong):
		return CodeFileNested
	case errors.Is(err, sheetxml.ErrUnsafe):
		return CodeFileUnsafe
	}
	return otherwise
}

// markOurs sets what the defined names of an annotated workbook say about a sheet.
func markOurs(g *grid.Grid, part workbookPart) {
	for _, n := range part.Names {
		name := strings.ToLower(n.Name)
		sheet, area, ok := grid.ParseReference(n.Text)
		if !ok || sheet != g.Sheet {
			continue
		}
		switch {
		case name == "valuebook_block":
			g.Ignore = area
		case strings.HasPrefix(name, "valuebook_sheet_"):
			g.Ours = true
		}
	}
}
