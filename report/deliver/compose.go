package deliver

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	texttemplate "text/template"

	"valuebook/report/dataset"
)

// Fields are what a template of a letter may write: {{.Title}} and so on. All
// are texts in the letter's language.
type Fields struct {
	Language string // "en", "de"
	Title    string // of the report
	Company  string // "" when unknown
	Period   string // "October 2026", "" without
	Part     string // name of the customer or group, "" for the whole report
	ReplyTo  string // address for answers, "" = the sender's
	// Corrected says that an earlier revision of the same period was sent.
	Corrected bool
	Figures   []Figure // at most five
	Sentences []string // the foremost findings
	Files     []string // names of the attachments
	Picture   string   // content ID of the inline picture, "" without one
}

// A Figure is one large number of a letter.
type Figure struct {
	Label, Value, Note string
	Alert              bool // something to act on
}

// A Composer writes letters with templates of one language. It may be used by
// several goroutines.
type Composer struct {
	subject, text, noticeSubject, notice *texttemplate.Template
	html                                 *template.Template
}

// NewComposer reads the templates of a language: mail/LANGUAGE/subject.txt,
// letter.txt, letter.html, notice-subject.txt, notice.txt, and
// mail/layout.html. read returns a file of the templates; those of
// text/template and html/template are told in their documentation, the fields
// in [Fields] and [Notice].
//
// A file that is not there and a template that does not fit the fields are a
// [*Problem].
func NewComposer(language string, read func(name string) ([]byte, error)) (*Composer, error) {
	c := &Composer{}
	folder := "mail/" + language + "/"
	for name, into := range map[string]**texttemplate.Template{
		"subject.txt": &c.subject, "letter.txt": &c.text, "notice-subject.txt": &c.noticeSubject, "notice.txt": &c.notice,
	} {
		source, err := readTemplate(read, folder+name)
		if err != nil {
			return nil, err
		}
		if *into, err = texttemplate.New(folder + name).Parse(source); err != nil {
			return nil, templateProblem(folder+name, err)
		}
	}
	layout, err := readTemplate(read, "mail/layout.html")
	if err != nil {
		return nil, err
	}
	letter, err := readTemplate(read, folder+"letter.html")
	if err != nil {
		return nil, err
	}
	c.html, err = template.New("mail/layout.html").Parse(layout)
	if err == nil {
		c.html, err = c.html.New(folder + "letter.html").Parse(letter)
	}
	if err != nil {
		return nil, templateProblem(folder+"letter.html", err)
	}
	return c, c.try()
}

// try writes a letter and a notice with every field, so that a template that
// asks for another fails before the first recipient.
func (c *Composer) try() error {
	_, err := c.Letter(Fields{
		Title: "x", Company: "x", Period: "x", Part: "x", ReplyTo: "x", Corrected: true,
		Figures: []Figure{{"x", "x", "x", true}}, Sentences: []string{"x"}, Files: []string{"x"}, Picture: "x",
	})
	if err == nil {
		_, err = c.Notice(Notice{Problem: "x", Hint: "x", Lines: []NoticeLine{{}, {}}})
	}
	if err == nil {
		_, err = c.Letter(Fields{})
	}
	return err
}

func readTemplate(read func(string) ([]byte, error), name string) (string, error) {
	data, err := read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", problem(nil, "template-none", dataset.Str(name))
	}
	if err != nil {
		return "", problem(err, "template", dataset.Str(name))
	}
	return string(data), nil
}

func templateProblem(name string, err error) *Problem {
	return problem(errors.New(brief(err.Error())), "template", dataset.Str(name))
}

// Letter writes the letter. Whatever the fields hold, the subject is one line,
// and nothing in the HTML text becomes markup.
func (c *Composer) Letter(f Fields) (Letter, error) {
	subject, err := write(c.subject, f)
	if err != nil {
		return Letter{}, err
	}
	text, err := write(c.text, f)
	if err != nil {
		return Letter{}, err
	}
	var page bytes.Buffer
	if err := c.html.Execute(&page, f); err != nil {
		return Letter{}, templateProblem(c.html.Name(), err)
	}
	return Letter{Subject: headline(subject), Text: paragraphs(text), HTML: strings.TrimSpace(page.String()) + "\n"}, nil
}

// Notice writes what the owner is told: a letter without an HTML text.
func (c *Composer) Notice(n Notice) (Letter, error) {
	subject, err := write(c.noticeSubject, n)
	if err != nil {
		return Letter{}, err
	}
	text, err := write(c.notice, n)
	return Letter{Subject: headline(subject), Text: paragraphs(text)}, err
}

func write(t *texttemplate.Template, fields any) (string, error) {
	var out strings.Builder
	if err := t.Execute(&out, fields); err != nil {
		return "", templateProblem(t.Name(), err)
	}
	return out.String(), nil
}

// longestSubject is how many characters a subject has at most.
const longestSubject = 200

// headline makes a text a subject: one line, not too long.
func headline(text string) string {
	line := []rune(cleanLine(text))
	if len(line) > longestSubject {
		line = append(line[:longestSubject-1], '…')
	}
	return string(line)
}

// paragraphs tidies a plain text: at most one empty line at a time, none at
// its ends, no control characters.
func paragraphs(text string) string {
	var out []string
	for line := range strings.Lines(strings.ToValidUTF8(text, "\uFFFD")) {
		line = strings.TrimRight(strings.Map(func(r rune) rune {
			if r != '\t' && unprintable(r) {
				return -1
			}
			return r
		}, line), " \t")
		if line != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, line)
		}
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n") + "\n"
}

// A Notice is what the owner of a report is told when messages were not sent.
type Notice struct {
	Problem, Hint                       string // with the server, "" when there is none
	Sent, Retry, Bounced, Held, Unknown int
	Lines                               []NoticeLine // one for each message that needs a person
}

// A NoticeLine is one message that was not sent.
type NoticeLine struct {
	ID         int64
	Part       string // name or key, the report's where it is whole
	To         string
	Why, Reply string
}

// ContentID returns the content ID of the picture of a letter.
func ContentID(key string) string { return fmt.Sprintf("quadrant.%s", digest("picture", key)[:16]) }
