package main

import (
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// seal writes a workbook with a password: seal FROM TO PASSWORD.
func seal(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: seal FROM TO PASSWORD")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	ts.Check(f.SaveAs(ts.MkAbs(args[1]), excelize.Options{Password: args[2]}))
}
