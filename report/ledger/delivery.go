package ledger

import "time"

// A State is the fixed identifier of where a delivery stands.
type State string

// The states of a delivery. Sending is committed before the server is asked to
// take the message; what was sending when a process died becomes unknown, and
// a person decides.
const (
	Queued    State = "queued"
	Held      State = "held" // waits for a person
	Sending   State = "sending"
	Sent      State = "sent"
	Retry     State = "retry"
	Bounced   State = "bounced"
	Unknown   State = "unknown" // may or may not have arrived
	Cancelled State = "cancelled"
)

// A Delivery is one message to one group of recipients, whole: nothing is
// rendered when it is sent.
type Delivery struct {
	ID int64
	// Key names the delivery for ever: report, period, revision, part and
	// recipients. A second one under the same key is never sent by itself.
	Key      string
	RunID    int64
	Report   string
	Period   string
	Revision int
	Part     string // key of the customer or group, "" for the whole report

	To, Cc, Bcc []string // addresses, each "name <local@domain>" or bare
	Subject     string
	Text, HTML  string
	Inline      []File // pictures of the HTML text
	Attachments []File
	// ContentSHA256 is over the attachments before passwords were put on.
	ContentSHA256 string
	MessageID     string    // without angle brackets
	Date          time.Time // of the message, the same at every try

	State    State
	Why      string // fixed identifier of why it is held or failed
	Attempt  int
	NextAt   time.Time // not before, zero = at once
	Owner    string    // process that is sending
	LeaseTo  time.Time // until when the owner answers for it
	Code     int       // of the server's last answer
	Reply    string
	FirstAt  time.Time
	LastAt   time.Time
	ResendOf int64 // ID of the delivery that it repeats on purpose
}

// A File belongs to a message and stands on the disk until it is sent.
type File struct {
	Name   string // as the recipient sees it
	Path   string
	SHA256 string
	Type   string // media type
	ID     string // content ID of an inline picture
}

// An Event is one line of a delivery's history.
type Event struct {
	At     time.Time
	State  State
	Detail string
}

// An Outcome is how a try to send ended.
type Outcome struct {
	State  State     // Sent, Retry, Bounced, Unknown or Held
	Why    string    // fixed identifier, "" for Sent
	Code   int       // of the server's answer, 0 without one
	Reply  string    // the answer
	NextAt time.Time // for Retry: not before
	Detail string    // for the history; "" takes Why or Reply
}

// A DeliveryFilter chooses deliveries. Zero fields choose all.
type DeliveryFilter struct {
	RunID   int64
	Report  string
	Period  string
	Part    string
	States  []State
	Address string // part of a recipient's address, as written
	After   int64  // only IDs above
	Limit   int
}
