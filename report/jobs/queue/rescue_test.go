package queue

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/ledger"
)

// TestRescueOfAJobThatWasTakenUp leaves a job alone that another process has
// begun since it was read that a dead one has it.
func TestRescueOfAJobThatWasTakenUp(t *testing.T) {
	ctx := context.Background()
	book, err := ledger.Open(ctx, filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	q, err := New(ctx, book, Options{Owner: "test"})
	if err == nil {
		err = q.Put(ctx, Insert{Args: note{}, Lane: "any"})
	}
	if err == nil {
		_, err = book.DB().ExecContext(ctx, `UPDATE river_job SET state = 'running', attempt = 2, attempted_by = '["living"]'`)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		read Waiting
		want int
	}{{Waiting{ID: 1, Owner: "dead", Attempt: 1}, 0}, {Waiting{ID: 1, Owner: "dead", Attempt: 2}, 1}} {
		if n, err := q.release(ctx, []Waiting{c.read}, []string{"dead"}); n != c.want || err != nil {
			t.Errorf("%+v: %d rescued, %v, want %d", c.read, n, err, c.want)
		}
	}
}

type note struct{}

func (note) Kind() string { return "note" }

// TestRecall takes up a job that this process has by the database only, once
// that has lasted, and leaves one alone that it is at.
func TestRecall(t *testing.T) {
	ctx := context.Background()
	book, err := ledger.Open(ctx, filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	q, err := New(ctx, book, Options{Owner: "me"})
	if err == nil {
		err = q.Put(ctx, Insert{Args: note{}, Lane: "any"}, Insert{Args: note{}, Lane: "any"})
	}
	if err == nil {
		_, err = book.DB().ExecContext(ctx, `UPDATE river_job SET state = 'running', attempt = 1, attempted_by = '["me"]'`)
	}
	if err != nil {
		t.Fatal(err)
	}
	q.begun.Store(int64(2), true)
	now := time.Now()
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{0, 0}, {lostAfter - time.Second, 0}, {lostAfter, 1}, {2 * lostAfter, 0}} {
		if n, err := q.Recall(ctx, now.Add(c.after)); n != c.want || err != nil {
			t.Errorf("after %v: %d, %v, want %d", c.after, n, err, c.want)
		}
	}
	if owners, err := q.Owners(ctx); err != nil || len(owners) != 1 {
		t.Errorf("at work are %q, %v, want the job that is at work", owners, err)
	}
}
