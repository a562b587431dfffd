//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valuebook/report/config"
	"valuebook/report/jobs"
)

func TestDied(t *testing.T) {
	for script, want := range map[string]bool{
		"exit 0": false, "exit 3": false, "exit 4": false,
		"echo 'no such flag' >&2; exit 2": false,
		"kill -9 $$":                      true,
		"printf 'fatal error: no memory\\n\\ngoroutine 1 [running]:\\n' >&2; exit 2": true,
	} {
		if got, err := died(t.Context(), exec.Command("sh", "-c", script)); got != want || err != nil {
			t.Errorf("%s: died %v, %v, want %v", script, got, err, want)
		}
	}
	const accessViolation = 0xC0000005 // as Windows tells it
	if !crashed(accessViolation, nil) {
		t.Error("a process that Windows ended has not died")
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if got, err := died(ctx, exec.CommandContext(ctx, "sleep", "60")); got || err == nil {
		t.Errorf("whoever has no more time: died %v, %v", got, err)
	}
}

// TestAServiceThatIsKilledAgainAndAgain ends the service each time when it is at
// the same workbook, more often than a workbook may end the service.
func TestAServiceThatIsKilledAgainAndAgain(t *testing.T) {
	here(t, "format: json\ndrop: {path: drop, settled: 50ms}\nserve: {listen: off}\n")
	if err := os.WriteFile(".partly", []byte(monthlyBook(4000, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(".partly", filepath.Join("drop", "book.csv")); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		s := serverOf(t, "serve")
		until(t, "the run", func() bool {
			st := statusHere(t)
			self := func(w jobs.Working) bool {
				return strings.Contains(w.Owner, fmt.Sprintf("/%d/", s.Process.Pid)) && w.AtWork > 0
			}
			return slices.ContainsFunc(st.Workers, self) && len(st.Runs) == 1 && st.Runs[0].State == "running"
		})
		_ = s.Process.Kill()
		_ = s.Wait()
	}
	s := serverOf(t, "serve")
	until(t, "the report", func() bool {
		st := statusHere(t)
		return len(st.Runs) == 1 && st.Runs[0].State == "done" && len(st.Jobs) == 0
	})
	if rejected, err := os.ReadDir(filepath.Join("drop", "rejected")); err != nil || len(rejected) > 0 {
		t.Errorf("rejected: %v, %v", rejected, err)
	}
	if !strings.Contains(s.said.String(), "harmless") {
		t.Error("the workbook was never suspected: the test shows nothing")
	}
}

// TestAServiceThatIsStoppedAtOnce ends well also when it is told to before it
// has begun; what is due once was not done then.
func TestAServiceThatIsStoppedAtOnce(t *testing.T) {
	here(t, "format: json\ndrop: {path: drop, settled: 50ms}\nserve: {listen: off}\n")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for line, want := range map[string]int{"serve": exitDone, "worker": exitDone, "serve --once": exitFailure} {
		var said bytes.Buffer
		args := append([]string{"valuebook"}, strings.Fields(line)...)
		if code := run(stopped, args, strings.NewReader(""), &said, &said); code != want || want == exitDone && strings.Contains(said.String(), "error") {
			t.Errorf("%s: exit code %d, want %d\n%s", line, code, want, &said)
		}
	}
}

// TestARehearsalGoesNowhereElse holds that flags of the service reach the
// rehearsal, and its folder is its own all the same.
func TestARehearsalGoesNowhereElse(t *testing.T) {
	s := &servedReports{path: "always.yaml", flags: []config.Entry{{Name: "out", Value: "reports"}, {Name: "lang", Value: "de"}}}
	line := strings.Join(s.rehearsing(jobs.Suspect{Path: "a.xlsx"}, "folder"), " ")
	want := "--out " + filepath.Join("folder", "out") + " --set lang=de --config always.yaml a.xlsx"
	if !strings.HasSuffix(line, want) {
		t.Errorf("arguments %q, want that they end with %q", line, want)
	}
}
