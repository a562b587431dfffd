package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	monthly "valuebook/report/run"
)

// rehearsalName is the name of a rehearsal's folder.
func rehearsalName(of string) string {
	return pipeline.SafeName("rehearsal "+of, true)
}

// messageName is the name of a message's file.
func messageName(i int, d ledger.Delivery) string {
	what := d.Part
	if what == "" {
		what = d.Report
	}
	return fmt.Sprintf("%04d ", i+1) + pipeline.SafeName(what+" "+strings.Join(d.To, " "), true) + ".eml"
}

// tellRun says what became of one report: results on stdout, trouble on stderr.
func (p *program) tellRun(plan monthly.Plan, out monthly.Outcome, err error, trial rehearsal, document bool) {
	if err != nil {
		p.printError(err)
		return
	}
	if out.Stale != nil {
		p.warn("warning.stale", dataset.Str(filepath.Base(plan.Input)), dataset.MonthOf(out.Stale.Period), newestOf(out.Stale))
	}
	p.tellFindings(plan, out.Findings)
	switch out.Verdict {
	case monthly.Stopped:
		p.tellStoppedRun(plan, out)
		return
	case monthly.Busy:
		p.line("error", p.say("error.run-busy", dataset.Str(plan.Report), dataset.Str(out.Run.Owner)))
		p.line("hint", p.say("hint.run-busy"))
		return
	}
	if document || p.quiet {
		return
	}
	if out.Verdict == monthly.Same {
		p.print(p.say("run.same", p.title(out.Run), dataset.N(out.Run.Revision), dataset.DayOf(out.Run.FinishedAt)))
		return
	}
	p.print(p.heading(out.Made))
	code := "run.done"
	if trial.on() {
		code = "run.rehearsed"
	}
	p.print("  " + p.say(code, p.title(out.Run), dataset.N(out.Run.Revision)))
	p.listWritten(shortened(out.Made.Written))
	p.tellMail(out, trial)
}

// unservedShown is how many parts without a recipient are named.
const unservedShown = 3

// tellFindings prints what is wrong with the list of recipients; of many parts
// that nobody gets, the first ones and how many more.
func (p *program) tellFindings(plan monthly.Plan, findings []dataset.Finding) {
	unserved := 0
	for _, f := range findings {
		if f.Ref.File == "" {
			f.Ref.File = plan.Report
			unserved++
		}
		if f.Severity >= dataset.Error || f.Severity == dataset.Warning && !p.quiet && (unserved <= unservedShown || f.Ref.File != plan.Report) {
			p.printFinding(f)
		}
	}
	if more := unserved - unservedShown; more > 0 {
		p.warn("warning.unserved", dataset.Str(plan.Report), dataset.N(more))
	}
}

// title names a run's report and period.
func (p *program) title(run ledger.Run) dataset.Quantity {
	if run.Period == "" {
		return dataset.Str(run.Report)
	}
	return dataset.Str(p.say("summary.period", dataset.Str(run.Report), dataset.MonthOf(run.Period)))
}

// tellStoppedRun says why nothing was made: the workbook, or the list of
// recipients, whose findings are printed by now.
func (p *program) tellStoppedRun(plan monthly.Plan, out monthly.Outcome) {
	if out.Made.Stopped {
		p.tellStopped(&task{input: plan.Input}, out.Made.Dataset)
		return
	}
	p.line("error", p.say("error.recipients-stop", dataset.Str(plan.Report)))
	p.line("hint", p.say("hint.recipients-stop"))
}

// tellMail says how many messages wait, and what to do; of a rehearsal, who
// gets what.
func (p *program) tellMail(out monthly.Outcome, trial rehearsal) {
	if len(out.Mail) == 0 {
		return
	}
	if trial.on() {
		p.print("")
		p.printTable(deliver.Table(deliveriesOf(out), p.words))
		p.print("", p.say("run.dry", dataset.Str(filepath.Join(shown(out.Folder), "messages")+string(filepath.Separator)), dataset.N(len(out.Mail))))
		return
	}
	states := map[ledger.State]int{}
	for _, m := range out.Mail {
		states[m.Delivery.State]++
	}
	if n := states[ledger.Held]; n > 0 {
		p.print("  " + p.say("run.held", dataset.N(n), dataset.TermOf("deliver.why."+whyHeld(out.Mail))))
	}
	if n := states[ledger.Queued]; n > 0 {
		p.print("  " + p.say("run.queued", dataset.N(n)))
	}
}

func whyHeld(mail []monthly.Message) string {
	for _, m := range mail {
		if m.Delivery.State == ledger.Held {
			return m.Delivery.Why
		}
	}
	return ""
}

// tellRehearsed says what became of messages that went to one address.
func (p *program) tellRehearsed(messages []ledger.Delivery, outcomes []ledger.Outcome, trial rehearsal) {
	sent := 0
	for i, o := range outcomes {
		if o.State == ledger.Sent {
			sent++
			continue
		}
		p.line("error", p.say("outbox.failed", dataset.Str(messages[i].Subject), dataset.Str(deliver.WhyText(p.words, o.Why)), dataset.Str(o.Reply)))
	}
	if !p.quiet {
		p.line("hint", p.say("run.redirected", dataset.N(sent), dataset.Str(trial.redirect)))
	}
}

// newestOf is what an old input has at last.
func newestOf(e *monthly.StaleError) dataset.Quantity {
	if e.What == monthly.AgePeriods || e.What == monthly.AgeSame {
		return dataset.MonthOf(e.Newest)
	}
	return dataset.Quantity{Text: e.Newest, Unit: dataset.Day}
}

// shown is a path as the user gave it where it lies below the current folder.
func shown(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if relative, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

// shortened returns outputs with their paths as [shown].
func shortened(written []pipeline.Written) []pipeline.Written {
	written = slices.Clone(written)
	for i := range written {
		written[i].Path = shown(written[i].Path)
	}
	return written
}

// printTable prints a table with aligned columns, without those that hold
// nothing.
func (p *program) printTable(header []string, rows [][]string) {
	widths := make([]int, len(header))
	all := append([][]string{header}, rows...)
	for i := range header {
		used := slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "" })
		for _, row := range all {
			if used {
				widths[i] = max(widths[i], columns(printable(row[i])))
			}
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			if widths[i] == 0 {
				continue
			}
			cell = printable(cell)
			line.WriteString(cell + strings.Repeat(" ", widths[i]-columns(cell)+2))
		}
		p.print(strings.TrimRight("  "+line.String(), " "))
	}
}

// runTally counts what became of the plans.
type runTally struct {
	score
	runs []runDocument
}

func (t *runTally) add(plan monthly.Plan, out monthly.Outcome, err error) {
	t.runs = append(t.runs, runDocumentOf(plan, out, err))
	switch {
	case err != nil:
		t.failed++
		t.code = max(t.code, exitCode(err))
	case out.Verdict == monthly.Busy:
		t.failed++
		t.code = max(t.code, exitFailure)
	case out.Verdict == monthly.Stopped:
		t.stopped++
	default:
		t.done++
		if failing(out.Findings) { // of a rehearsal
			t.stopped++
		}
	}
}

func failing(findings []dataset.Finding) bool {
	for _, f := range findings {
		if f.Severity >= dataset.Error {
			return true
		}
	}
	return false
}

// runDocument is what became of a run, for programs.
type runDocument struct {
	Report   string            `json:"report"`
	Period   string            `json:"period,omitempty"`
	Revision int               `json:"revision,omitempty"`
	Run      int64             `json:"run,omitempty"`
	Verdict  string            `json:"verdict"`
	Input    string            `json:"input"`
	Folder   string            `json:"folder,omitempty"`
	Files    []fileDocument    `json:"files,omitempty"`
	Messages []messageDocument `json:"messages,omitempty"`
	Findings []findingDocument `json:"findings,omitempty"`
	Error    string            `json:"error,omitempty"`
}

type fileDocument struct {
	Kind   string `json:"kind"`
	Part   string `json:"part,omitempty"`
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

type findingDocument struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Place    string `json:"place,omitempty"`
	Got      string `json:"got,omitempty"`
}

func runDocumentOf(plan monthly.Plan, out monthly.Outcome, err error) runDocument {
	d := runDocument{Report: plan.Report, Period: plan.Period, Revision: out.Run.Revision, Run: out.Run.ID, Verdict: string(out.Verdict),
		Input: plan.Input, Folder: out.Folder}
	if out.Run.Period != "" {
		d.Period = out.Run.Period
	}
	if err != nil {
		d.Verdict, d.Error = "failed", explained(err).message.Code
		var stale *monthly.StaleError
		if errors.As(err, &stale) {
			d.Verdict = "stale"
		}
	}
	for _, a := range out.Artifacts {
		d.Files = append(d.Files, fileDocument{a.Kind, a.Part, a.Path, a.SHA256, a.Bytes})
	}
	for _, m := range out.Mail {
		d.Messages = append(d.Messages, messageOf(m.Delivery))
	}
	for _, f := range out.Findings {
		d.Findings = append(d.Findings, findingDocument{f.Code, f.Severity.String(), f.Place(), f.Got})
	}
	return d
}

// document is what --json prints.
func (t *runTally) document() any {
	return struct {
		Runs []runDocument `json:"runs"`
	}{t.runs}
}

// printJSON prints one document.
func (p *program) printJSON(document any) error {
	encoder := json.NewEncoder(p.stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
