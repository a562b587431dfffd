package ledger_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/report/ledger"
	"valuebook/samples/golden"
	"valuebook/samples/pgtest"
)

// The variables that make the test program a sender: of the ledger, its name,
// and the file to which it "sends".
const (
	senderLedger = "VALUEBOOK_TEST_SENDER_LEDGER"
	senderName   = "VALUEBOOK_TEST_SENDER_NAME"
	senderOutput = "VALUEBOOK_TEST_SENDER_OUTPUT"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(senderLedger); dsn != "" {
		if err := sendAll(dsn, os.Getenv(senderName), os.Getenv(senderOutput)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	golden.Waiting()
	os.Exit(m.Run())
}

// sendAll sends what is due until nothing is: a line of the output stands for
// a message that the server took.
func sendAll(dsn, name, output string) error {
	ctx := context.Background()
	l, err := ledger.Open(ctx, dsn)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(output, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for {
		due, err := l.Due(ctx, day, 5)
		if err != nil || len(due) == 0 {
			return err
		}
		for _, d := range due {
			_, mine, err := l.Claim(ctx, d.ID, name, day, time.Hour)
			if err != nil {
				return err
			}
			if !mine {
				continue
			}
			time.Sleep(2 * time.Millisecond)
			if _, err := fmt.Fprintln(file, d.ID); err != nil {
				return err
			}
			time.Sleep(2 * time.Millisecond)
			if err := l.Settle(ctx, d.ID, name, ledger.Outcome{State: ledger.Sent, Code: 250}, day); err != nil {
				return err
			}
		}
	}
}

// sender starts a process that sends.
func sender(t *testing.T, dsn, name, output string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	command := exec.Command(program)
	command.Env = append(os.Environ(), senderLedger+"="+dsn, senderName+"="+name, senderOutput+"="+output)
	command.Stderr = os.Stderr
	must(t, command.Start())
	return command
}

// taken counts how often the "server" took each message.
func taken(t *testing.T, output string) map[int64]int {
	t.Helper()
	file, err := os.Open(output)
	must(t, err)
	defer file.Close()
	count := map[int64]int{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		id, err := strconv.ParseInt(lines.Text(), 10, 64)
		must(t, err)
		count[id]++
	}
	return count
}

func manyParts(n int) []string {
	var parts []string
	for i := range n {
		parts = append(parts, fmt.Sprintf("part%03d", i))
	}
	return parts
}

// TestKilledSenders kills one of two sending processes again and again, at any
// moment: nobody gets a message twice, none is lost, and at most the one in
// flight at each kill is unknown.
func TestKilledSenders(t *testing.T) {
	t.Parallel() // it mostly waits
	const messages, kills = 120, 5
	for _, store := range []string{"sqlite", "postgres"} {
		t.Run(store, func(t *testing.T) {
			dsn := filepath.Join(t.TempDir(), "ledger.db")
			if store == "postgres" {
				dsn = pgtest.DSN(t)
			}
			l := open(t, dsn)
			done(t, l, "2026-10", "a", manyParts(messages)...)
			output := filepath.Join(t.TempDir(), "taken")
			killSenders(t, l, dsn, output, kills)
			checkTaken(t, l, taken(t, output), messages, kills)
		})
	}
}

// killSenders lets one process send in peace and kills the others.
func killSenders(t *testing.T, l *ledger.Ledger, dsn, output string, kills int) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(7, 8))
	calm := sender(t, dsn, "calm", output)
	for i := range kills {
		name := fmt.Sprint("killed", i)
		victim := sender(t, dsn, name, output)
		waitForOwner(t, l, name)
		time.Sleep(time.Duration(rnd.IntN(20)) * time.Millisecond)
		_ = victim.Process.Kill() // it may have ended
		_ = victim.Wait()
		_, err := l.Recover(context.Background(), []string{name}, day)
		must(t, err)
	}
	must(t, calm.Wait())
	must(t, sender(t, dsn, "last", output).Wait())
}

// waitForOwner waits until a process has claimed something, or all is done.
func waitForOwner(t *testing.T, l *ledger.Ledger, name string) {
	t.Helper()
	for range 2000 {
		found, err := l.Owners(context.Background())
		must(t, err)
		counts, err := l.Counts(context.Background(), 0)
		must(t, err)
		if strings.Contains(fmt.Sprint(found), name) || counts[ledger.Queued] == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%s does not begin", name)
}

func checkTaken(t *testing.T, l *ledger.Ledger, taken map[int64]int, messages, kills int) {
	t.Helper()
	all, err := l.Deliveries(context.Background(), ledger.DeliveryFilter{})
	must(t, err)
	unknown := 0
	for _, d := range all {
		switch n := taken[d.ID]; {
		case d.State == ledger.Sent && n == 1:
		case d.State == ledger.Unknown && n <= 1:
			unknown++
		default:
			t.Errorf("delivery %d is %s and was taken %d times", d.ID, d.State, n)
		}
	}
	if len(all) != messages || unknown > kills {
		t.Errorf("%d messages, %d unknown after %d kills", len(all), unknown, kills)
	}
	t.Logf("%d messages, %d kills, %d unknown", len(all), kills, unknown)
}

// TestEachIsClaimedOnce lets many goroutines, on connections of two programs,
// claim the same deliveries.
func TestEachIsClaimedOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	for _, store := range []string{"sqlite", "postgres"} {
		t.Run(store, func(t *testing.T) {
			dsn := filepath.Join(t.TempDir(), "ledger.db")
			if store == "postgres" {
				dsn = pgtest.DSN(t)
			}
			ledgers := []*ledger.Ledger{open(t, dsn), open(t, dsn)}
			const messages = 40
			done(t, ledgers[0], "2026-10", "a", manyParts(messages)...)
			var mutex sync.Mutex
			claimed := map[int64]int{}
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					for id := int64(1); id <= messages; id++ {
						_, mine, err := ledgers[i%2].Claim(context.Background(), id, strconv.Itoa(i), day, time.Minute)
						if err != nil {
							t.Error(err)
						}
						if mine {
							mutex.Lock()
							claimed[id]++
							mutex.Unlock()
						}
					}
				})
			}
			all.Wait()
			for id := int64(1); id <= messages; id++ {
				if claimed[id] != 1 {
					t.Errorf("delivery %d was claimed %d times", id, claimed[id])
				}
			}
		})
	}
}
