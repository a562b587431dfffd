package workbook

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
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

// The findings that a password settles.
const (
	CodePassword      = source.CodeFilePassword
	CodeWrongPassword = source.CodeFileWrongPass
)

// Encodings returns the names that Options.Encoding may have.
func Encodings() []string { return source.Encodings() }

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
	if info.Size() > frugalFile {
		defer saveMemory()()
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	defer file.Close()
	sum := make(chan []byte, 1)
	go func() { sum <- sumOf(io.NewSectionReader(file, 0, info.Size())) }()
	book, err := source.OpenFile(name, file, info.Size(), o.opening())
	digest := <-sum
	if err == nil && digest == nil {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	return understand(name, book, digest, o), nil
}

// sumOf returns the SHA-256 of a file, nil when it cannot be read to its end.
func sumOf(file io.Reader) []byte {
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return nil
	}
	return h.Sum(nil)
}

// opening returns the options that the opening of the file takes.
func (o Options) opening() source.Options {
	return source.Options{Password: o.Password, Encoding: o.Encoding, Convert: o.Convert}
}

// ReadBytes reads a workbook that is in memory; name is its file name without folders.
func ReadBytes(name string, data []byte, o Options) *dataset.Dataset {
	sum := sha256.Sum256(data)
	return understand(name, source.Open(name, data, o.opening()), sum[:], o)
}

// understand recognises an opened workbook and notes its file everywhere.
func understand(name string, book grid.Book, sum []byte, o Options) *dataset.Dataset {
	d := Recognise(book, o)
	d.Receipt.File, d.Receipt.SHA256, d.Receipt.Encrypted = name, hex.EncodeToString(sum), book.Encrypted
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
