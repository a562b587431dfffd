// Package deliver sends what a run made, one delivery at a time, and lets
// nobody get the same message twice.
//
// The way of a delivery: [Match] says who gets which part and what is wrong
// with the list; [Composer] writes the letter; [Draft.Delivery] makes the row
// that the ledger keeps; [SendOne] claims a row, sends it and writes down what
// became of it. The row is "sending" in the ledger before the server is asked
// to take the message. A server's answer and a failure before the end of the
// message are certain; only when the connection ends between the end of the
// message and the answer nobody knows, and the row becomes "unknown" and waits
// for a person.
//
// Nothing is rendered here: a message is whole before it is queued, and the
// files on the disk must still have the hashes that were queued with them.
//
// The package writes no customer's name, address or text to the log, and no
// secret anywhere.
package deliver
