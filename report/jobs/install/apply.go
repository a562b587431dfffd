package install

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"valuebook/report/files"
)

// Run starts a command of the system and returns what it printed.
type Run func(ctx context.Context, command []string) (string, error)

// System runs commands as they are.
func System(ctx context.Context, command []string) (string, error) {
	out, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput()
	text := strings.TrimSpace(string(out))
	if err != nil {
		return text, fmt.Errorf("%s: %w: %s", strings.Join(command, " "), err, text)
	}
	return text, nil
}

// Apply writes the files and tells the scheduler. When the scheduler refuses,
// the files that were not there before are removed again.
func (p Plan) Apply(ctx context.Context, run Run) error {
	var written []string
	for _, file := range p.Files {
		_, err := os.Stat(file.Path)
		if err := write(file); err != nil {
			return errors.Join(err, removeAll(written))
		}
		if errors.Is(err, fs.ErrNotExist) {
			written = append(written, file.Path)
		}
	}
	for _, command := range p.Enable {
		if _, err := run(ctx, command); err != nil {
			return errors.Join(err, removeAll(written))
		}
	}
	return nil
}

// Remove tells the scheduler and removes the files; gone reports whether there
// was anything. What the scheduler says of a task that it does not have is no
// error.
func (p Plan) Remove(ctx context.Context, run Run) (gone bool, err error) {
	for _, command := range p.Disable {
		if _, failed := run(ctx, command); failed != nil {
			err = errors.Join(err, failed)
		} else {
			gone = true
		}
	}
	for _, file := range p.Files {
		switch failed := os.Remove(file.Path); {
		case failed == nil:
			gone, err = true, nil
		case !errors.Is(failed, fs.ErrNotExist):
			return gone, failed
		}
	}
	if !gone {
		return false, nil
	}
	return true, err
}

// Installed reports whether the files are in place. A Windows task has none
// that stays: ask the scheduler.
func (p Plan) Installed() bool {
	for _, file := range p.Files {
		if _, err := os.Stat(file.Path); err != nil {
			return false
		}
	}
	return true
}

func write(file File) error {
	if err := os.MkdirAll(filepath.Dir(file.Path), 0o755); err != nil {
		return err
	}
	temporary := file.Path + ".tmp"
	if err := os.WriteFile(temporary, file.Data, 0o644); err != nil {
		_ = os.Remove(temporary)
		return err
	}
	return files.Rename(temporary, file.Path)
}

func removeAll(paths []string) error {
	var err error
	for _, path := range paths {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}
