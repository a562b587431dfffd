package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report"
	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/markdown"
	"valuebook/report/pdf"
)

// The findings on own texts and on the choice of sections.
const (
	codeRefusedText    = "text-refused"
	codePlacelessText  = "text-without-section"
	codeUnknownSection = "section-unknown"
)

// mostText is the largest file of own text, in bytes.
const mostText = 1 << 20

// sections returns the choice of sections, nil for all. A wrong name in the
// workbook's own Parameters sheet is a finding, see unknownSections, and gives
// all.
func (t *task) sections() ([]string, error) {
	choice := strings.FieldsFunc(strings.ToLower(t.settings.Value("sections")), func(r rune) bool { return r == ',' || r == ' ' })
	name, unknown := report.UnknownSection(choice)
	if !unknown {
		return choice, nil
	}
	entry, _ := t.settings.Entry("sections")
	f := fail(exitUsage, "error.section-unknown", dataset.Str(entry.Place), dataset.Str(name))
	if nearest := config.Nearest(name, report.SectionCodes()); nearest != "" {
		return nil, f.withHint("hint.did-you-mean", dataset.Str(nearest))
	}
	return nil, f.withHint("hint.one-of", dataset.List(report.SectionCodes()...))
}

// unknownSections is the finding on a choice of the Parameters sheet that
// names what is no section.
func (t *task) unknownSections() []dataset.Finding {
	entry, _ := t.settings.Entry("sections")
	if _, err := t.sections(); err == nil || entry.Origin != config.Sheet {
		return nil
	}
	return []dataset.Finding{{Code: codeUnknownSection, Severity: dataset.Error, Ref: entry.Ref, Got: entry.Value,
		Args: []dataset.Quantity{dataset.List(report.SectionCodes()...)}}}
}

// An ownText is a text of the user with the place that the configuration file
// gives it.
type ownText struct {
	config.Text
	blocks  []markdown.Block
	refused []markdown.Refusal
}

// name is the file's without its folder.
func (t ownText) name() string { return filepath.Base(t.File) }

// readTexts reads the texts that a configuration file places, from its folder.
func readTexts(file config.Document) ([]ownText, error) {
	var all []ownText
	for _, text := range file.Texts {
		path := text.File
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(file.Path), path)
		}
		info, err := os.Stat(path)
		if err == nil && info.Size() > mostText {
			return nil, fail(exitUsage, "error.text-size", dataset.Str(path), dataset.N(mostText>>10))
		}
		var data []byte
		if err == nil {
			data, err = os.ReadFile(path)
		}
		if err != nil {
			return nil, fail(exitUsage, "error.text", dataset.Str(text.Place), dataset.Str(path), dataset.Str(plainError(err))).because(err)
		}
		own := ownText{Text: text}
		own.blocks, own.refused = markdown.Parse(data)
		own.refuseSections()
		all = append(all, own)
	}
	return all, nil
}

// refuseSections takes out links to sections that there are not.
func (t *ownText) refuseSections() {
	for b := range t.blocks {
		for i, run := range t.blocks[b].Runs {
			name, ok := strings.CutPrefix(run.Link, "#")
			if ok && !slices.Contains(report.SectionCodes(), name) {
				t.blocks[b].Runs[i].Link = ""
				t.refused = append(t.refused, markdown.Refusal{Line: t.blocks[b].Line, What: "link"})
			}
		}
	}
}

// refusedTexts are the findings on what own texts hold that the pages do not
// show.
func (t *task) refusedTexts() []dataset.Finding {
	var findings []dataset.Finding
	for _, text := range t.texts {
		for _, refusal := range text.refused {
			findings = append(findings, dataset.Finding{Code: codeRefusedText, Severity: dataset.Warning, Ref: dataset.Ref{File: text.name()},
				Args: []dataset.Quantity{dataset.N(refusal.Line), dataset.TermOf("text-part." + refusal.What)}})
		}
	}
	return findings
}

// placedTexts returns the texts for the pages, and the findings to print: what
// they hold that is left out, and each whose section the pages do not have.
func (t *task) placedTexts(r *report.Report) ([]pdf.OwnText, []dataset.Finding) {
	choice, _ := t.sections()
	sections := report.Arranged(r.Sections, choice)
	var texts []pdf.OwnText
	findings := t.refusedTexts()
	for _, text := range t.texts {
		there := text.Section == "findings" || slices.ContainsFunc(sections, func(s report.Section) bool { return s.ID == text.Section })
		if !there {
			findings = append(findings, dataset.Finding{Code: codePlacelessText, Severity: dataset.Warning, Ref: dataset.Ref{File: text.name()},
				Args: []dataset.Quantity{dataset.Str(text.Section)}})
		}
		texts = append(texts, pdf.OwnText{Section: text.Section, Before: text.Before, Blocks: text.blocks})
	}
	return texts, findings
}
