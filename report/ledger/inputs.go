package ledger

import (
	"context"
	"fmt"
	"time"
)

func (r reads) someInputs(ctx context.Context, rest, name string, args ...any) ([]Input, error) {
	var inputs []Input
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var input Input
		var received int64
		err := scan(&input.SHA256, &input.Name, &input.Bytes, &received, &input.Source)
		input.ReceivedAt = moment(received)
		inputs = append(inputs, input)
		return err
	}, `SELECT input.sha256, `+name+`, bytes, received_at, source FROM input `+rest, args...)
	return inputs, err
}

// Receive notes a file that came in; false when its content is known already,
// which then stays as it was first received.
func (c changes) Receive(ctx context.Context, input Input) (first bool, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		n, err := tx.store.exec(ctx, `INSERT INTO input (sha256, name, bytes, received_at, source)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT (sha256) DO NOTHING`,
			input.SHA256, input.Name, input.Bytes, micro(input.ReceivedAt), input.Source)
		if err != nil {
			return fmt.Errorf("note input: %w", err)
		}
		first = n > 0
		return nil
	})
	return first, err
}

// Seen returns how a content was first received, and the latest done run that
// read it, with ID 0 when there is none. It returns false for a content that
// never came.
func (r reads) Seen(ctx context.Context, sha256 string) (Input, Run, bool, error) {
	inputs, err := r.someInputs(ctx, `WHERE sha256 = $1`, "name", sha256)
	if err != nil {
		return Input{}, Run{}, false, fmt.Errorf("read input: %w", err)
	}
	if len(inputs) == 0 {
		return Input{}, Run{}, false, nil
	}
	run, _, err := r.oneRun(ctx, `WHERE state = 'done' AND id IN (SELECT run_id FROM run_input WHERE sha256 = $1) ORDER BY id DESC LIMIT 1`, sha256)
	if err != nil {
		return Input{}, Run{}, false, fmt.Errorf("read run of input: %w", err)
	}
	return inputs[0], run, true, nil
}

// A Rejected is a file that could not be used.
type Rejected struct {
	ID      int64
	SHA256  string
	Name    string
	Code    string // of the first finding
	Message string // in the words of the user
	At      time.Time
}

// Reject notes a file that could not be used and returns its ID.
func (c changes) Reject(ctx context.Context, file Rejected) (id int64, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		_, err := one(ctx, tx.store, []any{&id}, `INSERT INTO rejected_file (sha256, name, code, message, at)
			VALUES ($1, $2, $3, $4, $5) RETURNING id`, file.SHA256, file.Name, file.Code, file.Message, micro(file.At))
		if err != nil {
			return fmt.Errorf("note rejected file: %w", err)
		}
		return nil
	})
	return id, err
}

// Rejected returns the latest files that could not be used, the latest first;
// limit 0 returns all.
func (r reads) Rejected(ctx context.Context, limit int) ([]Rejected, error) {
	var w where
	var files []Rejected
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var file Rejected
		var at int64
		err := scan(&file.ID, &file.SHA256, &file.Name, &file.Code, &file.Message, &at)
		file.At = moment(at)
		files = append(files, file)
		return err
	}, `SELECT id, sha256, name, code, message, at FROM rejected_file ORDER BY id DESC`+w.limit(limit))
	if err != nil {
		return nil, fmt.Errorf("read rejected files: %w", err)
	}
	return files, nil
}

// A Watched is a file in a folder from which nothing can be moved away, as it
// was when it was last read.
type Watched struct {
	Path     string
	Bytes    int64
	Modified time.Time // by the clock of the folder's machine: compare for equality only
	SHA256   string
	SeenAt   time.Time
}

// PutWatched notes what was read at a path, in place of what was there before.
func (c changes) PutWatched(ctx context.Context, file Watched) error {
	return c.in(ctx, func(tx *Tx) error {
		_, err := tx.store.exec(ctx, `INSERT INTO watched_file (path, bytes, modified, sha256, seen_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified = excluded.modified,
				sha256 = excluded.sha256, seen_at = excluded.seen_at`,
			file.Path, file.Bytes, micro(file.Modified), file.SHA256, micro(file.SeenAt))
		if err != nil {
			return fmt.Errorf("note watched file: %w", err)
		}
		return nil
	})
}

// Watched returns what was last read at a path; false when nothing was.
// Modified is exact to the microsecond.
func (r reads) Watched(ctx context.Context, path string) (Watched, bool, error) {
	file := Watched{Path: path}
	var modified, seen int64
	found, err := one(ctx, r.store, []any{&file.Bytes, &modified, &file.SHA256, &seen},
		`SELECT bytes, modified, sha256, seen_at FROM watched_file WHERE path = $1`, path)
	if err != nil {
		return Watched{}, false, fmt.Errorf("read watched file: %w", err)
	}
	file.Modified, file.SeenAt = moment(modified), moment(seen)
	return file, found, nil
}
