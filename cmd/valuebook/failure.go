package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	monthly "valuebook/report/run"
)

// A failure is an error as the user meets it: a sentence of the catalogue, a
// hint and an exit code.
type failure struct {
	code    int
	message dataset.Message
	hint    dataset.Message
	cause   error
}

// fail returns a failure with a sentence of the catalogue.
func fail(code int, message string, args ...dataset.Quantity) *failure {
	return &failure{code: code, message: dataset.Msg(message, args...)}
}

func (f *failure) withHint(code string, args ...dataset.Quantity) *failure {
	f.hint = dataset.Msg(code, args...)
	return f
}

func (f *failure) because(err error) *failure {
	f.cause = err
	return f
}

// Error returns the code of the sentence; users see its text.
func (f *failure) Error() string {
	if f.cause != nil {
		return f.message.Code + ": " + f.cause.Error()
	}
	return f.message.Code
}

func (f *failure) Unwrap() error { return f.cause }

// quietExit ends with a code after everything has been said.
type quietExit int

func (q quietExit) Error() string { return fmt.Sprintf("exit %d", int(q)) }

// exitCode is the one place where codes are chosen.
func exitCode(err error) int {
	var q quietExit
	if errors.As(err, &q) {
		return int(q)
	}
	return explained(err).code
}

// explained turns any error into a failure with words.
func explained(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	var conflict *pipeline.ConflictError
	if errors.As(err, &conflict) {
		return fail(exitUsage, "error.conflict",
			dataset.Str(conflict.First), dataset.Str(conflict.Second), dataset.Str(conflict.Target)).withHint("hint.conflict")
	}
	var unknown *config.UnknownError
	if errors.As(err, &unknown) {
		return unknownSetting(unknown)
	}
	var wanted *config.WantError
	if errors.As(err, &wanted) {
		return unwanted(wanted)
	}
	var invalid *config.InvalidError
	if errors.As(err, &invalid) {
		return fail(exitUsage, "error.setting-value", dataset.Str(invalid.Entry.Place),
			dataset.Str(invalid.Entry.Value), dataset.Str(invalid.Err.Error()))
	}
	var step *pipeline.StepError
	if errors.As(err, &step) {
		return failedStep(step)
	}
	if f := failedRun(err); f != nil {
		return f
	}
	return fail(exitFailure, "error.any", dataset.Str(err.Error()))
}

// failedRun words the errors of monthly runs and of the outbox, nil for others.
func failedRun(err error) *failure {
	var stale *monthly.StaleError
	var broken *monthly.BrokenError
	var moved *ledger.TransitionError
	switch {
	case errors.As(err, &stale):
		return fail(exitStopped, "error.stale-"+string(stale.What), dataset.Str(stale.Input), newestOf(stale), dataset.MonthOf(stale.Period)).withHint("hint.stale")
	case errors.As(err, &broken):
		return fail(exitFailure, "error.broken-output", dataset.Str(broken.Path), dataset.Str(broken.Err.Error())).withHint("hint.broken-output").because(err)
	case errors.Is(err, monthly.ErrChanged):
		return fail(exitFailure, "error.input-changed").withHint("hint.changed")
	case errors.As(err, &moved):
		return fail(exitFailure, "error.outbox-state", dataset.N(int(moved.ID)), dataset.TermOf("deliver.state."+string(moved.From))).
			withHint("hint.outbox-show", dataset.N(int(moved.ID)))
	case errors.Is(err, ledger.ErrNotFound):
		return fail(exitUsage, "error.outbox-none").withHint("hint.outbox-number")
	case errors.Is(err, ledger.ErrLost):
		return fail(exitFailure, "error.run-lost").withHint("hint.run-busy")
	}
	return isProblem(err)
}

func unknownSetting(unknown *config.UnknownError) *failure {
	f := fail(exitUsage, "error.setting-unknown", dataset.Str(unknown.Place), dataset.Str(unknown.Name))
	if unknown.Nearest != "" {
		return f.withHint("hint.did-you-mean", dataset.Str(unknown.Nearest))
	}
	return f
}

// unwanted words a value of the configuration file that its key does not take.
func unwanted(e *config.WantError) *failure {
	f := fail(exitUsage, "error.config-want", dataset.Str(e.Place), dataset.Str(e.Key), dataset.Str(e.Value), dataset.TermOf(e.Want))
	if nearest := config.Nearest(e.Value, e.Known); nearest != "" {
		return f.withHint("hint.did-you-mean", dataset.Str(nearest))
	}
	if len(e.Known) > 0 {
		return f.withHint("hint.one-of", dataset.List(e.Known...))
	}
	return f
}

func failedStep(step *pipeline.StepError) *failure {
	file := dataset.Str(step.File)
	var fault *pipeline.PanicError
	var path *fs.PathError
	switch {
	case errors.Is(step.Err, context.Canceled), errors.Is(step.Err, context.DeadlineExceeded):
		return fail(exitFailure, "error.interrupted", file).withHint("hint.interrupted")
	case errors.As(step.Err, &fault):
		return fail(exitFailure, "error.fault", file, stepName(step), dataset.Str(fmt.Sprint(fault.Value))).
			withHint("hint.fault").because(step)
	case step.Step == pipeline.StepRead && errors.Is(step.Err, fs.ErrNotExist):
		return fail(exitFailure, "error.no-file", file).withHint("hint.no-file")
	case step.Step == pipeline.StepRead && errors.Is(step.Err, fs.ErrPermission):
		return fail(exitFailure, "error.no-permission", file).withHint("hint.no-permission")
	case pipeline.DiskFull(step.Err) && errors.As(step.Err, &path):
		return fail(exitFailure, "error.disk-full", file, dataset.Str(path.Path)).withHint("hint.disk-full").because(step)
	case errors.As(step.Err, &path):
		return fail(exitFailure, "error.path", file, stepName(step), dataset.Str(path.Path), dataset.Str(path.Err.Error()))
	}
	var settled *failure
	if errors.As(step.Err, &settled) {
		return settled
	}
	return fail(exitFailure, "error.step", file, stepName(step), dataset.Str(step.Err.Error()))
}

// stepName is a term such as "writing the PDF".
func stepName(step *pipeline.StepError) dataset.Quantity {
	code := "step." + string(step.Step)
	if step.Format != "" {
		code += "." + step.Format
	}
	return dataset.TermOf(code)
}
