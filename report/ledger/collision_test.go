package ledger_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

// TestCollisions lets two transactions write the same two rows in opposite
// order: PostgreSQL takes one of them back, and both are done in the end.
func TestCollisions(t *testing.T) {
	t.Parallel() // the server waits a second before it looks who waits for whom
	l := open(t, pgtest.DSN(t))
	names := []string{"a", "b"}
	var meet, both sync.WaitGroup
	meet.Add(len(names))
	begun, failed := make([]int, len(names)), make([]error, len(names))
	for i := range names {
		both.Go(func() {
			failed[i] = l.InTx(context.Background(), func(tx *ledger.Tx) error {
				begun[i]++
				for k := range names {
					row := ledger.Watched{Path: names[(i+k)%len(names)], Bytes: int64(i), SeenAt: day}
					if err := tx.PutWatched(context.Background(), row); err != nil {
						return err
					}
					if k == 0 && begun[i] == 1 { // each has its first row
						meet.Done()
						meet.Wait()
					}
				}
				return nil
			})
		})
	}
	both.Wait()
	if failed[0] != nil || failed[1] != nil || fmt.Sprint(begun) != "[1 2]" && fmt.Sprint(begun) != "[2 1]" {
		t.Errorf("errors %v after %v beginnings, want none after 1 and 2", failed, begun)
	}
}
