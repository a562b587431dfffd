package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"valuebook": main})
}

// TestScripts runs every script of testdata/script. In a script, $SAMPLES is
// the folder of the sample workbooks.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs(filepath.Join("..", "..", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"seal": seal, "files": files, "mailbox": mailbox, "aged": aged, "same": same, "exits": exits, "grow": grow, "losing": losing, "month": month, "pause": pause,
		},
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") == "1",
	})
}

// same checks that one part of two JSON documents is the same and not empty:
// same KEY.KEY FILE FILE.
func same(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: same KEY.KEY FILE FILE")
	}
	var parts [2]string
	for i, file := range args[1:] {
		part := json.RawMessage(ts.ReadFile(file))
		for _, key := range strings.Split(args[0], ".") {
			var object map[string]json.RawMessage
			ts.Check(json.Unmarshal(part, &object))
			part = object[key]
		}
		parts[i] = string(part)
	}
	if parts[0] == "" || parts[0] != parts[1] {
		ts.Fatalf("%s of %s is\n%s\nthat of %s\n%s", args[0], args[1], parts[0], args[2], parts[1])
	}
}

// month moves the only month of a folder of results to another place: month
// FOLDER PLACE.
func month(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: month FOLDER PLACE")
	}
	months, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "20*"))
	ts.Check(err)
	if len(months) != 1 {
		ts.Fatalf("%s holds %d months", args[0], len(months))
	}
	ts.Check(os.Rename(months[0], ts.MkAbs(args[1])))
}

// pause waits: pause 1s.
func pause(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 1 {
		ts.Fatalf("usage: pause DURATION")
	}
	wait, err := time.ParseDuration(args[0])
	ts.Check(err)
	time.Sleep(wait)
}

// files checks that a folder holds exactly the named files: files FOLDER NAME...
func files(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 1 {
		ts.Fatalf("usage: files FOLDER NAME...")
	}
	want := map[string]bool{".tmp": false} // the script runner's own
	for _, name := range args[1:] {
		want[name] = true
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, entry := range entries {
		if _, expected := want[entry.Name()]; !expected {
			ts.Fatalf("%s holds %q", args[0], entry.Name())
		}
		delete(want, entry.Name())
	}
	for name, missing := range want {
		if missing {
			ts.Fatalf("%s lacks %q", args[0], name)
		}
	}
}

// exits runs the program and checks its exit code: exits CODE ARGUMENTS...
func exits(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGUMENTS...")
	}
	err := ts.Exec("valuebook", args[1:]...)
	code := 0
	if err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("valuebook did not run: %v", err)
		}
		code = exit.ExitCode()
	}
	if args[0] != string(rune('0'+code)) {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// grow repeats the last line of a file: grow FILE TIMES.
func grow(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: grow FILE TIMES")
	}
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	last := text[strings.LastIndex(strings.TrimSuffix(text, "\n"), "\n")+1:]
	var out strings.Builder
	out.WriteString(text)
	for i := range times {
		out.WriteString("C" + strconv.Itoa(i) + last)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o600))
}

// aged sets when a file was last changed: aged FILE YYYY-MM-DD.
func aged(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: aged FILE YYYY-MM-DD")
	}
	day, err := time.Parse(time.DateOnly, args[1])
	ts.Check(err)
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), day, day))
}
