package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"valuebook/report/config"
)

// TestPathsInDoubleQuotes reads the paths of Windows as people write them.
func TestPathsInDoubleQuotes(t *testing.T) {
	for _, c := range []struct {
		text      string
		line      int // 0 for no error
		backslash bool
	}{
		{`out: "C:\Users\ada"`, 2, true},
		{`out: "C:\data"`, 2, true},
		{`out: "C:\temp"`, 2, true},
		{`out: ["D:\new", "D:/old"]`, 2, true},
		{`drop: {path: "C:\PDF"}`, 2, true},
		{`out: 'C:\temp'`, 0, false},
		{`out: C:\temp`, 0, false},
		{`out: "C:\\temp"`, 0, false},
		{`out: "C:/temp"`, 0, false},
		{`title: "A:\u0020B"`, 0, false},
		{`out: "reports`, 2, false},
	} {
		path := filepath.Join(t.TempDir(), "valuebook.yaml")
		if err := os.WriteFile(path, []byte("company: Nordwind\r\n"+c.text+"\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := config.FromFile(path, config.Known{Names: []string{"company", "out", "title", "drop.path"}})
		var bad *config.SyntaxError
		if errors.As(err, &bad) != (c.line > 0) {
			t.Errorf("%s: error %v", c.text, err)
			continue
		}
		if bad != nil && (bad.Backslash != c.backslash || c.backslash && bad.Line != c.line) {
			t.Errorf("%s: %+v", c.text, bad)
		}
	}
}
