package report_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "valuebook/"

// allowed lists every import between our packages and every outside module
// that a package may name. It is the architecture: change it on purpose, not
// to make a build pass. An entry may name packages of ours ("report/dataset"),
// a group of them ("@pure") or an outside module, which allows its packages.
var allowed = map[string][]string{
	"cmd/valuebook": {
		"@pure", "@edges", "report/config", "report/pipeline", "report/ledger", "report/deliver", "report/run", "report/scratch", "report/store", "report/jobs", "report/jobs/watch", "report/jobs/schedule", "report/jobs/queue", "report/jobs/web", "report/jobs/install", "samples",
		"github.com/urfave/cli/v2", "github.com/mattn/go-isatty", "github.com/schollz/progressbar/v3", "golang.org/x/text", "golang.org/x/term",
	},
	"report/jobs":          {"report", "report/dataset", "report/run", "report/scratch", "report/deliver", "report/ledger", "report/store", "report/pipeline", "report/jobs/schedule", "report/jobs/watch", "report/jobs/queue"},
	"report/jobs/web":      {"report/dataset", "report/jobs", "report/wording", "templates", "github.com/prometheus/client_golang", "golang.org/x/net"},
	"report/jobs/queue":    {"report/ledger", "github.com/riverqueue/river", "github.com/jackc/pgx/v5"},
	"report/jobs/schedule": {"github.com/robfig/cron/v3"},
	"report/jobs/install":  {"report/files", "templates"},
	"report/jobs/watch":    {"report/files", "github.com/fsnotify/fsnotify", "github.com/richardlehane/mscfb"},
	"report/run":           {"@pure", "report/files", "report/scratch", "report/pipeline", "report/ledger", "report/deliver", "report/store"},
	"report/deliver":       {"report", "report/dataset", "report/wording", "report/ledger", "report/pipeline", "github.com/wneessen/go-mail", "github.com/zalando/go-keyring", "golang.org/x/net", "golang.org/x/time", "golang.org/x/oauth2", "golang.org/x/text"},
	"report/ledger":        {"report/dataset", "report/analysis/quadrant", "report/analysis/movement", "modernc.org/sqlite", "github.com/jackc/pgx/v5"},
	"report/files":         {},
	"report/scratch":       {},
	"report/store":         {"report/files", "github.com/minio/minio-go/v7"},
	"report/config":        {"report/dataset", "@analysis", "gopkg.in/yaml.v3"},
	"report/pipeline":      {"report", "report/files", "report/dataset", "@analysis", "report/wording", "golang.org/x/text"},

	// Edges: each knows one outside format.
	"report/workbook":          {"report/dataset", "report/workbook/grid", "report/workbook/source", "report/sheets", "golang.org/x/text"},
	"report/workbook/source":   {"report/dataset", "report/workbook/grid", "report/workbook/parts", "report/workbook/sheetxml", "github.com/xuri/excelize/v2", "github.com/richardlehane/mscfb", "golang.org/x/net", "golang.org/x/text"},
	"report/workbook/convert":  {"report/scratch", "report/workbook/source"},
	"report/workbook/grid":     {"report/dataset"},
	"report/workbook/parts":    {"report/workbook/sheetxml", "github.com/klauspost/compress"},
	"report/workbook/sheetxml": {"golang.org/x/text"},
	"report/sheets":            {"report/dataset", "github.com/xuri/excelize/v2"},
	"report/annotate":          {"report/receipt", "report/workbook/grid", "report/workbook/source", "report/workbook/parts", "report/workbook/sheetxml", "report", "report/dataset", "@analysis", "report/wording", "report/formula", "report/sheets", "github.com/xuri/excelize/v2"},
	"report/pdf": {
		"report", "report/dataset", "@analysis", "report/wording", "report/markdown", "charts", "templates",
		"github.com/go-pdf/fpdf", "github.com/go-fonts/liberation", "gopkg.in/yaml.v3", "golang.org/x/text",
		"github.com/golang/freetype", "golang.org/x/image", // which glyphs a font has
		"github.com/pdfcpu/pdfcpu",      // passwords
		"github.com/klauspost/compress", // many pages: twice as fast as the standard library
	},
	"report/jsondoc": {"report", "report/dataset", "@analysis", "report/wording"},
	// go-chart hands fonts about as values of freetype.
	"charts": {"report", "report/dataset", "report/wording", "github.com/wcharczuk/go-chart/v2", "github.com/golang/freetype",
		"github.com/go-fonts/liberation", "golang.org/x/image"}, // texts of pictures
	"templates": {"report/wording"},

	// Pure: no files, network, clock, unseeded random numbers.
	"report":          {"report/dataset", "@analysis"},
	"report/wording":  {"report/dataset", "gopkg.in/yaml.v3", "golang.org/x/text"},
	"report/receipt":  {"report/dataset", "report/wording"},
	"report/markdown": {"github.com/yuin/goldmark"},
	"report/formula":  {"report", "report/dataset", "@analysis"},
	"report/analysis": {"report/dataset", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant", "report/analysis/segment",
		"report/analysis/purchase", "report/analysis/lifetime", "report/analysis/concentration", "report/analysis/rfm",
		"report/analysis/driver", "report/analysis/importance", "report/analysis/profile", "report/analysis/voice", "report/analysis/concept", "report/analysis/movement"},
	"report/analysis/segment":  {"report/dataset", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant"},
	"report/analysis/quadrant": {"report/dataset", "report/analysis/stat", "report/analysis/value"},
	"report/analysis/value":    {"report/dataset", "report/analysis/stat"},
	"report/analysis/purchase": {"report/dataset", "report/analysis/stat"},
	"report/analysis/lifetime": {"report/dataset", "report/analysis/stat", "report/analysis/purchase", "gonum.org/v1/gonum"},
	"report/analysis/stat":     {"gonum.org/v1/gonum"},

	"report/analysis/concentration": {"report/analysis/stat"},
	"report/analysis/rfm":           {"report/dataset", "report/analysis/stat"},

	"report/analysis/driver":     {"report/dataset", "report/analysis/stat"},
	"report/analysis/importance": {"report/dataset", "report/analysis/stat", "report/analysis/value", "report/analysis/driver"},
	"report/analysis/profile":    {"report/dataset", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant", "report/analysis/driver"},
	"report/analysis/voice":      {"report/dataset", "report/analysis/stat", "report/analysis/value"},
	"report/analysis/concept":    {"report/dataset", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant", "report/analysis/driver"},

	"report/analysis/movement": {"report/dataset", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant"},

	"report/dataset": {},

	"samples":          {"report/sheets", "report/dataset", "report/wording", "templates", "gopkg.in/yaml.v3"},
	"samples/generate": {"samples", "report/sheets"},
	"samples/golden":   {},
	"samples/large":    {},
	"samples/gallery":  {},
	"samples/office":   {"samples/golden"},
	"samples/pgtest":   {"samples/golden"},
}

// groups abbreviate sets of packages in allowed.
var groups = map[string][]string{
	"@analysis": {"report/analysis", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant", "report/analysis/segment",
		"report/analysis/purchase", "report/analysis/lifetime", "report/analysis/concentration", "report/analysis/rfm",
		"report/analysis/driver", "report/analysis/importance", "report/analysis/profile", "report/analysis/voice", "report/analysis/concept", "report/analysis/movement"},
	"@pure":  {"report", "report/dataset", "report/wording", "report/receipt", "report/markdown", "report/formula", "@analysis"},
	"@edges": {"report/workbook", "report/workbook/convert", "report/sheets", "report/annotate", "report/pdf", "report/jsondoc", "charts", "templates"},
}

// pure packages compute: same input, same output, nothing touched.
var pure = []string{
	"report", "report/wording", "report/receipt", "report/markdown", "report/formula", "report/dataset", "report/jobs/schedule",
	"report/analysis", "report/analysis/stat", "report/analysis/value", "report/analysis/quadrant", "report/analysis/segment",
	"report/analysis/purchase", "report/analysis/lifetime", "report/analysis/concentration", "report/analysis/rfm",
	"report/analysis/driver", "report/analysis/importance", "report/analysis/profile", "report/analysis/voice", "report/analysis/concept", "report/analysis/movement",
}

// testOnly are modules that only test files may name.
var testOnly = []string{"github.com/rogpeppe/go-internal", "github.com/emersion/go-smtp", "github.com/emersion/go-sasl", "gonum.org/v1/gonum", "github.com/xuri/excelize/v2", "gopkg.in/yaml.v3"}

// testHelpers are packages of ours that tests inside any package may use; all
// others need an external test package.
var testHelpers = []string{"samples/golden", "samples/large", "samples/office", "samples/pgtest", "report/wording", "templates"}

// impureImports reach out of the program.
var impureImports = []string{"os", "net", "syscall", "unsafe", "io/ioutil", "math/rand", "crypto/rand", "embed", "plugin", "log", "testing", "C"}

// impureCalls ask the clock or an unseeded source. math/rand/v2 allows only
// what is named in seeded.
var impureCalls = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Local", "LoadLocation"}

var seeded = []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf"}

func TestImports(t *testing.T) {
	for folder, files := range goFolders(t) {
		if _, listed := allowed[folder]; !listed {
			t.Errorf("%s holds Go files and is not listed: give it a place in the architecture", folder)
			continue
		}
		for _, file := range files {
			checkImports(t, folder, file)
		}
	}
}

// TestArrowsPointDown proves that the table itself has no circle.
func TestArrowsPointDown(t *testing.T) {
	state := map[string]int{} // 1 = on the way, 2 = done
	var visit func(folder string)
	visit = func(folder string) {
		if state[folder] == 1 {
			t.Fatalf("the allowed imports of %s form a circle", folder)
		}
		if state[folder] == 2 {
			return
		}
		state[folder] = 1
		for _, entry := range expand(allowed[folder]) {
			if _, ours := allowed[entry]; ours {
				visit(entry)
			}
		}
		state[folder] = 2
	}
	for folder := range allowed {
		visit(folder)
	}
}

func TestPurePackagesTouchNothing(t *testing.T) {
	folders := goFolders(t)
	for _, folder := range pure {
		for _, file := range folders[folder] {
			if !file.test {
				checkPurity(t, folder, file)
			}
		}
	}
}

// TestPurityRuleBites shows that the rule sees what it forbids.
func TestPurityRuleBites(t *testing.T) {
	for source, want := range map[string]string{
		`package p; import "os"; var _ = os.Args`:                               "imports os",
		`package p; import "net/http"; var _ http.Client`:                       "imports net/http",
		`package p; import "time"; var _ = time.Now()`:                          "uses time.Now",
		`package p; import clock "time"; var _ = clock.Since`:                   "uses time.Since",
		`package p; import "math/rand/v2"; var _ = rand.IntN(3)`:                "uses math/rand/v2.IntN",
		`package p; import "math/rand/v2"; var _ = rand.New(rand.NewPCG(1, 2))`: "",
		`package p; import "time"; var _ time.Time`:                             "",
	} {
		parsed, err := parser.ParseFile(token.NewFileSet(), "p.go", source, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(impurities(parsed), "; ")
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}

// sqlPackages may speak to a database: the ledger, and the queue, which keeps
// its own tables beside those of the ledger.
var sqlPackages = []string{"report/ledger", "report/jobs/queue"}

// TestSQLIsInTheLedger proves that no other package reaches a database, not
// even in its tests.
func TestSQLIsInTheLedger(t *testing.T) {
	for folder, files := range goFolders(t) {
		for _, file := range files {
			for _, spec := range file.syntax.Imports {
				name, _ := strconv.Unquote(spec.Path.Value)
				if listed([]string{"database/sql", "modernc.org/sqlite", "github.com/jackc/pgx/v5"}, name) && !slices.Contains(sqlPackages, folder) {
					t.Errorf("%s imports %s: SQL is in %s alone", file.name, name, sqlPackages[0])
				}
			}
		}
	}
}

// TestStatementsAreInTheLedger proves that no package besides writes SQL, for
// whatever handle.
func TestStatementsAreInTheLedger(t *testing.T) {
	for folder, files := range goFolders(t) {
		if slices.Contains(sqlPackages, folder) {
			continue
		}
		for _, file := range files {
			if !file.test {
				checkStatements(t, file)
			}
		}
	}
}

func checkStatements(t *testing.T, file goFile) {
	t.Helper()
	ast.Inspect(file.syntax, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		text, _ := strconv.Unquote(literal.Value)
		for _, verb := range []string{"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "} {
			if strings.HasPrefix(strings.TrimSpace(text), verb) {
				t.Errorf("%s holds the statement %q", file.name, text)
			}
		}
		return true
	})
}

type goFile struct {
	name     string
	test     bool
	external bool // package x_test
	syntax   *ast.File
}

// goFolders returns every Go file below the module's root, by folder.
func goFolders(t *testing.T) map[string][]goFile {
	t.Helper()
	folders, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

// parsed parses the files once for all tests.
var parsed = sync.OnceValues(func() (map[string][]goFile, error) {
	folders := map[string][]goFile{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && (strings.HasPrefix(path.Base(name), ".") || path.Base(name) == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder := path.Dir(name)
		folders[folder] = append(folders[folder], goFile{
			name: name, test: strings.HasSuffix(name, "_test.go"),
			external: strings.HasSuffix(syntax.Name.Name, "_test"), syntax: syntax,
		})
		return nil
	})
	return folders, err
})

func checkImports(t *testing.T, folder string, file goFile) {
	t.Helper()
	entries := expand(allowed[folder])
	for _, spec := range file.syntax.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		ours := strings.HasPrefix(name, module)
		switch {
		case ours && (file.external || file.test && slices.Contains(testHelpers, strings.TrimPrefix(name, module)) || name == module+folder):
		case ours && slices.Contains(entries, strings.TrimPrefix(name, module)):
		case !ours && standard(name):
		case !ours && listed(entries, name):
		case !ours && file.test && listed(testOnly, name):
		default:
			t.Errorf("%s imports %s, which %s may not", file.name, name, folder)
		}
	}
}

func listed(entries []string, name string) bool {
	for _, entry := range entries {
		if name == entry || strings.HasPrefix(name, entry+"/") {
			return true
		}
	}
	return false
}

// standard reports whether a path is of the standard library: those have no
// dot in their first element.
func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".")
}

func expand(entries []string) []string {
	var all []string
	for _, entry := range entries {
		if members, isGroup := groups[entry]; isGroup {
			all = append(all, expand(members)...)
			continue
		}
		all = append(all, entry)
	}
	return all
}

func checkPurity(t *testing.T, folder string, file goFile) {
	t.Helper()
	for _, found := range impurities(file.syntax) {
		t.Errorf("%s %s, but %s is pure", file.name, found, folder)
	}
}

// impurities lists what a file reaches that a pure package may not.
func impurities(file *ast.File) []string {
	var found []string
	local := map[string]string{} // name in this file -> import path
	for _, spec := range file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if listed(impureImports, name) && name != "math/rand/v2" {
			found = append(found, "imports "+name)
		}
		base := path.Base(strings.TrimSuffix(name, "/v2"))
		if spec.Name != nil {
			base = spec.Name.Name
		}
		local[base] = name
	}
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok {
			if path := local[name.Name]; impureUse(path, selector.Sel.Name) {
				found = append(found, "uses "+path+"."+selector.Sel.Name)
			}
		}
		return true
	})
	return found
}

func impureUse(path, name string) bool {
	switch path {
	case "time":
		return slices.Contains(impureCalls, name)
	case "math/rand/v2":
		return !slices.Contains(seeded, name)
	}
	return false
}
