package queue_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/ledger"
	"valuebook/samples/golden"
)

// count is the job of these tests: it notes an input of its number.
type count struct {
	N int `json:"n"`
}

func (count) Kind() string { return "count" }

const lane = "work"

// sum is the name under which a number is noted.
func sum(n int) string { return fmt.Sprintf("%064d", n) }

// begin opens a queue on a ledger for an owner; note is called for each job in
// the transaction that ends it.
func begin(t testing.TB, dsn, owner string, work func(ctx context.Context, book *ledger.Ledger, job queue.Job[count]) error) (*queue.Queue, *ledger.Ledger) {
	t.Helper()
	book, err := ledger.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	q, err := queue.New(context.Background(), book, queue.Options{Owner: owner, Lanes: map[string]int{lane: 4}, Poll: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	queue.Add(q, func(ctx context.Context, job queue.Job[count]) error { return work(ctx, book, job) })
	return q, book
}

// note has the effect of a job and ends it, in one transaction.
func note(ctx context.Context, book *ledger.Ledger, job queue.Job[count]) error {
	return book.InTx(ctx, func(tx *ledger.Tx) error {
		first, err := tx.Receive(ctx, ledger.Input{SHA256: sum(job.Args.N), Name: "count", ReceivedAt: time.Now()})
		if err == nil && !first {
			err = fmt.Errorf("job %d has its effect twice", job.Args.N)
		}
		return errors.Join(err, job.Complete(ctx, tx))
	})
}

func start(t testing.TB, q *queue.Queue) {
	t.Helper()
	if err := q.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, q) })
}

func stop(t testing.TB, q *queue.Queue) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := q.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func put(t testing.TB, q *queue.Queue, from, to int) {
	t.Helper()
	var jobs []queue.Insert
	for n := from; n < to; n++ {
		jobs = append(jobs, queue.Insert{Args: count{n}, Lane: lane})
	}
	if err := q.Put(context.Background(), jobs...); err != nil {
		t.Fatal(err)
	}
}

// waitFor waits until a condition holds.
func waitFor(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within half a minute", what)
		}
	}
}

func waiting(t testing.TB, q *queue.Queue) int {
	t.Helper()
	jobs, err := q.Waiting(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return len(jobs)
}

// noted is how many of the numbers below n were noted.
func noted(t testing.TB, book *ledger.Ledger, n int) int {
	t.Helper()
	found := 0
	for i := range n {
		_, _, seen, err := book.Seen(context.Background(), sum(i))
		if err != nil {
			t.Fatal(err)
		}
		if seen {
			found++
		}
	}
	return found
}

func TestJobsAreDone(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		q, book := begin(t, dsn, "one", note)
		start(t, q)
		put(t, q, 0, 200)
		waitFor(t, "all jobs", func() bool { return waiting(t, q) == 0 })
		if got := noted(t, book, 200); got != 200 {
			t.Errorf("%d were noted, want 200", got)
		}
	})
}

// TestManyBeginAtOnce opens the queue of an empty ledger several times at once.
func TestManyBeginAtOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		ended := make(chan error)
		for i := range 6 {
			go func() {
				book, err := ledger.Open(context.Background(), dsn)
				if err == nil {
					_, err = queue.New(context.Background(), book, queue.Options{Owner: fmt.Sprint("one", i)})
					err = errors.Join(err, book.Close())
				}
				ended <- err
			}()
		}
		for range 6 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestWhatIsRolledBackIsNotQueued(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		q, book := begin(t, dsn, "one", note)
		failure := errors.New("no")
		err := book.InTx(context.Background(), func(tx *ledger.Tx) error {
			if err := q.Insert(context.Background(), tx, queue.Insert{Args: count{1}, Lane: lane}); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) || waiting(t, q) != 0 {
			t.Errorf("error %v, %d waiting, want none", err, waiting(t, q))
		}
	})
}

func TestOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		q, _ := begin(t, dsn, "one", note)
		for range 3 {
			if err := q.Put(context.Background(), queue.Insert{Args: count{7}, Lane: lane, Once: true}, queue.Insert{Args: count{8}, Lane: lane, Once: true}); err != nil {
				t.Fatal(err)
			}
		}
		if n := waiting(t, q); n != 2 {
			t.Errorf("%d waiting, want one of each", n)
		}
	})
}

func TestAFailureIsTriedAgainAndLaterIsNoTry(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		var calls atomic.Int32
		q, book := begin(t, dsn, "one", func(ctx context.Context, book *ledger.Ledger, job queue.Job[count]) error {
			switch calls.Add(1) {
			case 1:
				return queue.Later(10 * time.Millisecond)
			case 2:
				if job.Attempt != 1 {
					t.Errorf("later counts as a try: attempt %d", job.Attempt)
				}
				return errors.New("once")
			}
			return note(ctx, book, job)
		})
		start(t, q)
		put(t, q, 0, 1)
		waitFor(t, "the third call", func() bool { return noted(t, book, 1) == 1 })
	})
}

func TestNever(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		q, _ := begin(t, dsn, "one", func(context.Context, *ledger.Ledger, queue.Job[count]) error {
			return queue.Never(errors.New("it is not for us"))
		})
		start(t, q)
		put(t, q, 0, 1)
		var given []queue.Waiting
		waitFor(t, "giving up", func() bool {
			given, _ = q.GivenUp(context.Background(), "count")
			return len(given) == 1
		})
		if waiting(t, q) != 0 || given[0].Failure == "" {
			t.Errorf("given up: %+v", given)
		}
	})
}

func TestALaneIsNeeded(t *testing.T) {
	t.Parallel() // it mostly waits
	q, _ := begin(t, filepath.Join(t.TempDir(), "ledger.db"), "one", note)
	if err := q.Put(context.Background(), queue.Insert{Args: count{1}}); err == nil {
		t.Error("a job without a lane is taken")
	}
}

// dsnVariable makes the test program a worker that is to be killed.
const dsnVariable = "VALUEBOOK_QUEUE_TEST"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(dsnVariable); dsn != "" {
		doomed(dsn)
	}
	golden.Waiting()
	os.Exit(m.Run())
}

// doomed works on jobs until it is killed.
func doomed(dsn string) {
	book, err := ledger.Open(context.Background(), dsn)
	if err != nil {
		panic(err)
	}
	q, err := queue.New(context.Background(), book, queue.Options{Owner: os.Getenv("OWNER"), Lanes: map[string]int{lane: 4}, Poll: 20 * time.Millisecond})
	if err != nil {
		panic(err)
	}
	queue.Add(q, func(ctx context.Context, job queue.Job[count]) error {
		time.Sleep(10 * time.Millisecond)
		return note(ctx, book, job)
	})
	if err := q.Start(context.Background()); err != nil {
		panic(err)
	}
	select {}
}

// TestKilledWorkers lets two processes die in the middle of their jobs, one
// after the other: what they had begun is done by the next, and nothing twice.
func TestKilledWorkers(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		const jobs = 600
		var dead []string
		q, book := begin(t, dsn, "survivor", note)
		put(t, q, 0, jobs)
		for round := 1; round <= 2; round++ {
			owner := fmt.Sprint("doomed", round)
			worker := exec.Command(os.Args[0])
			worker.Env = append(os.Environ(), dsnVariable+"="+dsn, "OWNER="+owner)
			if err := worker.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, "some jobs", func() bool { return noted(t, book, jobs) > round*jobs/20 })
			_ = worker.Process.Kill()
			_ = worker.Wait()
			dead = append(dead, owner)
			// It may have died between two jobs; and a server may do the last
			// thing that a process asked for after it died.
			owners, err := q.Owners(context.Background())
			if unknown := slices.DeleteFunc(owners, func(o string) bool { return slices.Contains(dead, o) }); err != nil || len(unknown) > 0 {
				t.Fatalf("owners %q, %v, want of %q", unknown, err, dead)
			}
			if _, err := q.Rescue(context.Background(), dead); err != nil {
				t.Error(err)
			}
		}
		start(t, q)
		waitFor(t, "all jobs", func() bool {
			_, err := q.Rescue(context.Background(), dead)
			return err == nil && waiting(t, q) == 0
		})
		if got := noted(t, book, jobs); got != jobs {
			t.Errorf("%d were noted, want %d", got, jobs)
		}
	})
}

// TestAStopIsNoFailure holds that a job which a process gave back because it
// stopped is begun by the next as if it had not been begun.
func TestAStopIsNoFailure(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		at := make(chan bool, 1)
		first, _ := begin(t, dsn, "first", func(ctx context.Context, _ *ledger.Ledger, _ queue.Job[count]) error {
			at <- true
			<-ctx.Done()
			return fmt.Errorf("the report: %w", ctx.Err())
		})
		if err := first.Start(context.Background()); err != nil {
			t.Fatal(err)
		}
		put(t, first, 0, 1)
		<-at
		now, cancel := context.WithCancel(context.Background())
		cancel()
		if err := first.Stop(now); err != nil {
			t.Fatal(err)
		}
		begun := make(chan queue.Job[count], 1)
		second, _ := begin(t, dsn, "second", func(_ context.Context, _ *ledger.Ledger, job queue.Job[count]) error {
			begun <- job
			return nil
		})
		start(t, second)
		if job := <-begun; job.Attempt != 1 || len(job.Failures) > 0 {
			t.Errorf("attempt %d after failures %q, want the first", job.Attempt, job.Failures)
		}
	})
}
