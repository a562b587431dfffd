package main

import (
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
)

// todayVariable brings the day that previous-month counts from, as the flag
// --today does: for tests, and for making up a month by a scheduler.
const todayVariable = "VALUEBOOK_TODAY"

// todayOf returns the day that words such as previous-month count from: of the
// flag, the variable or the clock. It is the one place that asks the clock what
// day it is.
func todayOf(c *cli.Context) (time.Time, error) {
	text, place := os.Getenv(todayVariable), todayVariable
	if c.IsSet("today") {
		text, place = c.String("today"), "--today"
	}
	if text == "" {
		return time.Now(), nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, fail(exitUsage, "error.setting-want", dataset.Str(place), dataset.Str(text), dataset.TermOf("want.day"))
	}
	return day, nil
}
