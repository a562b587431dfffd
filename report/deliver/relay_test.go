package deliver_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"valuebook/report/deliver"
)

// a relay is a mail server inside the test that does as the recipient's name
// says: see reaction.
type relay struct {
	addr string
	ca   string // PEM file with its certificate
	lag  time.Duration

	lock        sync.Mutex
	messages    []letter
	connections int
	closing     int // MAIL commands that are still to be answered with 421
}

// a letter is a message that the relay took.
type letter struct {
	from string
	to   []string
	data []byte
}

func (l letter) id(t testing.TB) string {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(l.data))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get("Message-Id")
}

// taken returns what the relay took so far.
func (r *relay) taken() []letter {
	r.lock.Lock()
	defer r.lock.Unlock()
	return append([]letter(nil), r.messages...)
}

func (r *relay) dialled() int {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.connections
}

const (
	relayUser     = "reports@firm.example"
	relayPassword = "correct horse"
)

type relayOptions struct {
	noTLS, implicit bool
	most            int64 // bytes of a message
	lag             time.Duration
}

// startRelay starts a relay on a port of its own; it ends with the test.
func startRelay(t testing.TB, o relayOptions) *relay {
	t.Helper()
	r := &relay{ca: filepath.Join(t.TempDir(), "ca.pem"), lag: o.lag}
	certificate, authority := newCertificate(t)
	if err := os.WriteFile(r.ca, authority, 0o600); err != nil {
		t.Fatal(err)
	}
	encryption := &tls.Config{Certificates: []tls.Certificate{certificate}}
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{relay: r, conn: c}, nil
	}))
	s.Domain, s.AllowInsecureAuth, s.MaxMessageBytes = "relay.test", true, o.most
	s.ErrorLog = quiet{}
	if !o.noTLS && !o.implicit {
		s.TLSConfig = encryption
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.addr = listener.Addr().String()
	listener = counting{listener, r}
	if o.implicit {
		listener = tls.NewListener(listener, encryption)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = s.Close(); <-done })
	return r
}

// counting counts the connections of a relay.
type counting struct {
	net.Listener
	relay *relay
}

func (c counting) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.relay.lock.Lock()
		defer c.relay.lock.Unlock()
		c.relay.connections++
	}
	return conn, err
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// newCertificate makes a certificate for this machine that signs itself.
func newCertificate(t testing.TB) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "relay.test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		DNSNames: []string{"localhost", "relay.test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// server returns the settings for the relay.
func (r *relay) server(t testing.TB) deliver.Server {
	t.Helper()
	host, port, _ := net.SplitHostPort(r.addr)
	n, err := net.LookupPort("tcp", port)
	if err != nil {
		t.Fatal(err)
	}
	return deliver.Server{
		Host: host, Port: n, CAFile: r.ca, User: relayUser, Secret: deliver.Source{Variable: "RELAY_PASSWORD"},
		From: "Reports of Firm <reports@firm.example>", Timeout: 5 * time.Second,
	}
}

// a session is one conversation.
type session struct {
	relay    *relay
	conn     *smtp.Conn
	from     string
	to       []string
	loggedIn bool
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login, "XOAUTH2"} }

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != relayUser || password != relayPassword {
			return smtp.ErrAuthFailed
		}
		s.loggedIn = true
		return nil
	}
	if mechanism == "XOAUTH2" {
		return bearer{check}, nil
	}
	if mechanism == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer is the server's side of LOGIN.
type loginServer struct {
	check func(user, password string) error
	step  int
	user  string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}

func answer(code int, enhanced smtp.EnhancedCode, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

var closingDown = answer(421, smtp.EnhancedCode{4, 3, 2}, "closing down")

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.relay.lock.Lock()
	defer s.relay.lock.Unlock()
	if !s.loggedIn {
		return answer(530, smtp.EnhancedCode{5, 7, 0}, "log in first")
	}
	if s.relay.closing > 0 {
		s.relay.closing--
		return closingDown
	}
	s.from = from
	return nil
}

// reaction is what the relay does with mail for name@...: the part of the
// name before a full stop.
func reaction(address string) string {
	local, _, _ := strings.Cut(address, "@")
	name, _, _ := strings.Cut(local, ".")
	return name
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch reaction(to) {
	case "later":
		return answer(451, smtp.EnhancedCode{4, 7, 1}, "come back later")
	case "nobody":
		return answer(550, smtp.EnhancedCode{5, 1, 1}, "no such user here")
	case "closing":
		return closingDown
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(body io.Reader) error {
	what := reaction(s.to[0])
	if what == "hangup" { // in the middle of the message
		_, _ = io.ReadFull(body, make([]byte, 1000))
		_ = s.conn.Conn().Close()
		return errors.New("gone")
	}
	if what == "stall" { // until the sender has given up in the middle of the message
		_, _ = io.ReadFull(body, make([]byte, 1000))
		time.Sleep(1500 * time.Millisecond)
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	switch what {
	case "full":
		return answer(552, smtp.EnhancedCode{5, 3, 4}, "message file too big")
	case "spam":
		return answer(554, smtp.EnhancedCode{5, 7, 1}, "not wanted")
	case "busy":
		return answer(451, smtp.EnhancedCode{4, 3, 0}, "try again")
	case "shutting":
		return closingDown
	case "mute": // the message is lost, and so is the answer
		_ = s.conn.Conn().Close()
		return errors.New("gone")
	}
	s.relay.lock.Lock()
	s.relay.messages = append(s.relay.messages, letter{s.from, append([]string(nil), s.to...), data})
	s.relay.lock.Unlock()
	if what == "drop" { // the message is kept, the answer lost
		_ = s.conn.Conn().Close()
		return errors.New("gone")
	}
	if what == "slow" {
		time.Sleep(1500 * time.Millisecond)
	}
	time.Sleep(s.relay.lag)
	return nil
}

func (s *session) Reset()        { s.from, s.to = "", nil }
func (s *session) Logout() error { return nil }
