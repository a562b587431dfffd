package config

import (
	"errors"
	"fmt"
	"testing"
)

func TestTexts(t *testing.T) {
	known := Known{Names: []string{"delta"}, Sections: []string{"quadrant", "customers"}}
	doc, err := parse("valuebook.yaml", []byte("delta: 3\ntext:\n  - {file: a.md, on: findings}\n  - file: b.md\n    before: quadrant\n  - file: c/d.md\n    after: customers\n"), known)
	if err != nil {
		t.Fatal(err)
	}
	want := "[{a.md findings false valuebook.yaml:3} {b.md quadrant true valuebook.yaml:4} {c/d.md customers false valuebook.yaml:6}]"
	if got := fmt.Sprint(doc.Texts); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for source, want := range map[string]string{
		"text: a.md":            `valuebook.yaml:1: text is "a.md", want want.list`,
		"text:\n- {file: a.md}": `valuebook.yaml:2: text is "", want want.one-place`,
		"text:\n- {file: a.md, on: findings, after: quadrant}": `valuebook.yaml:2: text is "", want want.one-place`,
		"text:\n- {on: findings}":                              `valuebook.yaml:2: file is "", want want.file`,
		"text:\n- {file: a.md, after: quadrnt}":                `valuebook.yaml:2: after is "quadrnt", want want.one-of`,
		"text:\n- {file: a.md, behind: quadrant}":              `valuebook.yaml:2: no setting is called "behind"`,
	} {
		_, err := parse("valuebook.yaml", []byte(source), known)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", source, err, want)
		}
		var wanted *WantError
		if errors.As(err, &wanted) && wanted.Value == "quadrnt" && Nearest(wanted.Value, wanted.Known) != "quadrant" {
			t.Errorf("the nearest of %v is not quadrant", wanted.Known)
		}
	}
}
