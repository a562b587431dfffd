package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"

	"valuebook/report/dataset"
	"valuebook/report/workbook"
)

// The variables that bring a password: itself, or the file that holds it. No flag does: everybody on the machine
// can read command lines.
const (
	passwordVariable     = "VALUEBOOK_PASSWORD"
	passwordFileVariable = "VALUEBOOK_PASSWORD_FILE"
)

// tries is how often a password is asked for.
const tries = 3

// longestPassword is what is read of a file at most, in bytes; a workbook's password has at most 255 characters.
const longestPassword = 1024

// givenPassword returns the password that the variables bring, "" without one.
func givenPassword() (string, error) { return passwordFrom(passwordVariable, passwordFileVariable) }

// passwordFrom returns the password that a variable holds, or the file that
// another one names, "" without either.
func passwordFrom(variable, file string) (string, error) {
	if password := os.Getenv(variable); password != "" {
		return password, nil
	}
	path := os.Getenv(file)
	if path == "" {
		return "", nil
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fail(exitUsage, "error.password-file", dataset.Str(path), dataset.Str(plainError(err))).because(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return "", fail(exitUsage, "error.password-file", dataset.Str(path), dataset.Str(fs.ErrInvalid.Error()))
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", fail(exitUsage, "error.password-open", dataset.Str(path), dataset.Str(info.Mode().Perm().String())).
			withHint("hint.password-open", dataset.Str(path))
	}
	text, err := io.ReadAll(io.LimitReader(f, longestPassword))
	if err != nil {
		return "", fail(exitUsage, "error.password-file", dataset.Str(path), dataset.Str(plainError(err))).because(err)
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\ufeff"), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}

// wantsPassword reports whether a password would open the workbook, or another one.
func wantsPassword(d *dataset.Dataset) bool {
	for _, f := range d.Findings {
		if f.Code == workbook.CodePassword || f.Code == workbook.CodeWrongPassword {
			return true
		}
	}
	return false
}

// prompt is what is asked; again says that the last password was wrong.
func (t *task) prompt(file string, again bool) string {
	code := "prompt.password"
	if again {
		code = "prompt.password-again"
	}
	return t.words.Text(dataset.Msg(code, dataset.Str(file)))
}

// asker returns what asks for a password at the terminal, nil where there is none or the user wants not to be asked.
func (p *program) asker(noInput bool) func(string) (string, error) {
	input, ok := p.stdin.(*os.File)
	if noInput || !ok || !terminal(p.stdin) || !terminal(p.stderr) {
		return nil
	}
	return func(prompt string) (string, error) {
		state, err := term.GetState(int(input.Fd()))
		if err != nil {
			return "", errors.New("no terminal")
		}
		p.restore(func() { _ = term.Restore(int(input.Fd()), state) })
		fmt.Fprint(p.stderr, "\r\x1b[2K"+printable(prompt)+" ")
		password, err := term.ReadPassword(int(input.Fd()))
		fmt.Fprintln(p.stderr)
		p.restore(nil)
		return string(password), err
	}
}

// restore notes what brings the terminal back when the run is interrupted while somebody types.
func (p *program) restore(back func()) {
	p.typing.Lock()
	defer p.typing.Unlock()
	p.back = back
}

// leave ends what a run has begun: a terminal that does not show what is typed, programs that convert.
func (p *program) leave() {
	p.typing.Lock()
	if p.back != nil {
		p.back()
		fmt.Fprintln(p.stderr)
	}
	p.typing.Unlock()
	if p.opening != nil {
		p.opening.converting.Wait()
	}
}
