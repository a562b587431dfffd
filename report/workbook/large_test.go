package workbook

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/samples/large"
)

// writeLarge writes a workbook of many customers and returns the names of the parts that hold their cells.
func writeLarge(b testing.TB, name string, customers int, shared bool) []string {
	file, err := os.Create(name)
	must(b, err)
	parts, err := large.Write(file, customers, shared)
	must(b, err)
	must(b, file.Close())
	return parts
}

// readOnce names the file that a fresh process of this test reads, to measure its memory.
const readOnce = "VALUEBOOK_READ_ONCE"

// TestReadOnce reads one workbook where the variable names it: the benchmark starts it in a process of its own.
func TestReadOnce(t *testing.T) {
	name := os.Getenv(readOnce)
	if name == "" {
		t.Skip("the benchmark of large workbooks uses it")
	}
	d, err := Read(name, Options{})
	must(t, err)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("%d customers, %d series, heap %d MB, system %d MB, %s", d.Customers.Len(), len(d.Ratings), memory.HeapAlloc>>20, memory.Sys>>20, ownPeak())
	runtime.KeepAlive(d)
}

// BenchmarkReadLarge reads workbooks of 100,000 and 1,000,000 customers with 15 columns, and holds them against
// unpacking their parts with unzip in the same run. "unzips" is the time as a multiple of that; "MB" is the largest resident
// memory of a fresh process that holds the whole dataset.
func BenchmarkReadLarge(b *testing.B) {
	unzip, err := exec.LookPath("unzip")
	if err != nil {
		b.Skip("unzip is not installed")
	}
	for _, customers := range []int{100_000, 1_000_000} {
		for _, shared := range []bool{false, true} {
			kind := map[bool]string{false: "inline", true: "shared"}[shared]
			b.Run(fmt.Sprintf("%s/%d", kind, customers), func(b *testing.B) {
				name := filepath.Join(b.TempDir(), "large.xlsx")
				parts := writeLarge(b, name, customers, shared)
				b.ResetTimer()
				var unpack, read time.Duration
				memory := int64(0)
				for range b.N {
					start := time.Now()
					must(b, exec.Command(unzip, append([]string{"-p", name}, parts...)...).Run())
					unpack += time.Since(start)
					start = time.Now()
					d, err := Read(name, Options{})
					read += time.Since(start)
					must(b, err)
					if d.Customers.Len() != customers || len(d.Ratings) != 8 {
						b.Fatal(receiptText(d))
					}
					d = nil
					memory = max(memory, residentMemory(b, name))
				}
				b.ReportMetric(float64(customers*b.N)/read.Seconds(), "rows/s")
				b.ReportMetric(read.Seconds()/float64(b.N), "s/read")
				b.ReportMetric(read.Seconds()/unpack.Seconds(), "unzips")
				b.ReportMetric(float64(memory)/1e6, "MB")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// residentMemory returns the largest resident memory, in bytes, of a fresh process that reads a workbook.
func residentMemory(b *testing.B, name string) int64 {
	program, err := os.Executable()
	must(b, err)
	c := exec.Command(program, "-test.run", "^TestReadOnce$", "-test.v")
	c.Env = append(os.Environ(), readOnce+"="+name)
	out, err := c.CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	b.Logf("%s", out)
	if _, after, ok := strings.Cut(string(out), peakNote); ok {
		kilobytes, err := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
		must(b, err)
		return kilobytes << 10
	}
	return peakMemory(c.ProcessState)
}

// peakNote stands before the largest resident memory that a process found of itself, in kilobytes. What the system says of a process that
// ended counts the one that started it too, where it says more of a process that runs.
const peakNote = "VmHWM:"

// ownPeak returns the line in which the system tells the largest resident memory of this process, "" where it does not.
func ownPeak() string {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, peakNote) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}
