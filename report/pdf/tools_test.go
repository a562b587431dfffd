package pdf_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

// tool runs an outside program on a document and returns what it says.
func tool(t *testing.T, data []byte, name string, arguments ...string) string {
	t.Helper()
	program := golden.Tool(t, name)
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range arguments {
		if a == "FILE" {
			arguments[i] = path
		}
	}
	out, err := exec.Command(program, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// TestOtherProgramsReadIt holds what independent programs say of the
// documents: sound, all fonts embedded as subsets, no pictures, text in
// reading order.
func TestOtherProgramsReadIt(t *testing.T) {
	for _, name := range []string{"sample", "extreme"} {
		t.Run(name, func(t *testing.T) {
			data := render(t, name, made[name]())
			if said := tool(t, data, "qpdf", "--check", "FILE"); !strings.Contains(said, "No syntax or stream encoding errors") {
				t.Errorf("qpdf: %s", said)
			}
			if pictures := tool(t, data, "pdfimages", "-list", "FILE"); strings.Count(pictures, "\n") != 2 {
				t.Errorf("pictures: %s", pictures)
			}
			fonts := strings.Split(strings.TrimSpace(tool(t, data, "pdffonts", "FILE")), "\n")[2:]
			if len(fonts) != 2 {
				t.Errorf("fonts: %q", fonts)
			}
			for _, font := range fonts {
				if !strings.Contains(font, "yes yes yes") {
					t.Errorf("font not embedded, subset and readable: %s", font)
				}
			}
		})
	}
}

// TestTextIsInReadingOrder holds that a reader who copies the text gets it in
// the order in which it is meant.
func TestTextIsInReadingOrder(t *testing.T) {
	text := tool(t, render(t, "sample", sample()), "pdftotext", "-raw", "FILE", "-")
	at := 0
	for _, want := range []string{"Larkspur Supply", "Customer value · Retail division", "October 2026", "120", "customers rated", "What we found",
		"1", "Strategic customers are 26 % of all", "p. 2", "Service is our lead", "What to do", "Strategic", "Protect and deepen", "Alder Foods", "Ordinary",
		"page 1 of", "Quadrant", "31 of 120 customers are strategic and bear 44 % of the value", "Class", "Protect and deepen", "All", "Against rivals", "Product quality", "Nordwind",
		"Customers with the highest value", "… and 95 more in the workbook, sheet Summary", "Perceived value", "Segments", "Data"} {
		next := strings.Index(strings.ReplaceAll(text, "\u00a0", " ")[at:], want)
		if next < 0 {
			t.Fatalf("%q is missing or comes too early; from there:\n%.600s", want, strings.ReplaceAll(text, "\u00a0", " ")[at:])
		}
		at += next + len(want)
	}
}

// TestDocumentDescribesItself holds title, author, subject, dates and
// bookmarks, all from the report.
func TestDocumentDescribesItself(t *testing.T) {
	data := render(t, "sample", sample())
	about := tool(t, data, "pdfinfo", "-isodates", "FILE")
	for _, want := range []string{"Customer value · Retail division", "Larkspur Supply", "October 2026", "valuebook", "2026-10-31T00:00:00Z", "A4", "PDF version:     1.4"} {
		if !strings.Contains(about, want) {
			t.Errorf("%q is missing in\n%s", want, about)
		}
	}
	json := tool(t, data, "qpdf", "--json", "--json-key=outlines", "FILE")
	for _, want := range []string{"Quadrant: 31 of 120 customers", "Against rivals: Service carries", "Data: 124 rows"} {
		if !strings.Contains(json, want) {
			t.Errorf("bookmark %q is missing", want)
		}
	}
	if n := strings.Count(tool(t, data, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-"), "/Subtype /Link"); n != 6 {
		t.Errorf("%d links, want 6: five sentences and the small chart", n)
	}
}

// TestLogo holds that a logo is drawn, once, and that a broken one is an error.
func TestLogo(t *testing.T) {
	var picture, out bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	theme := pdf.DefaultTheme()
	theme.Logo = "logo.png"
	if err := pdf.Render(&out, sample(), words(t), pdf.Options{Theme: theme, Logo: picture.Bytes()}); err != nil {
		t.Fatal(err)
	}
	if list := tool(t, out.Bytes(), "pdfimages", "-list", "FILE"); strings.Count(list, "\n") != 3 {
		t.Errorf("pictures: %s", list)
	}
	if err := pdf.Render(&out, sample(), words(t), pdf.Options{Theme: theme, Logo: picture.Bytes()[:30]}); err == nil {
		t.Error("half a picture was taken")
	}
}
