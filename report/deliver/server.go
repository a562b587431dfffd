package deliver

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
)

// Security is the fixed identifier of how a connection is encrypted.
type Security string

// The ways to encrypt. Without encryption only programs on the same machine
// are spoken to.
const (
	StartTLS Security = "starttls" // the default; a server that does not offer it gets no mail
	TLS      Security = "tls"      // from the first byte
	Clear    Security = "none"     // loopback only
)

// Auth is the fixed identifier of how the sender proves who it is.
type Auth string

// The authentications. AuthAuto takes the strongest that the server offers,
// XOAUTH2 excepted, and none when no user is named.
const (
	AuthAuto    Auth = "auto"
	AuthNone    Auth = "none"
	AuthPlain   Auth = "plain"
	AuthLogin   Auth = "login"
	AuthCRAM    Auth = "cram-md5"
	AuthSCRAM   Auth = "scram-sha-256"
	AuthXOAUTH2 Auth = "xoauth2"
)

// Securities, Auths and Unclear list the identifiers that a run file may have.
var (
	Securities = []string{string(StartTLS), string(TLS), string(Clear)}
	Auths      = []string{string(AuthAuto), string(AuthNone), string(AuthPlain), string(AuthLogin), string(AuthCRAM), string(AuthSCRAM), string(AuthXOAUTH2)}
	Unclear    = []string{UnclearHold, UnclearResend}
)

// What is done with a message of which nobody knows whether it arrived.
const (
	UnclearHold   = "hold"   // the default: a person decides
	UnclearResend = "resend" // once more, with the same Message-ID and Date
)

// A Server says where mail is handed over and how. The zero value of every
// field but Host and From is a usable default.
type Server struct {
	Host     string
	Port     int      // 0 = 587, 465 with TLS, 25 in clear
	Security Security // "" = StartTLS
	CAFile   string   // PEM file with the certificates to trust beside the system's, "" for none
	Hello    string   // name that the sender gives itself, "" = the machine's

	Auth   Auth   // "" = AuthAuto
	User   string // "" sends without authentication
	Secret Source // password, or nothing with OAuth
	OAuth  *OAuth // where the token of XOAUTH2 comes from

	From         string // "name <local@domain>" or bare
	ReplyTo      string // "" for none
	EnvelopeFrom string // address that bounces go to, "" = From's
	Owner        string // who is told of failures, "" for nobody

	Timeout       time.Duration // of one message, 0 = 5 minutes: content filters answer late
	PerConnection int           // messages until a new connection is made, 0 = 50
	PerMinute     int           // messages a minute at most, 0 = no limit
	Window        Window        // when messages may be sent, zero = always
	MaxBytes      int64         // of a whole message as it is sent, 0 = 25 MB
	Domains       []string      // that recipients may have, none = all
	OnUnknown     string        // UnclearHold or UnclearResend, "" = hold
	Retry         Retry         // after temporary errors
	Domain        string        // of Message-IDs, "" = From's
}

// The defaults of a [Server].
const (
	defaultTimeout       = 5 * time.Minute
	defaultPerConnection = 50
	defaultMaxBytes      = 25 << 20
)

// Retry says how often a message is tried again after a temporary error, and
// when.
type Retry struct {
	Times int           // tries after the first, 0 = 5, negative = none
	First time.Duration // until the second try, 0 = 5 minutes
	Most  time.Duration // between two tries, 0 = 4 hours
}

// The defaults of [Retry]: 5, 15, 45, 135 and 240 minutes, about seven hours
// in all.
const (
	defaultTimes  = 5
	defaultFirst  = 5 * time.Minute
	defaultMost   = 4 * time.Hour
	backOffFactor = 3
)

// Next returns how long to wait after a try, counted from 1; ok is false when
// that was the last.
func (r Retry) Next(attempt int) (wait time.Duration, ok bool) {
	times, wait, most := cmp.Or(r.Times, defaultTimes), cmp.Or(r.First, defaultFirst), cmp.Or(r.Most, defaultMost)
	if attempt > times {
		return 0, false
	}
	for i := 1; i < attempt && wait < most; i++ {
		wait *= backOffFactor
	}
	return min(wait, most), true
}

func (s Server) security() Security     { return cmp.Or(s.Security, StartTLS) }
func (s Server) auth() Auth             { return cmp.Or(s.Auth, AuthAuto) }
func (s Server) timeout() time.Duration { return cmp.Or(s.Timeout, defaultTimeout) }
func (s Server) perConnection() int     { return cmp.Or(s.PerConnection, defaultPerConnection) }
func (s Server) resends() bool          { return s.OnUnknown == UnclearResend }
func (s Server) authenticates() bool    { return s.auth() != AuthNone && s.User != "" }
func (s Server) lease() time.Duration   { return 3*s.timeout() + time.Minute }
func (s Server) address() string        { return net.JoinHostPort(s.Host, strconv.Itoa(s.port())) }
func (s Server) envelope() string       { return cmp.Or(s.EnvelopeFrom, addressOf(s.From)) }

// Limit returns how many bytes a whole message may have.
func (s Server) Limit() int64 { return cmp.Or(s.MaxBytes, defaultMaxBytes) }

// MessageIDDomain returns the domain of Message-IDs.
func (s Server) MessageIDDomain() string { return cmp.Or(s.Domain, domainOf(addressOf(s.From))) }

func (s Server) port() int {
	if s.Port != 0 {
		return s.Port
	}
	switch s.security() {
	case TLS:
		return 465
	case Clear:
		return 25
	}
	return 587
}

// Validate returns the first setting without a meaning as a [*Problem], nil
// when all have one. It reads no secret and opens no connection.
func (s Server) Validate() error {
	switch {
	case s.Host == "" || strings.ContainsAny(s.Host, " \t\r\n/"):
		return refuseSetting("host", s.Host)
	case s.Port < 0 || s.Port > 65535:
		return refuseSetting("port", strconv.Itoa(s.Port))
	case !slices.Contains(Securities, string(s.security())):
		return refuseSetting("security", string(s.Security))
	case !slices.Contains(Auths, string(s.auth())):
		return refuseSetting("auth", string(s.Auth))
	case s.OnUnknown != "" && !slices.Contains(Unclear, s.OnUnknown):
		return refuseSetting("on_unknown", s.OnUnknown)
	case s.security() == Clear && !loopback(s.Host):
		return problem(nil, "clear", dataset.Str(s.Host))
	case s.auth() == AuthXOAUTH2 && s.OAuth == nil && s.Secret.IsZero():
		return refuseSetting("oauth", "")
	case s.authenticates() && s.auth() != AuthXOAUTH2 && s.Secret.IsZero():
		return refuseSetting("secret", "")
	case s.PerConnection < 0 || s.PerMinute < 0 || s.MaxBytes < 0 || s.Timeout < 0:
		return refuseSetting("limits", fmt.Sprint(min(int64(s.PerConnection), int64(s.PerMinute), s.MaxBytes, int64(s.Timeout))))
	}
	return errors.Join(s.validateAddresses(), s.OAuth.validate())
}

func (s Server) validateAddresses() error {
	if _, err := ParseAddress(s.From); err != nil {
		return refuseSetting("from", s.From)
	}
	for _, optional := range []struct{ name, value string }{
		{"reply_to", s.ReplyTo}, {"envelope_from", s.EnvelopeFrom}, {"owner", s.Owner},
	} {
		if _, err := ParseAddress(optional.value); optional.value != "" && err != nil {
			return refuseSetting(optional.name, optional.value)
		}
	}
	if s.Domain != "" && !plainDomain(s.Domain) {
		return refuseSetting("domain", s.Domain)
	}
	return s.Window.Validate()
}

// refuseSetting returns the problem that a setting of the server has no
// meaning.
func refuseSetting(name, value string) *Problem {
	return problem(nil, "setting", dataset.Str("mail."+name), dataset.Str(value))
}

// loopback reports whether a host is this machine, told without asking a name
// server.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}
