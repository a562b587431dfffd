package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/config"
	"valuebook/report/dataset"
)

var known = config.Known{
	Names:    []string{"delta", "as_of", "locale", "format", "company", "threshold.match"},
	Prefixes: []string{"weight.", "threshold."},
}

func TestPrecedence(t *testing.T) {
	entry := func(origin config.Origin, value string) config.Entry {
		return config.Entry{Name: "delta", Value: value, Origin: origin}
	}
	layers := [][]config.Entry{
		{entry(config.Flag, "1")}, {entry(config.Variable, "2")}, {entry(config.Sheet, "3")}, {entry(config.File, "4")},
	}
	for i, want := range []string{"1", "2", "3", "4", ""} {
		// The order in which layers are named does not matter.
		forward := config.Merge(layers[i:]...)
		var reversed [][]config.Entry
		for j := len(layers) - 1; j >= i; j-- {
			reversed = append(reversed, layers[j])
		}
		if got := forward.Value("delta"); got != want {
			t.Errorf("without the first %d layers: %q, want %q", i, got, want)
		}
		if got := config.Merge(reversed...).Value("delta"); got != want {
			t.Errorf("reversed, without the first %d layers: %q, want %q", i, got, want)
		}
	}
	if got, _ := config.Merge(layers...).Entry("delta"); got.Origin.String() != "flag" {
		t.Errorf("origin %s", got.Origin)
	}
	twice := config.Merge([]config.Entry{entry(config.Flag, "1"), entry(config.Flag, "9")})
	if twice.Value("delta") != "9" {
		t.Errorf("of two flags %q wins, want the last", twice.Value("delta"))
	}
}

func TestFile(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "company: Nordwind AG\ndelta: 3.5", "company=Nordwind AG delta=3.5"},
		{"list", "format: [xlsx, pdf]", "format=xlsx,pdf"},
		{"nested", "threshold:\n  match: median\n  costs: 40", "threshold.match=median threshold.costs=40"},
		{"dates and words stay text", "as_of: 2026-10-31\ncompany: no", "as_of=2026-10-31 company=no"},
		{"free names", "weight.service: 30", "weight.service=30"},
		{"empty", "", ""},
		{"comments", "# nothing\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			read, err := config.FromFile(file(t, c.text), known)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range read.Entries {
				got = append(got, e.Name+"="+e.Value)
				if e.Origin != config.File || !strings.HasPrefix(e.Place, config.FileName+":") {
					t.Errorf("%s has origin %s at %q", e.Name, e.Origin, e.Place)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFileErrors(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":        {"company: x\ndleta: 3", `valuebook.yaml:2: no setting is called "dleta"`},
		"unknown nested key": {"treshold: {match: 1}", `no setting is called "treshold.match"`},
		"no map":             {"- a", "no setting"},
		"only a text":        {"hello", "a name, a colon and a value"},
		"deep list":          {"format: [[a]]", "more than plain values"},
		"broken":             {"a: [1", "valuebook.yaml"},
		"alias":              {"company: &c x\nlocale: *c", "aliases"},
		"prefix alone":       {"weight.: 3", "no setting"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.FromFile(file(t, c.text), known)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	var unknown *config.UnknownError
	_, err := config.FromFile(file(t, "dleta: 3"), known)
	if !errors.As(err, &unknown) || unknown.Nearest != "delta" {
		t.Errorf("nearest name of %v", err)
	}
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), config.FileName)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBeside(t *testing.T) {
	path := file(t, "delta: 7")
	found, err := config.Beside(filepath.Join(filepath.Dir(path), "book.xlsx"), known)
	if err != nil || len(found.Entries) != 1 || found.Path != path {
		t.Errorf("%v %v", found, err)
	}
	found, err = config.Beside(filepath.Join(t.TempDir(), "book.xlsx"), known)
	if err != nil || len(found.Entries) != 0 || found.Path != "" {
		t.Errorf("without a file: %v %v", found, err)
	}
}

func TestVariables(t *testing.T) {
	entries, unknown := config.FromVariables([]string{
		"PATH=/bin", "VALUEBOOK_DELTA=3", "VALUEBOOK_AS_OF=2026-10-31", "VALUEBOOK_THRESHOLD_MATCH=mean",
		"VALUEBOOK_LOCALE=", "VALUEBOOK_COMPANI=x=y", "VALUEBOOK_COMPANY=a=b",
	}, known)
	var got []string
	for _, e := range entries {
		got = append(got, e.Name+"="+e.Value)
	}
	if want := "delta=3 as_of=2026-10-31 threshold.match=mean company=a=b"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(unknown) != 1 || unknown[0].Nearest != "company" || unknown[0].Place != "VALUEBOOK_COMPANI" {
		t.Errorf("unknown %+v", unknown)
	}
}

func TestSheet(t *testing.T) {
	cell := dataset.Ref{File: "book.xlsx", Sheet: "Parameters", Row: 4, Col: 2}
	entries, findings := config.FromSheet([]dataset.Setting{
		{Name: "delta", Value: "3", Ref: cell}, {Name: "detla", Value: "3", Ref: cell},
		{Name: "scale_lo.service", Value: "1", Ref: cell}, {Name: "zzzzzzz", Value: "1", Ref: cell},
	}, known, "scale_lo.")
	if len(entries) != 1 || entries[0].Place != "Parameters!B4" || entries[0].Origin != config.Sheet {
		t.Errorf("entries %+v", entries)
	}
	if len(findings) != 2 || findings[0].Code != "setting-unknown" || findings[0].Ref != cell {
		t.Fatalf("findings %+v", findings)
	}
	if near := findings[0].Args[1].Text; near != "delta" {
		t.Errorf("nearest %q", near)
	}
}

func TestApply(t *testing.T) {
	settings := config.Merge([]config.Entry{
		{Name: "delta", Value: "x", Origin: config.Sheet}, {Name: "company", Value: "c"}, {Name: "locale", Value: "de"},
	})
	var set []string
	refused := settings.Apply(func(name, value string) error {
		if value == "x" {
			return errors.New("not a number")
		}
		set = append(set, name)
		return nil
	}, func(name string) bool { return name == "locale" })
	if strings.Join(set, " ") != "company" || len(refused) != 1 || refused[0].Finding().Code != "setting-invalid" {
		t.Errorf("set %q, refused %v", set, refused)
	}
}

func TestNearest(t *testing.T) {
	commands := []string{"report", "check", "init", "explain", "version", "completion"}
	for name, want := range map[string]string{
		"reprot": "report", "chekc": "check", "chck": "check", "intt": "init", "explian": "explain", "Version": "version",
		"complete": "completion", "x": "", "": "", "customers": "", "报告": "",
	} {
		if got := config.Nearest(name, commands); got != want {
			t.Errorf("%q is nearest to %q, want %q", name, got, want)
		}
	}
	if got := config.Nearest("as-of", []string{"as_of"}); got != "as_of" {
		t.Errorf("a hyphen for an underscore: %q", got)
	}
}
