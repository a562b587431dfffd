// Command valuebook turns a workbook of customer ratings into the same
// workbook with results beside the data, and a PDF report with charts.
//
// One file per command; run.go is the program without the process, and
// wiring.go is the one place that joins the parts.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	beModest()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
