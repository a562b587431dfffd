// Package run makes one report for one period: it finds the input, tells
// whether it is too old, renders every output, opens each again, puts them in
// their place, and records them together with the mail that is to go out.
//
// # What a kill leaves
//
// A run may be killed at any moment; running it again always ends with one set
// of outputs and one set of queued messages. The order makes it so:
//
//  1. Begin writes the run into the ledger, as running, with an owner whose
//     lease ends. Killed here, the next run takes it over under the same
//     revision, at once when the owner is a dead process of this machine.
//  2. Everything is rendered into a staging folder, whose name holds the report
//     and the period. Killed here, the next run removes the folder: nobody else
//     works on that report and period, the ledger sees to that.
//  3. The names of all outputs are written to a list in the staging folder, and
//     then the files get their names, one by one. Killed here, the next run
//     removes what the list names and renders again: the run is not done, so
//     nobody was told of these files, and none of them is an attachment.
//  4. One transaction ends the run, records files, results and inputs, makes
//     the revision the one that counts, and queues the messages. The files that
//     they attach are in their place by then, and synced.
//  5. The staging folder is removed. Killed before, the next run sees in the
//     ledger that the run is done, and removes the folder alone.
//
// A later revision has a folder of its own, so that files on their way as
// attachments are never replaced. Files of customers have mode 0600, folders
// 0700.
//
// Nothing is sent here: what is queued is sent by package deliver.
package run
