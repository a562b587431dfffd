package pdf_test

import (
	"bytes"
	"os"
	"testing"

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
	if name := os.Getenv("VALUEBOOK_LOOK"); name != "" {
		if err := os.WriteFile(name, first.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
