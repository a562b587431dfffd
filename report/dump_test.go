package report_test

import (
	"fmt"
	"strings"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// dump writes a report as readable text, the way golden files hold it.
func dump(r *report.Report, w *wording.Writer) string {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line("# %s %s", w.Text(r.Title), r.Period)
	for _, f := range r.KeyFigures {
		line("figure: %s | %s | %s | alert %v", w.Quantity(f.Value), w.Text(f.Label), w.Text(f.Note), f.Alert)
	}
	for _, s := range r.Sentences {
		line("found: %s -> %s", w.Text(s), s.Evidence)
	}
	for _, a := range r.Actions {
		line("action: %s %d, %s: %s %s (%s)", a.Class, a.Count, w.Quantity(a.Share), w.Text(a.Meaning), w.Text(a.Advice), strings.Join(a.Names, ", "))
	}
	for _, s := range r.Sections {
		line("\n## %s: %s", s.ID, w.Text(s.Title))
		for _, b := range s.Blocks {
			dumpBlock(line, b, w)
		}
	}
	return out.String()
}

func dumpBlock(line func(string, ...any), b report.Block, w *wording.Writer) {
	switch {
	case b.Heading != nil:
		line("### %s", w.Text(*b.Heading))
	case b.Paragraph != nil:
		line("%s", w.Text(*b.Paragraph))
	case b.Note != nil:
		line("note: %s", w.Text(*b.Note))
	case b.List != nil:
		for _, m := range b.List {
			line("- %s", w.Text(m))
		}
	case b.Chart != nil:
		dumpChart(line, b.Chart, w)
	case b.Table != nil:
		dumpTable(line, b.Table, w)
	}
}

func dumpChart(line func(string, ...any), c *report.Chart, w *wording.Writer) {
	line("chart %s %s: %s", c.Kind, c.ID, w.Text(c.Title))
	line("  alt: %s", w.Text(c.Alt))
	for _, a := range []report.Axis{c.X, c.Y} {
		line("  axis: %s %g..%g line %v %g band %g", w.Text(a.Label), a.Lo, a.Hi, a.HasThreshold, a.Threshold, a.Band)
	}
	for _, g := range c.Group {
		line("  group %s style %d: %d points", w.Text(g.Label), g.Style, g.Len())
	}
	if c.Heat != nil {
		rows, columns := c.Heat.Names()
		var heads []string
		for _, name := range columns {
			heads = append(heads, w.Quantity(name))
		}
		line("  columns %s", strings.Join(heads, " | "))
		for r, name := range rows {
			var cells []string
			for _, cell := range c.Heat.Cells[r] {
				cells = append(cells, fmt.Sprintf("%.6g %q", cell.Value, w.Quantity(cell.Text)))
			}
			line("  row %s: %s", w.Quantity(name), strings.Join(cells, " | "))
		}
	}
	for _, panel := range c.Panels {
		line("  panel %s (%s)", panel.Label, w.Text(panel.Note))
		for _, bar := range panel.Bars {
			line("    %s: %.6g %q", bar.Label, bar.Value, w.Quantity(bar.Text))
		}
	}
	for _, bar := range c.Bars {
		line("  bar %s: %.6g [%.6g %.6g] width %.6g style %d %q", bar.Label, bar.Value, bar.Lo, bar.Hi, bar.Width, bar.Style, w.Quantity(bar.Text))
	}
}

func dumpTable(line func(string, ...any), t *report.Table, w *wording.Writer) {
	var headers []string
	for _, c := range t.Columns {
		headers = append(headers, w.Text(c.Header))
	}
	line("table %s: %s", t.ID, strings.Join(headers, " | "))
	for _, row := range append(append([][]dataset.Quantity{}, t.Rows...), t.Total) {
		if row == nil {
			continue
		}
		var cells []string
		for _, q := range row {
			cells = append(cells, w.Quantity(q))
		}
		line("  %s", strings.Join(cells, " | "))
	}
	if t.More > 0 {
		line("  and %d more in %s", t.More, w.Text(t.MoreIn))
	}
}
