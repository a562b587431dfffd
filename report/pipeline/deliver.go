package pipeline

import "context"

// FormatFixes is the fixed identifier of the fix list: the user's own workbook
// with marks at what is to be mended.
const FormatFixes = "fixes"

// Deliver writes one file that was made of an input, with the care of [Run]: whole
// or not at all, never over the input, and under another name where the target
// is open in another program. The error is a [*StepError].
func Deliver(input, format, target string, data []byte) (Written, error) {
	files := []file{{format: format, target: target, data: data}}
	written, err := writeAll(input, files)
	if err != nil {
		discardAll(files)
		return Written{}, &StepError{File: input, Step: StepWrite, Err: err}
	}
	return written[0], nil
}

// Make does the rendering of one output outside a [Run], with the same care for
// faults and cancelling. The error is a [*StepError].
func Make(ctx context.Context, input, format string, do func() error) error {
	return (&run{ctx: ctx, job: Job{Input: input}}).step(StepRender, format, do)
}
