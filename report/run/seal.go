package run

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/pipeline"
)

// anyPassword marks a file that has no password of a recipient because its
// format takes none, and the general password of the run where that is set.
const anyPassword = "*"

// sealAll puts passwords on the PDFs of an edition that were rendered without:
// the general one on the file itself, and that of a recipient on a file of
// their own.
func (r *runner) sealAll(e *edition, making Making) error {
	plain := e.files
	needed := r.passwords(*e)
	e.files = nil
	for _, f := range plain {
		if strings.ToLower(filepath.Ext(f.staged)) != ".pdf" {
			f.sealed = anyPassword
			e.files = append(e.files, f)
			continue
		}
		document, err := os.ReadFile(f.staged)
		if err != nil {
			return err
		}
		f.content, f.sealed = sumOf(document), "" // else who has a password of their own would get this file too
		for _, variable := range append([]string{""}, needed[f.part]...) {
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
