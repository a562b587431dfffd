package ledger

import (
	"context"
	"database/sql"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A store runs SQL on a pool or in a transaction, the same text on both
// databases.
type store interface {
	// exec returns how many rows changed.
	exec(ctx context.Context, query string, args ...any) (int64, error)
	query(ctx context.Context, query string, args ...any) (rows, error)
	// fill adds n rows to a table, as fast as the database can.
	fill(ctx context.Context, table string, columns []string, n int, row func(i int) []any) error
}

type rows interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close()
}

// each calls read for every row of an answer; read calls scan.
func each(ctx context.Context, s store, read func(scan func(into ...any) error) error, query string, args ...any) error {
	r, err := s.query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := read(r.Scan); err != nil {
			return err
		}
	}
	return r.Err()
}

// one reads the first row of an answer; it returns false when there is none.
func one(ctx context.Context, s store, into []any, query string, args ...any) (bool, error) {
	found := false
	err := each(ctx, s, func(scan func(...any) error) error {
		if found {
			return nil
		}
		found = true
		return scan(into...)
	}, query, args...)
	return found && err == nil, err
}

// sqlStore is SQLite.
type sqlStore struct {
	on interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
		PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	}
}

type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { r.Rows.Close() }

func (s sqlStore) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := s.on.ExecContext(ctx, query, clean(args)...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s sqlStore) query(ctx context.Context, query string, args ...any) (rows, error) {
	r, err := s.on.QueryContext(ctx, query, clean(args)...)
	if err != nil {
		return nil, err
	}
	return sqlRows{r}, nil
}

func (s sqlStore) fill(ctx context.Context, table string, columns []string, n int, row func(i int) []any) error {
	marks := strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",")
	insert, err := s.on.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ",")+") VALUES ("+marks+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range n {
		if _, err := insert.ExecContext(ctx, clean(row(i))...); err != nil {
			return err
		}
	}
	return nil
}

// pgxStore is PostgreSQL.
type pgxStore struct {
	on interface {
		Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
		Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
		CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, source pgx.CopyFromSource) (int64, error)
	}
}

func (s pgxStore) exec(ctx context.Context, query string, args ...any) (int64, error) {
	tag, err := s.on.Exec(ctx, query, clean(args)...)
	return tag.RowsAffected(), err
}

func (s pgxStore) query(ctx context.Context, query string, args ...any) (rows, error) {
	return s.on.Query(ctx, query, clean(args)...)
}

func (s pgxStore) fill(ctx context.Context, table string, columns []string, n int, row func(i int) []any) error {
	source := pgx.CopyFromSlice(n, func(i int) ([]any, error) { return clean(row(i)), nil })
	_, err := s.on.CopyFrom(ctx, pgx.Identifier{table}, columns, source)
	return err
}

// clean takes out of texts what PostgreSQL refuses, on both databases alike,
// and does so in place.
func clean(args []any) []any {
	for i, arg := range args {
		if text, ok := arg.(string); ok && (strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text)) {
			args[i] = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
		}
	}
	return args
}

// micro is a time as it is stored: microseconds since 1970 in UTC, 0 for none.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is the time that micro stored.
func moment(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.UnixMicro(stored).UTC()
}

// flag is a truth as it is stored.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
