package run

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"valuebook/report/files"
	"valuebook/report/ledger"
)

// staging is the folder in which a run renders before its files get names.
type staging struct {
	owner  string  // whose work is taken back
	folder string  // absolute
	final  string  // folder that the files go to
	moves  []moved // in the order they were rendered
	placed bool    // some file may have got its name
	pages  string  // folder of pages that other processes make, "" for none
}

// moved is a file on its way to its name.
type moved struct {
	From, To string
	kept     bool // a copy is where the plan wants it
}

// listName is the list of the names that files of the folder will get.
const listName = "names.json"

// stagePrefix begins the names of staging folders: what they are of follows,
// then the run's ID.
const stagePrefix = ".valuebook-run-"

// stageOf is the beginning of the staging folders of a report and a period.
func stageOf(report, period string) string {
	sum := sha256.Sum256([]byte(report + "\x00" + period))
	return stagePrefix + hex.EncodeToString(sum[:6]) + "-"
}

// prepareStage removes what killed runs of the report and the period left, and
// makes a folder for this one.
func (r *runner) prepareStage(ctx context.Context) error {
	run := r.out.Run
	final, err := filepath.Abs(r.plan.Names.folder(run.Report, run.Period, run.Revision, r.plan.Input))
	if err != nil {
		return err
	}
	root, err := filepath.Abs(r.plan.Names.Root())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return err
	}
	name := stageOf(run.Report, run.Period)
	if err := cleanUp(ctx, root, name, run.Owner, r.book); err != nil {
		return err
	}
	number := strconv.FormatInt(run.ID, 10)
	r.stage = staging{owner: run.Owner, folder: filepath.Join(root, name+number), final: final, pages: filepath.Join(root, pagesPrefix+name+number)}
	if err := dropPages(root, pagesPrefix+name, r.stage.pages); err != nil {
		return err
	}
	r.out.Folder = final
	return os.MkdirAll(r.stage.folder, 0o700) // what was cleaned up may have been all that stood in root
}

// cleanUp removes the staging folders of killed runs. Of a run that did not
// end, it removes the files that got their names too.
func cleanUp(ctx context.Context, root, prefix, owner string, book *ledger.Ledger) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		number, ours := strings.CutPrefix(entry.Name(), prefix)
		id, err := strconv.ParseInt(number, 10, 64)
		if !ours || err != nil || !entry.IsDir() {
			continue
		}
		left := staging{owner: owner, folder: filepath.Join(root, entry.Name()), placed: true}
		if err := left.readList(); err != nil {
			return err
		}
		if err := left.undo(ctx, id, book); err != nil {
			return err
		}
	}
	return nil
}

// Sweep removes from a folder of outputs what runs left there that were killed
// after they were recorded, and what runs left that have failed. What an
// unfinished run left is its successor's, and so are the names that files of a
// failed run may have got: the successor may be about to use them. What another
// ledger knows of is for who works with that.
func Sweep(ctx context.Context, root string, book *ledger.Ledger) (failed error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		failed = errors.Join(failed, sweepOne(ctx, root, entry, book))
	}
	return failed
}

func sweepOne(ctx context.Context, root string, entry fs.DirEntry, book *ledger.Ledger) error {
	name := strings.TrimPrefix(entry.Name(), pagesPrefix)
	id, err := strconv.ParseInt(name[strings.LastIndexByte(name, '-')+1:], 10, 64)
	if err != nil || !entry.IsDir() || !strings.HasPrefix(name, stagePrefix) {
		return nil
	}
	run, err := book.Run(ctx, id)
	switch {
	case errors.Is(err, ledger.ErrNotFound) || err == nil && (run.State == ledger.RunRunning || !strings.HasPrefix(name, stageOf(run.Report, run.Period))):
		return nil
	case err != nil:
		return err
	}
	path := filepath.Join(root, entry.Name())
	if run.State != ledger.RunDone && !missing(filepath.Join(path, listName)) {
		return nil
	}
	return os.RemoveAll(path)
}

// Clear removes from a folder of outputs all that killed and failed runs of a
// report and a period left, which nobody makes any more.
func Clear(ctx context.Context, root, report, period string, book *ledger.Ledger) error {
	prefix := stageOf(report, period)
	err := cleanUp(ctx, root, prefix, "", book)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, dropPages(root, pagesPrefix+prefix, ""))
}

// pagesPrefix begins the names of the folders in which pages wait that several
// processes make; the name of the staging folder follows.
const pagesPrefix = ".pages"

// dropPages removes the pages that killed runs left. What was made for the run
// that is taken up again stays.
func dropPages(root, prefix, stays string) error {
	entries, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		path := filepath.Join(root, entry.Name())
		if entry.IsDir() && strings.HasPrefix(entry.Name(), prefix) && path != stays {
			err = errors.Join(err, os.RemoveAll(path))
		}
	}
	return err
}

// readList reads the names that the files of a folder were to get.
func (s *staging) readList() error {
	data, err := os.ReadFile(filepath.Join(s.folder, listName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // no file had got its name
	}
	if err != nil {
		return err
	}
	if json.Unmarshal(data, &s.moves) != nil {
		s.moves = nil // killed while it was written: no file had got its name
	}
	return nil
}

// undo takes back the files of a run that did not end, and removes the folder.
// The files of a run that the ledger knows as done stay, and when the ledger
// cannot be asked, everything stays for the next run. So it does where another
// owner is at the run by now: folders, pages and files are that one's.
func (s *staging) undo(ctx context.Context, id int64, book *ledger.Ledger) error {
	run, err := book.Run(ctx, id)
	if err != nil && !errors.Is(err, ledger.ErrNotFound) {
		return err
	}
	if run.State == ledger.RunRunning && run.Owner != s.owner {
		s.pages = ""
		return nil
	}
	if s.placed {
		for _, m := range s.moves {
			if run.State == ledger.RunDone || !missing(m.From) {
				continue // recorded, or still in the folder: the name is another's
			}
			if err := os.Remove(m.To); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			_ = os.Remove(filepath.Dir(m.To)) // succeeds when nothing else is in it
		}
	}
	s.remove()
	if !missing(s.folder) {
		return &os.PathError{Op: "remove", Path: s.folder, Err: fs.ErrExist}
	}
	return nil
}

func missing(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// place gives every file its name, all in the same order, after the list of
// them is on the disk.
func (s *staging) place(ctx context.Context) error {
	if err := s.writeList(); err != nil {
		return err
	}
	folders := map[string]bool{s.folder: true}
	for _, m := range s.moves {
		if err := ctx.Err(); err != nil {
			return err
		}
		if folder := filepath.Dir(m.To); !folders[folder] {
			if err := os.MkdirAll(folder, 0o700); err != nil {
				return err
			}
			folders[folder] = true
		}
		s.placed = true
		if err := files.Rename(m.From, m.To); err != nil {
			return err
		}
	}
	for folder := range folders {
		syncFolder(folder)
	}
	return nil
}

// writeList writes the list of names and waits until it is on the disk.
func (s *staging) writeList() error {
	data, err := json.Marshal(s.moves)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(s.folder, listName), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncFolder waits until the names in a folder are on the disk, where the
// system can say so.
func syncFolder(path string) {
	if f, err := os.Open(path); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// removePages removes the pages that others made for the run. It is over by
// then: whoever still makes some is told, and removes them.
func (s *staging) removePages() {
	if s.pages != "" {
		_ = os.RemoveAll(s.pages)
		_ = os.Remove(s.final)
		_ = os.Remove(filepath.Dir(s.folder))
	}
}

// remove removes the folder, and folders above it that nothing is in; what is
// left of it the next run removes.
func (s *staging) remove() {
	_ = os.RemoveAll(s.folder)
	_ = os.Remove(s.final)
	_ = os.Remove(filepath.Dir(s.folder))
}
