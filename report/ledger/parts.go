package ledger

import (
	"context"
	"fmt"
)

// A Part is one of the many files of a run, rendered before the run is over.
type Part struct {
	N             int    // counted from 0, over all parts of the edition
	Name          string // of its file
	Path          string // where it waits, as the run knows it
	SHA256        string
	ContentSHA256 string // before a password was put on
	Bytes         int64
	Failure       string // why it could not be made, "" when it was
}

var partColumns = []string{"run_id", "edition", "n", "name", "path", "sha256", "content_sha256", "bytes", "error"}

// AddParts notes parts of an edition of a run; those that are noted already stay
// as they are. edition names what the run renders more than once, such as in
// several languages. It returns [ErrLost] when the run is over.
func (c changes) AddParts(ctx context.Context, runID int64, edition string, parts []Part) error {
	return c.in(ctx, func(tx *Tx) error {
		if err := tx.addParts(ctx, runID, edition, parts); err != nil {
			return fmt.Errorf("note parts of run %d: %w", runID, err)
		}
		return nil
	})
}

func (tx *Tx) addParts(ctx context.Context, runID int64, edition string, parts []Part) error {
	// Writing the run's row keeps others from ending it, and from noting the
	// same parts, until this is done.
	n, err := tx.store.exec(ctx, `UPDATE run SET state = state WHERE id = $1 AND state = 'running'`, runID)
	if err == nil && n == 0 {
		err = ErrLost
	}
	if err != nil {
		return err
	}
	there, err := tx.noted(ctx, runID, edition, parts)
	if err != nil {
		return err
	}
	var fresh []Part
	for _, part := range parts {
		if !there[part.N] {
			there[part.N] = true
			fresh = append(fresh, part)
		}
	}
	return tx.store.fill(ctx, "run_part", partColumns, len(fresh), func(i int) []any {
		p := fresh[i]
		return []any{runID, edition, p.N, p.Name, p.Path, p.SHA256, p.ContentSHA256, p.Bytes, p.Failure}
	})
}

// noted returns the numbers of parts that are noted, among those of some.
func (tx *Tx) noted(ctx context.Context, runID int64, edition string, parts []Part) (map[int]bool, error) {
	there := map[int]bool{}
	if len(parts) == 0 {
		return there, nil
	}
	first, last := parts[0].N, parts[0].N
	for _, part := range parts {
		first, last = min(first, part.N), max(last, part.N)
	}
	err := each(ctx, tx.store, func(scan func(...any) error) error {
		var n int
		err := scan(&n)
		there[n] = true
		return err
	}, `SELECT n FROM run_part WHERE run_id = $1 AND edition = $2 AND n BETWEEN $3 AND $4`, runID, edition, first, last)
	return there, err
}

// dropParts forgets the parts of a run that is over.
func (tx *Tx) dropParts(ctx context.Context, runID int64) error {
	_, err := tx.store.exec(ctx, `DELETE FROM run_part WHERE run_id = $1`, runID)
	return err
}

// Parts returns the parts of an edition of a run that are noted, in their order.
func (r reads) Parts(ctx context.Context, runID int64, edition string) ([]Part, error) {
	var parts []Part
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var p Part
		err := scan(&p.N, &p.Name, &p.Path, &p.SHA256, &p.ContentSHA256, &p.Bytes, &p.Failure)
		parts = append(parts, p)
		return err
	}, `SELECT n, name, path, sha256, content_sha256, bytes, error FROM run_part WHERE run_id = $1 AND edition = $2 ORDER BY n`, runID, edition)
	if err != nil {
		return nil, fmt.Errorf("read parts of run %d: %w", runID, err)
	}
	return parts, nil
}

// CountParts returns how many parts of an edition are noted, and why one of them
// could not be made, "" when all were.
func (r reads) CountParts(ctx context.Context, runID int64, edition string) (n int, failure string, err error) {
	_, err = one(ctx, r.store, []any{&n, &failure}, `SELECT COUNT(*), COALESCE(MAX(error), '') FROM run_part WHERE run_id = $1 AND edition = $2`, runID, edition)
	if err != nil {
		return 0, "", fmt.Errorf("count parts of run %d: %w", runID, err)
	}
	return n, failure, nil
}
