package ledger

import (
	"context"
	"strings"
	"time"
)

// A House is a ledger for those who serve the reports of one name alone: the
// mail of others is not theirs to send, nor to give up. With the Name "" it is
// the whole ledger.
type House struct {
	*Ledger
	Name string
}

// Belongs reports whether a report is one of a name: the name itself, or one of
// several under it, as in "NAME/WORKBOOK". All belong to "".
func Belongs(report, name string) bool {
	return name == "" || report == name || strings.HasPrefix(report, name+"/")
}

// ofHouse is [Belongs] for the column report; the name is the argument of that number.
func ofHouse(n string) string {
	return ` AND (` + n + ` = '' OR report = ` + n + ` OR SUBSTR(report, 1, LENGTH(` + n + `) + 1) = ` + n + ` || '/')`
}

// Due is [Ledger.Due] for the house.
func (h House) Due(ctx context.Context, now time.Time, limit int) ([]Delivery, error) {
	return h.due(ctx, h.Name, now, limit)
}

// Recover is [Ledger.Recover] for the house.
func (h House) Recover(ctx context.Context, dead []string, now time.Time) ([]int64, error) {
	return h.recover(ctx, h.Name, dead, now)
}
