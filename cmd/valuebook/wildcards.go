package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/pipeline"
)

// expanded puts the files for names with wildcards, which the shells of Windows
// leave to the program. A file that is called so is meant itself; a pattern that
// finds nothing stays, to be named.
func expanded(names []string) []string {
	var all []string
	for _, name := range names {
		found := []string{name}
		if _, err := os.Lstat(name); err != nil && strings.ContainsAny(name, "*?") {
			if inputs := matching(name); len(inputs) > 0 {
				found = inputs
			}
		}
		all = append(all, found...)
	}
	return all
}

// matching returns the files of a pattern without locks, hidden files, and what
// was made of a workbook that is found too.
func matching(pattern string) []string {
	paths, _ := filepath.Glob(pattern) // a pattern that is none finds nothing
	stem := func(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) }
	stems := map[string]bool{}
	for _, path := range paths {
		stems[stem(path)] = true
	}
	return slices.DeleteFunc(paths, func(path string) bool {
		folder, name := filepath.Split(path)
		origin := filepath.Join(folder, pipeline.Stem(name))
		return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || origin != filepath.Clean(stem(path)) && stems[origin]
	})
}
