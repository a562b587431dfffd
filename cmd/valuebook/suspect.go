package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"valuebook/report/jobs"
	"valuebook/report/scratch"
)

// Lethal makes the report as a rehearsal in a process of its own. The memory of
// that process counts as its own: where there is too little, it ends and the
// service does not.
func (s *servedReports) Lethal(ctx context.Context, suspect jobs.Suspect) (bool, error) {
	program, err := os.Executable()
	if err != nil {
		return false, err
	}
	folder, err := scratch.Folder("suspect")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	command := exec.CommandContext(ctx, program, s.rehearsing(suspect, folder)...)
	command.Args[0] = os.Args[0]
	return died(ctx, command)
}

// rehearsing are the arguments with which a report is made for nobody.
func (s *servedReports) rehearsing(suspect jobs.Suspect, folder string) []string {
	args := []string{"run", "--dry-run", "--allow-stale", "--quiet", "--no-input", "--out", filepath.Join(folder, "out")}
	for _, flag := range s.flags {
		if flag.Name != "out" { // what is made for nobody does not go where the reports are
			args = append(args, "--set", flag.Name+"="+flag.Value)
		}
	}
	if suspect.Path != "" {
		return append(args, "--config", s.path, suspect.Path)
	}
	return append(args, "--config", suspect.Config, "--today", suspect.Due.Format(time.DateOnly))
}

// died runs a command and reports whether it ended otherwise than by its own
// will. What it says of the workbook is of no interest here.
func died(ctx context.Context, command *exec.Cmd) (bool, error) {
	var said bytes.Buffer
	command.Stderr = &said
	command.WaitDelay = time.Second
	runtime.LockOSThread() // some systems end the command with the thread that began it
	defer runtime.UnlockOSThread()
	withParent(command)
	err := command.Run()
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return false, err
	}
	return ended != nil && crashed(ended.ExitCode(), said.Bytes()), nil
}

// crashed reports whether a process with this end was killed, or gave up as a
// whole: Go then ends it with 2 and says what every goroutine did.
func crashed(code int, said []byte) bool {
	return code < 0 || code > exitPartly || code == exitUsage && bytes.Contains(said, []byte("\ngoroutine "))
}
