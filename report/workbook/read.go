package workbook

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/source"
)

// Options say what the file itself cannot: the zero value reads everything as it
// is found.
type Options struct {
	Sheet     string          // sheet that holds the ratings, "" to find it
	HeaderRow int             // lowest row of its header, 0 to find it
	Own       string          // name of our supplier or offer, "" to find it
	Period    string          // period to read, such as "2026-10"; "" is the latest
	AsOf      time.Time       // periods and purchases after it are left out; zero is no limit
	Password  string          // of an encrypted workbook
	Decimal   string          // decimal mark of numbers that are texts, "." or ","; "" to find it column by column
	Mapping   dataset.Mapping // overrides what recognition would decide
	DateOrder string          // order of day and month in dates that are texts, DayFirst or MonthFirst; "" to find it
	Encoding  string          // of a table in text, one of [source.Encodings]; "" to find it

	// Convert turns a file of another format into a workbook; nil where nothing is converted. See [source.Options].
	Convert func(data []byte, ending string) ([]byte, error)
}

// The orders of day and month in dates that are texts, for Options.DateOrder.
const (
	DayFirst   = "dmy"
	MonthFirst = "mdy"
)

// Read reads a workbook: .xlsx, .xlsm, .xltx, .xltm, .csv or .tsv, told by content.
//
// It returns an error only when the file cannot be read from disk. Everything else, a
// file that is no workbook included, is a finding in the dataset.
func Read(path string, o Options) (*dataset.Dataset, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	name := filepath.Base(path)
	if info.IsDir() {
		return stopped(name, source.CodeFileFolder), nil
	}
	if info.Size() > source.MaxFile {
		return stopped(name, source.CodeFileTooLarge), nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	return ReadBytes(name, data, o), nil
}

// ReadBytes reads a workbook that is in memory; name is its file name without folders.
func ReadBytes(name string, data []byte, o Options) *dataset.Dataset {
	book := source.Open(name, data, source.Options{Password: o.Password, Encoding: o.Encoding, Convert: o.Convert})
	d := Recognise(book, o)
	sum := sha256.Sum256(data)
	d.Receipt.File, d.Receipt.SHA256, d.Receipt.Encrypted = name, hex.EncodeToString(sum[:]), book.Encrypted
	d.Receipt.Fallback = book.Fallback
	d.Receipt.Converted, d.Receipt.Encoding = book.Converted, book.Encoding
	for i := range d.Findings {
		d.Findings[i].Ref.File = name
	}
	for i := range d.Attributes {
		d.Attributes[i].Ref.File = name
	}
	for i := range d.Settings {
		d.Settings[i].Ref.File = name
	}
	return d
}

func stopped(name, code string) *dataset.Dataset {
	d := &dataset.Dataset{Receipt: dataset.Receipt{File: name, Layout: dataset.LayoutUnknown}}
	d.Add(dataset.Finding{Code: code, Severity: dataset.Stop, Ref: dataset.Ref{File: name}})
	return d
}
