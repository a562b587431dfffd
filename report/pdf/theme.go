package pdf

import (
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"valuebook/charts"
)

// A Theme is the look of the pages.
type Theme struct {
	Company string   // in the foot where the report names none
	Footer  string   // further text in the foot
	Logo    string   // file name of the logo within the templates, "" for none
	Paper   string   // "A4" or "Letter"
	Fonts   []string // file names of TrueType fonts within the templates, in the order in which they are asked
	Charts  charts.Theme
}

// DefaultTheme returns the look without a theme file.
func DefaultTheme() Theme { return Theme{Paper: "A4", Charts: charts.DefaultTheme()} }

// themeFile is the shape of theme.yaml.
type themeFile struct {
	Company, Footer, Logo, Paper string
	Fonts                        []string
	Colors                       struct {
		Text, Secondary, Rule, Accent, Alert string
		Classes                              []string
	}
}

var colorForm = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// LoadTheme reads a theme file. What it does not set keeps its default; a
// colour that is none and an unknown paper are errors.
func LoadTheme(data []byte) (Theme, error) {
	var file themeFile
	t := DefaultTheme()
	if err := yaml.Unmarshal(data, &file); err != nil {
		return t, fmt.Errorf("theme: %w", err)
	}
	t.Company, t.Footer, t.Logo = file.Company, file.Footer, file.Logo
	t.Fonts = append(t.Fonts, file.Fonts...)
	if file.Paper != "" {
		if _, ok := papers[strings.ToLower(file.Paper)]; !ok {
			return t, fmt.Errorf("theme: paper %q is neither A4 nor Letter", file.Paper)
		}
		t.Paper = file.Paper
	}
	c := &t.Charts
	fields := map[string]*string{"text": &c.Text, "secondary": &c.Secondary, "rule": &c.Rule, "accent": &c.Accent, "alert": &c.Alert}
	given := map[string]string{"text": file.Colors.Text, "secondary": file.Colors.Secondary, "rule": file.Colors.Rule,
		"accent": file.Colors.Accent, "alert": file.Colors.Alert}
	for _, name := range []string{"text", "secondary", "rule", "accent", "alert"} {
		if err := setColor(fields[name], given[name], name); err != nil {
			return t, err
		}
	}
	if n := len(file.Colors.Classes); n != 0 && n != 4 {
		return t, fmt.Errorf("theme: classes has %d colours, wants 4", n)
	}
	for i, text := range file.Colors.Classes {
		if err := setColor(&c.Classes[i], text, "classes"); err != nil {
			return t, err
		}
	}
	return t, nil
}

func setColor(field *string, text, name string) error {
	if text == "" {
		return nil
	}
	if !colorForm.MatchString(text) {
		return fmt.Errorf("theme: %s: %q is not a colour like #0B3C5D", name, text)
	}
	*field = text
	return nil
}
