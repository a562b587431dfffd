package source

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"

	"github.com/xuri/excelize/v2"
)

// Open turns the bytes of a file into grids, or into the finding that says why not.
func Open(name string, data []byte, password string) grid.Book {
	var book grid.Book
	kind, format := kindOf(name, data)
	switch kind {
	case kindZip:
		book = readXLSX(bytes.NewReader(data), int64(len(data)))
		if ext := strings.ToLower(filepath.Ext(name)); book.Format != "" && (ext == ".xltx" || ext == ".xltm") {
			book.Format = ext[1:]
		}
	case kindText:
		book = readText(data, sheetName(name))
		if ext := strings.ToLower(filepath.Ext(name)); workbookEnding[ext] && len(book.Grids) == 1 {
			book.Add(CodeTextAsBook, dataset.Warning, dataset.Ref{}, dataset.Str(ext))
		}
	case kindEncrypted:
		book = openEncrypted(data, password)
	default:
		if format != "" {
			format = "(" + format + ")"
		}
		book.Add(kindCodes[kind], dataset.Stop, dataset.Ref{}, dataset.Str(format))
	}
	return book
}

// workbookEnding are the endings of files that spreadsheet programs do not open when they are text.
var workbookEnding = map[string]bool{".xlsx": true, ".xlsm": true, ".xltx": true, ".xltm": true, ".xls": true, ".xlsb": true}

// kindCodes are the findings for files that are not read.
var kindCodes = map[fileKind]string{
	kindEmpty: CodeFileEmpty, kindLock: CodeFileLock, kindXLS: CodeFileXLS, kindHTML: CodeFileHTML,
	kindXML: CodeFileXML, kindOther: CodeFileOther,
}

// defaultPassword opens workbooks that were only protected: spreadsheet programs open them without asking.
const defaultPassword = "VelvetSweatshop"

// openEncrypted takes the package out of an encrypted workbook.
func openEncrypted(data []byte, password string) (book grid.Book) {
	if plain, err := decrypt(data, defaultPassword); err == nil && bytes.HasPrefix(plain, []byte("PK")) {
		return readXLSX(bytes.NewReader(plain), int64(len(plain)))
	}
	if password == "" {
		book.Add(CodeFilePassword, dataset.Stop, dataset.Ref{})
		return book
	}
	plain, err := decrypt(data, password)
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), err == nil && !bytes.HasPrefix(plain, []byte("PK")):
		book.Add(CodeFileWrongPass, dataset.Stop, dataset.Ref{})
	case err != nil:
		book.Add(CodeFileDamaged, dataset.Stop, dataset.Ref{})
	default:
		book = readXLSX(bytes.NewReader(plain), int64(len(plain)))
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
