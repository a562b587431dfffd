package workbook_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/report/workbook"
)

// book writes a workbook with a sheet Cover and a list of recipients.
func book(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Cover"))
	check(f.SetCellValue("Cover", "B2", time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)))
	check(f.SetCellValue("Cover", "B3", "Oktober 2026"))
	check(f.SetCellValue("Cover", "B4", "no month"))
	_, err := f.NewSheet("Who gets it")
	check(err)
	check(f.SetSheetRow("Who gets it", "B2", &[]any{"Customer", "To"}))
	check(f.SetSheetRow("Who gets it", "B4", &[]any{"Käserei Müßig ", "a@example.com"}))
	path := filepath.Join(t.TempDir(), "book.xlsx")
	check(f.SaveAs(path))
	return path
}

func TestRows(t *testing.T) {
	path := book(t)
	rows, refs, err := workbook.Rows(path, "who gets IT", workbook.Options{})
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	if got := strings.Join(rows[1], "|"); got != "|Käserei Müßig|a@example.com" || refs[1].Row != 4 || refs[1].Sheet != "Who gets it" {
		t.Errorf("row %q at %v", got, refs[1])
	}
	var missing *workbook.NoSheetError
	if _, _, err := workbook.Rows(path, "Recipients", workbook.Options{}); !errors.As(err, &missing) || strings.Join(missing.Sheets, ",") != "Cover,Who gets it" {
		t.Errorf("a sheet that is not there: %v", err)
	}
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("Customer;To\nAlder; a@example.com \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if rows, _, err := workbook.Rows(list, "", workbook.Options{}); err != nil || len(rows) != 2 || rows[1][1] != "a@example.com" {
		t.Errorf("%q, %v", rows, err)
	}
	var stopped *workbook.StoppedError
	if _, _, err := workbook.Rows(os.Args[0], "", workbook.Options{}); !errors.As(err, &stopped) {
		t.Errorf("a program passes for a workbook: %v", err)
	}
}

func TestPeriodAt(t *testing.T) {
	path := book(t)
	for cell, want := range map[string]string{"Cover!B2": "2026-10", "Cover!$B$3": "2026-10", "'Cover'!b4": "no month", "Cover!Z9": ""} {
		if got, _, err := workbook.PeriodAt(path, cell, workbook.Options{}); err != nil || got != want {
			t.Errorf("%s gives %q, %v; want %q", cell, got, err, want)
		}
	}
	var missing *workbook.NoSheetError
	for _, wrong := range []string{"B2", "Nowhere!B2"} {
		if _, _, err := workbook.PeriodAt(path, wrong, workbook.Options{}); !errors.As(err, &missing) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	if end := workbook.PeriodEnd("2026-02"); end.Format(time.DateOnly) != "2026-02-28" {
		t.Errorf("February ends on %v", end)
	}
}
