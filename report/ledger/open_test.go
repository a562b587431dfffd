package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/samples/pgtest"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// dsnOfEach calls test with the address of an empty place on each database.
func dsnOfEach(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "new folder", "ledger #1 50%.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.DSN(t)) })
}

func mustOpen(t *testing.T, dsn string) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// TestOlderSchema opens a ledger of each earlier version, which holds a run,
// and finds the run and all tables in it.
func TestOlderSchema(t *testing.T) {
	ctx := context.Background()
	for version := 1; version < len(migrations); version++ {
		dsnOfEach(t, func(t *testing.T, dsn string) {
			old, err := connect(ctx, dsn)
			if err != nil {
				t.Fatal(err)
			}
			if err := old.migrate(ctx, version); err != nil {
				t.Fatal(err)
			}
			run, _, err := old.Begin(ctx, Run{Report: "value", Period: "2026-10", Owner: "me"}, noon)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := old.Workers(ctx); err == nil {
				t.Error("the older ledger is not older")
			}
			if err := old.Close(); err != nil {
				t.Fatal(err)
			}
			l := mustOpen(t, dsn)
			if got, err := l.Run(ctx, run.ID); err != nil || got != run {
				t.Errorf("run %+v, %v", got, err)
			}
			if _, err := l.Workers(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLaterSchemaIsRefused(t *testing.T) {
	ctx := context.Background()
	dsnOfEach(t, func(t *testing.T, dsn string) {
		l := mustOpen(t, dsn)
		err := l.InTx(ctx, func(tx *Tx) error {
			_, err := tx.store.exec(ctx, `INSERT INTO valuebook_schema (version) VALUES ($1)`, len(migrations)+1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var later *SchemaError
		if _, err = Open(ctx, dsn); !errors.As(err, &later) || later.Found != len(migrations)+1 || later.Known != len(migrations) {
			t.Errorf("a later ledger: %v", err)
		}
	})
}

// TestFailedMigrationLeavesNothing breaks a later version and finds the
// earlier one untouched.
func TestFailedMigrationLeavesNothing(t *testing.T) {
	ctx := context.Background()
	dsnOfEach(t, func(t *testing.T, dsn string) {
		l := mustOpen(t, dsn)
		migrations = append(migrations, []string{`CREATE TABLE half (x BIGINT)`, `CREATE TABLE half (x BIGINT)`})
		_, err := Open(ctx, dsn)
		migrations = migrations[:len(migrations)-1]
		if err == nil {
			t.Fatal("a broken migration passed")
		}
		if _, err := l.store.query(ctx, `SELECT x FROM half`); err == nil {
			t.Error("half of a migration stayed")
		}
		if again, err := Open(ctx, dsn); err != nil {
			t.Error(err)
		} else if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestManyOpenAtOnce(t *testing.T) {
	dsnOfEach(t, func(t *testing.T, dsn string) {
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				l, err := Open(context.Background(), dsn)
				if err == nil {
					_, _, err = l.Begin(context.Background(), Run{Report: "value", Owner: "me"}, noon)
					err = errors.Join(err, l.Close())
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestHistoryOfADeliveryIsOnlyAddedTo(t *testing.T) {
	ctx := context.Background()
	dsnOfEach(t, func(t *testing.T, dsn string) {
		l := mustOpen(t, dsn)
		run, _, err := l.Begin(ctx, Run{Report: "value", Owner: "me"}, noon)
		if err == nil {
			_, err = l.Queue(ctx, run.ID, []Delivery{{MessageID: "a@b"}}, noon)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{`UPDATE delivery_event SET detail = 'x'`, `DELETE FROM delivery_event`} {
			err := l.InTx(ctx, func(tx *Tx) error {
				_, err := tx.store.exec(ctx, statement)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

// TestTextsThatNoDatabaseTakes shows that both keep the same of them.
func TestTextsThatNoDatabaseTakes(t *testing.T) {
	ctx := context.Background()
	dsnOfEach(t, func(t *testing.T, dsn string) {
		l := mustOpen(t, dsn)
		run, _, err := l.Begin(ctx, Run{Report: "a\x00b\xff' -- $1 ?", Owner: "me"}, noon)
		if want := "ab\uFFFD' -- $1 ?"; err != nil || run.Report != want {
			t.Errorf("%q, %v, want %q", run.Report, err, want)
		}
	})
}

func TestFilesAreOfTheOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: no file modes")
	}
	folder := filepath.Join(t.TempDir(), "a", "b")
	path := filepath.Join(folder, "ledger.db")
	l := mustOpen(t, path)
	if _, _, err := l.Begin(context.Background(), Run{Report: "value", Owner: "me"}, noon); err != nil {
		t.Fatal(err)
	}
	if err := l.Backup(context.Background(), filepath.Join(folder, "copy.db")); err != nil {
		t.Fatal(err)
	}
	want := map[string]os.FileMode{"ledger.db": 0o600, "ledger.db-wal": 0o600, "ledger.db-shm": 0o600, "copy.db": 0o600, ".": 0o700, "..": 0o700}
	for name, mode := range want {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("an open file stays so: %v", info.Mode())
	}
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	dsnOfEach(t, func(t *testing.T, dsn string) {
		l := mustOpen(t, dsn)
		run, _, err := l.Begin(ctx, Run{Report: "value", Owner: "me"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "it's a copy.db")
		err = l.Backup(ctx, copied)
		if l.Pool() != nil {
			if !errors.Is(err, ErrNotSQLite) {
				t.Errorf("backup of PostgreSQL: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := mustOpen(t, copied).Run(ctx, run.ID); err != nil || got != run {
			t.Errorf("copied run %+v, %v", got, err)
		}
		if err := l.Backup(ctx, copied); !errors.Is(err, os.ErrExist) {
			t.Errorf("a backup over a file: %v", err)
		}
	})
}

func TestPlacesThatDamageAFile(t *testing.T) {
	for folder, want := range map[string]bool{
		"/home/eva/reports": false, "/home/eva/Dropbox/reports": true, "/Users/eva/OneDrive - Example/x": true, "/Users/eva/OneDrive-Example/x": true,
		"/home/eva/Dropbox (Example)": true, "/Users/eva/Library/Mobile Documents/x": true, "/Users/eva/Library/CloudStorage/x": true,
		"/home/eva/my dropbox notes": false, "/home/eva/Nextcloud": true, "/home/eva/onedrives": false,
	} {
		if got := synchronised(folder); got != want {
			t.Errorf("%s: %v, want %v", folder, got, want)
		}
	}
	folder := filepath.Join(t.TempDir(), "Dropbox")
	var place *PlaceError
	if _, err := Open(context.Background(), filepath.Join(folder, "ledger.db")); !errors.As(err, &place) || place.Kind != "synchronised" {
		t.Errorf("a ledger in a synchronised folder: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "ledger.db")); err == nil {
		t.Error("the file was made all the same")
	}
	if onNetwork(t.TempDir()) && os.Getenv("VALUEBOOK_TOOLS") == "" {
		t.Log("the test's folder is on a network")
	}
}

func TestErrorsNameTheLedgerOnly(t *testing.T) {
	for _, dsn := range []string{"postgres://eva:secret@127.0.0.1:1/x?connect_timeout=1", "postgres://eva:secret@[bad"} {
		if _, err := Open(context.Background(), dsn); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v", err)
		}
	}
}

// TestAddressesKeepTheirPassword: whatever is wrong with an address, no piece of
// its password is in the error.
func TestAddressesKeepTheirPassword(t *testing.T) {
	for _, password := range []string{"plainword", "fore:cr%et", "hun%zzter", "fore@aft#rest", "fore@aft", "fore/aft?rest", "12/aft", "f[xq]z aft", "fore#aft", "12?aft"} {
		_, err := Open(t.Context(), "postgres://u:"+password+"@127.0.0.1:1/db")
		if err == nil {
			t.Fatalf("%s: opened", password)
		}
		for _, piece := range strings.FieldsFunc(password, func(r rune) bool { return strings.ContainsRune(":%@#/?[] ", r) }) {
			if text := err.Error(); len(piece) > 1 && strings.Contains(text, piece) && !(piece == "12" && strings.Contains(text, "127.0.0.1")) {
				t.Errorf("%s: %v", password, err)
			}
		}
	}
}
