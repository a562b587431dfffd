package pdf

import (
	"reflect"
	"strings"
	"testing"

	"valuebook/charts"
	"valuebook/templates"
)

// TestThemeFileIsTheDefault holds the embedded theme and the one without a
// file equal.
func TestThemeFileIsTheDefault(t *testing.T) {
	data, err := templates.Read("theme.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := LoadTheme(data)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, DefaultTheme()) {
		t.Errorf("theme.yaml gives %+v, want %+v", got, DefaultTheme())
	}
}

func TestLoadTheme(t *testing.T) {
	got, err := LoadTheme([]byte("company: ACME\npaper: letter\ncolors: {accent: '#123456', classes: ['#000001','#000002','#000003','#000004']}\n"))
	if err != nil || got.Company != "ACME" || got.Charts.Accent != "#123456" || got.Charts.Classes[3] != "#000004" || got.Charts.Text != charts.DefaultTheme().Text {
		t.Errorf("%+v, %v", got, err)
	}
	if p := (Options{Theme: got}).paper(); p.width != 215.9 {
		t.Errorf("paper %v", p)
	}
	for text, want := range map[string]string{
		"colors: {accent: navy}":          `"navy" is not a colour`,
		"colors: {classes: ['#000000']}":  "wants 4",
		"paper: A5":                       "neither A4 nor Letter",
		"company: [":                      "theme:",
		"colors: {text: '#12345G'}":       "not a colour",
		"colors: {classes: [1, 2, 3, 4]}": "not a colour",
	} {
		if _, err := LoadTheme([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestLogoOfAnotherKindIsRefused(t *testing.T) {
	i := &ink{}
	if err := i.loadLogo([]byte("GIF89a")); err == nil {
		t.Error("a GIF was taken")
	}
}
