package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/config"
	"valuebook/report/dataset"
)

// servedHash is a hash of all that the reports of dropped workbooks and their
// mail depend on beside the workbook: this file with the files that it names,
// which secrets of PDFs and workbooks there are, and the version of the program.
// Where the file stands and what a machine is given to do does not count.
func (r *runFile) servedHash() (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", moduleVersion())
	for _, name := range []string{pagesPassword, pagesPasswordFile, passwordVariable, passwordFileVariable} {
		fmt.Fprintf(h, "%v\n", os.Getenv(name) != "")
	}
	if err := r.hashEntries(h, r.settings.List()); err != nil {
		return "", err
	}
	for _, w := range r.document.Workbooks {
		fmt.Fprintf(h, "%q %+v\n", w.Match, withoutPlaces(w.Mapping))
		if err := r.hashEntries(h, w.Entries); err != nil {
			return "", err
		}
	}
	for _, one := range listedRecipients(r.document.Records[recipientsKey]) {
		one.Ref = dataset.Ref{}
		fmt.Fprintf(h, "%q\n", one)
	}
	for _, text := range r.document.Texts {
		fmt.Fprintf(h, "%q %q %v\n", text.File, text.Section, text.Before)
		if err := hashFiles(h, inFolder(r.folder(), text.File)); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hashEntries adds settings; of those that name files, what is in them.
func (r *runFile) hashEntries(h io.Writer, entries []config.Entry) error {
	for _, entry := range entries {
		if machineSetting(entry.Name) {
			continue
		}
		var err error
		switch value := entry.Value; {
		case entry.Name == "templates":
			err = hashFolder(h, value)
		case entry.Name == "theme":
			err = hashFiles(h, value)
		case entry.Name == "font":
			err = hashFiles(h, fontFiles(value)...)
		case entry.Name == recipientsKey && value != "" && !strings.HasPrefix(value, sheetPrefix):
			err = hashFiles(h, inFolder(r.folder(), value))
		case entry.Name == "before":
			fmt.Fprintf(h, "%q\n", filepath.Base(value))
		default:
			fmt.Fprintf(h, "%q=%q\n", entry.Name, entry.Values())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// machineSetting reports whether a setting may differ between machines that make
// the same reports.
func machineSetting(name string) bool {
	for _, group := range []string{"drop.", "serve.", "mail.secret.", "mail.oauth."} {
		if strings.HasPrefix(name, group) {
			return true
		}
	}
	return slices.Contains([]string{"out", "history", "history_variable", "mail.ca_file", "mail.hello"}, name)
}
