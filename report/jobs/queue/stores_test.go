package queue_test

import (
	"path/filepath"
	"testing"

	"valuebook/samples/pgtest"
)

// each runs a test on an empty ledger of each kind.
func each(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, filepath.Join(t.TempDir(), "ledger.db")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, pgtest.DSN(t)) })
}
