// Package ledger holds everything that outlives a run: runs and their results,
// the files that were made, deliveries with their states, schedules. All SQL of
// the program is here. It keeps its tables in one SQLite file, or in a
// PostgreSQL database where several machines work together; both give the same
// answers.
//
// The package asks no clock: every change says when it happens.
package ledger
