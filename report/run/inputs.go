package run

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"valuebook/report/pipeline"
)

// Inputs say which workbooks a run reads. Relative names and patterns count
// from the folder of the run file; {period} in them is the period of the run.
type Inputs struct {
	Files  []string // names, or patterns of which every match is an input
	Newest string   // pattern of which only the file that changed last is one
}

// ErrNoInputs is returned when no input is named at all.
var ErrNoInputs = errors.New("no input is named")

// A NoInputError is a name or a pattern that no file fits.
type NoInputError struct{ Pattern string }

// Error names the pattern.
func (e *NoInputError) Error() string { return fmt.Sprintf("no file fits %s", e.Pattern) }

// ErrNoPeriod is returned for a pattern with {period} when the period is not
// known before a file is opened.
var ErrNoPeriod = errors.New("the period is not known before a file is opened")

// Find returns the inputs in the order of their patterns, those of one pattern
// by name, each once. Files that office programs and we leave beside workbooks
// fit no pattern: locks ("~$book.xlsx"), hidden files, "book.annotated.xlsx".
func (in Inputs) Find(folder, period string) ([]string, error) {
	if len(in.Files) == 0 && in.Newest == "" {
		return nil, ErrNoInputs
	}
	var found []string
	seen := map[string]bool{}
	for _, pattern := range in.Files {
		names, err := matches(folder, pattern, period)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				found = append(found, name)
			}
		}
	}
	if in.Newest == "" {
		return found, nil
	}
	names, err := matches(folder, in.Newest, period)
	if err != nil {
		return nil, err
	}
	if name := newest(names); !seen[name] {
		found = append(found, name)
	}
	return found, nil
}

// matches returns the files that fit a pattern, by name; none is an error.
func matches(folder, pattern, period string) ([]string, error) {
	if strings.Contains(pattern, "{period}") {
		if period == "" {
			return nil, fmt.Errorf("%s: %w", pattern, ErrNoPeriod)
		}
		pattern = strings.ReplaceAll(pattern, "{period}", period)
	}
	path := pattern
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() { // a name may hold brackets
		return []string{path}, nil
	}
	names, err := filepath.Glob(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", pattern, err)
	}
	var found []string
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && !leftBeside(filepath.Base(name)) {
			found = append(found, name)
		}
	}
	if len(found) == 0 {
		return nil, &NoInputError{pattern}
	}
	sort.Strings(found)
	return found, nil
}

// leftBeside reports whether a file stands beside workbooks and is none.
func leftBeside(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") ||
		strings.TrimSuffix(name, filepath.Ext(name)) != pipeline.Stem(name)
}

// newest returns the file that changed last; of equals the last by name.
func newest(names []string) string {
	best, at := "", time.Time{}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && !info.ModTime().Before(at) {
			best, at = name, info.ModTime()
		}
	}
	return best
}
