package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotSQLite is returned by what only a ledger in a SQLite file can do.
var ErrNotSQLite = errors.New("the ledger is not a SQLite file")

// A Ledger is an open ledger. It may be used by many goroutines.
//
// Its reading methods see what is committed. Its writing methods are each a
// transaction of their own; [Ledger.InTx] puts several into one.
type Ledger struct {
	reads
	changes
	db      *sql.DB // writes to the SQLite file, one connection
	history *sql.DB // reads it
	pool    *pgxpool.Pool
}

// Open opens the ledger that dsn names, makes it where there is none, and
// brings an older one to the present schema.
//
// A dsn that begins with postgres:// or postgresql:// is a PostgreSQL
// database; anything else is the path of a SQLite file. The file is made with
// mode 0600, a missing folder with 0700. It returns a [*PlaceError] for a file
// on a network share or in a synchronised folder, a [*SchemaError] for a ledger
// of a later program, and [ErrAddress]. No error repeats a password.
func Open(ctx context.Context, dsn string) (*Ledger, error) {
	l, err := connect(ctx, dsn)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	if err := l.migrate(ctx, len(migrations)); err != nil {
		return nil, errors.Join(fmt.Errorf("open ledger: %w", err), l.Close())
	}
	return l, nil
}

// connect opens the pools and changes no table.
func connect(ctx context.Context, dsn string) (*Ledger, error) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return connectPostgres(ctx, dsn)
	}
	return connectSQLite(ctx, dsn)
}

func connectPostgres(ctx context.Context, dsn string) (*Ledger, error) {
	settings, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, ErrAddress // the cause repeats pieces of a password that is written badly
	}
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, hidePieces(dsn, err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, hidePieces(dsn, err)
	}
	l := &Ledger{pool: pool}
	l.reads = reads{pgxStore{pool}}
	l.changes = changes{l.InTx}
	return l, nil
}

// hidePieces returns an error of a connection, or [ErrAddress] where a password
// with special characters may have been read in part as the name of a machine
// or a database, which the error would repeat.
func hidePieces(dsn string, err error) error {
	_, rest, _ := strings.Cut(dsn, "://")
	machine, after := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		machine, after = rest[:i], rest[i:]
	}
	if strings.Count(machine, "@") > 1 || strings.ContainsAny(after, "@#") {
		return ErrAddress
	}
	return err
}

func connectSQLite(ctx context.Context, path string) (*Ledger, error) {
	if err := prepareFile(path); err != nil {
		return nil, err
	}
	// One connection writes: SQLite has one writer at a time anyway, and so
	// transactions of one process wait in Go instead of failing as busy.
	db, err := sql.Open("sqlite", sqliteDSN(path, ""))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := patiently(ctx, db.PingContext); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	history, err := sql.Open("sqlite", sqliteDSN(path, "&_pragma=query_only(1)"))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	history.SetMaxOpenConns(max(4, runtime.NumCPU()))
	history.SetMaxIdleConns(2)
	l := &Ledger{db: db, history: history}
	l.reads = reads{sqlStore{history}}
	l.changes = changes{l.InTx}
	return l, nil
}

// patience is how long a locked file is waited for.
const patience = 15 * time.Second

// patiently tries again while the file is locked. Of several processes that
// open a new file at once one gives it its journal, and for that SQLite lets
// the others fail instead of wait.
func patiently(ctx context.Context, do func(context.Context) error) error {
	for end := time.Now().Add(patience); ; {
		err := do(ctx)
		var failed *sqlite.Error
		if !errors.As(err, &failed) || failed.Code()&0xff != sqlite3.SQLITE_BUSY || time.Now().After(end) {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// sqliteDSN names a file with the settings that every connection needs. FULL
// and not NORMAL: a power cut must not take back that a message was sent.
func sqliteDSN(path, more string) string {
	name := filepath.ToSlash(path)
	if filepath.VolumeName(path) != "" {
		name = "/" + name
	}
	return "file:" + (&url.URL{Path: name}).EscapedPath() + fmt.Sprintf("?_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)", patience.Milliseconds()) +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate" + more
}

// prepareFile makes the file, so that it never stands with a wider mode than
// 0600: SQLite gives its companions the mode of the file.
func prepareFile(path string) error {
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := checkPlace(folder); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		err = file.Chmod(0o600)
	}
	return errors.Join(err, file.Close())
}

// Close ends all connections. Open transactions are lost.
func (l *Ledger) Close() error {
	if l.pool != nil {
		l.pool.Close()
		return nil
	}
	return errors.Join(l.history.Close(), l.db.Close())
}

// DB returns the writing connection to the SQLite file, nil on PostgreSQL.
// There is one: a query on it inside of an open transaction waits for ever.
func (l *Ledger) DB() *sql.DB { return l.db }

// Pool returns the connections to PostgreSQL, nil on SQLite.
func (l *Ledger) Pool() *pgxpool.Pool { return l.pool }

// Backup writes a copy of the ledger, as of now, to a new SQLite file with
// mode 0600. It returns [ErrNotSQLite] on PostgreSQL, which has its own tools.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	if l.db == nil {
		return fmt.Errorf("back up ledger: %w", ErrNotSQLite)
	}
	// SQLite accepts an empty file, which keeps its mode.
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("back up ledger: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("back up ledger: %w", err)
	}
	if _, err := l.db.ExecContext(ctx, `VACUUM INTO $1`, path); err != nil {
		return errors.Join(fmt.Errorf("back up ledger: %w", err), os.Remove(path))
	}
	return nil
}

// A Tx is a transaction. Its methods see what it has changed.
type Tx struct {
	reads
	changes
	sql *sql.Tx
	pgx pgx.Tx
}

// SQL returns the transaction on SQLite, nil on PostgreSQL.
func (tx *Tx) SQL() *sql.Tx { return tx.sql }

// Pgx returns the transaction on PostgreSQL, nil on SQLite.
func (tx *Tx) Pgx() pgx.Tx { return tx.pgx }

// InTx calls do in a transaction and commits it, or takes it back when do
// returns an error, which it then returns.
//
// Inside of do only tx may write: on SQLite there is one writer, and a writing
// method of the ledger itself would wait for the transaction to end. PostgreSQL
// takes one of two transactions back that wait for each other, and do is then
// called again: what it leaves outside of tx it must set, not add to.
func (l *Ledger) InTx(ctx context.Context, do func(tx *Tx) error) error {
	if l.pool != nil {
		return l.inPool(ctx, do)
	}
	t, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer t.Rollback() // after a commit it does nothing
	tx := &Tx{sql: t}
	tx.bind(sqlStore{t})
	if err := do(tx); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// collisions is how often a transaction is begun that others get in the way of.
const collisions = 5

// inPool is InTx on PostgreSQL.
func (l *Ledger) inPool(ctx context.Context, do func(tx *Tx) error) error {
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, l.pool, func(t pgx.Tx) error {
			tx := &Tx{pgx: t}
			tx.bind(pgxStore{t})
			return do(tx)
		})
		if try == collisions || !collided(err) {
			return err
		}
	}
}

// The codes of PostgreSQL for it.
const (
	deadlock = "40P01"
	disorder = "40001"
)

// collided reports whether PostgreSQL took a transaction back for another's
// sake, as one of two that waited for each other, or as one that cannot be put
// in an order with the other.
func collided(err error) bool {
	var failed *pgconn.PgError
	return errors.As(err, &failed) && (failed.Code == deadlock || failed.Code == disorder)
}

func (tx *Tx) bind(s store) {
	tx.reads = reads{s}
	tx.changes = changes{func(_ context.Context, do func(*Tx) error) error { return do(tx) }}
}

// reads are the reading methods that a ledger and a transaction share.
type reads struct{ store store }

// changes are the writing methods that a ledger and a transaction share: in
// runs them in a transaction of their own or in the one at hand.
type changes struct {
	in func(ctx context.Context, do func(tx *Tx) error) error
}
