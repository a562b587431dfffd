package samples

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"valuebook/report/sheets"
)

//go:embed definitions
var definitions embed.FS

// A File is one sample workbook.
type File struct {
	Name     string // path below the folder samples, with slashes
	Workbook sheets.Workbook
	Expected []Expectation // published figures it must give, in order; nil for the invented ones
}

// Files returns all sample workbooks in name order.
func Files() ([]File, error) {
	var files []File
	err := fs.WalkDir(definitions, "definitions", func(name string, entry fs.DirEntry, err error) error {
		stem, isBook := strings.CutSuffix(strings.TrimPrefix(name, "definitions/"), ".book.yaml")
		if err != nil || entry.IsDir() || !isBook {
			return err
		}
		file, err := load(name)
		if err != nil {
			return fmt.Errorf("%s: %w", path.Base(name), err)
		}
		file.Name = stem + ".xlsx"
		files = append(files, file)
		return nil
	})
	return files, err
}

// load makes one sample from its definition.
func load(name string) (File, error) {
	data, err := definitions.ReadFile(name)
	if err != nil {
		return File{}, err
	}
	d, err := parse(data)
	if err != nil {
		return File{}, err
	}
	if d.Earlier != nil {
		if d, err = d.Earlier.before(d); err != nil {
			return File{}, err
		}
	}
	if err := d.addSurvey(); err != nil {
		return File{}, err
	}
	file := File{}
	if file.Workbook, err = d.plan(); err != nil {
		return File{}, err
	}
	return file, file.addExpected(d.Expected)
}

// addExpected adds the published figures and the sheet that shows them.
func (f *File) addExpected(tables []expectedTable) error {
	if tables == nil {
		return nil
	}
	list, err := expectations(tables)
	if err != nil {
		return err
	}
	words, err := loadExpectedWords()
	if err != nil {
		return err
	}
	sheet, err := expectedPlan(list, words)
	f.Expected = list
	f.Workbook.Sheets = append(f.Workbook.Sheets, sheet)
	return err
}

func loadExpectedWords() (expectedWords, error) {
	var words expectedWords
	data, err := definitions.ReadFile("definitions/expected.yaml")
	if err != nil {
		return words, err
	}
	return words, yaml.Unmarshal(data, &words)
}

// Starter returns the workbook that somebody begins with, from its definition
// in templates/starter.yaml. An error names the sheet and the column.
func Starter(definition []byte) (sheets.Workbook, error) {
	d, err := parse(definition)
	if err != nil {
		return sheets.Workbook{}, err
	}
	return d.plan()
}
