package ledger

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"valuebook/samples/pgtest"
)

// TestReady holds that a database that takes no changes is not ready, nor one
// that is gone.
func TestReady(t *testing.T) {
	t.Parallel() // it mostly waits
	ctx := context.Background()
	for _, dsn := range []string{pgtest.DSN(t), filepath.Join(t.TempDir(), "ledger.db")} {
		l := mustOpen(t, dsn)
		if err := l.Ready(ctx); err != nil {
			t.Error(err)
		}
		if l.pool != nil {
			only, err := connect(ctx, dsn+"&default_transaction_read_only=on")
			if err != nil {
				t.Fatal(err)
			}
			if err := only.Ready(ctx); !errors.Is(err, ErrReadOnly) {
				t.Errorf("a database that may only be read: %v", err)
			}
			_ = only.Close()
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := l.Ready(ctx); err == nil {
			t.Errorf("%s is closed and ready", dsn)
		}
	}
}
