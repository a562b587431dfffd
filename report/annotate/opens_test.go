package annotate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valuebook/samples/golden"
)

// An opened workbook is one of the practice files with the file that was made
// of it.
type opened struct{ input, made string }

// opens holds that LibreOffice opens every workbook that was made whose input it
// opens.
func opens(t *testing.T, list []opened) {
	office := golden.Tool(t, "soffice", "libreoffice")
	folder, err := os.MkdirTemp("", "opens")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder) // a program that was ended may still write into it
	const batch = 6
	n, neither := 0, 0
	for from := 0; from < len(list); from += batch {
		some := list[from:min(from+batch, len(list))]
		var names []string
		for _, o := range some {
			names = append(names, o.made)
		}
		convertedBy(t, office, folder, names...)
		for _, o := range some {
			switch {
			case wasConverted(folder, o.made) || convertedBy(t, office, folder, o.made):
				n++
			case opensInput(t, office, folder, o.input):
				t.Errorf("LibreOffice opens %s, but not what was made of it", o.input)
			default:
				neither++
			}
		}
	}
	t.Logf("LibreOffice opened %d of %d; of the other %d it does not open the input either", n, len(list), neither)
}

// opensInput reports whether LibreOffice opens a file, under a name of its own.
func opensInput(t *testing.T, office, folder, input string) bool {
	data, err := os.ReadFile(input)
	name := filepath.Join(folder, fmt.Sprintf("input-%x%s", len(data), filepath.Ext(input)))
	if err == nil {
		err = os.WriteFile(name, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return convertedBy(t, office, folder, name)
}

// convertedBy lets LibreOffice open files and write them as text, and reports
// whether it did so with the last of them. A file that it does not get done with
// counts as not opened.
func convertedBy(t *testing.T, office, folder string, names ...string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	// A profile of its own: one that was ended may have left its own locked.
	profile, err := os.MkdirTemp(folder, "profile")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "csv", "--outdir", filepath.Join(folder, "out")}
	command := golden.Command(ctx, office, append(args, names...)...)
	if out, err := command.CombinedOutput(); err != nil && testing.Verbose() {
		t.Logf("%v: %.200s", err, out)
	}
	return wasConverted(folder, names[len(names)-1])
}

func wasConverted(folder, name string) bool {
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	_, err := os.Stat(filepath.Join(folder, "out", base+".csv"))
	return err == nil
}
