package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// Options say how a file is opened. The zero value opens what needs nothing else.
type Options struct {
	Password string // of an encrypted workbook
	Encoding string // of a table in text, as [Encodings] names them; "" to find it
	// Convert turns a file of another format into a workbook of the xlsx family; nil
	// where nothing is converted. ending is the one that fits its content, such as ".xls".
	Convert func(data []byte, ending string) ([]byte, error)
}

// Errors that Options.Convert returns for causes with a finding of their own.
var (
	ErrNoConverter   = errors.New("no program that converts is installed")
	ErrConverterSlow = errors.New("the conversion was not done in time")
)

// Open turns the bytes of a file into grids, or into the finding that says why not.
func Open(name string, data []byte, o Options) grid.Book {
	return openWhole(name, data, o)
}

// OpenFile is [Open] for a file of a size that is not in memory: of a package no more is read than is needed. The error is
// one of reading the file.
func OpenFile(name string, file io.ReaderAt, size int64, o Options) (grid.Book, error) {
	head := make([]byte, min(size, 4))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return grid.Book{}, err
	}
	if packed(head) && !lockFile(name) && packageIdentity(file, size).kind == kindPackage {
		return openPackage(name, file, size), nil
	}
	data, err := io.ReadAll(io.NewSectionReader(file, 0, size))
	if err != nil {
		return grid.Book{}, err
	}
	return openWhole(name, data, o), nil
}

// openPackage opens a package.
func openPackage(name string, file io.ReaderAt, size int64) grid.Book {
	book := readXLSX(file, size)
	if ext := strings.ToLower(filepath.Ext(name)); book.Format != "" && (ext == ".xltx" || ext == ".xltm") {
		book.Format = ext[1:]
	}
	return book
}

// openWhole opens what is no package.
func openWhole(name string, data []byte, o Options) grid.Book {
	var book grid.Book
	ext := strings.ToLower(filepath.Ext(name))
	id := identify(name, data)
	switch id.kind {
	case kindPackage:
		book = openPackage(name, bytes.NewReader(data), int64(len(data)))
	case kindText:
		book = readText(data, sheetName(name), o.Encoding)
		if workbookEnding[ext] && len(book.Grids) == 1 {
			book.Add(CodeTextAsBook, dataset.Warning, dataset.Ref{}, dataset.Str(ext))
		}
	case kindPage:
		book = readPage(data, sheetName(name), o.Encoding)
	case kindEncrypted:
		book = openEncrypted(data, o.Password)
	default:
		book = openForeign(data, id, o)
	}
	return book
}

// readPackage reads a workbook of the xlsx family that is in memory.
func readPackage(data []byte) grid.Book { return readXLSX(bytes.NewReader(data), int64(len(data))) }

// workbookEnding are the endings of files that spreadsheet programs do not open when they are text.
var workbookEnding = map[string]bool{".xlsx": true, ".xlsm": true, ".xltx": true, ".xltm": true, ".xls": true, ".xlsb": true}

// openForeign converts a file of another format, or says what it is.
func openForeign(data []byte, id identity, o Options) (book grid.Book) {
	converted, err := convert(data, id, o)
	switch {
	case err == nil:
		book = readPackage(converted)
		book.Converted = strings.TrimPrefix(id.ending, ".")
	case id.locked:
		book.Add(CodeFileLocked, dataset.Stop, dataset.Ref{}, dataset.Str(id.name))
	case errors.Is(err, ErrNoConverter):
		name := id.name
		if name != "" && id.code == CodeFileOther {
			name = "(" + name + ")"
		}
		book.Add(id.code, dataset.Stop, dataset.Ref{}, dataset.Str(name))
	case errors.Is(err, ErrConverterSlow):
		book.Add(CodeConvertSlow, dataset.Stop, dataset.Ref{}, dataset.Str(id.ending))
	default:
		book.Add(CodeConvertFailed, dataset.Stop, dataset.Ref{}, dataset.Str(id.ending))
	}
	return book
}

// convert returns the converted workbook. What comes out must be one.
func convert(data []byte, id identity, o Options) ([]byte, error) {
	if o.Convert == nil || id.ending == "" {
		return nil, ErrNoConverter
	}
	converted, err := o.Convert(data, id.ending)
	if err != nil {
		return nil, err
	}
	if identify("", converted).kind != kindPackage {
		return nil, errors.New("the converted file is no workbook")
	}
	return converted, nil
}

// defaultPassword opens workbooks that were only protected: spreadsheet programs open them without asking.
const defaultPassword = "VelvetSweatshop"

// openEncrypted takes the package out of an encrypted workbook.
func openEncrypted(data []byte, password string) (book grid.Book) {
	if plain, err := decrypt(data, defaultPassword); err == nil && bytes.HasPrefix(plain, []byte("PK")) {
		return openDecrypted(plain)
	}
	if password == "" {
		book.Add(CodeFilePassword, dataset.Stop, dataset.Ref{})
		return book
	}
	plain, err := decrypt(data, password)
	switch {
	case errors.Is(err, excelize.ErrUnsupportedEncryptMechanism):
		book.Add(CodeFileCipher, dataset.Stop, dataset.Ref{}, dataset.Str("extensible"))
	case errors.Is(err, excelize.ErrWorkbookPassword), err == nil && !bytes.HasPrefix(plain, []byte("PK")):
		book.Add(CodeFileWrongPass, dataset.Stop, dataset.Ref{})
	case err != nil:
		book.Add(CodeFileDamaged, dataset.Stop, dataset.Ref{})
	default:
		book = openDecrypted(plain)
		book.Encrypted = true
	}
	return book
}

// openDecrypted reads the package that was encrypted. Another format than the xlsx family
// is not converted: that would put into a file what the password protects.
func openDecrypted(plain []byte) (book grid.Book) {
	if id := identify("", plain); id.kind != kindPackage {
		book.Add(CodeFileLocked, dataset.Stop, dataset.Ref{}, dataset.Str(id.ending))
		return book
	}
	return readPackage(plain)
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
