package pdf

import (
	"strings"
	"time"
)

// about is what a document says of itself.
type about struct {
	title, author, subject, keywords, producer string
	created                                    time.Time
}

// about describes the report, or a part of it with a title of its own.
func (l *layout) about(title string) about {
	r := l.report
	a := about{title: title, author: l.company(), subject: l.subject(), keywords: l.keywords(), producer: join("valuebook", l.text.plain(r.Version)), created: r.AsOf}
	if a.created.IsZero() {
		a.created, _ = time.Parse("2006-01", r.Period)
	}
	if a.created.Year() < 1980 { // unknown; the library would take the clock's for the zero time
		a.created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	a.created = a.created.UTC()
	return a
}

// date is the time of creation as a string object.
func (a about) date() string { return "(D:" + a.created.Format("20060102150405") + "Z)" }

// subject says what the document is about: the report and its month.
func (l *layout) subject() string { return join(l.say(l.report.Title), l.period()) }

// keywords are the topics of the report's sections, then the workbook.
func (l *layout) keywords() string {
	var words []string
	for _, s := range l.report.Sections {
		if topic := l.topic(s.ID); topic != "" {
			words = append(words, topic)
		}
	}
	if file := l.file(); file != "" {
		words = append(words, file)
	}
	return l.text.plain(strings.Join(words, ", "))
}
