package ledger

import (
	"time"

	"valuebook/report/analysis/movement"
)

// A RunState is the fixed identifier of what became of a run.
type RunState string

// The states of a run.
const (
	RunRunning RunState = "running"
	RunDone    RunState = "done"
	RunFailed  RunState = "failed"
)

// A Run is one report for one period. Report, Period and Revision name it.
type Run struct {
	ID       int64
	Report   string // name of the report, as the run file calls it
	Period   string // "2026-10", "" for a report without periods
	Revision int    // counted from 1; a later one corrects the earlier

	InputSHA256    string // of the inputs
	SettingsSHA256 string // of every setting that changes an output
	Version        string // of the program

	State      RunState
	Error      string // why it failed
	StartedAt  time.Time
	FinishedAt time.Time // zero while it runs

	Owner   string    // process that works on it
	LeaseTo time.Time // until when the owner answers for it
}

// A Verdict is the fixed identifier of what a wish to run leads to.
type Verdict string

// The verdicts of Begin.
const (
	Started Verdict = "started" // a new revision
	Same    Verdict = "same"    // the period is done with exactly this; nothing to do
	Busy    Verdict = "busy"    // another owner works on the period
	Resumed Verdict = "resumed" // the run of a process that died, taken over
)

// An Artifact is one file that a run made.
type Artifact struct {
	Kind   string // "pdf", "xlsx", "json", "page"
	Part   string // key of the customer or group, "" for the whole report
	Path   string // where the user finds it
	SHA256 string // of the file as it stands there
	// ContentSHA256 is the hash before a password was put on, equal to SHA256
	// where there is none: encryption differs each time.
	ContentSHA256 string
	Bytes         int64
}

// An Input is a file that was read, as it was received.
type Input struct {
	SHA256     string
	Name       string // without folder
	Bytes      int64
	ReceivedAt time.Time
	Source     string // where it came from: a folder, "command line"
}

// Recorded is what a finished run leaves behind.
type Recorded struct {
	Owner      string             // must be the run's
	Inputs     []Input            // in the order they were read
	Snapshot   *movement.Snapshot // nil for a report without customers
	Artifacts  []Artifact
	Deliveries []Delivery // to be queued, see [Tx.Queue]
}

// A RunFilter chooses runs. Zero fields choose all.
type RunFilter struct {
	Report  string
	Period  string
	States  []RunState
	Current bool // only the revision of each period that counts
	Limit   int
}
