package run

import (
	"path/filepath"
	"strconv"
	"strings"

	"valuebook/report/pipeline"
)

// Names say where the outputs of a run go.
type Names struct {
	// Folder is a pattern with {report}, {period}, {revision} and {stem}, the
	// name of the workbook without its ending.
	Folder string
	// File is the pattern of the files' names without ending, "" = {stem}.
	File  string
	Plain bool // ASCII letters only
	// Kept says that nobody else has these names: a later revision needs no
	// folder of its own.
	Kept bool
}

// folder returns the folder of a revision. A later revision never takes the
// folder of an earlier one, whose files may be on their way as attachments:
// without {revision} in a pattern its folder has the revision added.
func (n Names) folder(report, period string, revision int, input string) string {
	folder := n.fill(n.Folder, report, period, revision, input, string(filepath.Separator))
	if revision > 1 && !n.Kept && !strings.Contains(n.Folder+n.File, "{revision}") {
		folder = filepath.Join(folder, "revision-"+strconv.Itoa(revision))
	}
	return folder
}

// Root returns the folder above all that the pattern makes, "" for none.
func (n Names) Root() string {
	fixed, _, open := strings.Cut(n.Folder, "{")
	if !open {
		return n.Folder
	}
	return filepath.Clean(filepath.Dir(fixed + "x"))
}

// stem returns the name of the files without ending.
func (n Names) stem(report, period string, revision int, input string) string {
	pattern := n.File
	if pattern == "" {
		pattern = "{stem}"
	}
	return pipeline.SafeName(n.fill(pattern, report, period, revision, input, ""), n.Plain)
}

// fill puts values for the words in braces. What comes from outside never adds
// a folder: separators in it are replaced, but for those of the pattern.
func (n Names) fill(pattern, report, period string, revision int, input, separator string) string {
	if period == "" {
		period = "undated"
	}
	safe := func(text string) string { return pipeline.SafeName(text, n.Plain) }
	filled := strings.NewReplacer("{report}", safe(report), "{period}", safe(period), "{revision}", strconv.Itoa(revision),
		"{stem}", safe(pipeline.Stem(input))).Replace(pattern)
	if separator != "" {
		return filepath.Clean(filled)
	}
	return filled
}
