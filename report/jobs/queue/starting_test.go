package queue

import (
	"context"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"valuebook/report/ledger"
)

// busyEngine has a job at work while it starts and stops, and waits for it, as
// River does.
type busyEngine struct {
	engine // the rest is not used
	job    func()
}

func (e busyEngine) start(context.Context) error { e.job(); return nil }
func (e busyEngine) stop(context.Context) error  { e.job(); return nil }
func (busyEngine) insert(context.Context, *ledger.Tx, []river.InsertManyParams) ([]*rivertype.JobInsertResult, error) {
	return nil, nil
}

type nothing struct{}

func (nothing) Kind() string { return "nothing" }

// TestJobsQueueJobsMeanwhile lets a job queue another while the queue starts, and
// while it stops.
func TestJobsQueueJobsMeanwhile(t *testing.T) {
	q := &Queue{options: Options{Lanes: map[string]int{"work": 1}, Ahead: func() time.Duration { return 0 }}}
	queued := 0
	q.engine = busyEngine{job: func() {
		done := make(chan error, 1)
		go func() { done <- q.Insert(context.Background(), nil, Insert{Args: nothing{}, Lane: "work"}) }()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			queued++
		case <-time.After(5 * time.Second):
			t.Error("a job and the queue wait for each other")
		}
	}}
	if err := q.Start(context.Background()); err != nil {
		t.Error(err)
	}
	if err := q.Stop(context.Background()); err != nil {
		t.Error(err)
	}
	if queued != 2 {
		t.Errorf("%d jobs were queued, want two", queued)
	}
}
