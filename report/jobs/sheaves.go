package jobs

import (
	"sync"
	"time"

	"valuebook/report/run"
)

// sheaves are the reports of which this process can make pages: those that are
// at work here, and one of another process, which is kept for its next batch.
type sheaves struct {
	lock  sync.Mutex // guards the fields up to opens
	own   map[sheafKey]*run.Sheaf
	used  time.Time // when kept was last asked for
	of    sheafKey  // of kept
	kept  *run.Sheaf
	opens sync.Mutex // one at a time reads a report again
}

// A sheafKey names the pages of one edition of a run.
type sheafKey struct {
	run     int64
	edition string
}

func keyOf(b run.Batch) sheafKey { return sheafKey{b.Run, b.Edition} }

// share keeps the pages of a report at work until end is called.
func (s *sheaves) share(batch run.Batch, sheaf *run.Sheaf) (end func()) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.own == nil {
		s.own = map[sheafKey]*run.Sheaf{}
	}
	s.own[keyOf(batch)] = sheaf
	return func() {
		s.lock.Lock()
		defer s.lock.Unlock()
		delete(s.own, keyOf(batch))
	}
}

// get returns the pages that a batch is of; open reads those of another process.
func (s *sheaves) get(batch run.Batch, open func() (*run.Sheaf, error)) (*run.Sheaf, error) {
	if sheaf := s.find(batch); sheaf != nil {
		return sheaf, nil
	}
	s.opens.Lock()
	defer s.opens.Unlock()
	if sheaf := s.find(batch); sheaf != nil {
		return sheaf, nil
	}
	s.tidy(time.Now()) // two at a time are too many
	sheaf, err := open()
	if err != nil {
		return nil, err
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.of, s.kept, s.used = keyOf(batch), sheaf, time.Now()
	return sheaf, nil
}

func (s *sheaves) find(batch run.Batch) *run.Sheaf {
	s.lock.Lock()
	defer s.lock.Unlock()
	if sheaf := s.own[keyOf(batch)]; sheaf != nil {
		return sheaf
	}
	if s.kept == nil || s.of != keyOf(batch) {
		return nil
	}
	s.used = time.Now()
	return s.kept
}

// tidy lets go of a report that was last asked for before a time.
func (s *sheaves) tidy(before time.Time) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.kept != nil && s.used.Before(before) {
		s.kept = nil
	}
}
