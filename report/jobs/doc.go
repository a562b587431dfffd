// Package jobs keeps valuebook running: it takes workbooks from drop folders,
// starts reports when they are due, sends the mail that waits, and clears up
// after processes that died. One process does it on a SQLite file; several
// share the work on PostgreSQL.
//
// # What happens once
//
// Every step is a job of package queue, which may be begun again when its
// worker dies. It happens once because its effect and its end are one
// transaction of the ledger:
//
//   - A file is taken from the drop folder by a rename; what lies in work/ and has
//     no job gets one when a process starts, or finds that another has died.
//   - "ingest" runs the report. The transaction that records the run ends the
//     job and queues "away".
//   - "away" moves the input beside its results; each of its steps may be done
//     again.
//   - "report" runs a scheduled report. The transaction that starts it moves
//     the schedule on, compared with the time it stood at, so that of several
//     processes one starts it.
//   - "pages" makes some of the many pages of a report that is at work in this or
//     another process. The transaction that ends it notes them in the ledger,
//     where the report finds them.
//   - "mail" sends one delivery. The ledger's own states see to it that nobody
//     gets it twice.
package jobs
