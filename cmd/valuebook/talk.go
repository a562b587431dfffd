package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"valuebook/report/dataset"
	"valuebook/report/receipt"
)

// printError writes every joined error as "valuebook: error: ..." and its hint
// on a line of its own.
func (p *program) printError(err error) {
	var q quietExit
	if errors.As(err, &q) {
		return
	}
	for _, one := range parts(err) {
		f := explained(one)
		p.line("error", p.words.Text(f.message))
		if !f.hint.IsZero() {
			p.line("hint", p.words.Text(f.hint))
		}
	}
}

// parts takes joined errors apart.
func parts(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, one := range joined.Unwrap() {
		all = append(all, parts(one)...)
	}
	return all
}

// line writes one line of talk to stderr: "valuebook: KIND: text".
func (p *program) line(kind, text string) {
	label := p.say("talk." + kind)
	if colourful(p.stderr) {
		label = map[string]string{"error": "\x1b[31m", "warning": "\x1b[33m", "hint": "\x1b[36m"}[kind] + label + "\x1b[0m"
	}
	fmt.Fprintf(p.stderr, "valuebook: %s: %s\n", label, printable(text))
}

// warn writes a warning unless the user wants quiet.
func (p *program) warn(code string, args ...dataset.Quantity) {
	if !p.quiet {
		p.line("warning", p.say(code, args...))
	}
}

// print writes lines of results to stdout.
func (p *program) print(lines ...string) {
	for _, text := range lines {
		fmt.Fprintln(p.stdout, printable(text))
	}
}

// printable replaces control characters: a file name or a cell must not move
// the cursor or colour the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// printFinding writes a finding as an error or warning with its hint.
func (p *program) printFinding(f dataset.Finding) {
	kind := "warning"
	if f.Severity >= dataset.Error {
		kind = "error"
	}
	p.line(kind, p.say("finding.line", dataset.Str(p.place(f.Ref)), dataset.Str(receipt.Problem(p.words, f))))
	if fix := receipt.Fix(p.words, f); fix != "" {
		p.line("hint", fix)
	}
}

// place names a cell as a sentence does: file, sheet, cell.
func (p *program) place(ref dataset.Ref) string {
	switch {
	case ref.Sheet == "":
		return ref.File
	case ref.Cell() == "":
		return p.say("place.sheet", dataset.Str(ref.File), dataset.Str(ref.Sheet))
	case ref.Row == 0:
		return p.say("place.column", dataset.Str(ref.File), dataset.Str(ref.Sheet), dataset.Str(ref.Cell()))
	case ref.Col == 0:
		return p.say("place.row", dataset.Str(ref.File), dataset.Str(ref.Sheet), dataset.Str(ref.Cell()))
	}
	return p.say("place.cell", dataset.Str(ref.File), dataset.Str(ref.Sheet), dataset.Str(ref.Cell()))
}
