package main

import (
	"bytes"
	"strings"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/pdf"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
)

// chartGallery writes every chart of the report as a file of its own.
type chartGallery struct {
	format string
	look   pdf.Options
}

// gallery returns the gallery of a format for a task.
func (t *task) gallery(format string) (pipeline.Gallery, error) {
	look, err := t.look()
	return chartGallery{format, look}, err
}

func (g chartGallery) Format() string { return g.format }

// Ours reports whether a file has the name of a chart and the ending of the
// format.
func (g chartGallery) Ours(name string) bool {
	base, ok := strings.CutSuffix(name, "."+g.format)
	return ok && report.IsPictureName(base)
}

func (g chartGallery) Files(r *report.Report, words *wording.Writer) ([]pipeline.NamedFile, error) {
	draw := charts.SVG
	if g.format == formatPixels {
		draw = charts.PNG
	}
	var files []pipeline.NamedFile
	for _, p := range r.Pictures() {
		var out bytes.Buffer
		if err := draw(&out, p.Chart, g.look.Picture(), words, g.look.Theme.Charts); err != nil {
			return nil, err
		}
		files = append(files, pipeline.NamedFile{Name: p.Name + "." + g.format, Data: out.Bytes()})
	}
	return files, nil
}
