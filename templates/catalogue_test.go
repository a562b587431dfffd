package templates_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

// families say which texts the values of a type of ours have: every constant
// of the type needs the text "prefix" + value.
var families = map[string]string{
	"quadrant.Measure": "measure.", "quadrant.Mode": "mode.", "quadrant.Reason": "reason.",
	"value.Verdict": "verdict.", "value.Standing": "standing.", "value.Position": "position.", "value.Reason": "reason.",
	"driver.Outcome": "driver.outcome.", "driver.Method": "driver.method.", "driver.Refusal": "driver.refusal.",
	"importance.Quadrant": "driver.quadrant.", "importance.Source": "driver.source.", "importance.Refusal": "driver.map.",
	"profile.Kind": "profile.kind.", "profile.Refusal": "profile.refusal.", "voice.Field": "voice.field.",
	"concept.Part": "concept.part.", "concept.Balance": "concept.balance.", "concept.Refusal": "concept.refusal.",
	"purchase.Refusal": "purchase.refused.", "lifetime.Model": "lifetime.model.", "lifetime.Why": "lifetime.why.",
	"lifetime.Refusal": "lifetime.refused.", "lifetime.Note": "lifetime.note.",
	"dataset.Group": "group.", "dataset.TableRole": "table-role.", "dataset.ColumnRole": "role.", "dataset.Layout": "layout.",
}

// spoken are calls whose literal argument is a code, with its place.
var spoken = map[string]int{"Msg": 0, "TermOf": 0, "Term": 0, "say": 0, "fail": 1, "withHint": 0, "warn": 0, "refuse": 0}

// owned are names of calls that mean something else in other packages: refuse
// is spoken everywhere but in the command, the others only there.
var owned = map[string]bool{"say": true, "fail": true, "warn": true, "refuse": true}

// noCodes look like codes and are something else.
var noCodes = regexp.MustCompile(`\.(yaml|yml|xlsx|xlsm|xml|pdf|json|tmpl|csv|tsv|bin|rels|docx|html)$|^(xl|docProps|_rels)\b`)

var codeForm = regexp.MustCompile(`^[a-z][a-z-]*(\.[a-z0-9_-]+)+$`)

// source is what the Go files of the project say about codes.
type source struct {
	codes    map[string]string // code -> place, certain: an argument of a spoken call
	literals map[string]string // every other string literal -> place
	findings map[string]string // finding code -> place
	values   map[string]string // text that a family needs -> place
}

func TestEveryCodeHasAText(t *testing.T) {
	catalogue := english(t)
	heads := map[string]bool{}
	for _, code := range catalogue.Codes() {
		head, _, _ := strings.Cut(code, ".")
		heads[head] = true
	}
	s := read(t)
	for code, place := range s.codes {
		if unfinished(code) {
			if !anyWith(catalogue, code) {
				t.Errorf("%s: no text begins with %q", place, code)
			}
		} else if code != "" && !catalogue.Has(code) {
			t.Errorf("%s: no text for %q", place, code)
		}
	}
	for literal, place := range s.literals {
		head, _, _ := strings.Cut(literal, ".")
		if codeForm.MatchString(literal) && !unfinished(literal) && heads[head] && !noCodes.MatchString(literal) && !catalogue.Has(literal) && !anyWith(catalogue, literal+".") {
			t.Errorf("%s: %q looks like a code and has no text", place, literal)
		}
	}
	for code, place := range s.values {
		if !catalogue.Has(code) {
			t.Errorf("%s: no text for %q", place, code)
		}
	}
	for code, place := range s.findings {
		if !catalogue.Has("finding." + code) {
			t.Errorf("%s: no text for the finding %q", place, code)
		}
	}
}

// TestEveryTextIsUsed finds texts that no Go file names any more.
func TestEveryTextIsUsed(t *testing.T) {
	s := read(t)
	var prefixes []string
	for _, group := range []map[string]string{s.codes, s.literals} {
		for literal := range group {
			if head, _, ok := strings.Cut(literal, "."); ok && head != "" && unfinished(literal) {
				prefixes = append(prefixes, literal)
			}
		}
	}
	for _, code := range english(t).Codes() {
		code = strings.TrimSuffix(code, dropped) // used in place of the one without
		_, certain := s.codes[code]
		_, written := s.literals[code]
		used := certain || written || s.values[code] != ""
		for _, prefix := range prefixes {
			used = used || strings.HasPrefix(code, prefix)
		}
		if !used {
			t.Errorf("the text %q is not used", code)
		}
	}
}

// dropped ends the codes of texts for somebody who has no terminal.
const dropped = ".dropped"

// command is what only a terminal takes.
var command = regexp.MustCompile(`--[a-z]|valuebook [a-z]|VALUEBOOK_`)

// TestWithoutATerminal holds that who put a workbook into a folder is told
// nothing that they cannot do.
func TestWithoutATerminal(t *testing.T) {
	for _, language := range languages(t) {
		all := texts(t, language)
		for code, text := range all {
			base, own := strings.CutSuffix(code, dropped)
			_, there := all[code+dropped]
			spoken := own || strings.HasPrefix(code, "why.") || strings.HasSuffix(code, ".fix") && !strings.HasPrefix(code, "finding.annotate-")
			if spoken && !there && command.MatchString(text) {
				t.Errorf("%s: %s names a command: %s", language, code, text)
			}
			if _, there := all[base]; own && !there {
				t.Errorf("%s: %s takes the place of nothing", language, code)
			}
		}
	}
}

// languages lists the languages that come with the program.
func languages(t *testing.T) []string {
	t.Helper()
	entries, err := fs.ReadDir(templates.Files, "wording")
	if err != nil || len(entries) < 2 {
		t.Fatal(entries, err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// texts returns all texts of a language, and complains of those that are
// given twice, empty or of a wrong form.
func texts(t *testing.T, language string) map[string]string {
	t.Helper()
	seen, all := map[string]string{}, map[string]string{}
	names, err := fs.Glob(templates.Files, "wording/"+language+"/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := templates.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := yaml.Unmarshal(data, &texts); err != nil {
			t.Fatal(name, err)
		}
		for code, text := range texts {
			if other, ok := seen[code]; ok {
				t.Errorf("%s stands in %s and %s", code, other, name)
			}
			seen[code], all[code] = name, text
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s in %s is empty", code, name)
			}
			if err := form(text); err != "" {
				t.Errorf("%s in %s: %s in %q", code, name, err, text)
			}
		}
	}
	return all
}

// TestLanguagesSayTheSame finds gaps: every language has every text, and no
// other, with the same arguments; no text twice, empty or of a wrong form.
func TestLanguagesSayTheSame(t *testing.T) {
	own := texts(t, "en")
	for _, language := range languages(t) {
		other := texts(t, language)
		for code, text := range own {
			translated, ok := other[code]
			if !ok {
				t.Errorf("%s lacks %s: %q", language, code, text)
			} else if want, got := arguments(text), arguments(translated); want != got {
				t.Errorf("%s of %s has the arguments %s, want %s: %q for %q", code, language, got, want, translated, text)
			}
		}
		for code := range other {
			if _, ok := own[code]; !ok {
				t.Errorf("%s has %s, which is no text of ours", language, code)
			}
		}
	}
}

// arguments lists the numbers of the slots of a text, each once.
func arguments(text string) string {
	var numbers []string
	for _, found := range argument.FindAllStringSubmatch(strings.NewReplacer("{{", "", "}}", "").Replace(text), -1) {
		numbers = append(numbers, found[1])
	}
	sort.Strings(numbers)
	return strings.Join(slices.Compact(numbers), " ")
}

var argument = regexp.MustCompile(`\{(\d+)[|}]`)

var slot = regexp.MustCompile(`^\d+(\|[^|{}]*\|[^|{}]*)?$`)

// form says what is wrong with the slots of a text.
func form(text string) string {
	text = strings.NewReplacer("{{", "", "}}", "").Replace(text)
	for {
		open := strings.IndexByte(text, '{')
		end := strings.IndexByte(text, '}')
		if open < 0 && end < 0 {
			return ""
		}
		if open < 0 || end < open {
			return "an unpaired brace"
		}
		if !slot.MatchString(text[open+1 : end]) {
			return "a slot that is none"
		}
		text = text[end+1:]
	}
}

func TestCatalogueOverlay(t *testing.T) {
	overlay := fstest.MapFS{
		"wording/en/own.yaml": {Data: []byte("yes: aye")},
		"wording/nl/own.yaml": {Data: []byte("no: nee")},
	}
	for _, c := range []struct{ language, code, want string }{
		{"en", "yes", "aye"}, {"", "yes", "aye"}, {"en", "no", "no"},
		{"nl", "yes", "aye"}, {"nl", "no", "nee"}, {"nl", "class.strategic", "Strategic"}, {"de", "yes", "ja"},
	} {
		catalogue, err := templates.Catalogue(c.language, overlay)
		if err != nil {
			t.Fatal(err)
		}
		words, err := wording.NewWriter(catalogue, "en", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := words.Text(dataset.Msg(c.code)); got != c.want {
			t.Errorf("%q in %q is %q, want %q", c.code, c.language, got, c.want)
		}
	}
	if _, err := templates.Catalogue("nl", nil); err == nil || !strings.Contains(err.Error(), "only de, en") {
		t.Errorf("a language that is not there: %v", err)
	}
	if _, err := templates.Catalogue("../en", nil); err == nil {
		t.Error("a path passes for a language")
	}
	if _, err := templates.Catalogue("", fstest.MapFS{"wording/en/x.yaml": {Data: []byte("- no map")}}); err == nil {
		t.Error("a broken file is accepted")
	}
}

func english(t *testing.T) *wording.Catalogue {
	t.Helper()
	catalogue, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

// unfinished reports whether a code is the beginning of one, completed at run
// time.
func unfinished(code string) bool {
	return code != "" && strings.ContainsRune(".-_", rune(code[len(code)-1]))
}

func anyWith(catalogue *wording.Catalogue, prefix string) bool {
	codes := catalogue.Codes()
	i := sort.SearchStrings(codes, prefix)
	return i < len(codes) && strings.HasPrefix(codes[i], prefix)
}

// read parses all Go files but tests.
func read(t *testing.T) source {
	t.Helper()
	s := source{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if err == nil && name != "." && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, 0)
		if err != nil {
			return err
		}
		s.add(name, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.addPages(t)
	return s
}

// pageCode finds the codes that a page of HTML says.
var pageCode = regexp.MustCompile(`say (?:\(printf )?"([a-z.-]+)(%s)?"`)

// addPages adds what the pages of the status say.
func (s source) addPages(t *testing.T) {
	t.Helper()
	names, err := fs.Glob(templates.Files, "web/*.html")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := templates.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range pageCode.FindAllStringSubmatch(string(data), -1) {
			s.codes[found[1]] = name
		}
	}
}

func (s source) add(place string, file *ast.File) {
	imports := map[*ast.BasicLit]bool{}
	for _, spec := range file.Imports {
		imports[spec.Path] = true
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BasicLit:
			if text, ok := literal(node); ok && !imports[node] {
				s.literals[text] = place
			}
		case *ast.CallExpr:
			s.addCall(place, node)
		case *ast.KeyValueExpr:
			if key, ok := node.Key.(*ast.Ident); ok && key.Name == "Code" {
				if text, ok := literal(node.Value); ok && file.Name.Name != "wording" && !strings.Contains(text, ".") {
					s.findings[text] = place
				}
			}
		case *ast.ValueSpec:
			s.addConstants(place, file.Name.Name, node)
		}
		return true
	})
}

func (s source) addCall(place string, call *ast.CallExpr) {
	name := ""
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	at, ok := spoken[name]
	if !ok || at >= len(call.Args) || (path.Dir(place) == "cmd/valuebook") == (name == "refuse") && owned[name] {
		return
	}
	argument := call.Args[at]
	if sum, ok := argument.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		argument = sum.X
		for {
			left, ok := argument.(*ast.BinaryExpr)
			if !ok {
				break
			}
			argument = left.X
		}
		if text, ok := literal(argument); ok && !unfinished(text) {
			return
		}
	}
	if text, ok := literal(argument); ok {
		s.codes[text] = place
	}
}

// addConstants takes the constants of the types in families, and those of
// package workbook whose name begins with "code".
func (s source) addConstants(place, pkg string, spec *ast.ValueSpec) {
	kind, _ := spec.Type.(*ast.Ident)
	for i, name := range spec.Names {
		if i >= len(spec.Values) {
			continue
		}
		text, ok := literal(spec.Values[i])
		if !ok || text == "" {
			continue
		}
		if kind != nil {
			if prefix, ok := families[pkg+"."+kind.Name]; ok {
				s.values[prefix+text] = place
			}
		}
		if pkg == "workbook" && strings.HasPrefix(name.Name, "code") {
			s.findings[text] = place
		}
	}
}

func literal(expression ast.Expr) (string, bool) {
	basic, ok := expression.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}
