package workbook

import (
	"strings"
	"unicode"

	"valuebook/report/dataset"
)

// fewestLetters is how many letters and digits names have that are compared.
const fewestLetters = 4

// reportSimilar names customers whose identifiers are texts that differ only in spaces, marks or capitals. Nothing is joined:
// they may be two.
func (b *builder) reportSimilar() {
	c := b.d.Customers
	first := map[string]int{}
	for i, id := range c.ID {
		key := lettersOf(id)
		if len(key) < fewestLetters || allDigits(key) {
			continue
		}
		earlier, known := first[key]
		if !known {
			first[key] = i
			continue
		}
		if i < len(c.Place.Rows) && c.Place.Rows[i] > 0 && c.Place.Rows[earlier] > 0 {
			ref := dataset.Ref{Sheet: c.Place.Sheet, Row: int(c.Place.Rows[i]), Col: c.Place.Col}
			was := dataset.Ref{Row: int(c.Place.Rows[earlier]), Col: c.Place.Col}
			b.found.cell(codeSimilar, dataset.Warning, ref, "", dataset.Str(id), dataset.Str(c.ID[earlier]), dataset.Str(was.Cell()))
		}
	}
}

// lettersOf returns the letters and digits of a text in small letters; signs that tell things apart, such as a minus, stay.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+-#&/", r):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
