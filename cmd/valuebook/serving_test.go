//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"valuebook/report/jobs"
	"valuebook/samples/pgtest"
)

// server is a process of the program that serves.
type server struct {
	*exec.Cmd
	said *speech
}

// speech is what a process says, which can be read while it goes on.
type speech struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (s *speech) Write(b []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.text.Write(b)
}

func (s *speech) String() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.text.String()
}

// serverOf starts the program in the current folder.
func serverOf(t testing.TB, args ...string) *server {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Cmd: exec.Command(self), said: &speech{}}
	s.Args, s.Stderr = append([]string{"valuebook"}, args...), s.said
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.Process.Kill()
		if _ = s.Wait(); t.Failed() {
			t.Logf("%q said:\n%s", s.Args, s.said)
		}
	})
	return s
}

// stop tells it to end, as systemd does, and wants it to end well.
func (s *server) stop(t testing.TB) {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil || !strings.Contains(s.said.String(), "stopped") && s.Args[1] == "serve" {
		t.Errorf("%q ends with %v:\n%s", s.Args, err, s.said)
	}
}

// until waits for something.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within two minutes", what)
		}
	}
}

// here makes a folder with a run file and a drop folder the current one.
func here(t *testing.T, runFile string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("drop", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("valuebook.yaml", []byte(runFile), 0o600); err != nil {
		t.Fatal(err)
	}
}

// drops writes a workbook under another name and renames it, as careful
// programs do.
func drops(t testing.TB, name string, seed int) {
	t.Helper()
	if err := os.WriteFile(".partly", []byte(monthlyBook(3, seed)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(".partly", filepath.Join("drop", name)); err != nil {
		t.Fatal(err)
	}
}

// statusHere is what "status" says in the current folder.
func statusHere(t testing.TB, args ...string) (s jobs.Status) {
	t.Helper()
	var out, failed bytes.Buffer
	if code := run(context.Background(), append([]string{"valuebook", "status", "--json"}, args...), strings.NewReader(""), &out, &failed); code != exitDone {
		return s // not made yet
	}
	if err := json.Unmarshal(out.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// page is the address at which a server that was told to take any port has its
// page.
func (s *server) page(t testing.TB) string {
	t.Helper()
	var record struct{ Msg, Address string }
	until(t, "the address of the page", func() bool {
		for _, line := range strings.Split(s.said.String(), "\n") {
			if json.Unmarshal([]byte(line), &record) == nil && record.Msg == "status page" {
				return true
			}
		}
		return false
	})
	return record.Address
}

// TestServeUntilStopped drops a workbook before a server, looks at its page,
// and stops it.
func TestServeUntilStopped(t *testing.T) {
	here(t, "format: json\ndrop: {path: drop, settled: 50ms}\nserve: {listen: '127.0.0.1:0', metrics: true, log: json}\n")
	s := serverOf(t, "serve")
	address := s.page(t)
	until(t, "the page", func() bool { return fetched(address+"/healthz") == "ok\n" })
	drops(t, "book.csv", 1)
	until(t, "the report", func() bool {
		st := statusHere(t)
		return len(st.Runs) == 1 && st.Runs[0].State == "done" && len(st.Jobs) == 0
	})
	page := fetched(address + "/")
	for _, part := range []string{"book", "/outputs/1/0", "<h2>"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %s:\n%s", part, page)
		}
	}
	if document := fetched(address + "/outputs/1/0"); !strings.Contains(document, "customers") {
		t.Errorf("the output is not handed out: %.200s", document)
	}
	if metrics := fetched(address + "/metrics"); !strings.Contains(metrics, "valuebook_") {
		t.Errorf("metrics: %s", metrics)
	}
	taken := strings.TrimPrefix(address, "http://")
	second := serverOf(t, "serve", "--listen", taken)
	if err := second.Wait(); err == nil || second.ProcessState.ExitCode() != exitFailure || !strings.Contains(second.said.String(), taken) {
		t.Errorf("a second server at the same address: %v\n%s", err, second.said)
	}
	s.stop(t)
	for _, line := range strings.Split(strings.TrimSpace(s.said.String()), "\n") {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil || strings.Contains(line, "book.csv") {
			t.Errorf("log: %v: %s", err, line)
		}
	}
	if st := statusHere(t); len(st.Workers) > 0 {
		t.Errorf("it left %+v", st.Workers)
	}
}

func fetched(address string) string {
	response, err := http.Get(address)
	if err != nil {
		return ""
	}
	defer response.Body.Close()
	var text bytes.Buffer
	_, _ = text.ReadFrom(response.Body)
	return text.String()
}

// TestAWorkerTakesWhatServeQueues lets "serve" die after it has queued
// workbooks; a worker on the same database makes the reports.
func TestAWorkerTakesWhatServeQueues(t *testing.T) {
	here(t, "format: json\ndrop: {path: drop, settled: 50ms}\nserve: {listen: off, workers: 1}\n")
	store := "--store=" + pgtest.DSN(t)
	const n = 6
	s := serverOf(t, "serve", store)
	until(t, "the server", func() bool { return len(statusHere(t, store).Workers) == 1 })
	for i := range n {
		drops(t, fmt.Sprintf("book%d.csv", i), i)
	}
	until(t, "queued workbooks", func() bool {
		entries, _ := os.ReadDir("drop/work")
		return len(entries) > 0 && len(statusHere(t, store).Jobs) > 0
	})
	_ = s.Process.Kill()
	_ = s.Wait()
	w := serverOf(t, "worker", store)
	left := func() int {
		files, _ := filepath.Glob("drop/*.csv")
		return n - len(files)
	}()
	until(t, "the reports", func() bool {
		st := statusHere(t, store)
		done := 0
		for _, r := range st.Runs {
			if r.State == "done" {
				done++
			}
		}
		return done == left && len(st.Jobs) == 0
	})
	w.stop(t)
}
