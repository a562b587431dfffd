package jobs_test

import (
	"testing"

	"valuebook/report/jobs"
)

func TestReason(t *testing.T) {
	found := "photo.xlsx could not be used.\n\nphoto.xlsx: no known layout\n  1 reason to stop; the analysis cannot run.\n\nProblems\n" +
		"  Error: A!B2 (row-without-id)\n    7 rows have no customer; expected: one\n    > Fill it in.\n" +
		"  Stop: photo.xlsx (file-other)\n    This is not a\n    workbook (JPEG); expected: a workbook\n    > Give the workbook.\n\nPut it into the folder again."
	for name, c := range map[string]struct {
		is   jobs.Rejected
		want string
	}{
		"found":          {jobs.Rejected{Code: "file-other", Message: found}, "This is not a workbook (JPEG)"},
		"set aside":      {jobs.Rejected{Code: "file.no-workbook", Message: "a.jpg could not be used.\n\nThis kind of file holds no\ntables. Save it as .xlsx.\n"}, "This kind of file holds no tables."},
		"one sentence":   {jobs.Rejected{Code: "failed", Message: "a.csv could not be used.\n\nWhat happened: no"}, "What happened: no"},
		"Windows' lines": {jobs.Rejected{Code: "failed", Message: "a.csv could not be used.\r\n\r\nNo.\r\nReally. Not.\r\n"}, "No."},
		"nothing":        {jobs.Rejected{Code: "failed"}, ""},
	} {
		if got := c.is.Reason(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
