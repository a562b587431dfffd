package queue

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"

	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

// soon is a job of these tests.
type soon struct{}

func (soon) Kind() string { return "soon" }

// TestAheadOfTheDatabase holds that what a machine with a wrong clock queues, and
// what it tries again later, counts by the clock of the database.
func TestAheadOfTheDatabase(t *testing.T) {
	t.Parallel() // it mostly waits
	for _, dsn := range []string{pgtest.DSN(t), filepath.Join(t.TempDir(), "ledger.db")} {
		for _, ahead := range []time.Duration{0, 10 * time.Minute, -10 * time.Minute} {
			ctx := context.Background()
			book, err := ledger.Open(ctx, dsn)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { book.Close() })
			q, err := New(ctx, book, Options{Owner: "me", Ahead: func() time.Duration { return ahead }})
			if err != nil {
				t.Fatal(err)
			}
			if err := q.Put(ctx, Insert{Args: soon{}, Lane: "work"}); err != nil {
				t.Fatal(err)
			}
			waiting, err := q.In(ctx, "work")
			if last := waiting[len(waiting)-1]; err != nil || time.Since(last.At).Abs() > time.Minute {
				t.Errorf("ahead by %s: the job is to begin in %s, %v", ahead, time.Until(last.At), err)
			}
			if pool := book.Pool(); pool != nil { // the machine's clock, by which it was queued, is later than that of the transaction
				var put bool
				err := pool.QueryRow(ctx, `SELECT scheduled_at < created_at FROM river_job ORDER BY id DESC LIMIT 1`).Scan(&put)
				if err != nil || put != (ahead > 0) {
					t.Errorf("ahead by %s: the database's time is given: %v, %v", ahead, put, err)
				}
			}
			var later *rivertype.JobSnoozeError
			if err := q.retimed(Later(time.Minute)); !errors.As(err, &later) || later.Duration != time.Minute-ahead {
				t.Errorf("ahead by %s: later is in %v", ahead, later)
			}
			if err := q.retimed(errLane); err != errLane {
				t.Errorf("an error becomes %v", err)
			}
		}
	}
}
