package workbook

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
)

// Options say what the file itself cannot: the zero value reads everything as it
// is found.
type Options struct {
	Sheet     string    // sheet that holds the ratings, "" to find it
	HeaderRow int       // lowest row of its header, 0 to find it
	Own       string    // name of our supplier or offer, "" to find it
	Period    string    // period to read, such as "2026-10"; "" is the latest
	AsOf      time.Time // periods and purchases after it are left out; zero is no limit
	Password  string    // of an encrypted workbook
}

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
		return stopped(name, codeFileFolder), nil
	}
	if info.Size() > maxFile {
		return stopped(name, codeFileTooLarge), nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	return ReadBytes(name, data, o), nil
}

// ReadBytes reads a workbook that is in memory; name is its file name without folders.
func ReadBytes(name string, data []byte, o Options) *dataset.Dataset {
	book := open(name, data, o.Password)
	d := Recognise(book, o)
	sum := sha256.Sum256(data)
	d.Receipt.File, d.Receipt.SHA256, d.Receipt.Encrypted = name, hex.EncodeToString(sum[:]), book.Encrypted
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

// open turns the bytes of a file into grids, or into the finding that says why not.
func open(name string, data []byte, password string) Book {
	var book Book
	kind, format := kindOf(name, data)
	switch kind {
	case kindZip:
		book = readXLSX(data)
		if ext := strings.ToLower(filepath.Ext(name)); book.Format != "" && (ext == ".xltx" || ext == ".xltm") {
			book.Format = ext[1:]
		}
	case kindText:
		book = readText(data, sheetName(name))
		if ext := strings.ToLower(filepath.Ext(name)); workbookEnding[ext] && len(book.Grids) == 1 {
			book.add(codeTextAsBook, dataset.Warning, dataset.Ref{}, dataset.Str(ext))
		}
	case kindEncrypted:
		book = openEncrypted(data, password)
	default:
		if format != "" {
			format = "(" + format + ")"
		}
		book.add(kindCodes[kind], dataset.Stop, dataset.Ref{}, dataset.Str(format))
	}
	return book
}

// workbookEnding are the endings of files that spreadsheet programs do not open when they are text.
var workbookEnding = map[string]bool{".xlsx": true, ".xlsm": true, ".xltx": true, ".xltm": true, ".xls": true, ".xlsb": true}

// kindCodes are the findings for files that are not read.
var kindCodes = map[fileKind]string{
	kindEmpty: codeFileEmpty, kindLock: codeFileLock, kindXLS: codeFileXLS, kindHTML: codeFileHTML,
	kindXML: codeFileXML, kindOther: codeFileOther,
}

// defaultPassword opens workbooks that were only protected: spreadsheet programs open them without asking.
const defaultPassword = "VelvetSweatshop"

// openEncrypted takes the package out of an encrypted workbook.
func openEncrypted(data []byte, password string) (book Book) {
	if plain, err := decrypt(data, defaultPassword); err == nil && bytes.HasPrefix(plain, []byte("PK")) {
		return readXLSX(plain)
	}
	if password == "" {
		book.add(codeFilePassword, dataset.Stop, dataset.Ref{})
		return book
	}
	plain, err := decrypt(data, password)
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), err == nil && !bytes.HasPrefix(plain, []byte("PK")):
		book.add(codeFileWrongPass, dataset.Stop, dataset.Ref{})
	case err != nil:
		book.add(codeFileDamaged, dataset.Stop, dataset.Ref{})
	default:
		book = readXLSX(plain)
		book.Encrypted = true
	}
	return book
}

// decrypt returns the package of an encrypted workbook. The library may panic on a damaged one.
func decrypt(data []byte, password string) (plain []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decrypt: %v", p)
		}
	}()
	return excelize.Decrypt(data, &excelize.Options{Password: password})
}

// sheetName is the name that a table in text has as a sheet: the file's, within the limits
// of a spreadsheet.
func sheetName(file string) string {
	name := strings.TrimSuffix(file, filepath.Ext(file))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 31 {
		name = string(runes[:31])
	}
	if name = strings.Trim(name, "' "); name == "" {
		name = "Sheet1"
	}
	return name
}
