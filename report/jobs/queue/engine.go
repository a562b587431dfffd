package queue

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"valuebook/report/ledger"
)

// migrating is the number of the lock that a process holds in PostgreSQL while
// it brings the tables to their form.
const migrating = 0x76616c7565 // "value"

// migrate brings River's own tables to the form that this version needs. Of
// several processes that start at once, one does it while the others wait.
func migrate(ctx context.Context, book *ledger.Ledger) error {
	if book.DB() != nil {
		return migrateFile(ctx, book)
	}
	lock, err := book.Pool().Acquire(ctx)
	if err != nil {
		return err
	}
	defer lock.Release()
	if _, err := lock.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(migrating)); err != nil {
		return err
	}
	err = migratePool(ctx, book)
	_, failed := lock.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrating))
	return errors.Join(err, failed)
}

// migrateFile does it in a SQLite file, in one transaction: it looks what is
// there only when it alone may write, since whoever looks first and is then
// overtaken would make the same tables again.
func migrateFile(ctx context.Context, book *ledger.Ledger) error {
	migrator, err := rivermigrate.New(riversqlite.New(book.DB()), nil)
	if err != nil {
		return err
	}
	return book.InTx(ctx, func(tx *ledger.Tx) error {
		//lint:ignore SA1019 what cannot be in one transaction are changes to PostgreSQL
		_, err := migrator.MigrateTx(ctx, tx.SQL(), rivermigrate.DirectionUp, nil)
		return err
	})
}

func migratePool(ctx context.Context, book *ledger.Ledger) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(book.Pool()), nil)
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// newEngine returns the engine of the ledger's database.
func newEngine(book *ledger.Ledger, config *river.Config) (engine, error) {
	if book.DB() != nil {
		client, err := river.NewClient(riversqlite.New(book.DB()), config)
		return &riverEngine[*sql.Tx]{client, (*ledger.Tx).SQL, river.JobCompleteTx[*riversqlite.Driver, *sql.Tx, anything]}, err
	}
	client, err := river.NewClient(riverpgxv5.New(book.Pool()), config)
	return &riverEngine[pgx.Tx]{client, (*ledger.Tx).Pgx, river.JobCompleteTx[*riverpgxv5.Driver, pgx.Tx, anything]}, err
}

// riverEngine is River on a database whose transactions are TTx.
type riverEngine[TTx any] struct {
	client *river.Client[TTx]
	of     func(*ledger.Tx) TTx
	end    func(context.Context, TTx, *river.Job[anything]) (*river.Job[anything], error)
}

func (e *riverEngine[TTx]) start(ctx context.Context) error { return e.client.Start(ctx) }

// stop waits for the jobs at work while ctx lasts.
func (e *riverEngine[TTx]) stop(ctx context.Context) error {
	if err := e.client.Stop(ctx); err == nil || ctx.Err() == nil {
		return err
	}
	return e.client.StopAndCancel(context.WithoutCancel(ctx))
}

func (e *riverEngine[TTx]) insert(ctx context.Context, tx *ledger.Tx, jobs []river.InsertManyParams) ([]*rivertype.JobInsertResult, error) {
	return e.client.InsertManyTx(ctx, e.of(tx), jobs)
}

func (e *riverEngine[TTx]) complete(ctx context.Context, tx *ledger.Tx, job *river.Job[anything]) error {
	_, err := e.end(ctx, e.of(tx), job)
	return err
}

func (e *riverEngine[TTx]) list(ctx context.Context, params *river.JobListParams) ([]*rivertype.JobRow, error) {
	result, err := e.client.JobList(ctx, params)
	if err != nil {
		return nil, err
	}
	return result.Jobs, nil
}
