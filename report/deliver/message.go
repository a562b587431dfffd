package deliver

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"regexp"

	gomail "github.com/wneessen/go-mail"

	"valuebook/report/ledger"
)

// A FileError says that a file of a message is not what was queued.
type FileError struct {
	Name    string // as the recipient would see it
	Changed bool   // it is another file than was queued; else it cannot be read
	Err     error
}

// Error names the file without its folder.
func (e *FileError) Error() string {
	if e.Changed {
		return e.Name + " has changed since it was queued"
	}
	return fmt.Sprintf("%s: %v", e.Name, e.Err)
}

// Unwrap returns why the file cannot be read.
func (e *FileError) Unwrap() error { return e.Err }

// errParts is returned for a delivery whose sender or recipients are no
// addresses.
var errParts = errors.New("a sender or recipient is no mail address")

// message makes the message of a delivery, with the files as they stand on the
// disk. A file with another hash than was queued is a [*FileError].
func message(d ledger.Delivery, s Server) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := setAddresses(m, d, s); err != nil {
		return nil, err
	}
	m.Subject(cleanLine(d.Subject))
	m.SetDateWithValue(d.Date)
	m.SetMessageIDWithValue(d.MessageID)
	// Both keep programs from answering: the second is what Exchange obeys.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("X-Auto-Response-Suppress", "All")
	m.SetBodyString(gomail.TypeTextPlain, d.Text)
	if d.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, d.HTML)
	}
	for _, f := range d.Inline {
		data, err := content(f)
		if err != nil {
			return nil, err
		}
		m.EmbedReadSeeker(f.Name, bytes.NewReader(data), gomail.WithFileContentID(f.ID), contentType(f))
	}
	for _, f := range plainNames(d.Attachments) {
		data, err := content(f)
		if err != nil {
			return nil, err
		}
		m.AttachReadSeeker(f.Name, bytes.NewReader(data), contentType(f))
	}
	return m, nil
}

func contentType(f ledger.File) gomail.FileOption {
	return gomail.WithFileContentType(gomail.ContentType(cmp.Or(f.Type, "application/octet-stream")))
}

// setAddresses sets sender and recipients. They go in as addresses, never as
// text: nothing in them can become a line of its own.
func setAddresses(m *gomail.Msg, d ledger.Delivery, s Server) error {
	from, err := ParseAddress(s.From)
	if err != nil {
		return errParts
	}
	m.FromMailAddress(from)
	if s.EnvelopeFrom != "" {
		m.EnvelopeFromMailAddress(&mail.Address{Address: s.envelope()})
	}
	if s.ReplyTo != "" {
		reply, err := ParseAddress(s.ReplyTo)
		if err != nil {
			return errParts
		}
		m.ReplyToMailAddress(reply)
	}
	for _, group := range []struct {
		texts []string
		set   func(...*mail.Address)
	}{{d.To, m.ToMailAddress}, {d.Cc, m.CcMailAddress}, {d.Bcc, m.BccMailAddress}} {
		var list []*mail.Address
		for _, text := range group.texts {
			address, err := ParseAddress(text)
			if err != nil {
				return errParts
			}
			list = append(list, address)
		}
		if len(list) > 0 {
			group.set(list...)
		}
	}
	if len(d.To) == 0 {
		return errParts
	}
	return nil
}

// content reads a file of a message and compares it with its hash. What is
// returned is what was compared, whatever happens to the file afterwards.
func content(f ledger.File) ([]byte, error) {
	data, err := os.ReadFile(f.Path)
	if err != nil {
		return nil, &FileError{Name: f.Name, Err: pathCause(err)}
	}
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, &FileError{Name: f.Name, Changed: true}
	}
	return data, nil
}

// boundary is how the library separates the parts of a message: by random
// digits.
var boundary = regexp.MustCompile(`\r\n boundary=([0-9a-f]{60})\r\n`)

// EML returns a delivery as a mail program opens it from a file. It is the
// message that would be sent, but for the marks between its parts, which are
// the same each time. Addresses of blind copies are not in it.
func EML(d ledger.Delivery, s Server) ([]byte, error) {
	m, err := message(d, s)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if _, err := m.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write message: %w", err)
	}
	data := out.Bytes()
	for i, found := range boundary.FindAllSubmatch(data, -1) {
		fixed := digest(d.MessageID, fmt.Sprint("boundary", i))[:len(found[1])]
		data = bytes.ReplaceAll(data, bytes.Clone(found[1]), []byte(fixed))
	}
	return data, nil
}

// size returns how many bytes a message has as it is sent.
func size(m *gomail.Msg) (int64, error) {
	var n counter
	_, err := m.WriteTo(&n)
	return int64(n), err
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
