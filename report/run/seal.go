package run

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/pipeline"
)

// anyPassword marks a file that nobody has with a password of their own.
const anyPassword = "*"

// sealAll puts passwords on the files of an edition that were rendered without:
// the general one on the PDF itself, and that of a recipient on a file of their
// own. A workbook that has the password of its input keeps it, for everybody.
func (r *runner) sealAll(e *edition, making Making) error {
	plain := e.files
	needed := r.passwords(*e)
	e.files = nil
	for _, f := range plain {
		variables := needed[f.part]
		document, sealable, err := readSealable(f.staged)
		switch {
		case err != nil:
			return err
		case !sealable:
			e.files = append(e.files, f)
			continue
		}
		f.content, f.sealed = sumOf(document), "" // else who has a password of their own would get this file too
		if isPages(f.staged) {
			variables = append([]string{""}, variables...)
		} else {
			e.files = append(e.files, f)
		}
		for _, variable := range variables {
			sealed, err := making.Seal(document, variable)
			if err != nil {
				return err
			}
			own := f
			if variable != "" {
				own.sealed, own.attached = variable, filepath.Base(f.staged)
				own.staged = filepath.Join(filepath.Dir(f.staged), "sealed", pipeline.SafeName(variable, true), own.attached)
			}
			if err := writeWhole(own.staged, sealed); err != nil {
				return err
			}
			e.files = append(e.files, own)
		}
	}
	return nil
}

// readSealable reads a file that takes a password of a recipient: a PDF, or a
// workbook that has none yet.
func readSealable(path string) (document []byte, sealable bool, err error) {
	if !isPages(path) && !isWorkbook(path) {
		return nil, false, nil
	}
	document, err = os.ReadFile(path)
	return document, err == nil && !bytes.HasPrefix(document, []byte(lockedMark)), err
}

func isPages(path string) bool { return strings.ToLower(filepath.Ext(path)) == ".pdf" }

func isWorkbook(path string) bool {
	ending := strings.ToLower(filepath.Ext(path))
	return ending == ".xlsx" || ending == ".xlsm"
}

// passwords lists for every part the variables of recipients who get it with a
// password of their own, sorted.
func (r *runner) passwords(e edition) map[string][]string {
	parts, formats := r.partsOf(e)
	plan, _ := r.match(&made{languages: []edition{e}, parts: parts, formats: formats})
	needed := map[string][]string{}
	for _, a := range plan {
		variable, key := a.Recipient.PasswordVariable, a.Part.Key
		if variable != "" && strings.EqualFold(a.Recipient.Language, e.language) && !slices.Contains(needed[key], variable) {
			needed[key] = append(needed[key], variable)
		}
	}
	for _, variables := range needed {
		slices.Sort(variables)
	}
	return needed
}

// writeWhole writes a file with mode 0600, its folder with 0700, and waits until it is on the disk.
func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
