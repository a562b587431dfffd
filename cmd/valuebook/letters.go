package main

import (
	"bytes"
	"slices"
	"strings"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/pdf"
	monthly "valuebook/report/run"
	"valuebook/templates"
)

// letters writes the messages of a run, with what their letters share kept per
// language.
type letters struct {
	file   *runFile
	task   *task // for templates and the look of pictures
	server deliver.Server

	composers map[string]*deliver.Composer
	cards     map[*report.Report]*report.Cards
	pictures  map[*report.Report][]byte
}

// composer returns the templates of a language.
func (l *letters) composer(language string) (*deliver.Composer, error) {
	if c := l.composers[language]; c != nil {
		return c, nil
	}
	c, err := deliver.NewComposer(language, func(name string) ([]byte, error) { return templates.Read(name, l.task.overlay) })
	if err == nil && l.composers == nil {
		l.composers = map[string]*deliver.Composer{}
	}
	if err == nil {
		l.composers[language] = c
	}
	return c, err
}

// languages returns those of the recipients that there are texts and letters
// in. That of the report must be one.
func (l *letters) languages(recipients []dataset.Recipient) ([]string, error) {
	own := orText(strings.ToLower(l.task.settings.Value("lang")), "en")
	if _, err := l.composer(own); err != nil {
		return nil, err
	}
	all := []string{own}
	for _, one := range recipients {
		language := one.Language
		if language == "" || slices.Contains(all, language) {
			continue
		}
		_, texts := templates.Catalogue(language, l.task.overlay)
		_, letters := l.composer(language)
		if texts == nil && letters == nil {
			all = append(all, language)
		}
	}
	return all, nil
}

func orText(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// write writes the letter of a message. That about a customer says nothing of
// others, and has no picture that shows them.
func (l *letters) write(e monthly.Envelope) (deliver.Letter, []monthly.Picture, error) {
	words, r, part := e.Made.Words, e.Made.Report, e.Assignment.Part
	c, err := l.composer(words.Language())
	if err != nil {
		return deliver.Letter{}, nil, err
	}
	var fields deliver.Fields
	var pictures []monthly.Picture
	switch i := customerOf(r, part.Key); {
	case part.Key == "":
		fields = deliver.FieldsOf(r, words)
		data, err := l.picture(e)
		if err != nil {
			return deliver.Letter{}, nil, err
		}
		if data != nil {
			fields.Picture = deliver.ContentID(e.Run.Report + e.Language)
			pictures = append(pictures, monthly.Picture{ID: fields.Picture, Name: "quadrant" + ".png", Data: data})
		}
	case e.Burst == burstCustomer && i >= 0:
		fields = deliver.FieldsOfCard(r, *l.cardsOf(r).Card(i), words)
	default:
		fields = deliver.FieldsOfGroup(r, part.Name, words)
	}
	if e.Run.Period != "" && r.Period == "" {
		fields.Period = words.Quantity(dataset.MonthOf(e.Run.Period))
	}
	fields.ReplyTo, fields.Corrected = l.server.ReplyTo, e.Corrected
	for _, f := range e.Files {
		fields.Files = append(fields.Files, f.Name)
	}
	letter, err := c.Letter(fields)
	return letter, pictures, err
}

// customerOf returns the index of a customer by ID, -1 when there is none.
func customerOf(r *report.Report, id string) int { return slices.Index(r.Dataset.Customers.ID, id) }

// cardsOf prepares the pages of a report once.
func (l *letters) cardsOf(r *report.Report) *report.Cards {
	if l.cards == nil {
		l.cards = map[*report.Report]*report.Cards{}
	}
	if l.cards[r] == nil {
		l.cards[r] = r.Cards()
	}
	return l.cards[r]
}

// letterWidth is how wide the picture of a letter is, in points: a phone shows
// it whole, a mail program at its size.
const letterWidth = 420

// picture draws the quadrant of a report once, nil without one.
func (l *letters) picture(e monthly.Envelope) ([]byte, error) {
	if data, done := l.pictures[e.Made.Report]; done {
		return data, nil
	}
	if l.pictures == nil {
		l.pictures = map[*report.Report][]byte{}
	}
	data, err := quadrantPicture(e, l.task)
	if err == nil {
		l.pictures[e.Made.Report] = data
	}
	return data, err
}

func quadrantPicture(e monthly.Envelope, t *task) ([]byte, error) {
	for _, p := range e.Made.Report.Pictures() {
		if p.Section != report.SectionQuadrant || p.Chart.Kind != report.QuadrantChart {
			continue
		}
		look, err := t.look()
		if err != nil {
			return nil, err
		}
		picture := pdf.Options.Picture(look)
		picture.Width = letterWidth
		var out bytes.Buffer
		err = charts.PNG(&out, p.Chart, picture, e.Made.Words, look.Theme.Charts)
		return out.Bytes(), err
	}
	return nil, nil
}
