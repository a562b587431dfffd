package ledger_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

const manyDeliveries = 10_000

// BenchmarkDeliveries records a run with many deliveries and then takes each
// through a successful try, as one sender does: the queue holds nothing up.
func BenchmarkDeliveries(b *testing.B) {
	for _, store := range []string{"sqlite", "postgres"} {
		dsn := filepath.Join(b.TempDir(), "ledger.db")
		if store == "postgres" {
			dsn = pgtest.DSN(b)
		}
		l := open(b, dsn)
		b.Run(store+"/record", func(b *testing.B) {
			for i := range b.N {
				done(b, l, time.Unix(int64(i), int64(b.N)).String(), "a", manyParts(manyDeliveries)...)
			}
		})
		b.Run(store+"/due", func(b *testing.B) {
			for range b.N {
				if due, err := l.Due(context.Background(), day, 100); err != nil || len(due) != 100 {
					b.Fatal(len(due), err)
				}
			}
		})
		b.Run(store+"/send", func(b *testing.B) {
			due, err := l.Due(context.Background(), day, b.N)
			must(b, err)
			for _, d := range due {
				if _, mine, err := l.Claim(context.Background(), d.ID, "me", day, time.Minute); err != nil || !mine {
					b.Fatal(mine, err)
				}
				must(b, l.Settle(context.Background(), d.ID, "me", ledger.Outcome{State: ledger.Sent}, day))
			}
		})
	}
}
