package deliver_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/deliver"
	"valuebook/report/ledger"
)

// The variables by which a test starts this program again as a sender.
const (
	senderLedger = "TEST_SENDER_LEDGER"
	senderPort   = "TEST_SENDER_PORT"
	senderCA     = "TEST_SENDER_CA"
	senderNumber = "TEST_SENDER_NUMBER"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(senderLedger); path != "" {
		if err := sendAll(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if err := os.Setenv("RELAY_PASSWORD", relayPassword); err != nil { // here, so that tests may run side by side
		panic(err)
	}
	os.Exit(m.Run())
}

// sendAll is a sender process: it recovers what those before it left, and
// sends all that is due.
func sendAll(path string) error {
	ctx := context.Background()
	l, err := ledger.Open(ctx, path)
	if err != nil {
		return err
	}
	defer l.Close()
	port, _ := strconv.Atoi(os.Getenv(senderPort))
	n, _ := strconv.Atoi(os.Getenv(senderNumber))
	sender, err := deliver.NewSender(deliver.Server{
		Host: "127.0.0.1", Port: port, CAFile: os.Getenv(senderCA), User: relayUser, Secret: deliver.Source{Variable: "RELAY_PASSWORD"},
		From: "reports@firm.example", Timeout: 10 * time.Second,
	}, deliver.Options{Owner: "sender-" + strconv.Itoa(n)})
	if err != nil {
		return err
	}
	defer sender.Close()
	var dead []string // the one before may have died before it came to this
	for i := range n {
		dead = append(dead, "sender-"+strconv.Itoa(i))
	}
	if _, err := l.Recover(ctx, dead, time.Now()); err != nil {
		return err
	}
	_, err = sender.Run(ctx, l)
	return err
}

// soak asks for the long form of tests, see make soak.
const soak = "VALUEBOOK_SOAK"

// TestKill kills the sending process at random moments. Nobody gets a message
// twice, none is lost, and at most the message in flight at each kill is left
// unknown.
func TestKill(t *testing.T) {
	messages, kills := 40, 5
	if os.Getenv(soak) != "" {
		messages, kills = 200, 20
	}
	r := startRelay(t, relayOptions{lag: 15 * time.Millisecond})
	s := r.server(t)
	path := filepath.Join(t.TempDir(), "ledger.db")
	b := fill(t, path, s, many(messages, file(t, "report.pdf", make([]byte, 20_000)))...)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for n := 1; n <= kills; n++ {
		sender := startSender(t, path, s, n)
		// Some are killed before the first message, others between two or while one is on its way.
		target := len(r.taken()) + random.IntN(2*messages/kills)
		for end := time.Now().Add(20 * time.Second); len(r.taken()) < target && sender.running() && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(40)) * time.Millisecond)
		sender.kill()
	}
	if out, err := startSender(t, path, s, kills+1).wait(); err != nil {
		t.Fatalf("the last sender: %v\n%s", err, out)
	}
	b.count(t, r, kills)
}

// count compares what the ledger says with what arrived.
func (b *box) count(t *testing.T, r *relay, kills int) {
	t.Helper()
	arrived := map[string]int{}
	for _, l := range r.taken() {
		arrived[strings.Trim(l.id(t), "<>")]++
	}
	states := map[ledger.State]int{}
	for i := range b.ids {
		d := b.delivery(t, i)
		states[d.State]++
		switch n := arrived[d.MessageID]; {
		case n > 1:
			t.Errorf("delivery %d arrived %d times", d.ID, n)
		case d.State == ledger.Sent && n != 1:
			t.Errorf("delivery %d is sent and did not arrive", d.ID)
		case d.State != ledger.Sent && d.State != ledger.Unknown:
			t.Errorf("delivery %d is left %s", d.ID, d.State)
		}
		delete(arrived, d.MessageID)
	}
	t.Logf("%v after %d kills", states, kills)
	if len(arrived) > 0 {
		t.Errorf("%d messages arrived that no delivery knows", len(arrived))
	}
	if states[ledger.Unknown] > kills {
		t.Errorf("%d unknown after %d kills", states[ledger.Unknown], kills)
	}
}

// a process is a sender in a process of its own.
type process struct {
	command *exec.Cmd
	out     strings.Builder
	done    chan error
}

func startSender(t *testing.T, path string, s deliver.Server, number int) *process {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{command: exec.Command(program), done: make(chan error, 1)}
	p.command.Env = append(os.Environ(), senderLedger+"="+path, senderPort+"="+strconv.Itoa(s.Port), senderCA+"="+s.CAFile, senderNumber+"="+strconv.Itoa(number))
	p.command.Stdout, p.command.Stderr = &p.out, &p.out
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.command.Wait() }()
	return p
}

func (p *process) running() bool { return len(p.done) == 0 }

func (p *process) kill() {
	_ = p.command.Process.Kill()
	<-p.done
}

func (p *process) wait() (string, error) {
	err := <-p.done
	return p.out.String(), err
}
