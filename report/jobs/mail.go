package jobs

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"valuebook/report/deliver"
	"valuebook/report/jobs/queue"
	"valuebook/report/ledger"
)

// mail is the job of one message.
type mail struct {
	Delivery int64 `json:"delivery"`
}

// Kind names the job for ever.
func (mail) Kind() string { return "mail" }

// posting is how many messages are queued at once.
const posting = 1000

// Post queues the messages that are to be sent now. A message that is queued
// already is not queued again.
func (s *Service) Post(ctx context.Context) error {
	if s.options.Sender == nil {
		return nil
	}
	due, err := s.mine().Due(ctx, s.options.Clock(), posting)
	if err != nil || len(due) == 0 {
		return err
	}
	jobs := make([]queue.Insert, len(due))
	for i, delivery := range due {
		jobs[i] = queue.Insert{Args: mail{delivery.ID}, Lane: s.options.House.lane(laneMail), Once: true, Tries: Tries}
	}
	return s.queue.Put(ctx, jobs...)
}

// mine is the ledger as far as the mail of this house goes.
func (s *Service) mine() ledger.House {
	return ledger.House{Ledger: s.book, Name: s.options.House.Name}
}

// mail sends one message. What became of it stands in the ledger, which also
// says when it is tried again.
func (s *Service) mail(ctx context.Context, job queue.Job[mail]) error {
	if err := s.fetch(ctx, job.Args.Delivery); err != nil {
		return err
	}
	state, err := deliver.SendOne(ctx, s.book, job.Args.Delivery, s.options.Sender)
	var closed *deliver.ClosedError
	if errors.As(err, &closed) {
		return queue.Later(max(closed.Until.Sub(s.options.Clock()), time.Second))
	}
	if state == ledger.Bounced || state == ledger.Unknown || state == ledger.Held {
		s.counts.unsent.Add(1)
	}
	if err != nil {
		s.options.Log.Error("mail not sent", "delivery", job.Args.Delivery, "state", state, "error", err)
	}
	return err
}

// keep puts outputs into the store that several machines share, nil without
// one.
func (s *Service) keep() func(ctx context.Context, path string) error {
	if s.options.Files == nil {
		return nil
	}
	return func(ctx context.Context, path string) error {
		_, err := s.options.Files.Put(ctx, path)
		return err
	}
}

// fetch brings the attachments of a message that another machine made.
func (s *Service) fetch(ctx context.Context, delivery int64) error {
	if s.options.Files == nil {
		return nil
	}
	d, err := s.book.Delivery(ctx, delivery)
	if err != nil {
		return err
	}
	for _, file := range slices.Concat(d.Attachments, d.Inline) {
		if _, err := os.Stat(file.Path); !errors.Is(err, fs.ErrNotExist) {
			continue // here, or a problem that sending tells
		}
		if err := s.options.Files.Place(ctx, file.SHA256, file.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
