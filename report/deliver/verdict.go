package deliver

import (
	"errors"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"valuebook/report/ledger"
)

// Why a delivery is not sent: fixed identifiers of [ledger.Delivery.Why], each
// with a text below "deliver.why." in the catalogue.
const (
	WhyTemporary  = "temporary"    // the server asks to try again later
	WhyConnection = "connection"   // the connection ended before the message did
	WhyGaveUp     = "gave-up"      // temporary errors until the last try
	WhyRejected   = "rejected"     // the server refuses the message for good
	WhyTooLarge   = "too-large"    // for the server, or for what is set
	WhyUnclear    = "unclear"      // the connection ended between the message and the answer
	WhyChanged    = "file-changed" // a file is not the one that was queued
	WhyFile       = "file"         // a file cannot be read
	WhyAddress    = "address"      // a sender or recipient is no address
)

// certainty says how sure it is what became of a message.
type certainty uint8

const (
	arrived   certainty = iota // the server has it
	refused                    // the server does not have it and will not take it
	postponed                  // the server does not have it and may take it later
	lost                       // the server does not have it, the connection ended
	unclear                    // nobody knows
)

// A verdict is what the end of a conversation with the server means.
type verdict struct {
	certainty certainty
	code      int
	reply     string
	why       string
	redial    bool // the connection is of no more use
	login     bool // the server does not want us at all, whatever the message
}

// replies of the server that mean something of their own (RFC 5321, 4954).
const (
	replyClosing  = 421
	replyNoLogin  = 530
	replyTooLarge = 552
	replyForGood  = 500
)

// judge says what became of a message that was handed to the library.
//
// Only the time between the last byte of the message and the answer is
// unclear: the library names the phase in which it failed. A failure of the
// reset after the answer does not undo the answer.
func judge(m *gomail.Msg, err error) verdict {
	if err == nil {
		return verdict{certainty: arrived, code: 250, reply: brief(m.ServerResponse())}
	}
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return verdict{certainty: unclear, why: WhyUnclear, reply: brief(err.Error()), redial: true}
	}
	v := verdict{code: failed.ErrorCode(), reply: replyOf(failed)}
	switch {
	case failed.Reason == gomail.ErrSMTPReset:
		return verdict{certainty: arrived, code: 250, reply: brief(m.ServerResponse()), redial: true}
	case failed.Reason == gomail.ErrGetSender, failed.Reason == gomail.ErrGetRcpts, failed.Reason == gomail.ErrNoUnencoded:
		v.certainty, v.why = refused, WhyAddress
	case v.code == replyNoLogin:
		v.certainty, v.why, v.login, v.redial = postponed, WhyTemporary, true, true
	case v.code == replyTooLarge, v.code >= replyForGood && tooLarge[failed.EnhancedStatusCode()]:
		v.certainty, v.why = refused, WhyTooLarge
	case v.code >= replyForGood:
		v.certainty, v.why = refused, WhyRejected
	case v.code > 0:
		v.certainty, v.why, v.redial = postponed, WhyTemporary, v.code == replyClosing
	case beforeTheEnd[failed.Reason]:
		v.certainty, v.why, v.redial = lost, WhyConnection, true
	default:
		v.certainty, v.why, v.redial = unclear, WhyUnclear, true
	}
	return v
}

// tooLarge are the enhanced codes that say so (RFC 3463).
var tooLarge = map[string]bool{"5.3.4": true, "5.2.3": true}

// beforeTheEnd are the phases in which the server cannot have the whole
// message yet.
var beforeTheEnd = map[gomail.SendErrReason]bool{
	gomail.ErrConnCheck: true, gomail.ErrSMTPMailFrom: true, gomail.ErrSMTPRcptTo: true,
	gomail.ErrSMTPData: true, gomail.ErrWriteContent: true,
}

// longestReply is how much of an answer is kept, in bytes.
const longestReply = 500

// replyOf returns what the server said, without what the library puts around
// it.
func replyOf(e *gomail.SendError) string {
	text := strings.TrimPrefix(e.Error(), e.Reason.String()+": ")
	text, _, _ = strings.Cut(text, ", affected message ID: ")
	return brief(text)
}

func brief(text string) string {
	text = cleanLine(text)
	if len(text) > longestReply {
		text = strings.ToValidUTF8(text[:longestReply], "")
	}
	return text
}

// outcome returns what the ledger is told of a verdict at a moment.
func (s Server) outcome(v verdict, attempt int, at time.Time) ledger.Outcome {
	o := ledger.Outcome{Code: v.code, Reply: v.reply, Why: v.why}
	switch v.certainty {
	case arrived:
		o.State, o.Why = ledger.Sent, ""
	case refused:
		o.State = ledger.Bounced
		if v.why == WhyAddress {
			o.State = ledger.Held
		}
	case unclear:
		o.State = ledger.Unknown
		if s.resends() {
			s.again(&o, attempt, at)
		}
	default:
		s.again(&o, attempt, at)
	}
	return o
}

// again asks for another try, or gives up after the last.
func (s Server) again(o *ledger.Outcome, attempt int, at time.Time) {
	wait, ok := s.Retry.Next(attempt)
	if ok {
		o.State, o.NextAt = ledger.Retry, at.Add(wait)
		return
	}
	if o.Why == WhyUnclear {
		o.State = ledger.Unknown // it may have arrived all the same
		return
	}
	o.State, o.Why, o.Detail = ledger.Bounced, WhyGaveUp, o.Why
}
