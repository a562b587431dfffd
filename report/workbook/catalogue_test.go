package workbook

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// constants returns the string constants of the package whose names begin with a prefix, and how often
// each is named in its source.
func constants(t *testing.T, prefix string) (values map[string]string, uses map[string]int) {
	t.Helper()
	values, uses = map[string]string{}, map[string]int{}
	files, err := filepath.Glob("*.go")
	must(t, err)
	opening, err := filepath.Glob("source/*.go")
	must(t, err)
	files = append(files, opening...)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		must(t, err)
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if hasPrefix(n.Name, prefix) {
					uses[n.Name]++
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if literal, ok := valueOf(n, i); ok && hasPrefix(name.Name, prefix) {
						values[name.Name] = literal
					}
				}
			}
			return true
		})
	}
	return values, uses
}

// hasPrefix compares regardless of whether the name is exported.
func hasPrefix(name, prefix string) bool {
	return len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

func valueOf(spec *ast.ValueSpec, i int) (string, bool) {
	if i >= len(spec.Values) {
		return "", false
	}
	literal, ok := spec.Values[i].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

func catalogue(t *testing.T) *wording.Catalogue {
	t.Helper()
	data, err := os.ReadFile("../../templates/wording/en/findings.yaml")
	must(t, err)
	c := wording.NewCatalogue("en")
	must(t, c.Load("findings.yaml", data))
	return c
}

// Every code that the source can report has its three texts, and every text has a code.
func TestCatalogueIsComplete(t *testing.T) {
	c := catalogue(t)
	wanted := map[string]bool{}
	codes, uses := constants(t, "code")
	for name, code := range codes {
		if uses[name] < 2 {
			t.Errorf("%s is declared but never reported", name)
		}
		for _, suffix := range []string{"", ".want", ".fix"} {
			wanted["finding."+code+suffix] = true
		}
	}
	for prefix, key := range map[string]string{"skip": "skip.", "why": "why-column."} {
		reasons, uses := constants(t, prefix)
		for name, reason := range reasons {
			if uses[name] < 2 {
				t.Errorf("%s is declared but never used", name)
			}
			wanted[key+reason] = true
		}
	}
	for _, entry := range aboutLabels {
		wanted["skip."+entry.kind] = true
	}
	for _, entry := range headerWords {
		wanted["role."+string(entry.role)] = true
	}
	for _, entry := range componentWords {
		wanted["role."+string(entry.role)] = true
	}
	wanted["weight-outcome.zero"], wanted["weight-outcome.equal"] = true, true
	delete(wanted, "role.customer")
	wanted["role."+string(dataset.ColumnProfile)] = true
	wanted["role."+string(dataset.ColumnUnused)] = true
	for _, role := range []dataset.ColumnRole{
		dataset.ColumnAcquisition, dataset.ColumnEvent, dataset.ColumnFee, dataset.ColumnCohort, dataset.ColumnAge, dataset.ColumnSurvivors, dataset.ColumnText,
		dataset.ColumnTone, dataset.ColumnStep, dataset.ColumnProcess, dataset.ColumnMinutes, dataset.ColumnAdds, dataset.ColumnNeed, dataset.ColumnAddress,
	} {
		wanted["role."+string(role)] = true
	}
	for _, role := range []dataset.TableRole{
		dataset.TableCustomers, dataset.TableAttributes, dataset.TableRatings, dataset.TableWide, dataset.TableOverall, dataset.TableMatch,
		dataset.TableValueScore, dataset.TableTransactions, dataset.TableOffers, dataset.TableParameters, dataset.TableOther,
		dataset.TableContracts, dataset.TableCohorts, dataset.TableVerbatims, dataset.TableActivities, dataset.TableRecipients,
	} {
		wanted["table-role."+string(role)] = true
	}
	for code := range wanted {
		if !c.Has(code) {
			t.Errorf("no text for %q", code)
		}
	}
	for _, code := range c.Codes() {
		if !wanted[code] {
			t.Errorf("text %q has no code", code)
		}
	}
}
