//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

// monthlyFile is a run file with a page and a recipient for each customer.
func monthlyFile(customers int) string {
	var out strings.Builder
	out.WriteString("name: survey\ninputs: book.csv\nperiod: 2026-10\nburst: customer\nformat: pdf\n" +
		"mail: {from: finance@example.com, host: 127.0.0.1, security: none}\nrecipients:\n  - {parts: all, to: boss@example.com}\n")
	for i := range customers {
		fmt.Fprintf(&out, "  - {parts: C%03d, to: c%03d@example.com}\n", i, i)
	}
	return out.String()
}

// monthlyBook is a workbook of so many customers; another seed, other ratings.
func monthlyBook(customers, seed int) string {
	var out strings.Builder
	out.WriteString("Customer,Benefit: Service [1-10],Benefit: Quality [1-10],Cost: Price [1-10]\n")
	for i := range customers {
		fmt.Fprintf(&out, "C%03d,%d,%d,%d\n", i, 1+(i+seed)%10, 1+i*7%10, 1+i*3%10)
	}
	return out.String()
}

// writeFiles writes files into the current folder, as of October 2026.
func writeFiles(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		october := time.Date(2026, 10, 30, 12, 0, 0, 0, time.UTC)
		if err := os.Chtimes(name, october, october); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledMonthlyRuns kills runs at any moment. The run after them ends with
// one set of outputs, one set of messages, and nothing else.
func TestKilledMonthlyRuns(t *testing.T) {
	const customers, kills = 12, 8
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"valuebook.yaml": monthlyFile(customers), "book.csv": monthlyBook(customers, 0)})
	begun := time.Now()
	if said, err := child(t, "run", "--set", "out=whole", "--set", "history=whole.db", "--quiet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	whole := time.Since(begun)
	random := rand.New(rand.NewPCG(11, 5))
	for kill := range kills {
		if kill == kills/2 { // the rest of the runs has another input
			writeFiles(t, map[string]string{"book.csv": monthlyBook(customers-1, 1), "valuebook.yaml": monthlyFile(customers - 1)})
		}
		run := child(t, "run", "--quiet")
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Float64() * float64(whole)))
		_ = run.Process.Kill()
		_ = run.Wait() // killed, or done before
	}
	if said, err := child(t, "run", "--quiet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	holdOneSet(t, customers-1)
}

// holdOneSet checks that the last revision has one set of outputs and messages,
// that what the ledger knows stands on the disk, and that nothing else does.
func holdOneSet(t *testing.T, customers int) {
	t.Helper()
	ctx := context.Background()
	book, err := ledger.Open(ctx, "valuebook.db")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	current, found, err := book.Current(ctx, "survey", "2026-10")
	if err != nil || !found {
		t.Fatal("no run counts", err)
	}
	mail, err := book.Deliveries(ctx, ledger.DeliveryFilter{RunID: current.ID})
	if err != nil || len(mail) != customers+1 {
		t.Errorf("%d messages of the run, want %d; %v", len(mail), customers+1, err)
	}
	all, err := book.Deliveries(ctx, ledger.DeliveryFilter{States: []ledger.State{ledger.Queued, ledger.Held}})
	if err != nil || len(all) != customers+1 {
		t.Errorf("%d messages wait, want %d: those of an earlier revision are superseded; %v", len(all), customers+1, err)
	}
	known := map[string]bool{}
	runs, err := book.Runs(ctx, ledger.RunFilter{States: []ledger.RunState{ledger.RunDone}})
	if err != nil || len(runs) > 2 {
		t.Errorf("%d runs are done of two inputs; %v", len(runs), err)
	}
	for _, run := range runs {
		artifacts, err := book.Artifacts(ctx, run.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range artifacts {
			known[a.Path] = true
			if data, err := os.ReadFile(a.Path); err != nil || hashOf(data) != a.SHA256 {
				t.Errorf("%s is not the file that was recorded: %v", a.Path, err)
			}
		}
	}
	here, err := filepath.Abs("reports")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(here, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !known[path] && filepath.Base(path) != "quadrant.png" {
			t.Errorf("%s stands there and nobody knows it", path)
		}
		if err == nil && strings.HasPrefix(entry.Name(), ".valuebook-") {
			t.Errorf("%s was left", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// moments are what differs from one ledger to the next: times, and the folder.
var moments = regexp.MustCompile(`"(started|at)": "[^"]*"`)

// TestLedgersGiveTheSameAnswers does the same month twice, with the history in
// a file and in PostgreSQL, and compares everything that the program says.
func TestLedgersGiveTheSameAnswers(t *testing.T) {
	said := map[string]string{}
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			if kind == "postgres" {
				t.Setenv("HISTORY", pgtest.DSN(t))
				t.Setenv("VALUEBOOK_HISTORY_VARIABLE", "HISTORY")
			}
			said[kind] = aMonth(t)
		})
	}
	if said["postgres"] != "" && said["sqlite"] != said["postgres"] {
		t.Errorf("with a file:\n%s\nwith PostgreSQL:\n%s", said["sqlite"], said["postgres"])
	}
}

// aMonth runs, sends, corrects, approves and sends again, and returns all that
// was printed.
func aMonth(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	port, stop, err := startMail("250 2.0.0 queued", func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	t.Setenv("VALUEBOOK_MAIL_PORT", port)
	writeFiles(t, map[string]string{"valuebook.yaml": monthlyFile(3), "book.csv": monthlyBook(3, 0)})
	var out bytes.Buffer
	do := func(args ...string) {
		code := run(context.Background(), append([]string{"valuebook"}, args...), strings.NewReader(""), &out, &out)
		fmt.Fprintf(&out, "%v: exit %d\n", args, code)
	}
	do("run", "--json")
	do("run", "--json")
	do("outbox", "send")
	writeFiles(t, map[string]string{"book.csv": monthlyBook(3, 4)})
	do("run", "--json")
	do("outbox", "approve", "5", "6")
	do("outbox", "cancel", "--state", "held", "--all", "--reason", "not needed")
	do("outbox", "send", "--json")
	do("outbox", "resend", "1", "--reason", "asked for")
	do("outbox", "mark", "99", "sent", "--reason", "none")
	do("run", "--period", "2026-11", "--allow-stale", "--json")
	do("outbox", "list", "--json")
	do("outbox", "show", "1", "--json")
	do("history", "--json")
	return moments.ReplaceAllString(strings.ReplaceAll(out.String(), folder, "FOLDER"), `"$1": ""`)
}
