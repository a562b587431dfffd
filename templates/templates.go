// Package templates holds the words, the theme and the starter workbook's
// definition as data. Everything in it can be replaced by a folder of the
// same shape.
package templates

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"valuebook/report/wording"
)

// Files holds wording/LANGUAGE/*.yaml, mail/LANGUAGE/ with the texts of letters,
// deploy/, theme.yaml and starter.yaml.
//
//go:embed wording mail web deploy starter.yaml theme.yaml
var Files embed.FS

// fallback is the language that has every text.
const fallback = "en"

// Catalogue returns the texts of a language, such as "en"; "" means English.
// A text that the language lacks stays English. The files of overlay, a
// folder of the same shape or nil, replace single texts; it may also bring a
// language of its own. A language that neither has is an error that lists
// those there are.
func Catalogue(language string, overlay fs.FS) (*wording.Catalogue, error) {
	if language == "" {
		language = fallback
	}
	catalogue := wording.NewCatalogue(language)
	found := 0
	for _, name := range fallbacks(language) {
		found = 0
		own, err := embedded(name)
		if err != nil {
			return nil, err
		}
		if own != nil {
			catalogue.Add(own)
			found++
		}
		if overlay != nil {
			n, err := load(catalogue, overlay, path.Join("wording", name))
			if err != nil {
				return nil, err
			}
			found += n
		}
	}
	if found == 0 {
		return nil, fmt.Errorf("language %q is not there, only %s", language, strings.Join(languages(overlay), ", "))
	}
	return catalogue, nil
}

// Read returns a file of the templates, such as "theme.yaml", from overlay
// where it is there.
func Read(name string, overlay fs.FS) ([]byte, error) {
	if overlay != nil {
		data, err := fs.ReadFile(overlay, name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return Files.ReadFile(name)
}

// read are the texts of a language that come with the program, as read before: a
// service needs them for every report.
var read sync.Map // language -> *wording.Catalogue

// embedded returns these texts, nil for a language without any.
func embedded(language string) (*wording.Catalogue, error) {
	if before, ok := read.Load(language); ok {
		return before.(*wording.Catalogue), nil
	}
	catalogue := wording.NewCatalogue(language)
	n, err := load(catalogue, Files, path.Join("wording", language))
	if err != nil || n == 0 {
		return nil, err
	}
	read.Store(language, catalogue)
	return catalogue, nil
}

// load adds every catalogue file of a folder, in the order of their names, and
// returns how many there were.
func load(catalogue *wording.Catalogue, source fs.FS, folder string) (int, error) {
	names, err := fs.Glob(source, path.Join(folder, "*.yaml"))
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return 0, err
		}
		if err := catalogue.Load(name, data); err != nil {
			return 0, err
		}
	}
	return len(names), nil
}

func languages(overlay fs.FS) []string {
	seen := map[string]bool{}
	var names []string
	for _, source := range sources(overlay) {
		entries, err := fs.ReadDir(source, "wording")
		if err != nil {
			continue
		}
		for _, entry := range entries {
			if entry.IsDir() && !seen[entry.Name()] {
				seen[entry.Name()] = true
				names = append(names, entry.Name())
			}
		}
	}
	return names
}

// fallbacks lists the languages to load, the wanted one last.
func fallbacks(language string) []string {
	if language == fallback {
		return []string{fallback}
	}
	return []string{fallback, language}
}

func sources(overlay fs.FS) []fs.FS {
	if overlay == nil {
		return []fs.FS{Files}
	}
	return []fs.FS{Files, overlay}
}
