package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Fixed identifiers of why the ledger itself holds, ends or leaves open a
// delivery ([Delivery.Why]).
const (
	RevisionAfterSent = "revision-after-sent" // held: an earlier revision of the period went out
	ContentChanged    = "content-changed"     // held: another content under the same key
	Superseded        = "superseded"          // cancelled: a later revision is done
	RunFailedBefore   = "run-failed"          // cancelled: the run was not finished
	Interrupted       = "interrupted"         // unknown: the process died while it was sending
	Marked            = "marked"              // a person said what became of it
	Resent            = "resent"              // a later one repeats it
)

// Key returns the key of a delivery that has none of its own: over report,
// period, revision, part and recipients.
func Key(d Delivery) string {
	text, _ := json.Marshal([]any{d.Report, d.Period, d.Revision, d.Part, d.To, d.Cc, d.Bcc}) // texts and numbers: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Queue adds deliveries to a run and returns those that were added, as they
// stand. Report, Period and Revision become the run's; an empty Key becomes
// [Key]. State may be Queued (or "") or Held, with its Why.
//
//   - One whose key and content are known is not added again.
//   - One whose key is known with another content is Held as
//     [ContentChanged], and so is the other one when it has not gone out.
//   - A revision above 1 of a period of which an earlier revision went out is
//     Held as [RevisionAfterSent].
//
// Nothing of it is due before the run is done.
func (c changes) Queue(ctx context.Context, runID int64, deliveries []Delivery, at time.Time) (added []Delivery, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		added = nil
		ids, err := tx.queue(ctx, runID, deliveries, at)
		if err != nil {
			return err
		}
		for _, id := range ids {
			d, err := tx.Delivery(ctx, id)
			if err != nil {
				return err
			}
			added = append(added, d)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("queue deliveries: %w", err)
	}
	return added, nil
}

// queue returns the IDs of what it added.
func (tx *Tx) queue(ctx context.Context, runID int64, deliveries []Delivery, at time.Time) ([]int64, error) {
	if len(deliveries) == 0 {
		return nil, nil
	}
	run, err := tx.Run(ctx, runID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, d := range deliveries {
		d.RunID, d.Report, d.Period, d.Revision = run.ID, run.Report, run.Period, run.Revision
		id, err := tx.queueOne(ctx, d, at)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			ids = append(ids, id)
		}
	}
	return ids, tx.holdRevision(ctx, run, at)
}

// queueOne adds a delivery and returns its ID, 0 when it is there already.
func (tx *Tx) queueOne(ctx context.Context, d Delivery, at time.Time) (int64, error) {
	switch {
	case d.MessageID == "":
		return 0, errors.New("a delivery has no Message-ID")
	case d.State == "":
		d.State = Queued
	case d.State != Queued && d.State != Held:
		return 0, &TransitionError{To: d.State}
	}
	if d.Key == "" {
		d.Key = Key(d)
	}
	var id int64
	var content string
	known, err := one(ctx, tx.store, []any{&id, &content}, `SELECT id, content_sha256 FROM delivery WHERE key = $1`, d.Key)
	if err != nil || known && content == d.ContentSHA256 {
		return 0, err
	}
	if !known {
		return tx.insert(ctx, d, "", at)
	}
	return tx.queueChanged(ctx, id, d, at)
}

// queueChanged adds a delivery under the key of another with other content.
func (tx *Tx) queueChanged(ctx context.Context, other int64, d Delivery, at time.Time) (int64, error) {
	short := d.ContentSHA256[:min(16, len(d.ContentSHA256))]
	d.Key += "#content-" + short
	d.MessageID = otherMessageID(d.MessageID, "c"+short)
	d.State, d.Why = Held, ContentChanged
	found, err := one(ctx, tx.store, []any{new(int64)}, `SELECT id FROM delivery WHERE key = $1`, d.Key)
	if err != nil || found {
		return 0, err
	}
	_, err = tx.moveAll(ctx, Held, ContentChanged, at, `id = $4 AND state IN ('queued', 'retry')`, other)
	if err != nil {
		return 0, err
	}
	return tx.insert(ctx, d, "", at)
}

// otherMessageID is a Message-ID that differs by a mark before the @.
func otherMessageID(id, mark string) string {
	local, domain, found := strings.Cut(id, "@")
	if !found {
		return id + "." + mark
	}
	return local + "." + mark + "@" + domain
}

// insert adds a row as it stands and the first line of its history.
func (tx *Tx) insert(ctx context.Context, d Delivery, detail string, at time.Time) (int64, error) {
	args := []any{d.Key, d.RunID, d.Report, d.Period, d.Revision, d.Part}
	for _, list := range []any{d.To, d.Cc, d.Bcc, d.Inline, d.Attachments} {
		text, err := plainJSON(list)
		if err != nil {
			return 0, err
		}
		args = append(args, text)
	}
	var original any
	if d.ResendOf != 0 {
		original = d.ResendOf
	}
	args = append(args, d.Subject, d.Text, d.HTML, d.ContentSHA256, d.MessageID, micro(d.Date), string(d.State), d.Why, micro(d.NextAt), micro(at), original)
	var id int64
	_, err := one(ctx, tx.store, []any{&id}, `INSERT INTO delivery (key, run_id, report, period, revision, part,
		recipients_to, recipients_cc, recipients_bcc, inline, attachments, subject, text, html, content_sha256,
		message_id, date, state, why, next_at, first_at, last_at, resend_of)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21, $22) RETURNING id`, args...)
	if err != nil {
		return 0, err
	}
	if detail == "" {
		detail = d.Why
	}
	return id, tx.log(ctx, id, d.State, detail, at)
}

// plainJSON is a value as JSON that keeps the < of an address.
func plainJSON(value any) (string, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return strings.TrimSuffix(text.String(), "\n"), err
}

// supersede ends what waits of earlier revisions. It comes before
// holdRevision: a delivery that another process claims meanwhile is then
// either seen as sending or no longer to be claimed.
func (tx *Tx) supersede(ctx context.Context, run Run, at time.Time) error {
	_, err := tx.moveAll(ctx, Cancelled, Superseded, at, `report = $4 AND period = $5 AND revision < $6
		AND state IN ('queued', 'held', 'retry') AND EXISTS (SELECT 1 FROM delivery AS new WHERE new.run_id = $7)`,
		run.Report, run.Period, run.Revision, run.ID)
	return err
}

// giveUp ends what was queued of a run that failed. Keys and Message-IDs
// become free for the run that takes its place.
func (tx *Tx) giveUp(ctx context.Context, runID int64, at time.Time) error {
	mark := "failed-" + strconv.FormatInt(runID, 10)
	if _, err := tx.store.exec(ctx, `UPDATE delivery SET key = key || $1, message_id = $2 || message_id WHERE run_id = $3`,
		"#"+mark, mark+".", runID); err != nil {
		return err
	}
	_, err := tx.moveAll(ctx, Cancelled, RunFailedBefore, at, `run_id = $4 AND state IN ('queued', 'held')`, runID)
	return err
}

// holdRevision holds what is queued of a run whose period went out before.
func (tx *Tx) holdRevision(ctx context.Context, run Run, at time.Time) error {
	_, err := tx.moveAll(ctx, Held, RevisionAfterSent, at, `run_id = $4 AND state = 'queued' AND resend_of IS NULL AND attempt = 0
		AND EXISTS (SELECT 1 FROM delivery AS earlier WHERE earlier.report = $5 AND earlier.period = $6 AND earlier.revision < $7
			AND earlier.state IN ('sending', 'sent', 'unknown'))`,
		run.ID, run.Report, run.Period, run.Revision)
	return err
}

// log adds a line to a delivery's history.
func (tx *Tx) log(ctx context.Context, id int64, state State, detail string, at time.Time) error {
	_, err := tx.store.exec(ctx, `INSERT INTO delivery_event (delivery_id, at, state, detail) VALUES ($1, $2, $3, $4)`,
		id, micro(at), string(state), detail)
	return err
}
