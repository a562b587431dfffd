package jobs

import (
	"context"
	"errors"
	"runtime/metrics"
	"sync"
	"time"
)

// ErrMemory is the cause with which the work on a workbook ends that needs more
// memory than the process may have.
var ErrMemory = errors.New("the workbook needs more memory than it may have")

// blowUp is what a workbook needs in memory for each byte of its file, by
// experience: zip files hold a tenth of what they unpack to. It only decides
// how many are worked on at once.
const blowUp = 40

// memory keeps the workbooks at work within what the process may have.
type memory struct {
	limit uint64 // bytes, 0 = none

	lock    sync.Mutex
	changed *sync.Cond
	used    uint64 // expected of those at work
	jobs    map[*memoryJob]bool
	stop    func() // ends the watching, nil while nobody is at work
}

type memoryJob struct {
	expected uint64
	end      context.CancelCauseFunc
}

func newMemory(limit uint64) *memory {
	m := &memory{limit: limit, jobs: map[*memoryJob]bool{}}
	m.changed = sync.NewCond(&m.lock)
	return m
}

// An admission does a job when there is memory for it.
type admission func(ctx context.Context, fileSize int64, do func(ctx context.Context) error) error

// with does a job when there is memory for it. One alone always begins; when
// the process then needs more than it may have, the job that is expected to
// need most ends with [ErrMemory].
func (m *memory) with(ctx context.Context, fileSize int64, do func(ctx context.Context) error) error {
	return m.admit(ctx, fileSize, true, do)
}

// errNoRoom is returned for a job that would have to wait for memory.
var errNoRoom = errors.New("others need the memory")

// try does a job as with does, but does not wait: what others may wait for that
// hold memory themselves must not wait for them.
func (m *memory) try(ctx context.Context, fileSize int64, do func(ctx context.Context) error) error {
	return m.admit(ctx, fileSize, false, do)
}

func (m *memory) admit(ctx context.Context, fileSize int64, wait bool, do func(ctx context.Context) error) error {
	if m.limit == 0 {
		return do(ctx)
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	job := &memoryJob{expected: uint64(max(fileSize, 0)) * blowUp, end: end}
	wake := context.AfterFunc(ctx, func() {
		m.lock.Lock()
		defer m.lock.Unlock()
		m.changed.Broadcast()
	})
	defer wake()
	if err := m.enter(ctx, job, wait); err != nil {
		return err
	}
	defer m.leave(job)
	return do(ctx)
}

func (m *memory) enter(ctx context.Context, job *memoryJob, wait bool) error {
	m.lock.Lock()
	defer m.lock.Unlock()
	for len(m.jobs) > 0 && m.used+job.expected > m.limit {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !wait {
			return errNoRoom
		}
		m.changed.Wait()
	}
	if len(m.jobs) == 0 {
		watching, stop := context.WithCancel(context.Background())
		m.stop = stop
		go m.watch(watching)
	}
	m.jobs[job] = true
	m.used += job.expected
	return nil
}

func (m *memory) leave(job *memoryJob) {
	m.lock.Lock()
	defer m.lock.Unlock()
	delete(m.jobs, job)
	m.used -= job.expected
	if len(m.jobs) == 0 {
		m.stop()
	}
	m.changed.Broadcast()
}

// look is how often the memory is looked at while a job is at work.
const look = 200 * time.Millisecond

// watch ends the largest job when the process needs too much.
func (m *memory) watch(ctx context.Context) {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if live() > m.limit {
				m.endLargest()
			}
		}
	}
}

func (m *memory) endLargest() {
	m.lock.Lock()
	defer m.lock.Unlock()
	var largest *memoryJob
	for job := range m.jobs {
		if largest == nil || job.expected > largest.expected {
			largest = job
		}
	}
	if largest != nil {
		largest.end(ErrMemory)
	}
}

// live returns the bytes that were in use at the end of the last collection,
// without what has since become garbage.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
