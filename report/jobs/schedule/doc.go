// Package schedule says when something is due: by a cron line or by the working
// days of a month, in a time zone, with holidays, and what becomes of the times
// that were missed while nothing ran. It is pure: the clock belongs to the
// caller.
package schedule
