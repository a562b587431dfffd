package run

import (
	"context"
	"time"

	"valuebook/report/analysis/movement"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
)

// A Plan is one report for one period.
type Plan struct {
	Report string // its name in the ledger, the same every month
	Period string // "2026-10"; "" takes the period that the input has
	Input  string // path of the workbook
	Source string // where the input came from, for the history

	// Settings is a hash of every setting that changes an output, Version that
	// of the program: with the input they say whether a run is the same again.
	Settings string
	Version  string

	Names      Names
	AllowStale bool // run even when the input is older than the period
	Mail       *Mail
	Owner      string // this process, see [Owner]

	// Rehearsal is a folder that takes the outputs in place of the real one, and
	// nothing is recorded; "" runs in earnest.
	Rehearsal string

	// Keep is called with each output before it gets its name, nil for nothing:
	// it puts a copy where other machines find it.
	Keep func(ctx context.Context, path string) error
	// Also is done in the transaction that records the run, nil for nothing.
	Also func(ctx context.Context, tx *ledger.Tx) error

	// Split lets other processes help with the pages, nil for none.
	Split *Split

	// Make returns the making of the report as ordered. It is called more than
	// once: for each language, and again when an older period has to do.
	Make func(Order) (Making, error)
}

// A Mail says who gets the outputs; messages are queued, not sent.
type Mail struct {
	Server     deliver.Server
	Recipients []dataset.Recipient
	Rules      deliver.Rules // Formats and Limit are filled in by the run
	Formats    []string      // attached for who names none
	HoldAll    bool          // everything waits for approval
	// Write returns the letter of a message, and the pictures of its HTML text.
	Write func(Envelope) (deliver.Letter, []Picture, error)
}

// An Envelope is what a letter is written about.
type Envelope struct {
	Assignment deliver.Assignment
	Language   string // of the letter, "" = the report's
	Burst      string // what the pages are by, as [Making.Burst]
	Corrected  bool   // an earlier revision of the period went out
	Run        ledger.Run
	Made       pipeline.Outcome // of the language
	Files      []ledger.File
}

// A Picture stands within the HTML text of a letter.
type Picture struct {
	ID   string // content ID
	Name string
	Data []byte // PNG
}

// An Order is what a report is to be made of.
type Order struct {
	Language string // "" = the report's own
	Period   string // of the data; "" = the latest it has
	// Open asks for files without passwords: [Making.Seal] puts them on later.
	Open bool
}

// A Making is how the parts outside of this package make a report.
type Making struct {
	Job pipeline.Job // without targets
	// Recall is called before the analysis with what earlier periods left: the
	// last one, nil without any, and the key figures of those before, the
	// earliest first. May be nil.
	Recall func(earlier *movement.Snapshot, trend []movement.Point)
	// Burst is what the pages are by, "customer" or the name of a column, "" for
	// none.
	Burst string
	// Content returns the hash that a file had before a password was put on it,
	// by the hash that it has now; "" where none was put on.
	Content func(sha256 string) string
	// Seal puts the password that a variable holds on a PDF or a workbook, for ""
	// the general one on a PDF, where there is one.
	Seal func(document []byte, variable string) ([]byte, error)
}

// Verdict is the fixed identifier of what became of a plan.
type Verdict string

// The verdicts.
const (
	Done    Verdict = "done"    // a new revision is recorded
	Same    Verdict = "same"    // the period is done with exactly this; nothing was done
	Busy    Verdict = "busy"    // another process works on it
	Stopped Verdict = "stopped" // the workbook, or the list of recipients, rules it out
)

// An Outcome is what became of a plan.
type Outcome struct {
	Verdict Verdict
	Run     ledger.Run
	Made    pipeline.Outcome // in the report's own language; Written are the final places
	Folder  string           // of the outputs
	Stale   *StaleError      // that was allowed, nil otherwise
	Mail    []Message        // who gets what, in the order of the list
	// Findings are about the list of recipients.
	Findings  []dataset.Finding
	Artifacts []ledger.Artifact
}

// A Message is one mail that is queued, or would be.
type Message struct {
	Part     deliver.Part
	Delivery ledger.Delivery
}

// A Clock tells the time; tests have their own.
type Clock func() time.Time
