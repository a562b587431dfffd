package jobs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"valuebook/report/run"
)

// inherit takes up what dead processes left behind: their runs, messages, jobs,
// and files that they had taken and not queued.
func (s *Service) inherit(ctx context.Context) error {
	now := s.options.Clock()
	recalled, err := s.queue.Recall(ctx, time.Now())
	if recalled > 0 {
		s.options.Log.Warn("took up jobs again whose end could not be written", "jobs", recalled)
	}
	if err != nil {
		return err
	}
	dead, err := s.dead(ctx, now)
	if err != nil || len(dead) == 0 {
		return err
	}
	released := s.book.ReleaseRuns(ctx, dead, now)
	unclear, err := s.recoverMail(ctx, dead, now)
	rescued, failed := s.queue.Rescue(ctx, dead)
	if err := errors.Join(released, err, failed); err != nil {
		return err
	}
	waits := s.adopt(ctx) // tried again by Care; the dead are forgotten all the same
	news := rescued > 0 || len(unclear) > 0
	for _, owner := range dead {
		if err := s.book.Leave(ctx, owner); err != nil {
			return err
		}
		news = news || !s.mourns(owner)
	}
	if !news { // their runs wait for whoever takes them up
		return waits
	}
	s.mourn(dead)
	s.options.Log.Info("took up the work of dead processes", "processes", len(dead), "jobs", rescued, "unclear messages", len(unclear))
	s.sweep(ctx)
	return waits
}

// mourn notes that the log speaks of dead processes.
func (s *Service) mourn(dead []string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.mourned = map[string]bool{} // those of before are gone or among them
	for _, owner := range dead {
		s.mourned[owner] = true
	}
}

func (s *Service) mourns(owner string) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.mourned[owner]
}

// forsaken is how long nobody may have taken up the run of a dead process: by
// then its job has been given up or is gone, and the next one begins anew.
const forsaken = 10 * time.Minute

// abandon ends the runs that nobody takes up, and removes what they left.
func (s *Service) abandon(ctx context.Context, now time.Time) error {
	ended, err := s.book.AbandonRuns(ctx, now.Add(-forsaken), now)
	if err != nil || ended == 0 {
		return err
	}
	s.options.Log.Warn("ended reports that nobody has taken up", "reports", ended)
	s.sweep(ctx)
	return nil
}

// sweep removes what dead processes left among the results. What cannot be
// removed, since somebody is at work there or the folder is away, is swept
// another time.
func (s *Service) sweep(ctx context.Context) {
	clean := true
	for _, drop := range s.options.Drops {
		months, err := os.ReadDir(drop.done())
		clean = clean && (err == nil || errors.Is(err, os.ErrNotExist))
		for _, month := range months {
			if !month.IsDir() {
				continue
			}
			if err := run.Sweep(ctx, filepath.Join(drop.done(), month.Name()), s.book); err != nil {
				s.options.Log.Info("what dead processes left cannot be removed yet", "error", err)
				clean = false
			}
		}
	}
	s.swept.Store(clean)
}

// recoverMail gives up on messages whose senders died, or sends them again
// where the mail server's settings say so.
func (s *Service) recoverMail(ctx context.Context, dead []string, now time.Time) ([]int64, error) {
	if s.options.Sender == nil {
		return s.mine().Recover(ctx, dead, now)
	}
	return s.options.Sender.Recover(ctx, s.mine(), dead, now)
}

// silent is how many times of Care a process may say nothing before it is taken
// for dead. Its runs and messages are guarded by what they are in the ledger,
// should it come back.
const silent = 3

// dead returns the processes that are no more: those of this machine that do
// not run, and those of any that have fallen silent.
func (s *Service) dead(ctx context.Context, now time.Time) ([]string, error) {
	owners, err := s.book.Owners(ctx)
	if err != nil {
		return nil, err
	}
	atWork, err := s.queue.Owners(ctx)
	if err != nil {
		return nil, err
	}
	workers, err := s.book.Workers(ctx)
	if err != nil {
		return nil, err
	}
	owners = append(owners, atWork...)
	var dead []string
	for _, worker := range workers {
		owners = append(owners, worker.Owner)
		if now.Sub(worker.SeenAt) > silent*s.options.Care && worker.Owner != s.options.Owner {
			dead = append(dead, worker.Owner)
		}
	}
	dead = append(dead, run.Dead(owners)...)
	slices.Sort(dead)
	return slices.Compact(dead), nil
}
