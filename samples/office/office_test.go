package office

import (
	"fmt"
	"testing"
)

func TestRows(t *testing.T) {
	for text, want := range map[string]string{
		"":                          `[]`,
		"a,\"b\"\n\n,\"1.5\"\n":     `[["a" "b"] [""] ["" "1.5"]]`,
		"\"\"\"quoted\"\", x\",2\n": `[["\"quoted\", x" "2"]]`,
		"\"two\nlines\",\"\"\n":     `[["two\nlines" ""]]`,
	} {
		if got := fmt.Sprintf("%q", rowsOf(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		got, want string
		alike     bool
	}{{"a", "a", true}, {"a", "b", false}, {"2", "2.0000000001", true}, {"2", "2.00000001", false}, {"50%", "0.5", true}, {"50", "0.5", false}, {"", "0", false}} {
		if Alike(c.got, c.want) != c.alike {
			t.Errorf("%q and %q: not %v", c.got, c.want, c.alike)
		}
	}
}
