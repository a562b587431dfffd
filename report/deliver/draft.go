package deliver

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"valuebook/report/ledger"
	"valuebook/report/pipeline"
)

// A Draft is a message before it is queued.
type Draft struct {
	RunID    int64
	Report   string
	Period   string
	Revision int
	Part     string // key of the customer or group, "" for the whole report

	To, Cc, Bcc []string
	Letter      Letter
	Inline      []ledger.File // pictures of the HTML text
	Attachments []ledger.File
	// ContentSHA256 are the hashes of the attachments before passwords were put
	// on, in their order.
	ContentSHA256 []string
	Date          time.Time // of the message; whole seconds are kept
}

// A Letter is the text of a message.
type Letter struct {
	Subject    string
	Text, HTML string
}

// Delivery returns the row for the ledger, queued. The same draft gives the
// same key and Message-ID whenever it is made.
func (d Draft) Delivery(s Server) ledger.Delivery {
	key := Key(d.Report, d.Period, d.Revision, d.Part, d.To, d.Cc, d.Bcc)
	return ledger.Delivery{
		Key: key, RunID: d.RunID, Report: d.Report, Period: d.Period, Revision: d.Revision, Part: d.Part,
		To: d.To, Cc: d.Cc, Bcc: d.Bcc, Subject: cleanLine(d.Letter.Subject), Text: d.Letter.Text, HTML: d.Letter.HTML,
		Inline: d.Inline, Attachments: plainNames(d.Attachments), ContentSHA256: digest(d.ContentSHA256...),
		MessageID: MessageID(key, s.MessageIDDomain()), Date: d.Date.UTC().Truncate(time.Second), State: ledger.Queued,
	}
}

// Key names a delivery for ever: a lower-case hexadecimal SHA-256 over report,
// period, revision, part and the bare addresses in lower case, in any order.
func Key(report, period string, revision int, part string, to, cc, bcc []string) string {
	fields := []string{report, period, strconv.Itoa(revision), part}
	var addresses []string
	for _, text := range slices.Concat(to, cc, bcc) {
		addresses = append(addresses, strings.ToLower(cmp.Or(addressOf(text), text)))
	}
	sort.Strings(addresses)
	return digest(append(fields, slices.Compact(addresses)...)...)
}

// MessageID returns the Message-ID of a delivery, without angle brackets.
func MessageID(key, domain string) string {
	return digest("message-id", key)[:40] + "@" + cmp.Or(domain, "valuebook.invalid")
}

// digest returns a hash over texts that no other list of texts has.
func digest(texts ...string) string {
	h := sha256.New()
	var length [8]byte
	for _, text := range texts {
		binary.BigEndian.PutUint64(length[:], uint64(len(text)))
		h.Write(length[:])
		h.Write([]byte(text))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// plainNames gives files names in ASCII, each its own: some mail programs show
// others wrongly or lose them.
func plainNames(files []ledger.File) []ledger.File {
	files = slices.Clone(files)
	taken := map[string]bool{}
	for i, f := range files {
		ending := path.Ext(f.Name)
		stem := pipeline.SafeName(strings.TrimSuffix(f.Name, ending), true)
		ending = strings.ReplaceAll(pipeline.SafeName("x"+ending, true), " ", "")[1:]
		name := stem + ending
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = stem + " (" + strconv.Itoa(n) + ")" + ending
		}
		taken[strings.ToLower(name)] = true
		files[i].Name = name
	}
	return files
}
