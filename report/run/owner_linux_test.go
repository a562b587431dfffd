package run

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestNumbering(t *testing.T) {
	if got := numberingOf(ofTheMachine, "\n", "today"); got != "" {
		t.Errorf("a machine without a number is %q", got)
	}
	if got, want := numberingOf(ofTheMachine, "one", "tomorrow"), numberingOf(ofTheMachine, "one", "today"); got != want {
		t.Errorf("a machine that was started again is %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for _, c := range [][3]string{
		{ofTheMachine, "one", "today"}, {ofTheMachine, "two", "today"},
		{"pid:[4026532201]", "one", "today"}, {"pid:[4026532202]", "one", "today"}, {"pid:[4026532201]", "one", "tomorrow"},
	} {
		seen[numberingOf(c[0], c[1], c[2])] = true
	}
	if len(seen) != 5 || seen[""] {
		t.Errorf("two machines and three containers are %v", seen)
	}
}

// TestOwnersOfContainers holds that a process of a container with the same name
// and the same process number is not taken for a dead one of here.
func TestOwnersOfContainers(t *testing.T) {
	if os.Getenv("VALUEBOOK_OWNER_TEST") != "" {
		os.Stdout.WriteString("owner " + Owner() + "\n")
		return
	}
	command := exec.Command("unshare", "--pid", "--fork", "--user", "--map-root-user", os.Args[0], "-test.run=^TestOwnersOfContainers$")
	command.Env = append(os.Environ(), "VALUEBOOK_OWNER_TEST=1")
	out, err := command.CombinedOutput()
	_, owner, found := strings.Cut(string(out), "owner ")
	if err != nil || !found {
		t.Skipf("no container can be made here: %v %s", err, out)
	}
	owner, _, _ = strings.Cut(owner, "\n")
	if !strings.Contains(owner, "/1/") {
		t.Errorf("the process in the container is %q, want number 1", owner)
	}
	if dead := Dead([]string{owner}); len(dead) > 0 {
		t.Errorf("%q counts as dead", owner)
	}
}
