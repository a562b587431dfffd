package deliver

import (
	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// mostSentences is how many findings a letter says.
const mostSentences = 4

// FieldsOf returns what a letter with the whole report says: its key figures
// and foremost findings.
func FieldsOf(r *report.Report, words *wording.Writer) Fields {
	f := common(r, words)
	f.Figures, f.Sentences = figures(r.KeyFigures, words), sentences(words, r.Sentences)
	return f
}

// FieldsOfCard returns what a letter with the page of one customer says. It
// holds nothing of other customers.
func FieldsOfCard(r *report.Report, card report.Card, words *wording.Writer) Fields {
	f := common(r, words)
	f.Part = words.Text(card.Name)
	f.Figures = figures(card.KeyFigures, words)
	f.Sentences = sentences(words, []dataset.Message{card.Lead}, card.Todo, card.Why)
	return f
}

// FieldsOfGroup returns what a letter with the page of a group of customers
// says.
func FieldsOfGroup(r *report.Report, name string, words *wording.Writer) Fields {
	f := common(r, words)
	f.Part = name
	return f
}

func common(r *report.Report, words *wording.Writer) Fields {
	f := Fields{Language: words.Language(), Title: words.Text(r.Title), Company: r.Company}
	if r.Period != "" {
		f.Period = words.Quantity(dataset.MonthOf(r.Period))
	}
	return f
}

func figures(list []report.KeyFigure, words *wording.Writer) []Figure {
	var all []Figure
	for _, k := range list {
		all = append(all, Figure{Label: words.Text(k.Label), Value: words.Quantity(k.Value), Note: words.Text(k.Note), Alert: k.Alert})
	}
	return all
}

// sentences returns the first sentences of several lists.
func sentences(words *wording.Writer, lists ...[]dataset.Message) []string {
	var all []string
	for _, list := range lists {
		for _, m := range list {
			if text := words.Text(m); text != "" && len(all) < mostSentences {
				all = append(all, text)
			}
		}
	}
	return all
}
