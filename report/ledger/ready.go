package ledger

import (
	"context"
	"errors"
	"fmt"
)

// ErrReadOnly is returned for a database that may be read only, such as one that
// follows another.
var ErrReadOnly = errors.New("the database may only be read")

// Ready returns nil when the ledger can be worked with: it can be reached and
// read, and the database takes changes.
func (l *Ledger) Ready(ctx context.Context) error {
	if l.pool == nil {
		_, err := l.Workers(ctx)
		return err
	}
	var readOnly bool
	err := l.pool.QueryRow(ctx, `SELECT current_setting('transaction_read_only')::BOOLEAN FROM valuebook_schema LIMIT 1`).Scan(&readOnly)
	if err == nil && readOnly {
		err = ErrReadOnly
	}
	if err != nil {
		return fmt.Errorf("reach ledger: %w", err)
	}
	return nil
}
