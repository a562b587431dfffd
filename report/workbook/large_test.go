package workbook

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The columns of a large workbook: six texts and nine numbers.
var largeHeader = strings.Split("Customer ID,Name,Segment,Region,Country,Contact,Revenue,us Benefit: Quality,us Benefit: Service,us Cost: Price,us Cost: Effort,Rival A Benefit: Quality,Rival A Benefit: Service,Rival A Cost: Price,Rival A Cost: Effort", ",")

// largeTexts returns the six texts of a customer: three of their own, and three that many share.
func largeTexts(i int) [6]string {
	regions, countries := []string{"North", "East", "South", "West"}, []string{"Germany", "France", "Italy", "Spain", "Poland", "Austria"}
	return [6]string{
		fmt.Sprintf("C%07d", i), fmt.Sprintf("Customer %d & Sons", i), "Segment " + strconv.Itoa(i%8),
		regions[i%4], countries[i/7%6], fmt.Sprintf("purchasing%d@customer-%d.example", i%10, i),
	}
}

// largeNumber returns one of the nine numbers of a customer: revenue in cents, then ratings, every tenth with a half.
func largeNumber(i, k int) string {
	if k == 0 {
		return strconv.FormatFloat(float64((i*7919)%90_000_000)/100, 'f', -1, 64)
	}
	x := 1 + (i*31+k*17+i/13*k)%9
	if (i+k)%10 == 0 {
		return strconv.Itoa(x) + ".5"
	}
	return strconv.Itoa(x)
}

// A largeWriter writes a workbook of many customers.
type largeWriter struct {
	to     *bufio.Writer
	shared map[string]int // nil for inline texts
	table  []string
}

func (w *largeWriter) text(address, text string) {
	escaped := strings.ReplaceAll(text, "&", "&amp;")
	if w.shared == nil {
		fmt.Fprintf(w.to, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, address, escaped)
		return
	}
	n, known := w.shared[text]
	if !known {
		n = len(w.table)
		w.shared[text], w.table = n, append(w.table, escaped)
	}
	fmt.Fprintf(w.to, `<c r="%s" t="s"><v>%d</v></c>`, address, n)
}

func (w *largeWriter) sheet(customers int) {
	w.to.WriteString(`<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">`)
	for k, head := range largeHeader {
		w.text(string(rune('A'+k))+"1", head)
	}
	w.to.WriteString("</row>")
	for i := range customers {
		row := strconv.Itoa(i + 2)
		fmt.Fprintf(w.to, `<row r="%s">`, row)
		for k, text := range largeTexts(i) {
			w.text(string(rune('A'+k))+row, text)
		}
		for k := range 9 {
			fmt.Fprintf(w.to, `<c r="%c%s"><v>%s</v></c>`, 'G'+k, row, largeNumber(i, k))
		}
		w.to.WriteString("</row>")
	}
	w.to.WriteString("</sheetData></worksheet>")
}

func (w *largeWriter) strings() {
	fmt.Fprintf(w.to, `<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, len(w.table))
	for _, text := range w.table {
		w.to.WriteString("<si><t>" + text + "</t></si>")
	}
	w.to.WriteString("</sst>")
}

const (
	relationType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relationsHead = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// writeLarge writes a workbook of many customers and returns the names of the parts that hold their cells.
func writeLarge(b testing.TB, name string, customers int, shared bool) []string {
	file, err := os.Create(name)
	must(b, err)
	z := zip.NewWriter(file)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, 6) })
	w := &largeWriter{}
	part := func(name string, write func()) {
		to, err := z.Create(name)
		must(b, err)
		w.to = bufio.NewWriterSize(to, 1<<20)
		write()
		must(b, w.to.Flush())
	}
	text := func(text string) func() { return func() { w.to.WriteString(text) } }
	part("[Content_Types].xml", text(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`))
	part("_rels/.rels", text(relationsHead+`<Relationship Id="r1" Type="`+relationType+`officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	part("xl/workbook.xml", text(`<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(relationsHead+`<Relationship Id="r1" Type="`+relationType+`worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="`+relationType+`sharedStrings" Target="sharedStrings.xml"/></Relationships>`))
	parts := []string{"xl/worksheets/sheet1.xml"}
	if shared {
		w.shared = map[string]int{}
	}
	part(parts[0], func() { w.sheet(customers) })
	if shared {
		parts = append(parts, "xl/sharedStrings.xml")
		part(parts[1], w.strings)
	}
	must(b, z.Close())
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
