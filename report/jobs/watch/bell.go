package watch

import (
	"context"
	"os"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A Bell rings when something happens in a folder. It may fail to ring: on
// network shares it never does. So it only shortens the wait for the next look.
type Bell struct {
	path    string
	watcher *fsnotify.Watcher // nil where the system has none
	folder  os.FileInfo       // the folder that is listened to
	rung    chan struct{}
	done    chan struct{}
}

// NewBell listens to a folder until Close.
func NewBell(path string) *Bell {
	b := &Bell{path: path, rung: make(chan struct{}, 1), done: make(chan struct{})}
	b.watcher, _ = fsnotify.NewWatcher()
	if b.watcher == nil {
		close(b.done)
		return b
	}
	b.Listen()
	go b.pass()
	return b
}

// pass turns any number of events into one ring.
func (b *Bell) pass() {
	defer close(b.done)
	events, failures := b.watcher.Events, b.watcher.Errors
	for {
		select {
		case _, open := <-events:
			if !open {
				return
			}
		case _, open := <-failures: // too many events: look at everything
			if !open {
				return
			}
		}
		select {
		case b.rung <- struct{}{}:
		default:
		}
	}
}

// Listen listens again where the folder was replaced by another of the same
// name; call it after each look.
func (b *Bell) Listen() {
	if b.watcher == nil {
		return
	}
	info, err := os.Stat(b.path)
	if err != nil || b.folder != nil && os.SameFile(info, b.folder) && len(b.watcher.WatchList()) > 0 {
		return
	}
	_ = b.watcher.Remove(b.path)
	if b.watcher.Add(b.path) == nil {
		b.folder = info
	}
}

// Wait returns after a ring, after the longest wait, or when ctx ends.
func (b *Bell) Wait(ctx context.Context, longest time.Duration) {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-b.rung:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// Close stops listening.
func (b *Bell) Close() {
	if b.watcher != nil {
		_ = b.watcher.Close()
	}
	<-b.done
}
