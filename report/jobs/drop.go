package jobs

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
)

// ingest is the job of a file that was taken from a drop folder.
type ingest struct {
	Drop  string    `json:"drop"`
	Path  string    `json:"path"`               // in work/
	ID    string    `json:"id" river:"unique"`  // of the claim: of two jobs for one file the first counts
	Why   watch.Why `json:"why,omitempty"`      // set aside without being read
	Month string    `json:"month"`              // folder of the results
	With  string    `json:"settings,omitempty"` // of the process that took it
}

// Kind names the job for ever.
func (ingest) Kind() string { return "ingest" }

// away is the job of an input whose results are in place.
type away struct {
	Path   string `json:"path"`
	ID     string `json:"id"`
	Folder string `json:"folder"`
	Name   string `json:"name"`
}

// Kind names the job for ever.
func (away) Kind() string { return "away" }

// most is how many files wait in the queue at a time; more stay in the drop
// folder, where they are as safe.
const most = 500

// Look takes what is ready in a drop folder. It reports whether something there
// is about to change.
func (s *Service) Look(ctx context.Context, i int) (changing bool, err error) {
	now := s.options.Clock()
	var sight watch.Sight
	defer func() { s.note(i, sight, err, now) }()
	if err := s.queueTaken(ctx, &s.held[i]); err != nil {
		return false, err
	}
	if sight, err = s.folders[i].Scan(now); err != nil {
		return false, err
	}
	changing = hasChanging(sight)
	room, err := s.room(ctx, len(sight.Ready)+len(sight.Aside))
	if err != nil {
		return changing, err
	}
	var files []ingest
	for _, mark := range sight.Ready {
		files = append(files, ingest{Path: mark.Name})
	}
	for _, file := range sight.Aside {
		files = append(files, ingest{Path: file.Name, Why: file.Why})
	}
	marks := s.folders[i].Marks()
	for len(files) > 0 && room > 0 {
		n := min(len(files), batch, room)
		if err := s.take(ctx, i, files[:n], marks, now); err != nil {
			return changing, err
		}
		files, room = files[n:], room-n
	}
	return changing || len(files) > 0, nil
}

// patient is how often a file is begun at most: as long as a disk is full it
// waits. How often its report may fail is [Tries].
const patient = 5000

// batch is how many files are queued in one transaction.
const batch = 50

// room is how many more jobs of files may be queued.
func (s *Service) room(ctx context.Context, wanted int) (int, error) {
	if wanted == 0 {
		return 0, nil
	}
	waiting, err := s.queue.Waiting(ctx, ingest{}.Kind())
	room := most
	for _, job := range waiting {
		if job.Lane == s.options.House.lane(laneReports) {
			room--
		}
	}
	return room, err
}

func hasChanging(sight watch.Sight) bool {
	for _, file := range sight.Waiting {
		if file.Why == watch.Changing {
			return true
		}
	}
	return false
}

// note keeps what was seen for whoever asks.
func (s *Service) note(i int, sight watch.Sight, err error, now time.Time) {
	seen := Seen{Path: s.options.Drops[i].Path, At: now, Waiting: sight.Waiting}
	if err != nil {
		seen.Failure, seen.Missing = err.Error(), errors.Is(err, fs.ErrNotExist)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.seen[i] = seen
}

// Seen returns what the last looks at the drop folders found.
func (s *Service) Seen() []Seen {
	s.lock.Lock()
	defer s.lock.Unlock()
	return append([]Seen(nil), s.seen...)
}

// take takes files out of the drop folder and queues them. Killed in between,
// the next process finds them in work/.
func (s *Service) take(ctx context.Context, i int, files []ingest, marks map[string]watch.Mark, now time.Time) error {
	drop, t := s.options.Drops[i], &s.held[i]
	var failure error
	for _, file := range files {
		claim, err := s.folders[i].Take(marks[file.Path], s.copies(drop))
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, watch.ErrChanged) {
			continue // another process has it, or it is not ready after all
		}
		if err != nil { // of one file: the next may be taken
			failure = cmp.Or(failure, err)
			continue
		}
		if claim.Stays {
			t.stay = append(t.stay, watched(drop, claim.Mark, now))
		}
		t.jobs = append(t.jobs, s.ingestOf(drop, claim, file.Why, now))
	}
	return errors.Join(failure, s.queueTaken(ctx, t))
}

// taking is what was taken from a drop folder and is not queued yet.
type taking struct {
	jobs []queue.Insert
	stay []ledger.Watched
}

// queueTaken queues what was taken. When that fails it is tried again at the
// next look.
func (s *Service) queueTaken(ctx context.Context, t *taking) error {
	if len(t.jobs) == 0 {
		return nil
	}
	err := s.book.InTx(ctx, func(tx *ledger.Tx) error {
		for _, file := range t.stay {
			if err := tx.PutWatched(ctx, file); err != nil {
				return err
			}
		}
		return s.queue.Insert(ctx, tx, t.jobs...)
	})
	if err == nil {
		*t = taking{}
	}
	return err
}

func (s *Service) ingestOf(drop Drop, claim watch.Claim, why watch.Why, now time.Time) queue.Insert {
	with, _ := s.present() // without them whoever takes it makes the report by its own
	return queue.Insert{
		Args: ingest{Drop: drop.Path, Path: claim.Path, ID: claim.ID, Why: why, Month: now.Format("2006-01"), With: with},
		Lane: s.options.House.lane(laneReports), Once: true, Tries: patient,
	}
}

// copies is where files of a folder that cannot be written to are copied to.
func (s *Service) copies(drop Drop) string {
	if s.options.State == "" {
		return ""
	}
	return filepath.Join(s.options.State, watch.WorkFolder)
}

func watched(drop Drop, mark watch.Mark, now time.Time) ledger.Watched {
	return ledger.Watched{Path: watchedPath(drop, mark), Bytes: mark.Size, Modified: mark.Changed, SeenAt: now}
}

// watchedPath is where a file stays, as a text: a name may be none.
func watchedPath(drop Drop, mark watch.Mark) string {
	return strings.ToValidUTF8(filepath.Join(drop.Path, mark.Name), "_")
}

// taken reports whether a file that stays in its place was read before.
func (s *Service) taken(ctx context.Context, drop Drop) func(watch.Mark) bool {
	return func(mark watch.Mark) bool {
		before, found, err := s.book.Watched(ctx, watchedPath(drop, mark))
		return err == nil && found && before.Bytes == mark.Size && before.Modified.Equal(mark.Changed.Truncate(time.Microsecond))
	}
}

// adopt queues what lies in the work folders without a job: a process died
// between taking and queueing it. Where it lives and queues it too, the first of
// the two jobs stands.
func (s *Service) adopt(ctx context.Context) error {
	known, err := s.claimed(ctx)
	for _, drop := range s.options.Drops {
		if err != nil {
			break
		}
		err = s.adoptOf(ctx, drop, known)
	}
	s.adopted.Store(err == nil)
	return err
}

// adoptOf queues what lies in the work folders of one drop folder.
func (s *Service) adoptOf(ctx context.Context, drop Drop, known map[string]bool) error {
	folders := []string{drop.work()}
	if copies := s.copies(drop); copies != "" {
		folders = append(folders, copies)
	}
	var jobs []queue.Insert
	for _, folder := range folders {
		claims, err := watch.Claims(folder)
		if err != nil {
			return err
		}
		for _, claim := range claims {
			if !known[claim.ID] {
				known[claim.ID] = true
				jobs = append(jobs, s.ingestOf(drop, claim, watch.Unfit(claim.Path), s.options.Clock()))
			}
		}
	}
	return s.queue.Put(ctx, jobs...)
}

// claimed returns the claims that a job is about.
func (s *Service) claimed(ctx context.Context) (map[string]bool, error) {
	waiting, err := s.queue.Waiting(ctx, ingest{}.Kind(), away{}.Kind())
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, job := range waiting {
		if id := claimOf(job.Args); id != "" {
			known[id] = true
		}
	}
	return known, nil
}

// mkdir makes a folder that holds customers' data. One that is there already
// keeps its mode; on a disk that cannot be written to it need not be there.
func mkdir(path string) error {
	err := os.MkdirAll(path, 0o700)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil
	}
	return err
}
