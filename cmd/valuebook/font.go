package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/pdf"
	"valuebook/templates"
)

// fontSeparator parts the files of the setting font when they come from
// flags; a list in a configuration file comes with commas.
const fontSeparator = "\n"

// fontFiles returns the files that the setting font names.
func fontFiles(value string) []string {
	if value == "" {
		return nil
	}
	if _, err := os.Stat(value); err == nil || strings.Contains(value, fontSeparator) {
		return strings.Split(value, fontSeparator) // a name may hold a comma
	}
	var files []string
	for _, file := range strings.Split(value, ",") {
		files = append(files, strings.TrimSpace(file))
	}
	return files
}

// fontsFrom turns relative names of font files into files of a folder.
func fontsFrom(value, folder string) string {
	files := fontFiles(value)
	for i, file := range files {
		if !filepath.IsAbs(file) {
			files[i] = filepath.Join(folder, file)
		}
	}
	return strings.Join(files, fontSeparator)
}

// fontShelf keeps the fonts of a run, each parsed once.
type fontShelf struct{ fonts map[string]*pdf.Font }

// font returns the font of a name; read returns its file when it is not there
// yet.
func (s *fontShelf) font(name string, read func() ([]byte, error)) (*pdf.Font, error) {
	if f, ok := s.fonts[name]; ok {
		return f, nil
	}
	data, err := read()
	if err != nil {
		return nil, fail(exitUsage, "error.font-file", dataset.Str(name), dataset.Str(plainError(err))).because(err)
	}
	f, err := pdf.ParseFont(data)
	if err != nil {
		return nil, fail(exitUsage, "error.font", dataset.Str(name), dataset.TermOf(fontFault(err))).withHint("hint.font").because(err)
	}
	if s.fonts == nil {
		s.fonts = map[string]*pdf.Font{}
	}
	s.fonts[name] = f
	return f, nil
}

// fontFault returns the code of the text that says what is wrong with a font.
func fontFault(err error) string {
	switch {
	case errors.Is(err, pdf.ErrOutlines):
		return "font.outlines"
	case errors.Is(err, pdf.ErrFontRights):
		return "font.rights"
	case errors.Is(err, pdf.ErrFontCharacters):
		return "font.characters"
	case errors.Is(err, pdf.ErrFontTables):
		return "font.tables"
	}
	return "font.kind"
}

// allFonts returns the fonts of the setting font, then those of the theme.
func (t *task) allFonts() ([]*pdf.Font, error) {
	var fonts []*pdf.Font
	for _, file := range fontFiles(t.settings.Value("font")) {
		f, err := t.shelf.font(file, func() ([]byte, error) { return os.ReadFile(file) })
		if err != nil {
			return nil, err
		}
		fonts = append(fonts, f)
	}
	theme, err := t.theme()
	if err != nil {
		return nil, err
	}
	for _, file := range theme.Fonts {
		name := filepath.Join(t.settings.Value("templates"), file)
		f, err := t.shelf.font(name, func() ([]byte, error) { return templates.Read(file, t.overlay) })
		if err != nil {
			return nil, err
		}
		fonts = append(fonts, f)
	}
	return fonts, nil
}

// codeUndrawn is the finding of names with characters that the fonts lack.
const codeUndrawn = "characters-undrawn"

// undrawn finds the names of customers, segments, attributes, suppliers and
// offers that the pages cannot show as they are written.
func (t *task) undrawn(d *dataset.Dataset) []dataset.Finding {
	if formats, err := t.formats(); err != nil || !slices.Contains(formats, formatPages) {
		return nil
	}
	u := undrawn{lacks: pdf.Lacking(t.fonts)}
	for i := range d.Customers.Len() {
		u.look(d.Customers.Label(i), d.Customers.Place.Ref(d.Receipt.File, i))
		if d.Customers.Segment != nil {
			u.look(d.Customers.Segment[i], d.Customers.Place.Ref(d.Receipt.File, i))
		}
	}
	for _, a := range d.Attributes {
		u.look(a.Label, a.Ref)
	}
	for _, s := range d.Suppliers {
		u.look(s.Name, dataset.Ref{File: d.Receipt.File})
	}
	if d.Offers != nil {
		for i, name := range d.Offers.Name {
			u.look(name, d.Offers.Place.Ref(d.Receipt.File, i))
		}
	}
	return u.findings()
}

// undrawn gathers what the fonts lack.
type undrawn struct {
	lacks func(string) []rune
	runes []rune
	names int
	first dataset.Finding
}

func (u *undrawn) look(name string, ref dataset.Ref) {
	lacking := u.lacks(name)
	if len(lacking) == 0 {
		return
	}
	if u.names == 0 {
		u.first = dataset.Finding{Code: codeUndrawn, Severity: dataset.Warning, Ref: ref, Got: name}
	}
	u.names++
	u.runes = append(u.runes, lacking...)
}

// findings returns one finding for all names, or none.
func (u *undrawn) findings() []dataset.Finding {
	if u.names == 0 {
		return nil
	}
	slices.Sort(u.runes)
	u.runes = slices.Compact(u.runes)
	f := u.first
	f.Count = u.names
	f.Args = []dataset.Quantity{dataset.N(len(u.runes)), dataset.Str(pdf.CodePoints(u.runes))}
	return []dataset.Finding{f}
}
