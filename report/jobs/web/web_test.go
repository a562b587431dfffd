package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"valuebook/report/jobs"
	"valuebook/report/jobs/watch"
	"valuebook/report/jobs/web"
	"valuebook/report/wording"
	"valuebook/templates"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// full is a status with something of each kind, and a name that would be a
// script where it is not escaped.
func full(t *testing.T) jobs.Status {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"a.pdf", "secret.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("content of "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return jobs.Status{
		At:       noon,
		Workers:  []jobs.Working{{Owner: "host/1/ab", Since: noon, SeenAt: noon, AtWork: 1}, {Owner: "host/2/cd", Since: noon, Missing: true}},
		Drops:    []jobs.Seen{{Path: "/drop", Waiting: []watch.File{{Name: "Acme.xlsx", Why: watch.Open}}}, {Path: "/gone", Failure: "no such folder"}},
		Counts:   []jobs.Count{{Kind: "ingest", State: jobs.JobRunning, N: 1}, {Kind: "ingest", State: jobs.JobWaiting, N: 700}, {Kind: "mail", State: jobs.JobWaiting, N: 1}, {Kind: "report", State: jobs.JobFailed, N: 1}},
		Jobs:     []jobs.Job{{ID: 1, Kind: "ingest", About: "<script>alert(1)</script>.xlsx", Owner: "host/1/ab"}, {ID: 2, Kind: "mail", About: "7"}},
		Failed:   []jobs.Job{{ID: 3, Kind: "report", About: "monthly", Failure: "it stopped"}},
		Runs:     []jobs.Run{{ID: 5, Report: "Acme", Period: "2026-10", Revision: 2, State: "done", Began: noon, Ended: noon, Outputs: []string{filepath.Join(folder, "a.pdf")}}, {ID: 4, Report: "Acme", State: "failed", Error: "no"}},
		Rejected: []jobs.Rejected{{Name: "bad.xlsx", Code: "no-customers", Message: "bad.xlsx could not be used.\nNo customers.", At: noon}},
		Schedules: []jobs.Next{
			{Name: "monthly", Rule: "first business day", Zone: "Europe/Berlin", Next: noon},
		},
		Mail: map[string]int{"sent": 12, "held": 1, "unknown": 1},
	}
}

func handler(t *testing.T, language string, status jobs.Status, failure error) http.Handler {
	t.Helper()
	catalogue, err := templates.Catalogue(language, nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := wording.NewWriter(catalogue, "", "")
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.Handler(web.Options{Status: func(context.Context) (jobs.Status, error) { return status, failure }, Words: words, Outputs: true, Metrics: true, Hosts: []string{"reports.example"}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, host, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://"+host+path, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// textOf returns the text of a page as it is read, and the names of its tags.
func textOf(t *testing.T, page string) (text string, tags map[string]int) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	tags = map[string]int{}
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			out.WriteString(n.Data + " ")
		case html.ElementNode:
			tags[n.Data]++
		}
	}
	return out.String(), tags
}

func TestPage(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"Drop folders", "is open in a program", "no such folder", "it stopped", "has not been heard of", "1 job at work", "first business day", "dropped workbook", "held", "701 waiting", "and 700 more"},
		"de": {"Eingangsordner", "ist in einem Programm geöffnet", "1 Auftrag in Arbeit", "hat sich nicht mehr gemeldet"},
	} {
		w := ask(handler(t, language, full(t), nil), "GET", "127.0.0.1:8321", "/")
		text, tags := textOf(t, w.Body.String())
		for _, one := range append(want, "Acme.xlsx", "<script>alert(1)</script>.xlsx", "No customers.", "a.pdf", "2026-10") {
			if !strings.Contains(text, one) {
				t.Errorf("%s: %q is not on the page", language, one)
			}
		}
		if tags["script"] > 0 || w.Code != http.StatusOK {
			t.Errorf("%s: %d scripts, answer %d", language, tags["script"], w.Code)
		}
		for _, code := range []string{"status.", "deliver.state", "<no value>"} {
			if strings.Contains(text, code) {
				t.Errorf("%s: %q is on the page", language, code)
			}
		}
	}
}

func TestAnEmptyPage(t *testing.T) {
	w := ask(handler(t, "en", jobs.Status{At: noon}, nil), "GET", "localhost", "/")
	text, _ := textOf(t, w.Body.String())
	for _, want := range []string{"No drop folder is set.", "Nothing waits.", "No report was made yet.", "No schedule is set.", "No mail was written yet."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
}

func TestDocument(t *testing.T) {
	status := full(t)
	w := ask(handler(t, "en", status, nil), "GET", "127.0.0.1", "/status.json")
	var got jobs.Status
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Runs) != 2 || got.Runs[0].Report != "Acme" || got.Mail["sent"] != 12 || !got.Schedules[0].Next.Equal(noon) {
		t.Errorf("status %+v", got)
	}
}

// TestOnlyListedOutputsAreHandedOut asks for what stands beside them too.
func TestOnlyListedOutputsAreHandedOut(t *testing.T) {
	h := handler(t, "en", full(t), nil)
	for path, want := range map[string]int{
		"/outputs/5/0": 200, "/outputs/5/1": 404, "/outputs/5/-1": 404, "/outputs/4/0": 404, "/outputs/6/0": 404, "/outputs/5/0/../../secret.txt": 307,
		"/outputs/5/x": 404, "/secret.txt": 404, "/outputs/": 404,
	} {
		if w := ask(h, "GET", "127.0.0.1", path); w.Code != want || want == 200 && w.Body.String() != "content of a.pdf" {
			t.Errorf("%s: %d %q, want %d", path, w.Code, w.Body.String(), want)
		}
	}
}

func TestItOnlyReadsAndOnlyUnderItsName(t *testing.T) {
	h := handler(t, "en", full(t), nil)
	for host, want := range map[string]int{"127.0.0.1:8321": 200, "[::1]:8321": 200, "localhost:8321": 200, "reports.example": 200, "evil.example": 421, "127.0.0.1.evil.example": 421} {
		if w := ask(h, "GET", host, "/"); w.Code != want {
			t.Errorf("%s: %d, want %d", host, w.Code, want)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
		if w := ask(h, method, "localhost", "/"); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
}

func TestHealth(t *testing.T) {
	good, bad := handler(t, "en", full(t), nil), handler(t, "en", jobs.Status{}, errors.New("disk"))
	for path, want := range map[string][2]int{"/healthz": {200, 200}, "/readyz": {200, 503}, "/": {200, 500}, "/status.json": {200, 500}, "/metrics": {200, 500}} {
		if w := ask(good, "GET", "localhost", path); w.Code != want[0] {
			t.Errorf("%s: %d, want %d", path, w.Code, want[0])
		}
		if w := ask(bad, "GET", "localhost", path); w.Code != want[1] {
			t.Errorf("%s without a ledger: %d, want %d", path, w.Code, want[1])
		}
	}
}

// TestHangs holds that a ledger that does not answer is not ready: whoever asks
// is not left to wait.
func TestHangs(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits as long as the page does")
	}
	t.Parallel()
	words, err := wording.NewWriter(wording.NewCatalogue("en"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	h, err := web.Handler(web.Options{Words: words, Status: func(context.Context) (jobs.Status, error) { return jobs.Status{}, nil },
		Ready: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	if w := ask(h, "GET", "localhost", "/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
}

func TestMetrics(t *testing.T) {
	text := ask(handler(t, "en", full(t), nil), "GET", "localhost", "/metrics").Body.String()
	for _, want := range []string{
		`valuebook_jobs{kind="ingest",state="running"} 1`, `valuebook_jobs{kind="mail",state="waiting"} 1`, `valuebook_jobs{kind="ingest",state="waiting"} 700`, `valuebook_jobs_failed{kind="report"} 1`,
		`valuebook_deliveries{state="sent"} 12`, `valuebook_processes{state="missing"} 1`, `valuebook_drop_waiting{why="open"} 1`, `valuebook_drop_failed 1`,
		`valuebook_schedule_next_seconds{schedule="monthly"} 1.7953488e+09`, `go_goroutines`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	for _, never := range []string{"Acme", "bad.xlsx", "alert"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is there", never)
		}
	}
}
