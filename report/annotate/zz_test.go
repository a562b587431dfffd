package annotate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/workbook"
)

func TestZZ(t *testing.T) {
	for _, in := range strings.Fields(os.Getenv("ZZ")) {
		start := time.Now()
		d, err := workbook.Read(in, workbook.Options{})
		must(t, err)
		r := analysis.Analyse(d, analysis.DefaultOptions())
		rep := report.Build(d, r, report.Meta{Version: "test", Company: "Example AG"})
		data, _ := os.ReadFile(in)
		t1 := time.Now()
		out, fs, err := Annotate(data, filepath.Ext(in), rep, writer(t))
		t.Log(in, d.Customers.Len(), t1.Sub(start), time.Since(t1), err, fs)
		if err != nil {
			t.Error(err)
			continue
		}
		name := strings.TrimSuffix(filepath.Base(in), filepath.Ext(in)) + ".xlsx"
		os.WriteFile("/tmp/sh/run/"+name, out, 0o644)
	}
}
