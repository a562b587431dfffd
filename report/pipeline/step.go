package pipeline

import "runtime/debug"

// step does one part of the run on a goroutine of its own, so that a signal
// ends the run at once even while a library is at work, and so that a
// library's panic becomes an error that names the step.
//
// After a cancelled step the run ends: nobody reads what the goroutine still
// does, and it writes no files.
func (r *run) step(step Step, format string, do func() error) error {
	if err := r.ctx.Err(); err != nil {
		return &StepError{File: r.job.Input, Step: step, Format: format, Err: err}
	}
	r.progress(step, format)
	done := make(chan error, 1)
	go func() { done <- guarded(do) }()
	select {
	case <-r.ctx.Done():
		return &StepError{File: r.job.Input, Step: step, Format: format, Err: r.ctx.Err()}
	case err := <-done:
		if err != nil {
			return &StepError{File: r.job.Input, Step: step, Format: format, Err: err}
		}
		return nil
	}
}

// guarded turns a panic into an error.
func guarded(do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return do()
}
