// Package pgtest gives tests a place in a PostgreSQL database of their own.
//
// It is for test code only.
package pgtest

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"valuebook/samples/golden"
)

// Debian keeps the programs of the server off the PATH.
var places = []string{
	"/usr/lib/postgresql/18/bin/postgres", "/usr/lib/postgresql/17/bin/postgres", "/usr/lib/postgresql/16/bin/postgres",
	"/usr/lib/postgresql/15/bin/postgres", "/usr/lib/postgresql/14/bin/postgres", "postgres",
}

var (
	start    sync.Once
	server   *running
	startErr error
	count    atomic.Int64
)

// A running server: one for all tests of a package, away from any other on the
// machine, on a socket in a folder of its own.
type running struct {
	programs string // folder
	folder   string
	as       []string  // command that runs another as the server's user
	hold     *os.File  // the server stops when this closes, also by the end of the process
	guard    *exec.Cmd // waits for that
}

// DSN returns a postgres:// address of an empty schema, which only this test
// uses: a database of its own would take a second to make. Without PostgreSQL the test is skipped, or fails under
// VALUEBOOK_TOOLS=required.
//
// The server is started by the first call and stops with the test process,
// however that ends. Texts are sorted by the rules of a language, not by
// bytes, and nothing survives a power cut: it is for tests.
func DSN(t testing.TB) string {
	t.Helper()
	program := golden.Tool(t, places...)
	start.Do(func() { server, startErr = launch(filepath.Dir(program)) })
	if startErr != nil {
		t.Fatalf("start PostgreSQL: %v", startErr)
	}
	name := fmt.Sprintf("test%d", count.Add(1))
	if err := server.psql("CREATE SCHEMA " + name); err != nil {
		t.Fatalf("make a schema: %v", err)
	}
	return server.address(name)
}

// address is where a schema of the server is.
func (r *running) address(schema string) string {
	query := url.Values{"host": {r.folder}, "user": {"valuebook"}, "search_path": {schema}}
	return "postgres:///postgres?" + query.Encode()
}

func (r *running) psql(statement string) error {
	command := exec.Command(filepath.Join(r.programs, "psql"), "-X", "-q", "-h", r.folder, "-U", "valuebook", "-d", "postgres", "-c", statement)
	return say(command)
}

// launch makes a server in a new folder and waits until it answers.
func launch(programs string) (*running, error) {
	folder, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return nil, err
	}
	r := &running{programs: programs, folder: folder}
	if err := r.dropRoot(); err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	if err := say(r.command("initdb", "-D", data, "-U", "valuebook", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions",
		"--locale=C", "--locale-provider=icu", "--icu-locale=en-US")); err != nil {
		return nil, err
	}
	if err := r.guardServer(data); err != nil {
		return nil, err
	}
	for range 300 {
		if err = say(exec.Command(filepath.Join(r.programs, "pg_isready"), "-q", "-h", r.folder)); err == nil {
			return r, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(folder, "log"))
	return nil, fmt.Errorf("no answer: %w\n%s", err, log)
}

// dropRoot prepares to run the server as the user "postgres": it refuses root.
func (r *running) dropRoot() error {
	if os.Getuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(account.Uid)
	if err != nil {
		return err
	}
	r.as = []string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"}
	return os.Chown(r.folder, id, -1)
}

// command runs a program of the server as the server's user.
func (r *running) command(program string, args ...string) *exec.Cmd {
	line := append(append(append([]string{}, r.as...), filepath.Join(r.programs, program)), args...)
	command := exec.Command(line[0], line[1:]...)
	command.Dir = r.folder
	return command
}

// guardServer starts the server under a shell that stops it, and removes the
// folder, when its input ends.
func (r *running) guardServer(data string) error {
	const script = `"$0" -D "$1" -k "$2" -c listen_addresses= -c max_connections=200 -c shared_buffers=32MB \
-c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$2/log" 2>&1 </dev/null &
read line
kill -QUIT $!
wait $!
rm -rf "$2"`
	line := append(append([]string{}, r.as...), "/bin/sh", "-c", script, filepath.Join(r.programs, "postgres"), data, r.folder)
	r.guard = exec.Command(line[0], line[1:]...)
	r.guard.Dir = os.TempDir()
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	r.guard.Stdin, r.hold = reader, writer
	if err := r.guard.Start(); err != nil {
		return err
	}
	return reader.Close()
}

// say runs a command; its error holds what the command wrote.
func say(command *exec.Cmd) error {
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(command.Path), err, strings.TrimSpace(string(out)))
	}
	return nil
}
