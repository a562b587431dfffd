//go:build !unix

package workbook

import "os"

// peakMemory returns 0: the largest resident memory of a process is not known here.
func peakMemory(*os.ProcessState) int64 { return 0 }
