package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// WhySuffix ends the name of the text that says why a file was rejected.
const WhySuffix = ".why.txt"

// A Result is one output with the name that it is to have beside the input.
type Result struct {
	Path string // where it stands now, on the same disk as the drop folder
	Name string
}

// names limits the search for one that is free.
const names = 9999

// PutDone moves the results and then the input of a claim to done/MONTH/ of the
// drop folder, and returns where the input went. The results replace those of
// an earlier try. It may be called again after it was cut short: what has
// moved stays.
//
// Where another file has one of the names, all get the same number: "book
// (2).xlsx", "book (2).pdf". One goroutine at a time moves files out of a drop
// folder.
func PutDone(drop, month string, claim Claim, results []Result) (string, error) {
	return put(filepath.Join(drop, DoneFolder, month), claim, results)
}

// PutRejected moves the input of a claim to rejected/ with a text that says
// why, and a workbook that shows where, or none.
func PutRejected(drop string, claim Claim, why string, results []Result) (string, error) {
	text := filepath.Join(filepath.Dir(claim.Path), "."+claim.ID+WhySuffix)
	if err := writeFile(text, []byte(why)); err != nil {
		return "", err
	}
	results = append(results[:len(results):len(results)], Result{Path: text, Name: claim.Mark.Name + WhySuffix})
	return put(filepath.Join(drop, RejectedFolder), claim, results)
}

func put(folder string, claim Claim, results []Result) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	for n := 1; n <= names; n++ {
		target := filepath.Join(folder, numbered(claim.Mark.Name, claim.Mark.Name, n))
		free, err := reserve(folder, target, claim, results, n)
		if err != nil {
			return "", err
		}
		if free {
			return target, moveAll(folder, target, claim, results, n)
		}
	}
	return "", fs.ErrExist
}

// moveAll moves results first and the input last: the input says that all is
// there.
func moveAll(folder, target string, claim Claim, results []Result, n int) error {
	for _, result := range results {
		err := os.Rename(result.Path, filepath.Join(folder, numbered(result.Name, claim.Mark.Name, n)))
		if err != nil {
			return err
		}
	}
	if err := os.Rename(claim.Path, target); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Dir(claim.Path))
}

// reserve makes an empty file of the input's name when nobody has any of the
// names. An empty one that is there was left when a move was cut short: the
// results beside it are those of the same input.
func reserve(folder, target string, claim Claim, results []Result, n int) (bool, error) {
	if info, err := os.Lstat(target); err == nil {
		return info.Size() == 0 && info.Mode().IsRegular(), nil
	}
	for _, result := range results {
		if _, err := os.Lstat(filepath.Join(folder, numbered(result.Name, claim.Mark.Name, n))); err == nil {
			return false, nil
		}
	}
	f, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return false, err
	}
	return true, f.Close()
}

// numbered puts a number behind the stem that a name shares with the input:
// "book.annotated.xlsx" of "book.xlsx" becomes "book (2).annotated.xlsx".
func numbered(name, input string, n int) string {
	if n < 2 {
		return name
	}
	stem := strings.TrimSuffix(input, filepath.Ext(input))
	mark := " (" + strconv.Itoa(n) + ")"
	if rest, ok := strings.CutPrefix(name, stem); ok {
		return stem + mark + rest
	}
	ending := filepath.Ext(name)
	return strings.TrimSuffix(name, ending) + mark + ending
}

func writeFile(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}
