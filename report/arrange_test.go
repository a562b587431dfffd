package report_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"valuebook/report"
)

func TestArranged(t *testing.T) {
	all := []report.Section{{ID: "quadrant"}, {ID: "rivals"}, {ID: "customers"}, {ID: "data"}, {ID: "method"}}
	for choice, want := range map[string]string{
		"":                          "quadrant rivals customers data method",
		"customers quadrant":        "customers quadrant",
		"-data":                     "quadrant rivals customers method",
		"customers * -data":         "customers quadrant rivals method",
		"method * quadrant":         "method rivals customers data quadrant",
		"lifetime quadrant":         "quadrant", // what the report does not have is absent
		"quadrant quadrant -rivals": "quadrant",
		"quadrant -quadrant":        "",
	} {
		var got []string
		for _, s := range report.Arranged(all, strings.Fields(choice)) {
			got = append(got, s.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q gives %q, want %q", choice, got, want)
		}
	}
}

// TestSectionCodes holds that every section there is can be chosen, by the
// names that the code gives them.
func TestSectionCodes(t *testing.T) {
	source, err := os.ReadFile("build.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := report.SectionCodes()
	named := regexp.MustCompile(`(?m)^\tSection\w+\s*= "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(named) < 17 {
		t.Fatalf("found %d sections", len(named))
	}
	for _, name := range named {
		if !slices.Contains(codes, name[1]) {
			t.Errorf("section %s cannot be chosen: add it to sectionCodes", name[1])
		}
	}
	if len(codes) != len(named) {
		t.Errorf("%d sections can be chosen, %d are named", len(codes), len(named))
	}
	if name, ok := report.UnknownSection([]string{"-data", "*", "quadrnt"}); !ok || name != "quadrnt" {
		t.Errorf("unknown is %q", name)
	}
	if name, ok := report.UnknownSection([]string{"-data", "*"}); ok {
		t.Errorf("%q is unknown", name)
	}
}
