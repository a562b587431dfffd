package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
)

// smallDisk is the folder of a child process over which it puts a small disk.
const smallDisk = "VALUEBOOK_TEST_DISK"

// TestFullDisk runs a job on a disk that is too small, in a child process with
// mounts of its own: the error says so, and nothing is left behind.
func TestFullDisk(t *testing.T) {
	if os.Getenv(smallDisk) != "" {
		onSmallDisk(t, os.Getenv(smallDisk))
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestFullDisk$", "-test.v")
	child.Env = append(os.Environ(), smallDisk+"="+t.TempDir())
	child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}}
	output, err := child.CombinedOutput()
	if err != nil && len(output) == 0 || strings.Contains(string(output), "no mount") {
		t.Skipf("skipped: this system lets no test mount a disk: %v", err)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func onSmallDisk(t *testing.T, folder string) {
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("no mount:", err)
	}
	for _, big := range []string{"xlsx", "pdf"} {
		j := job(t, heavy{"xlsx", big == "xlsx"}, heavy{"pdf", big == "pdf"})
		for format, target := range j.Targets {
			j.Targets[format] = filepath.Join(folder, filepath.Base(target))
		}
		if err := os.WriteFile(j.Targets["xlsx"], []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		outcome, err := pipeline.Run(context.Background(), j)
		all := fmt.Sprint(err, outcome.Failed)
		full := pipeline.DiskFull(err)
		for _, failed := range outcome.Failed {
			full = full || pipeline.DiskFull(failed)
		}
		if !full {
			t.Errorf("%s too big: %s, want that the disk is full", big, all)
		}
		left, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range left {
			if strings.HasSuffix(entry.Name(), ".tmp") {
				t.Errorf("%s too big: %s is left behind", big, entry.Name())
			}
		}
		if data, err := os.ReadFile(j.Targets["xlsx"]); big == "xlsx" && (err != nil || string(data) != "old") {
			t.Errorf("the earlier output is %q, %v", data, err)
		}
	}
	if _, err := pipeline.Deliver("in.xlsx", pipeline.FormatFixes, filepath.Join(folder, "in.fixes.xlsx"), make([]byte, 1<<20)); !pipeline.DiskFull(err) {
		t.Errorf("delivering: %v", err)
	}
}

// heavy writes a megabyte, or little.
type heavy struct {
	format string
	big    bool
}

func (h heavy) Format() string { return h.format }

func (h heavy) Render(to pipeline.Draft, _ string, _ *report.Report, _ *wording.Writer) ([]dataset.Finding, error) {
	size := 10
	if h.big {
		size = 1 << 20
	}
	_, err := to.Write(make([]byte, size))
	return nil, err
}
