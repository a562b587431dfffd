package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/ledger"
)

// A House is whose reports a service makes. Several may share a ledger: each
// does its own work alone.
type House struct {
	// Name is that of the reports, or what theirs begin with, up to a slash; ""
	// is for a ledger that is not shared.
	Name string
	// Settings returns a text that is the same in all processes that make the
	// same of a workbook; nil says that all do.
	Settings func() (string, error)
}

// The lanes of the queue: each has workers of its own, so that mail does not
// wait for reports. A house has its own of each.
const (
	laneReports = "reports"
	laneFiles   = "files"
	laneMail    = "mail"
	lanePages   = "pages" // of its own: reports wait for them
)

// commonLanes are those of programs that did not tell houses apart.
var commonLanes = []string{laneReports, laneFiles, laneMail, lanePages}

// lane returns a lane of the house: its name holds what a lane may be called by,
// and a hash for the rest.
func (h House) lane(of string) string {
	if h.Name == "" {
		return of
	}
	return of + h.suffix()
}

// readable is how much of a house's name its lanes show.
const readable = 40

func (h House) suffix() string {
	if h.Name == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(h.Name))
	words := strings.FieldsFunc(strings.ToLower(h.Name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	text := strings.Join(words, "-")
	text = strings.Trim(text[:min(len(text), readable)], "-")
	if text != "" {
		text = "-" + text
	}
	return fmt.Sprintf("%s-%x", text, sum[:4])
}

// suffixOf returns what a lane has behind the name that every house gives it.
func suffixOf(lane string) string {
	if i := strings.IndexByte(lane, '-'); i >= 0 {
		return lane[i:]
	}
	return ""
}

// shown is a house's name as far as its lanes tell it.
func shown(lane string) string {
	text := strings.TrimPrefix(suffixOf(lane), "-")
	if i := strings.LastIndexByte(text, '-'); i > 0 {
		return text[:i]
	}
	return text
}

// claim moves jobs of this house to its own lanes: those that a program of before
// has queued, and those that it queued itself when it had another name.
func (s *Service) claim(ctx context.Context) error {
	if s.options.House.Name == "" {
		return nil
	}
	to := map[int64]string{}
	waiting, err := s.queue.In(ctx, commonLanes...)
	if err != nil {
		return err
	}
	for _, job := range waiting {
		ours, err := s.ours(ctx, job)
		if err != nil {
			return err
		}
		if ours {
			to[job.ID] = s.options.House.lane(job.Lane)
		}
	}
	if err := s.claimRenamed(ctx, to); err != nil {
		return err
	}
	return s.queue.Move(ctx, to)
}

// claimRenamed adds the jobs about files and schedules of this run file that wait
// in lanes on which no process works: it was renamed since. With the files a
// later one of the same name would wait for ever.
func (s *Service) claimRenamed(ctx context.Context, to map[int64]string) error {
	waiting, err := s.queue.Waiting(ctx, ingest{}.Kind(), away{}.Kind(), report{}.Kind(), pages{}.Kind())
	if err != nil || len(waiting) == 0 {
		return err
	}
	workers, err := s.book.Workers(ctx)
	if err != nil {
		return err
	}
	served := map[string]bool{"": true, s.options.House.suffix(): true} // the first are the common ones
	for _, worker := range workers {
		served[House{Name: worker.House}.suffix()] = true
	}
	for _, job := range waiting {
		if suffix := suffixOf(job.Lane); !served[suffix] && s.about(job) {
			to[job.ID] = s.options.House.lane(strings.TrimSuffix(job.Lane, suffix))
		}
	}
	return nil
}

// about reports whether a job is about a file that lies in a drop folder of this
// service, or about its run file.
func (s *Service) about(job queue.Waiting) bool {
	var args struct {
		Path   string `json:"path"`
		Drop   string `json:"drop"`
		Config string `json:"config"`
	}
	if json.Unmarshal(job.Args, &args) != nil {
		return false
	}
	for _, drop := range s.options.Drops {
		if within(args.Path, drop.work()) || args.Drop == drop.Path {
			return true
		}
	}
	return slices.ContainsFunc(s.options.Schedules, func(one Schedule) bool { return args.Config != "" && one.Config == args.Config })
}

// ours reports whether a job that names no house is one of this.
func (s *Service) ours(ctx context.Context, job queue.Waiting) (bool, error) {
	var args struct {
		Path     string `json:"path"`
		Schedule string `json:"schedule"`
		Report   string `json:"report"`
		Delivery int64  `json:"delivery"`
	}
	if err := json.Unmarshal(job.Args, &args); err != nil {
		return false, nil // not one of these kinds
	}
	report := args.Report + args.Schedule
	if args.Delivery != 0 {
		delivery, err := s.book.Delivery(ctx, args.Delivery)
		if errors.Is(err, ledger.ErrNotFound) {
			return false, nil // of a message that is no more
		}
		if err != nil {
			return false, err
		}
		report = delivery.Report
	}
	if report != "" {
		return ledger.Belongs(report, s.options.House.Name), nil
	}
	for _, drop := range s.options.Drops {
		if within(args.Path, drop.work()) || within(args.Path, s.copies(drop)) {
			return true, nil
		}
	}
	return s.alone(ctx, job)
}

// within reports whether a path lies in a folder.
func within(path, folder string) bool {
	if folder == "" || !filepath.IsAbs(path) {
		return false
	}
	relative, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(relative)
}

// alone reports whether a job that nobody knows has waited for long where no
// other house works: its settings are gone, the file is not.
func (s *Service) alone(ctx context.Context, job queue.Waiting) (bool, error) {
	workers, err := s.book.Workers(ctx)
	for _, worker := range workers {
		if worker.House != s.options.House.Name {
			return false, err
		}
	}
	return time.Since(job.At) > forsaken, err
}

// present is the text of this process's settings, "" when they are not
// compared.
func (s *Service) present() (string, error) {
	if s.options.House.Settings == nil {
		return "", nil
	}
	return s.options.House.Settings()
}

// beat says that this process lives, and what it serves.
func (s *Service) beat(ctx context.Context, now time.Time) error {
	settings, err := s.present()
	if err != nil {
		settings = "" // who makes a report of them says why
	}
	if err := s.book.Beat(ctx, ledger.Worker{Owner: s.options.Owner, House: s.options.House.Name, Settings: settings, SeenAt: now}); err != nil {
		return err
	}
	if settings == "" {
		return nil
	}
	workers, err := s.book.Workers(ctx)
	for _, worker := range workers {
		if worker.House == s.options.House.Name && worker.Settings != "" && worker.Settings != settings && !s.told[worker.Owner+worker.Settings+settings] {
			s.told[worker.Owner+worker.Settings+settings] = true
			s.options.Log.Warn("another process serves reports of this name with other settings or another version: each leaves to the other what that one queued", "process", worker.Owner)
		}
	}
	return err
}

// elsewhere reports whether a job is to be left to another process: one that
// lives and has the settings with which it was queued. Where there is none the
// settings were changed since, and the present ones hold.
func (s *Service) elsewhere(ctx context.Context, queued string) (bool, error) {
	if queued == "" {
		return false, nil
	}
	mine, err := s.present()
	if err != nil || mine == queued {
		return false, nil // whoever makes the report says what is wrong with the settings
	}
	workers, err := s.book.Workers(ctx)
	for _, worker := range workers {
		if worker.Owner != s.options.Owner && worker.House == s.options.House.Name && worker.Settings == queued {
			return true, nil
		}
	}
	return false, err
}
