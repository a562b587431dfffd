package ledger

import (
	"errors"
	"fmt"
)

// ErrNotFound is returned for an ID that the ledger does not know.
var ErrNotFound = errors.New("not in the ledger")

// ErrLost is returned to an owner that no longer is one: its lease ended and
// another took over, or the run is over.
var ErrLost = errors.New("the run is no longer held by this owner")

// A TransitionError says that a delivery cannot go from one state to another.
type TransitionError struct {
	ID   int64
	From State
	To   State
	// Why is the fixed identifier of the reason where the states alone are not:
	// "owner" when another process holds it, "resend-open" when one that
	// repeats it has not ended.
	Why string
}

// Error names the delivery and both states.
func (e *TransitionError) Error() string {
	if e.Why != "" {
		return fmt.Sprintf("delivery %d is %s and cannot become %s (%s)", e.ID, e.From, e.To, e.Why)
	}
	return fmt.Sprintf("delivery %d is %s and cannot become %s", e.ID, e.From, e.To)
}

// ErrAddress is returned for an address of a database that cannot be read, or
// that may be read wrongly because of its password.
var ErrAddress = errors.New("its address cannot be read: special characters of a password are written as % and two digits, such as %40 for @")
