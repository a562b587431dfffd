package install_test

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/jobs/install"
	"valuebook/samples/golden"
)

// awkward has everything in its names that one of the formats takes specially.
var awkward = install.Task{Name: "month-end", Program: `/opt/value book/50%/va"lue$book`, Config: "/srv/R&D/<run>.yaml", Folder: "/srv/R&D/100%"}

func plan(t *testing.T, system string, task install.Task) install.Plan {
	t.Helper()
	p, err := install.For(system, install.Home{Config: "/home/ada/.config", Home: "/Users/ada", Temporary: `C:\Temp`, UID: "501"}, task)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlans(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		var text strings.Builder
		p := plan(t, system, awkward)
		for _, file := range p.Files {
			text.WriteString("== " + file.Path + "\n" + file.Text())
		}
		for _, command := range append(append([][]string{}, p.Enable...), append([][]string{p.Status}, p.Disable...)...) {
			text.WriteString("$ " + strings.Join(command, " | ") + "\n")
		}
		golden.Equal(t, system+".golden", []byte(text.String()))
	}
}

// TestWordsSurvive reads the names back from the files as the schedulers do.
func TestWordsSurvive(t *testing.T) {
	for _, system := range []string{"darwin", "windows"} {
		decoder := xml.NewDecoder(strings.NewReader(strings.Replace(plan(t, system, awkward).Files[0].Text(), "UTF-16", "UTF-8", 1)))
		var text strings.Builder
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", system, err)
			}
			if chars, ok := token.(xml.CharData); ok {
				text.Write(chars)
			}
		}
		for _, want := range []string{awkward.Program, awkward.Config, awkward.Folder} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: %q is not there", system, want)
			}
		}
	}
}

func TestUnknownSystem(t *testing.T) {
	if _, err := install.For("plan9", install.Home{}, awkward); !errors.Is(err, install.ErrSystem) {
		t.Errorf("error %v, want ErrSystem", err)
	}
}

// TestSystemdTakesTheUnits asks systemd itself.
func TestSystemdTakesTheUnits(t *testing.T) {
	analyze := golden.Tool(t, "systemd-analyze")
	home := t.TempDir()
	task := awkward
	task.Program, task.Folder = filepath.Join(home, "value $book 50%"), home
	if err := os.WriteFile(task.Program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	p, err := install.For("linux", install.Home{Config: home}, task)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(context.Background(), quiet); err != nil {
		t.Fatal(err)
	}
	units := []string{p.Files[0].Path, p.Files[1].Path}
	cmd := exec.Command(analyze, append([]string{"verify", "--user", "--man=no"}, units...)...)
	cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+home, "HOME="+home)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(out), "valuebook") {
		t.Errorf("systemd says: %v\n%s", err, out)
	}
}

func quiet(context.Context, []string) (string, error) { return "", nil }

func TestApplyAndRemove(t *testing.T) {
	home := t.TempDir()
	p, err := install.For("linux", install.Home{Config: home}, awkward)
	if err != nil {
		t.Fatal(err)
	}
	var ran []string
	run := func(_ context.Context, command []string) (string, error) {
		ran = append(ran, strings.Join(command, " "))
		return "", nil
	}
	if p.Installed() {
		t.Error("installed before it was")
	}
	if err := p.Apply(context.Background(), run); err != nil || !p.Installed() {
		t.Fatalf("not installed: %v", err)
	}
	if gone, err := p.Remove(context.Background(), run); err != nil || !gone || p.Installed() {
		t.Errorf("removed: %v, %v", gone, err)
	}
	want := []string{"systemctl --user daemon-reload", "systemctl --user enable --now valuebook-month-end.timer", "systemctl --user disable --now valuebook-month-end.timer"}
	if strings.Join(ran, "\n") != strings.Join(want, "\n") {
		t.Errorf("ran %q, want %q", ran, want)
	}
	refuse := func(context.Context, []string) (string, error) { return "", errors.New("no such task") }
	if gone, err := p.Remove(context.Background(), refuse); err != nil || gone {
		t.Errorf("what is not there was removed: %v, %v", gone, err)
	}
}

func TestARefusalLeavesNothing(t *testing.T) {
	home := t.TempDir()
	p, err := install.For("linux", install.Home{Config: home}, awkward)
	if err != nil {
		t.Fatal(err)
	}
	refusal := errors.New("no bus")
	err = p.Apply(context.Background(), func(context.Context, []string) (string, error) { return "", refusal })
	if !errors.Is(err, refusal) {
		t.Errorf("error %v, want the refusal", err)
	}
	for _, file := range p.Files {
		if _, err := os.Stat(file.Path); err == nil {
			t.Errorf("%s is left", file.Path)
		}
	}
}
