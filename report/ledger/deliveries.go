package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const deliveryColumns = `id, key, run_id, report, period, revision, part, recipients_to, recipients_cc, recipients_bcc, subject,
	inline, attachments, content_sha256, message_id, date, state, why, attempt, next_at, owner, lease_to, code, reply,
	first_at, last_at, COALESCE(resend_of, 0)`

// scanDelivery reads the columns of deliveryColumns and, with the bodies, text
// and html after them.
func scanDelivery(scan func(...any) error, bodies bool) (Delivery, error) {
	var d Delivery
	var to, cc, bcc, inline, attachments, state string
	var date, next, lease, first, last int64
	into := []any{&d.ID, &d.Key, &d.RunID, &d.Report, &d.Period, &d.Revision, &d.Part, &to, &cc, &bcc, &d.Subject,
		&inline, &attachments, &d.ContentSHA256, &d.MessageID, &date, &state, &d.Why, &d.Attempt, &next, &d.Owner, &lease, &d.Code, &d.Reply,
		&first, &last, &d.ResendOf}
	if bodies {
		into = append(into, &d.Text, &d.HTML)
	}
	if err := scan(into...); err != nil {
		return d, err
	}
	d.State, d.Date, d.NextAt, d.LeaseTo = State(state), moment(date), moment(next), moment(lease)
	d.FirstAt, d.LastAt = moment(first), moment(last)
	for _, list := range []struct {
		text string
		into any
	}{{to, &d.To}, {cc, &d.Cc}, {bcc, &d.Bcc}, {inline, &d.Inline}, {attachments, &d.Attachments}} {
		if err := json.Unmarshal([]byte(list.text), list.into); err != nil {
			return d, fmt.Errorf("stored delivery %d: %w", d.ID, err)
		}
	}
	return d, nil
}

func (r reads) someDeliveries(ctx context.Context, rest string, args ...any) ([]Delivery, error) {
	var deliveries []Delivery
	err := each(ctx, r.store, func(scan func(...any) error) error {
		d, err := scanDelivery(scan, false)
		deliveries = append(deliveries, d)
		return err
	}, `SELECT `+deliveryColumns+` FROM delivery `+rest, args...)
	return deliveries, err
}

// Delivery returns a delivery by its ID, whole, or [ErrNotFound].
func (r reads) Delivery(ctx context.Context, id int64) (Delivery, error) {
	var d Delivery
	found := false
	err := each(ctx, r.store, func(scan func(...any) error) (err error) {
		found = true
		d, err = scanDelivery(scan, true)
		return err
	}, `SELECT `+deliveryColumns+`, text, html FROM delivery WHERE id = $1`, id)
	if err == nil && !found {
		err = ErrNotFound
	}
	if err != nil {
		return Delivery{}, fmt.Errorf("read delivery %d: %w", id, err)
	}
	return d, nil
}

// Deliveries returns the deliveries that a filter chooses, by ID, without
// Text and HTML.
func (r reads) Deliveries(ctx context.Context, filter DeliveryFilter) ([]Delivery, error) {
	var w where
	if filter.RunID != 0 {
		w.add("run_id = ?", filter.RunID)
	}
	w.equal("report", filter.Report)
	w.equal("period", filter.Period)
	w.equal("part", filter.Part)
	w.oneOf("state", identifiers(filter.States))
	if filter.Address != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(filter.Address)) + "%"
		w.add(`(LOWER(recipients_to) LIKE ? ESCAPE '\' OR LOWER(recipients_cc) LIKE ? ESCAPE '\' OR LOWER(recipients_bcc) LIKE ? ESCAPE '\')`, like, like, like)
	}
	if filter.After != 0 {
		w.add("id > ?", filter.After)
	}
	deliveries, err := r.someDeliveries(ctx, w.sql()+` ORDER BY id`+w.limit(filter.Limit), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return deliveries, nil
}

// sendable is the condition under which a delivery may go out: nothing goes
// out of a run before all of it is made.
const sendable = `state IN ('queued', 'retry') AND next_at <= $1 AND EXISTS (SELECT 1 FROM run WHERE run.id = delivery.run_id AND run.state = 'done')`

// Due returns the deliveries that may go out now, the longest due first,
// without Text and HTML; limit 0 returns all. Another process may claim them
// first.
func (r reads) Due(ctx context.Context, now time.Time, limit int) ([]Delivery, error) {
	return r.due(ctx, "", now, limit)
}

func (r reads) due(ctx context.Context, house string, now time.Time, limit int) ([]Delivery, error) {
	var w where
	deliveries, err := r.someDeliveries(ctx, `WHERE id IN (SELECT id FROM delivery WHERE `+sendable+ofHouse("$2")+` ORDER BY next_at, id`+w.limit(limit)+`) ORDER BY next_at, id`, micro(now), house)
	if err != nil {
		return nil, fmt.Errorf("read due deliveries: %w", err)
	}
	return deliveries, nil
}

// Events returns the history of a delivery, the earliest first.
func (r reads) Events(ctx context.Context, id int64) ([]Event, error) {
	var events []Event
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var e Event
		var at int64
		var state string
		err := scan(&at, &state, &e.Detail)
		e.At, e.State = moment(at), State(state)
		events = append(events, e)
		return err
	}, `SELECT at, state, detail FROM delivery_event WHERE delivery_id = $1 ORDER BY id`, id)
	if err != nil {
		return nil, fmt.Errorf("read history of delivery %d: %w", id, err)
	}
	return events, nil
}

// Counts returns how many deliveries of a run are in each state, of all runs
// for an ID of 0. States without a delivery are absent.
func (r reads) Counts(ctx context.Context, runID int64) (map[State]int, error) {
	counts := map[State]int{}
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var state string
		var n int
		err := scan(&state, &n)
		counts[State(state)] = n
		return err
	}, `SELECT state, COUNT(*) FROM delivery WHERE run_id = $1 OR $1 = 0 GROUP BY state`, runID)
	if err != nil {
		return nil, fmt.Errorf("count deliveries: %w", err)
	}
	return counts, nil
}
