//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/samples/large"
)

// A measured is what a program took.
type measured struct {
	time   time.Duration
	memory int64 // largest resident memory, in bytes
}

// measure runs a program to its end.
func measure(b *testing.B, c *exec.Cmd) measured {
	b.Helper()
	start := time.Now()
	if err := c.Run(); err != nil {
		b.Fatalf("%v: %v", c.Args, err)
	}
	m := measured{time: time.Since(start)}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.memory = int64(usage.Maxrss) << 10
	}
	return m
}

// floor is the least that any program does: it unpacks the sheet that came in, and packs the one that goes out with the
// fastest setting.
func floor(b *testing.B, input, output string) time.Duration {
	const sheet = "xl/worksheets/sheet1.xml"
	unpacked := measure(b, exec.Command("unzip", "-p", input, sheet))
	file := filepath.Join(b.TempDir(), "sheet.xml")
	to, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	unpack := exec.Command("unzip", "-p", output, sheet)
	unpack.Stdout = to
	measure(b, unpack)
	if err := to.Close(); err != nil {
		b.Fatal(err)
	}
	from, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer from.Close()
	pack := exec.Command("gzip", "-1")
	pack.Stdin = from
	packed := measure(b, pack)
	return unpacked.time + packed.time
}

// largeOnce says which workbook a fresh process of this test writes: its name, its customers, and whether its texts are shared.
const largeOnce = "VALUEBOOK_LARGE_ONCE"

// largeInput has a workbook of many customers written by a process of its own: the system counts what this one has used among the
// memory of every program that it starts.
func largeInput(b *testing.B, customers int, shared bool) string {
	b.Helper()
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	name := filepath.Join(b.TempDir(), "large.xlsx")
	c := exec.Command(program, "-test.run", "^TestWriteLargeOnce$")
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%d %t %s", largeOnce, customers, shared, name))
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return name
}

// TestWriteLargeOnce writes one workbook of many customers where the variable asks for it.
func TestWriteLargeOnce(t *testing.T) {
	var customers int
	var shared bool
	var name string
	if _, err := fmt.Sscan(os.Getenv(largeOnce), &customers, &shared, &name); err != nil {
		t.Skip("the benchmark of large workbooks uses it")
	}
	file, err := os.Create(name)
	if err == nil {
		_, err = large.Write(file, customers, shared)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkLargeReport does the whole job, from the user's workbook to the annotated one, for many customers in 15 columns. "floors" is
// its time as a multiple of the least that any program does: to unpack the sheet that comes in, and to pack the one that goes out,
// measured in the same run. "MB" is its largest resident memory.
func BenchmarkLargeReport(b *testing.B) {
	for _, tool := range []string{"unzip", "gzip", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			b.Skip(tool + " is not installed")
		}
	}
	program := filepath.Join(b.TempDir(), "valuebook")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, customers := range []int{100_000, 1_000_000} {
		for _, shared := range []bool{false, true} {
			kind := map[bool]string{false: "inline", true: "shared"}[shared]
			b.Run(fmt.Sprintf("%s/%d", kind, customers), func(b *testing.B) {
				input, out := largeInput(b, customers, shared), b.TempDir()
				b.ResetTimer()
				var job measured
				var least time.Duration
				for range b.N {
					m := measure(b, exec.Command(program, "report", "--format", "xlsx", "--no-input", "--quiet", "--out", out, input))
					job.time, job.memory = job.time+m.time, max(job.memory, m.memory)
					least += floor(b, input, filepath.Join(out, "large.annotated.xlsx"))
				}
				b.ReportMetric(job.time.Seconds()/float64(b.N), "s/job")
				b.ReportMetric(least.Seconds()/float64(b.N), "s/floor")
				b.ReportMetric(job.time.Seconds()/least.Seconds(), "floors")
				b.ReportMetric(float64(job.memory)/1e6, "MB")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// libraryOnce names the workbook that a fresh process of this test annotates with the spreadsheet library alone.
const libraryOnce = "VALUEBOOK_LIBRARY_ONCE"

// BenchmarkLargeWithLibrary is for comparison: the spreadsheet library alone opens the workbook, reads every row, puts as many cells
// beside each as our block has, and saves it. It neither analyses nor checks anything, and its cells are values without formulas.
func BenchmarkLargeWithLibrary(b *testing.B) {
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	input := largeInput(b, 100_000, false)
	b.ResetTimer()
	var job measured
	for range b.N {
		c := exec.Command(program, "-test.run", "^TestLibraryOnce$")
		c.Env = append(os.Environ(), libraryOnce+"="+input)
		m := measure(b, c)
		job.time, job.memory = job.time+m.time, max(job.memory, m.memory)
	}
	b.ReportMetric(job.time.Seconds()/float64(b.N), "s/job")
	b.ReportMetric(float64(job.memory)/1e6, "MB")
	b.ReportMetric(0, "ns/op")
}

// TestLibraryOnce annotates one workbook with the spreadsheet library where the variable names it.
func TestLibraryOnce(t *testing.T) {
	name := os.Getenv(libraryOnce)
	if name == "" {
		t.Skip("the benchmark of large workbooks uses it")
	}
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Data", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c := range 14 {
			at, err := excelize.CoordinatesToCellName(17+c, r+1)
			if err == nil {
				err = f.SetCellValue("Data", at, float64(len(row[c]))/3)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(filepath.Join(t.TempDir(), "out.xlsx")); err != nil {
		t.Fatal(err)
	}
}
