// Package queue keeps work to be done in the ledger's database and hands it to
// workers, of this process and of others on the same database. It is River
// with one face for both databases.
//
// A job may be carried out more than once: when its worker dies, another takes
// it. What it changes in the ledger happens once all the same, where the change
// and the end of the job are one transaction ([Job.Complete]).
package queue
