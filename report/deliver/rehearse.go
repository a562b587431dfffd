package deliver

import (
	"cmp"
	"context"
	"strings"

	"valuebook/report/ledger"
)

// Redirect returns a delivery as a rehearsal: the same message to one address
// alone, with the true recipients in its subject. Its key and Message-ID are
// its own, so that a mail server that has seen it takes the true one later. It
// has no place in a ledger: nothing of a rehearsal counts as sent.
func Redirect(d ledger.Delivery, address string) ledger.Delivery {
	_, domain, _ := cutLast(d.MessageID, "@")
	var bare []string
	for _, to := range d.To {
		bare = append(bare, cmp.Or(addressOf(to), to))
	}
	d.Subject = headline("[→ " + strings.Join(bare, ", ") + "] " + d.Subject)
	d.Key = "rehearsal:" + digest(d.Key, address)
	d.MessageID = MessageID(d.Key, domain)
	d.ID, d.RunID, d.ResendOf = 0, 0, 0
	d.To, d.Cc, d.Bcc = []string{address}, nil, nil
	return d
}

// Sample returns n deliveries spread evenly over all, the first and the last
// among them; the same each time.
func Sample(all []ledger.Delivery, n int) []ledger.Delivery {
	if n <= 0 || n >= len(all) {
		return all
	}
	if n == 1 {
		return all[:1]
	}
	var some []ledger.Delivery
	for i := range n {
		some = append(some, all[i*(len(all)-1)/(n-1)])
	}
	return some
}

// Rehearse sends messages without a ledger and returns what became of each, in
// their order, until the first [*Problem] with the server.
func (s *Sender) Rehearse(ctx context.Context, messages []ledger.Delivery) ([]ledger.Outcome, error) {
	var all []ledger.Outcome
	for _, d := range messages {
		o, err := s.loose(ctx, d)
		if o.State != "" {
			all = append(all, o)
		}
		if err != nil {
			return all, err
		}
	}
	return all, nil
}
