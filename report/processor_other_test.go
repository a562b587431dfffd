//go:build !unix

package report_test

import "time"

// processorTime is not told by this system.
func processorTime() time.Duration { return 0 }
