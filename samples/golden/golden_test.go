package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	tests := map[string]struct {
		stored, got string
		want        string // part of the error, "" for none
	}{
		"equal":                    {"a\nb\n", "a\nb\n", ""},
		"stored with CRLF":         {"a\r\nb\r\n", "a\nb\n", ""},
		"second line differs":      {"a\nb\n", "a\nc\n", "line 2"},
		"result is longer":         {"a\n", "a\nb\n", "line 2"},
		"result is shorter":        {"a\nb\nc", "a\nb", "line 3"},
		"CRLF in the result shows": {"a\n", "a\r\n", "line 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.golden")
			if err := os.WriteFile(path, []byte(test.stored), 0o600); err != nil {
				t.Fatal(err)
			}
			err := compare(path, []byte(test.got))
			kept, _ := os.ReadFile(path + ".got")
			switch {
			case test.want == "" && err != nil:
				t.Errorf("got error %v, want none", err)
			case test.want == "":
			case err == nil || !strings.Contains(err.Error(), test.want):
				t.Errorf("got error %v, want one with %q", err, test.want)
			case string(kept) != test.got:
				t.Errorf("result kept as %q, want %q", kept, test.got)
			}
		})
	}
}

func TestMissingFileIsAFailure(t *testing.T) {
	if err := compare(filepath.Join(t.TempDir(), "none.golden"), []byte("x")); err == nil {
		t.Error("a missing golden file passed")
	}
}

func TestEqualRewritesOnRequest(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv(Update, "1")
	Equal(t, "sub/x.golden", []byte("new\n"))
	t.Setenv(Update, "")
	Equal(t, "sub/x.golden", []byte("new\n"))
}

// stub records how a test would have ended.
type stub struct {
	testing.TB
	skipped, failed bool
}

func (s *stub) Helper()               {}
func (s *stub) Skipf(string, ...any)  { s.skipped = true; panic(s) }
func (s *stub) Fatalf(string, ...any) { s.failed = true; panic(s) }

func ending(f func(testing.TB)) (s *stub) {
	s = &stub{}
	defer func() { _ = recover() }()
	f(s)
	return s
}

func TestMissingTool(t *testing.T) {
	ask := func(t testing.TB) { Tool(t, "no-such-program-here") }
	t.Setenv(Tools, "")
	if s := ending(ask); !s.skipped || s.failed {
		t.Errorf("without %s: skipped %v, failed %v; want a skip", Tools, s.skipped, s.failed)
	}
	t.Setenv(Tools, "required")
	if s := ending(ask); s.skipped || !s.failed {
		t.Errorf("required: skipped %v, failed %v; want a failure", s.skipped, s.failed)
	}
}

func TestToolTakesTheFirstThatIsThere(t *testing.T) {
	if path := Tool(t, "no-such-program-here", "go"); path == "" {
		t.Error("go was not found")
	}
}

func TestPractice(t *testing.T) {
	ask := func(t testing.TB) { Practice(t) }
	t.Setenv(PracticeFiles, "")
	if s := ending(ask); !s.skipped {
		t.Error("without a folder the test was not skipped")
	}
	folder := t.TempDir()
	t.Setenv(PracticeFiles, folder)
	if s := ending(ask); !s.failed {
		t.Error("a folder without workbooks passed")
	}
	if err := os.Mkdir(filepath.Join(folder, "workbooks"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := Practice(t); got != folder {
		t.Errorf("got %q, want %q", got, folder)
	}
}
