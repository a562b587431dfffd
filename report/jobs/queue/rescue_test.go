package queue

import (
	"context"
	"path/filepath"
	"testing"

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
