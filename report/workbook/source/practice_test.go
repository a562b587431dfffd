package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

// Limits for one file, whatever it holds.
const (
	timeLimit   = 10 * time.Second
	memoryLimit = 512 << 20
)

// readOne is the variable by which the test program is told to read files and nothing else.
const readOne = "VALUEBOOK_READ_FILES"

func TestMain(m *testing.M) {
	if list := os.Getenv(readOne); list != "" {
		readAll(strings.Split(list, "\n"))
		return
	}
	os.Exit(m.Run())
}

// readAll opens files one after the other and prints what each took.
func readAll(files []string) {
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			fmt.Println("unreadable:", err)
			os.Exit(1)
		}
		began := time.Now()
		book := Open(filepath.Base(name), data, Options{Password: "password"})
		fmt.Printf("%d\t%d\t%s\n", time.Since(began).Milliseconds(), peakMemory(), book.Format)
	}
}

// peakMemory is the most that the process has held so far, in bytes; 0 where the
// system does not say.
func peakMemory() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.Atoi(kilobytes)
	return n << 10
}

// practiceFiles lists the files of the practice folders.
func practiceFiles(t *testing.T, folders ...string) []string {
	t.Helper()
	root := golden.Practice(t)
	var files []string
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && filepath.Ext(name) != ".md" {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		t.Fatal("no practice files")
	}
	return files
}

// TestPracticeLimits reads every practice file in a process that may be lost: none panics, takes
// long or much memory.
func TestPracticeLimits(t *testing.T) {
	files := practiceFiles(t, "workbooks", "corpus")
	longest, most := 0, 0
	defer func() { t.Logf("at most %d ms and %d MB", longest, most>>20) }()
	for len(files) > 0 {
		n := min(len(files), 50)
		command := exec.Command(os.Args[0])
		command.Env = append(os.Environ(), readOne+"="+strings.Join(files[:n], "\n"))
		out, err := command.CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err != nil {
			t.Fatalf("%s: %v\n%s", files[min(len(lines), n-1)], err, out)
		}
		for i, line := range lines {
			var took, held int
			if _, err := fmt.Sscanf(line, "%d\t%d", &took, &held); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			longest, most = max(longest, took), max(most, held)
			if time.Duration(took)*time.Millisecond > timeLimit || held > memoryLimit {
				t.Errorf("%s: %d ms, %d MB", files[i], took, held>>20)
			}
		}
		files = files[n:]
	}
}

// TestPracticeCells compares how many cells are read with a count by another reader: no sheet
// is short without a finding.
func TestPracticeCells(t *testing.T) {
	compared := 0
	for _, name := range practiceFiles(t, "workbooks", "corpus") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		book := Open(filepath.Base(name), data, Options{Password: "password"})
		if len(book.Grids) == 0 && len(book.Findings) == 0 && book.Format == "" {
			t.Errorf("%s: neither cells nor a finding", name)
		}
		if identify("", data).kind != kindPackage || dataset.Stopped(book.Findings) {
			continue
		}
		if len(data) > 1<<20 && !golden.Fidelity() {
			continue // make compare counts the large ones
		}
		counts, err := independentCount(data)
		if err != nil {
			t.Logf("%s: %v (%d sheets are read)", name, err, len(book.Grids))
			continue
		}
		for i := range book.Grids {
			g := &book.Grids[i]
			got := 0
			for _, row := range g.All() {
				for c := range row.Cells() {
					if !c.IsEmpty() {
						got++
					}
				}
			}
			compared++
			if want := counts[g.Sheet]; got != want {
				t.Errorf("%s, sheet %q: %d cells are read, %d are there; findings %v", name, g.Sheet, got, want, book.Findings)
			}
		}
	}
	t.Logf("%d sheets compared", compared)
	if compared < 300 {
		t.Errorf("only %d sheets were compared", compared)
	}
}

// independentCount counts the cells with a value by sheet, with the standard library alone.
func independentCount(data []byte) (map[string]int, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	files := map[string]*zip.File{}
	for _, f := range r.File {
		files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))] = f
	}
	main := "xl/workbook.xml"
	for target, kind := range targets(files, "") {
		if path.Base(kind) == "officeDocument" {
			main = target
		}
	}
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			ID   []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
		Names []struct{} `xml:"definedNames>definedName"`
	}
	if err := decodePart(files[strings.ToLower(main)], &book); err != nil {
		return nil, err
	}
	blank := blankStrings(files, main)
	counts := map[string]int{}
	for _, s := range book.Sheets {
		for target, id := range identifiers(files, main) {
			for _, a := range s.ID {
				if a.Name.Local == "id" && a.Value == id {
					if counts[s.Name], err = countCells(files[strings.ToLower(target)], blank); err != nil {
						return nil, fmt.Errorf("sheet %q: %w", s.Name, err)
					}
				}
			}
		}
	}
	return counts, nil
}

func decodePart(f *zip.File, v any) error {
	if f == nil {
		return fs.ErrNotExist
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(r).Decode(v)
}

// targets maps the parts that a part uses to the kinds of their relations.
func targets(files map[string]*zip.File, part string) map[string]string {
	return relationsBy(files, part, func(_, kind string) string { return kind })
}

// identifiers maps the parts that a part uses to the identifiers of their relations.
func identifiers(files map[string]*zip.File, part string) map[string]string {
	return relationsBy(files, part, func(id, _ string) string { return id })
}

func relationsBy(files map[string]*zip.File, part string, pick func(id, kind string) string) map[string]string {
	dir, base := path.Split(part)
	var doc struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	found := map[string]string{}
	if decodePart(files[strings.ToLower(dir+"_rels/"+base+".rels")], &doc) != nil {
		return found
	}
	for _, r := range doc.Relations {
		target := path.Join(dir, strings.ReplaceAll(r.Target, "\\", "/"))
		if strings.HasPrefix(r.Target, "/") {
			target = strings.TrimPrefix(path.Clean(r.Target), "/")
		}
		found[target] = pick(r.ID, r.Type)
	}
	return found
}

// blankStrings tells which entries of the string table hold nothing but spaces.
func blankStrings(files map[string]*zip.File, main string) []bool {
	var table struct {
		Items []struct {
			Text string `xml:"t"`
			Runs []struct {
				Text string `xml:"t"`
			} `xml:"r"`
		} `xml:"si"`
	}
	for target, kind := range targets(files, main) {
		if path.Base(kind) == "sharedStrings" {
			_ = decodePart(files[strings.ToLower(target)], &table)
		}
	}
	blank := make([]bool, len(table.Items))
	for i, item := range table.Items {
		text := item.Text
		for _, run := range item.Runs {
			text += run.Text
		}
		blank[i] = strings.TrimSpace(text) == ""
	}
	return blank
}

// countCells counts the cells of a sheet that have a value other than spaces, each address once.
func countCells(f *zip.File, blank []bool) (int, error) {
	if f == nil {
		return 0, nil // the sheet is missing, which has a finding
	}
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	cells := map[string]bool{}
	var address, kind, text string
	row, col, collect := 0, 0, false
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return len(cells), nil
		}
		if err != nil {
			return 0, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row, col = row+1, 0
				if n, err := strconv.Atoi(attributeOf(t, "r")); err == nil {
					row = n
				}
			case "c":
				col++
				address, kind, text = strings.ReplaceAll(attributeOf(t, "r"), "$", ""), attributeOf(t, "t"), ""
				if address == "" {
					address = dataset.ColumnLetters(col) + strconv.Itoa(row)
				} else if letters := strings.TrimRight(address, "0123456789"); letters != "" {
					col = 0
					for _, c := range strings.ToUpper(letters) {
						col = col*26 + int(c-'A') + 1
					}
				}
				address = strings.ToUpper(address)
			case "v", "t":
				collect = address != ""
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				collect = false
			case "c":
				filled := strings.TrimSpace(text) != ""
				if i, err := strconv.Atoi(strings.TrimSpace(text)); kind == "s" && err == nil {
					filled = i >= len(blank) || i >= 0 && !blank[i]
				}
				if delete(cells, address); filled {
					cells[address] = true
				}
				address = ""
			}
		case xml.CharData:
			if collect {
				text += string(t)
			}
		}
	}
}

func attributeOf(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
