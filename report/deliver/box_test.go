package deliver_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/deliver"
	"valuebook/report/ledger"
)

// day is when the messages of the tests are dated.
var day = time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)

// file writes a file for a message.
func file(t testing.TB, name string, data []byte) ledger.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return ledger.File{Name: name, Path: path, SHA256: hex.EncodeToString(sum[:]), Type: "application/pdf"}
}

// draft is a message to one address.
func draft(part, to string, files ...ledger.File) deliver.Draft {
	d := deliver.Draft{
		Report: "monthly", Period: "2026-10", Revision: 1, Part: part, To: []string{to}, Date: day,
		Letter:      deliver.Letter{Subject: "Customer value: " + part, Text: "Here is the report.\n", HTML: "<p>Here is the report.</p>\n"},
		Attachments: files,
	}
	for _, f := range files {
		d.ContentSHA256 = append(d.ContentSHA256, f.SHA256)
	}
	return d
}

// a box is a ledger with deliveries that are due.
type box struct {
	*ledger.Ledger
	ids []int64
}

// fill makes a ledger with one finished run of these messages.
func fill(t testing.TB, path string, s deliver.Server, drafts ...deliver.Draft) *box {
	t.Helper()
	ctx := context.Background()
	l, err := ledger.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	run, _, err := l.Begin(ctx, ledger.Run{Report: "monthly", Period: "2026-10", Owner: "test", InputSHA256: "a", SettingsSHA256: "b"}, day)
	if err != nil {
		t.Fatal(err)
	}
	made := ledger.Recorded{Owner: "test"}
	for _, d := range drafts {
		made.Deliveries = append(made.Deliveries, d.Delivery(s))
	}
	if err := l.Finish(ctx, run.ID, made, day); err != nil {
		t.Fatal(err)
	}
	all, err := l.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil || len(all) != len(drafts) {
		t.Fatalf("%d of %d deliveries are queued: %v", len(all), len(drafts), err)
	}
	b := &box{Ledger: l}
	for _, d := range all {
		b.ids = append(b.ids, d.ID)
	}
	return b
}

// newBox is fill with a ledger of its own.
func newBox(t testing.TB, s deliver.Server, drafts ...deliver.Draft) *box {
	t.Helper()
	return fill(t, filepath.Join(t.TempDir(), "ledger.db"), s, drafts...)
}

func (b *box) delivery(t testing.TB, i int) ledger.Delivery {
	t.Helper()
	d, err := b.Delivery(context.Background(), b.ids[i])
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newSender(t testing.TB, s deliver.Server) *deliver.Sender {
	t.Helper()
	sender, err := deliver.NewSender(s, deliver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sender.Close)
	return sender
}

// many returns n messages, each to an address of its own.
func many(n int, files ...ledger.File) []deliver.Draft {
	var all []deliver.Draft
	for i := range n {
		all = append(all, draft(fmt.Sprintf("C%03d", i), fmt.Sprintf("ok.%03d@customer.example", i), files...))
	}
	return all
}
