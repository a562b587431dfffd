package ledger

import "time"

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
}

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
