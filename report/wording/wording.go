// Package wording turns messages into text: a catalogue of a language, a
// locale for numbers. It is the only place that rounds.
package wording

import (
	"fmt"
	"maps"
	"sort"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"valuebook/report/dataset"
)

// A Catalogue maps codes to texts of one language.
//
// A text holds {0}, {1} ... for the arguments of a message, and {0|one|many}
// for a word that follows the number of an argument: "one" when it is written
// as 1, "many" otherwise. A doubled brace is a brace.
type Catalogue struct {
	Language string
	texts    map[string]string
}

// NewCatalogue returns an empty catalogue of a language, such as "en".
func NewCatalogue(language string) *Catalogue {
	return &Catalogue{Language: language, texts: map[string]string{}}
}

// Load adds the texts of a YAML document, a flat map of code to text; a code
// that is already there is replaced. It returns an error for a document that
// is not such a map.
func (c *Catalogue) Load(name string, data []byte) error {
	var texts map[string]string
	if err := yaml.Unmarshal(data, &texts); err != nil {
		return fmt.Errorf("wording %s: %w", name, err)
	}
	for code, text := range texts {
		c.texts[code] = strings.TrimSpace(text)
	}
	return nil
}

// Add adds the texts of another catalogue; a code that is already there is
// replaced.
func (c *Catalogue) Add(other *Catalogue) { maps.Copy(c.texts, other.texts) }

// Has reports whether the catalogue knows a code.
func (c *Catalogue) Has(code string) bool {
	_, ok := c.texts[code]
	return ok
}

// Codes returns all codes, sorted.
func (c *Catalogue) Codes() []string {
	codes := make([]string, 0, len(c.texts))
	for code := range c.texts {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	return codes
}

// A Writer writes messages in one language, locale and currency. It is safe
// for use by several goroutines.
type Writer struct {
	catalogue *Catalogue
	locale    locale
	currency  string
}

// Variant returns a writer for other readers: a text whose code ends in a full
// stop and the variant's name takes the place of the one without.
func (w *Writer) Variant(name string) *Writer {
	own := NewCatalogue(w.catalogue.Language)
	own.Add(w.catalogue)
	for code, text := range w.catalogue.texts {
		if base, ok := strings.CutSuffix(code, "."+name); ok {
			own.texts[base] = text
		}
	}
	return &Writer{catalogue: own, locale: w.locale, currency: w.currency}
}

// NewWriter returns a writer. An unknown locale is an error; "" is the
// catalogue's language.
func NewWriter(c *Catalogue, localeName, currency string) (*Writer, error) {
	if localeName == "" {
		localeName = c.Language
	}
	l, err := localeOf(localeName)
	if err != nil {
		return nil, err
	}
	return &Writer{catalogue: c, locale: l, currency: currency}, nil
}

// Text returns the text of a message. A code that the catalogue lacks comes
// out as the code in angle brackets, so that it is seen.
func (w *Writer) Text(m dataset.Message) string {
	if m.Code == "" {
		if len(m.Args) == 0 {
			return ""
		}
		return w.Quantity(m.Args[0])
	}
	text, ok := w.catalogue.texts[m.Code]
	if !ok {
		return "<" + m.Code + ">"
	}
	return w.fill(text, m.Args)
}

// Term returns the text of a code without arguments.
func (w *Writer) Term(code string) string { return w.Text(dataset.Msg(code)) }

// Has reports whether the catalogue knows a code.
func (w *Writer) Has(code string) bool { return w.catalogue.Has(code) }

// Language returns the catalogue's language, such as "en".
func (w *Writer) Language() string { return w.catalogue.Language }

// Currency returns the currency that money is written in, "" when unknown.
func (w *Writer) Currency() string { return w.currency }

func (w *Writer) fill(text string, args []dataset.Quantity) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if (c == '{' || c == '}') && i+1 < len(text) && text[i+1] == c {
			out.WriteByte(c)
			i++
			continue
		}
		if c == '%' {
			text := beforePercent(out.String(), w.locale.percent)
			out.Reset()
			out.WriteString(text + "%")
			continue
		}
		if c != '{' {
			out.WriteByte(c)
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		if end < 0 {
			out.WriteString(text[i:])
			break
		}
		piece := w.slot(text[i+1:i+end], args)
		out.WriteString(piece)
		i += end
		if strings.HasSuffix(piece, ".") && i+1 < len(text) && text[i+1] == '.' {
			i++ // an abbreviation such as "Mio." ends the sentence as well
		}
	}
	return out.String()
}

// beforePercent gives a text that ends with a number the blank that the locale
// has before a per cent sign, in place of its own. The catalogues are written
// with a blank there: where the locale has one too, they stay as they are.
func beforePercent(text, blank string) string {
	if blank == noBreak {
		return text
	}
	number := strings.TrimRight(text, " "+noBreak)
	if number == "" || number[len(number)-1] < '0' || number[len(number)-1] > '9' {
		return text
	}
	return number + blank
}

// slot writes one {...}: an argument, or a word that follows its number.
func (w *Writer) slot(slot string, args []dataset.Quantity) string {
	fields := strings.Split(slot, "|")
	n, err := strconv.Atoi(fields[0])
	if err != nil || n < 0 || n >= len(args) {
		return "{" + slot + "}"
	}
	if len(fields) < 3 {
		return w.Quantity(args[n])
	}
	if w.Quantity(args[n]) == "1" {
		return fields[1]
	}
	return fields[2]
}
