package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
	"golang.org/x/oauth2"

	"valuebook/report/dataset"
)

// a connection is one conversation with the mail server, logged in.
type connection struct {
	client *gomail.Client
	smtp   *smtp.Client
	raw    net.Conn
	sent   int // messages so far
}

// dial connects, encrypts and logs in. What goes wrong is a [*Problem]; no
// mail was mentioned to the server by then.
func dial(ctx context.Context, s Server, tokens oauth2.TokenSource) (*connection, error) {
	c := &connection{}
	options, err := s.options(c, tokens)
	if err != nil {
		return nil, err
	}
	c.client, err = gomail.NewClient(s.Host, options...)
	if err != nil {
		return nil, problem(err, "unreachable", dataset.Str(s.address()))
	}
	c.smtp, err = c.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		c.drop() // the library leaves it open
		return nil, s.dialProblem(err)
	}
	return c, nil
}

// options are what the library needs to know of the server.
func (s Server) options(c *connection, tokens oauth2.TokenSource) ([]gomail.Option, error) {
	encryption, err := s.encryption()
	if err != nil {
		return nil, err
	}
	options := []gomail.Option{
		gomail.WithPort(s.port()), gomail.WithTimeout(s.timeout()), gomail.WithTLSConfig(encryption),
		// One answer less between the server's word and the ledger; a connection that has gone is noticed at the next
		// message, before anything of it was sent.
		gomail.WithoutNoop(), gomail.WithoutRset(),
		// Addresses and headers are ASCII: asked to carry others, a message bounces at the next server that cannot.
		gomail.WithoutSMTPUTF8(),
		gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			raw, err := (&net.Dialer{}).DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			c.raw = raw
			if s.security() != TLS {
				return raw, nil
			}
			encrypted := tls.Client(raw, encryption)
			if err := encrypted.HandshakeContext(ctx); err != nil {
				c.drop()
				return nil, err
			}
			return encrypted, nil
		}),
	}
	policy := gomail.NoTLS
	if s.security() == StartTLS {
		policy = gomail.TLSMandatory
	}
	options = append(options, gomail.WithTLSPolicy(policy))
	if s.Hello != "" {
		options = append(options, gomail.WithHELO(s.Hello))
	}
	login, err := s.login(tokens)
	return append(options, login...), err
}

// encryption returns whom the sender trusts.
func (s Server) encryption() (*tls.Config, error) {
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if s.CAFile == "" {
		return config, nil
	}
	pem, err := os.ReadFile(s.CAFile)
	if err != nil {
		return nil, problem(pathCause(err), "ca-file", dataset.Str(s.CAFile))
	}
	config.RootCAs, err = x509.SystemCertPool()
	if err != nil {
		config.RootCAs = x509.NewCertPool()
	}
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, problem(errors.New("no certificate in it"), "ca-file", dataset.Str(s.CAFile))
	}
	return config, nil
}

// strongest are the authentications of [AuthAuto], the best first. Passwords
// go over encrypted connections only: others are never made.
var strongest = []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}

var mechanisms = map[Auth]gomail.SMTPAuthType{
	AuthPlain: gomail.SMTPAuthPlain, AuthLogin: gomail.SMTPAuthLogin, AuthCRAM: gomail.SMTPAuthCramMD5,
	AuthSCRAM: gomail.SMTPAuthSCRAMSHA256, AuthXOAUTH2: gomail.SMTPAuthXOAUTH2,
}

// login returns the options of the authentication, with the secret fetched
// now: a new password counts from the next connection on.
func (s Server) login(tokens oauth2.TokenSource) ([]gomail.Option, error) {
	if !s.authenticates() {
		return nil, nil
	}
	secret, err := s.secret(tokens)
	if err != nil {
		return nil, err
	}
	options := []gomail.Option{gomail.WithUsername(s.User), gomail.WithPassword(secret.Reveal())}
	if s.auth() == AuthAuto {
		return append(options, gomail.WithOpportunisticSMTPAuth(strongest...)), nil
	}
	return append(options, gomail.WithSMTPAuth(mechanisms[s.auth()])), nil
}

func (s Server) secret(tokens oauth2.TokenSource) (Secret, error) {
	if s.auth() == AuthXOAUTH2 && tokens != nil {
		return token(tokens)
	}
	return s.Secret.Load()
}

// dialProblem words why there is no connection. The library has no values for
// most of these errors, only texts; a test holds each of them.
func (s Server) dialProblem(err error) *Problem {
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	text := err.Error()
	switch {
	case strings.Contains(text, "does not support STARTTLS"):
		return problem(nil, "no-starttls", dataset.Str(s.address()))
	case errors.As(err, &authority), errors.As(err, &name), errors.As(err, &invalid), errors.As(err, &verification):
		return problem(err, "certificate", dataset.Str(s.address()))
	case strings.Contains(text, "SMTP AUTH"), errors.Is(err, gomail.ErrNoSupportedAuthDiscovered), strings.Contains(text, "AUTH type"):
		return problem(errors.New(brief(text)), "login", dataset.Str(s.address()))
	}
	return problem(errors.New(brief(text)), "unreachable", dataset.Str(s.address()))
}

// takes returns how large a message the server takes, 0 when it does not say.
func (c *connection) takes() int64 {
	_, value := c.smtp.Extension("SIZE")
	n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// send hands one message over.
func (c *connection) send(m *gomail.Msg) verdict {
	c.sent++
	return judge(m, c.client.SendWithSMTPClient(c.smtp, m))
}

// drop ends the connection without a word. After a message that was cut off a
// polite end would send what is left of it: a dot on a line of its own.
func (c *connection) drop() {
	if c != nil && c.raw != nil {
		_ = c.raw.Close()
	}
}

// farewell is how long a server may take to say goodbye.
const farewell = 5 * time.Second

// close ends the connection politely.
func (c *connection) close() {
	if c == nil {
		return
	}
	if c.raw != nil && c.smtp != nil {
		_ = c.raw.SetDeadline(time.Now().Add(farewell))
		_ = c.smtp.Quit()
	}
	c.drop()
}
