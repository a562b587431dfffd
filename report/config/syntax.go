package config

import (
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A SyntaxError says where a file is no YAML.
type SyntaxError struct {
	File string // its name, without a folder
	Line int    // 0 where the library does not say
	Text string // of the library, without the line
	// Backslash reports that a path is to blame which stands in double quotes:
	// there YAML reads a backslash and what follows as another character.
	Backslash bool
}

// Error is what the library says, with the file and the line.
func (e *SyntaxError) Error() string { return At(e.File, e.Line) + ": " + e.Text }

// At writes a line of a file, or the file alone where the line is not known.
func At(file string, line int) string {
	if line == 0 {
		return file
	}
	return file + ":" + strconv.Itoa(line)
}

var lineOfError = regexp.MustCompile(`^line (\d+): `)

// syntaxError reads an error of the library, whose only form is a text.
func syntaxError(file string, err error) *SyntaxError {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	e := &SyntaxError{File: file, Text: text}
	if found := lineOfError.FindStringSubmatch(text); found != nil {
		e.Line, _ = strconv.Atoi(found[1])
		e.Text = text[len(found[0]):]
	}
	e.Backslash = strings.Contains(text, "unknown escape character") || strings.Contains(text, "hexdecimal number")
	return e
}

// swallowed is a path of Windows whose first backslash became part of another
// character, such as the tabulator in "C:\temp".
var swallowed = regexp.MustCompile("^[A-Za-z]:[\x00-\x1f\u0085\u00a0\u2028\u2029]")

// checkPaths finds a path that is not what was meant.
func checkPaths(file string, node *yaml.Node) *SyntaxError {
	if node.Kind == yaml.ScalarNode && node.Style&yaml.DoubleQuotedStyle != 0 && swallowed.MatchString(node.Value) {
		return &SyntaxError{File: file, Line: node.Line, Text: strconv.QuoteToASCII(node.Value) + " is no path", Backslash: true}
	}
	for _, child := range node.Content {
		if err := checkPaths(file, child); err != nil {
			return err
		}
	}
	return nil
}
