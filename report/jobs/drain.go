package jobs

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// A Drained says what this service has done since it was made.
type Drained struct {
	Runs     int // that were made
	Rejected int // workbooks
	Failed   int // scheduled reports
	Unsent   int // messages that were refused, or need a person
}

// counts are the same while they grow.
type counts struct{ runs, rejected, failed, unsent atomic.Int64 }

func (c *counts) drained() Drained {
	return Drained{int(c.runs.Load()), int(c.rejected.Load()), int(c.failed.Load()), int(c.unsent.Load())}
}

// drainEvery is how often a service that drains looks whether it is done.
const drainEvery = 100 * time.Millisecond

// soon is how far in the future a job may stand and still be waited for.
const soon = time.Minute

// Drain does everything that is due now and stops: what lies in the drop
// folders, what the schedule says, the mail that waits. Files that do not
// settle are left for the next time.
func (s *Service) Drain(ctx context.Context, grace time.Duration) (Drained, error) {
	if err := s.Start(ctx); err != nil {
		return Drained{}, err
	}
	for i, folder := range s.folders {
		folder.Recall(s.sightings(i))
	}
	err := s.tended(ctx, s.drain)
	for i, folder := range s.folders {
		if s.options.State != "" {
			if failure := folder.Remember(s.sightings(i)); failure != nil {
				s.options.Log.Warn("what was seen cannot be remembered", "error", failure)
			}
		}
	}
	return s.counts.drained(), errors.Join(err, s.end(ctx, grace))
}

// sightings is the file with what was last seen in a drop folder.
func (s *Service) sightings(i int) string {
	sum := sha256.Sum256([]byte(s.options.Drops[i].Path))
	return filepath.Join(s.options.State, fmt.Sprintf("seen-%x.json", sum[:6]))
}

// tended does something that may wait for other processes, while what dead ones
// leave is taken up.
func (s *Service) tended(ctx context.Context, do func(context.Context) error) error {
	tending, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	s.tend(tending, &all)
	defer all.Wait()
	defer stop()
	return do(ctx)
}

func (s *Service) drain(ctx context.Context) error {
	if err := s.Tick(ctx); err != nil {
		return err
	}
	// A file that is being written when this begins has until then to settle.
	patience := s.options.Clock().Add(soon)
	for ctx.Err() == nil {
		left, away, err := s.left(ctx, patience)
		if err != nil || !left {
			return errors.Join(err, away)
		}
		select {
		case <-time.After(drainEvery):
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// left looks at everything once and reports whether something is left to do. A
// drop folder that is away is no reason not to do the rest.
func (s *Service) left(ctx context.Context, patience time.Time) (left bool, away, err error) {
	for i := range s.folders {
		changing, err := s.Look(ctx, i)
		if surroundings(err) {
			away = errors.Join(away, err)
		} else if err != nil {
			return false, away, err
		}
		left = left || changing && s.options.Clock().Before(patience)
	}
	if err := s.Post(ctx); err != nil {
		return false, away, err
	}
	waiting, err := s.queue.Waiting(ctx)
	lanes := s.options.lanes()
	for _, job := range waiting { // mail without a server waits for one
		left = left || lanes[job.Lane] > 0 && !job.At.After(time.Now().Add(soon))
	}
	return left, away, err
}
