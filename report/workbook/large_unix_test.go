//go:build unix

package workbook

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory returns the largest resident memory of a process that ended, in bytes.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
