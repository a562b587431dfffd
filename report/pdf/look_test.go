package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"valuebook/report"
	"valuebook/report/pdf"
)

// TestRenderRepeats holds that the same report gives the same bytes.
func TestRenderRepeats(t *testing.T) {
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := pdf.Render(out, sample(), words(t), pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs differ")
	}
	look(t, "sample", first.Bytes())
}

// look keeps a document for the eye where VALUEBOOK_LOOK names a folder.
func look(t *testing.T, name string, data []byte) {
	t.Helper()
	if folder := os.Getenv("VALUEBOOK_LOOK"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func render(t *testing.T, name string, r *report.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := pdf.Render(&out, r, words(t), pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
		t.Fatal(err)
	}
	look(t, name, out.Bytes())
	return out.Bytes()
}
