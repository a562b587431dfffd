//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

// TestTwoRunFilesOnOneDatabase serves two run files at once, with different
// settings: no workbook is made by those of the other.
func TestTwoRunFilesOnOneDatabase(t *testing.T) {
	t.Chdir(t.TempDir())
	store := "--store=" + pgtest.DSN(t)
	formats, endings := map[string]string{"north": "json", "south": "xlsx"}, map[string]string{"north": ".json", "south": ".annotated.xlsx"}
	var servers []*server
	const n = 8
	for name, format := range formats {
		text := fmt.Sprintf("name: %s\nformat: %s\ndrop: {path: %s, settled: 50ms}\nserve: {listen: off}\n", name, format, name)
		if err := errors.Join(os.Mkdir(name, 0o700), os.WriteFile(name+".yaml", []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		servers = append(servers, serverOf(t, "serve", "--config", name+".yaml", store))
	}
	until(t, "the servers", func() bool { return len(statusHere(t, store, "--config=north.yaml").Workers) == 2 })
	for i := range n {
		for name := range formats {
			book := []byte(monthlyBook(3, i))
			if err := errors.Join(os.WriteFile(".partly", book, 0o600), os.Rename(".partly", filepath.Join(name, fmt.Sprintf("%s%d.csv", name, i)))); err != nil {
				t.Fatal(err)
			}
		}
	}
	until(t, "the reports", func() bool {
		st := statusHere(t, store, "--config=north.yaml")
		return len(st.Runs) == 2*n && len(st.Jobs) == 0
	})
	for _, r := range statusHere(t, store, "--config=north.yaml").Runs {
		house, book, _ := strings.Cut(r.Report, "/")
		if r.State != "done" || !strings.HasPrefix(book, house) || len(r.Outputs) != 1 || !strings.HasSuffix(r.Outputs[0], endings[house]) {
			t.Errorf("%s is %s: %q", r.Report, r.State, r.Outputs)
		}
	}
	for _, s := range servers {
		s.stop(t)
	}
}

// TestServedHash holds what a process must have in common with others to make
// the same reports.
func TestServedHash(t *testing.T) {
	t.Chdir(t.TempDir())
	const usual = "name: north\nformat: pdf\ntemplates: look\nrecipients: to.csv\nserve: {listen: off}\n"
	files := map[string]string{"look/theme.yaml": "a", "to.csv": "parts,to\nall,a@example.com\n", "valuebook.yaml": usual}
	write := func(folder string, changed map[string]string) {
		for name, text := range files {
			if other, ok := changed[name]; ok {
				text = other
			}
			path := filepath.Join(folder, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	hash := func(folder string) string {
		reports := &servedReports{p: &program{}, path: filepath.Join(folder, "valuebook.yaml"), known: knownSettings()}
		text, err := reports.settings()
		if err != nil || len(text) != 64 {
			t.Fatal(text, err)
		}
		return text
	}
	write("first", nil)
	first := hash("first")
	for name, c := range map[string]struct {
		changed map[string]string
		same    bool
	}{
		"another folder":      {nil, true},
		"another page":        {map[string]string{"valuebook.yaml": strings.ReplaceAll(usual, "listen: off", "workers: 7")}, true},
		"another drop folder": {map[string]string{"valuebook.yaml": usual + "drop: {path: in}\n"}, true},
		"another place":       {map[string]string{"valuebook.yaml": usual + "out: elsewhere\nhistory: other.db\n"}, true},
		"another order":       {map[string]string{"valuebook.yaml": "format: pdf\nname: north\nrecipients: to.csv\n# so\ntemplates: look\n"}, true},
		"another format":      {map[string]string{"valuebook.yaml": strings.ReplaceAll(usual, "pdf", "json")}, false},
		"another line":        {map[string]string{"valuebook.yaml": usual + "delta: 7\n"}, false},
		"another server":      {map[string]string{"valuebook.yaml": usual + "mail: {host: a.example}\n"}, false},
		"other recipients":    {map[string]string{"to.csv": "parts,to\nall,b@example.com\n"}, false},
		"another look":        {map[string]string{"look/theme.yaml": "b"}, false},
	} {
		write(name, c.changed)
		if (hash(name) == first) != c.same {
			t.Errorf("%s: the same is %v", name, !c.same)
		}
	}
	t.Setenv(pagesPassword, "erle")
	if hash("first") == first {
		t.Error("a password changes nothing")
	}
}

// TestHistoryOfALaterVersion says what to do about a history that a later
// version of the program has used.
func TestHistoryOfALaterVersion(t *testing.T) {
	t.Chdir(t.TempDir())
	book, err := ledger.Open(context.Background(), "valuebook.db")
	if err == nil {
		_, err = book.DB().Exec(`UPDATE valuebook_schema SET version = version + 1`)
	}
	if err = errors.Join(err, book.Close(), os.WriteFile("valuebook.yaml", []byte("name: north\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]string{nil, {"--store", "valuebook.db"}} {
		var said bytes.Buffer
		code := run(context.Background(), append([]string{"valuebook", "worker"}, more...), strings.NewReader(""), &said, &said)
		if code != exitFailure || !strings.Contains(said.String(), "A later version of valuebook has used it") {
			t.Errorf("%q: exit %d: %s", more, code, &said)
		}
	}
}
