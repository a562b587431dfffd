package golden

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The environment variables that say what a test may rely on.
const (
	Tools         = "VALUEBOOK_TOOLS"    // "required": a missing tool is a failure
	PracticeFiles = "VALUEBOOK_PRACTICE" // folder with workbooks/, corpus/ and oracles/
	FidelityRun   = "VALUEBOOK_FIDELITY" // set by make fidelity: compare every practice file
)

// Tool returns the path of the first of the named programs that is installed.
//
// Without any of them the test is skipped with one line that says so; with
// VALUEBOOK_TOOLS=required it fails instead, so that no check is lost unseen.
func Tool(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing := strings.Join(names, " or ")
	if os.Getenv(Tools) == "required" {
		t.Fatalf("%s is not installed, and %s=required", missing, Tools)
	}
	t.Skipf("skipped: %s is not installed", missing)
	return ""
}

// Font returns the content of a font with Chinese and Japanese characters that
// is installed on the machine; without one the test is skipped or fails as with
// [Tool].
func Font(t testing.TB) []byte {
	t.Helper()
	const path = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
	data, err := os.ReadFile(path)
	if err == nil {
		return data
	}
	if os.Getenv(Tools) == "required" {
		t.Fatalf("%v, and %s=required", err, Tools)
	}
	t.Skipf("skipped: %v", err)
	return nil
}

// Fidelity reports whether every practice file is to be compared, not only a
// quick selection.
func Fidelity() bool { return os.Getenv(FidelityRun) != "" }

// Command returns a program that is ended, with all that it started, at the end
// of a context.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, name, args...)
	command.WaitDelay = time.Second
	together(command)
	return command
}

// Run runs a program and returns what it printed. A program that is not done
// within the limit is ended and the test fails: an office program can wait for
// an answer that nobody gives.
func Run(t testing.TB, limit time.Duration, name string, args ...string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	command := Command(ctx, name, args...)
	out, err := command.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("%s was not done after %v\n%s", filepath.Base(name), limit, out)
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(name), err, out)
	}
	return out
}

// Practice returns the folder of practice files, which holds workbooks/,
// corpus/ and oracles/.
//
// Without VALUEBOOK_PRACTICE the test is skipped with one line that says so. A
// folder that is named but not there is a failure. make fidelity takes any
// folder, whatever it holds.
func Practice(t testing.TB) string {
	t.Helper()
	folder := os.Getenv(PracticeFiles)
	if folder == "" {
		t.Skipf("skipped: %s does not name a folder of practice files", PracticeFiles)
	}
	if info, err := os.Stat(filepath.Join(folder, "workbooks")); !Fidelity() && (err != nil || !info.IsDir()) {
		t.Fatalf("%s: no folder workbooks in %s", PracticeFiles, folder)
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		return real // walking a folder does not follow a link at its root
	}
	return folder
}
