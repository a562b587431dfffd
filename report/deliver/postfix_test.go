package deliver_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/samples/golden"
)

// a postfix is a real mail server on a port of its own, with all its files in
// a folder of the test.
type postfix struct {
	folder string
	port   int
	ca     string
}

const postfixMain = `compatibility_level = 3.6
queue_directory = FOLDER/queue
data_directory = FOLDER/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = customer.example
virtual_mailbox_base = FOLDER/mail
virtual_mailbox_maps = static:inbox/
virtual_mailbox_limit = 0
virtual_uid_maps = static:UID
virtual_gid_maps = static:GID
message_size_limit = 30000000
smtpd_tls_cert_file = FOLDER/cert.pem
smtpd_tls_key_file = FOLDER/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = FOLDER/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
maillog_file = FOLDER/mail.log
maillog_file_prefixes = FOLDER
`

const postfixMaster = `127.0.0.1:PORT inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

const dovecotConfig = `protocols =
base_dir = FOLDER/dovecot
state_dir = FOLDER/dovecot-state
log_path = FOLDER/dovecot.log
ssl = no
auth_mechanisms = plain login cram-md5 scram-sha-256
passdb {
  driver = passwd-file
  args = FOLDER/users
}
userdb {
  driver = static
  args = uid=UID gid=GID home=FOLDER/mail
}
service auth {
  unix_listener FOLDER/auth {
    mode = 0666
  }
}
`

// startPostfix starts Postfix, which asks Dovecot about passwords. Both end
// with the test.
func startPostfix(t testing.TB) *postfix {
	t.Helper()
	program, auth := golden.Tool(t, "postfix", "/usr/sbin/postfix"), golden.Tool(t, "dovecot", "/usr/sbin/dovecot")
	if os.Getuid() != 0 {
		t.Skip("skipped: Postfix is started by root only")
	}
	p := &postfix{folder: t.TempDir(), port: freePort(t)}
	for _, open := range []string{p.folder, filepath.Dir(p.folder)} { // the servers' users go through
		if err := os.Chmod(open, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	p.writeFiles(t)
	start(t, p.path("dovecot.log"), exec.Command(auth, "-F", "-c", p.path("dovecot.conf")))
	waitFor(t, p.path("dovecot.log"), func() bool { _, err := os.Stat(p.path("auth")); return err == nil })
	golden.Run(t, 2*time.Minute, program, "-c", p.path("postfix"), "start")
	t.Cleanup(func() { _ = exec.Command(program, "-c", p.path("postfix"), "stop").Run() })
	waitFor(t, p.path("mail.log"), func() bool {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port)))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
	return p
}

func (p *postfix) path(name string) string { return filepath.Join(p.folder, name) }

func (p *postfix) writeFiles(t testing.TB) {
	t.Helper()
	owner, err := user.Lookup("postfix")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(owner.Uid)
	gid, _ := strconv.Atoi(owner.Gid)
	certificate, authority := newCertificate(t)
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"postfix", "queue", "data", "mail"} {
		if err := os.Mkdir(p.path(folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{"data", "mail"} {
		if err := os.Chown(p.path(folder), uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	fill := strings.NewReplacer("FOLDER", p.folder, "PORT", strconv.Itoa(p.port), "UID", owner.Uid, "GID", owner.Gid)
	p.ca = p.path("cert.pem")
	for name, text := range map[string]string{
		"postfix/main.cf": postfixMain, "postfix/master.cf": postfixMaster, "dovecot.conf": dovecotConfig,
		"users": relayUser + ":{PLAIN}" + relayPassword + "\n", "cert.pem": string(authority),
		"key.pem": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
	} {
		mode := os.FileMode(0o644)
		if name == "key.pem" {
			mode = 0o600
		}
		if err := os.WriteFile(p.path(name), []byte(fill.Replace(text)), mode); err != nil {
			t.Fatal(err)
		}
	}
}

// freePort is a port that nobody has. Postfix wants a number; it is below those
// that the system gives to whoever asks for any, so that nobody gets it meanwhile.
func freePort(t testing.TB) int {
	t.Helper()
	for range 100 {
		port := 20000 + rand.IntN(10000)
		if l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// start starts a server that ends with the test.
func start(t testing.TB, log string, command *exec.Cmd) {
	t.Helper()
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		done := make(chan struct{})
		go func() { _ = command.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			_ = command.Process.Kill()
			<-done
		}
		if t.Failed() {
			text, _ := os.ReadFile(log)
			t.Logf("%s%s", out.Bytes(), text)
		}
	})
}

// waitFor waits for up to half a minute.
func waitFor(t testing.TB, log string, ready func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !ready(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			text, _ := os.ReadFile(log)
			t.Fatalf("not ready after half a minute\n%s", text)
		}
	}
}

func (p *postfix) server(t testing.TB) deliver.Server {
	t.Helper()
	return deliver.Server{
		Host: "127.0.0.1", Port: p.port, CAFile: p.ca, User: relayUser, Secret: deliver.Source{Variable: "RELAY_PASSWORD"},
		From: "Berichte Müller & Co. <reports@firm.example>", Timeout: 20 * time.Second, Hello: "sender.firm.example",
	}
}

// inbox waits for n messages and returns them.
func (p *postfix) inbox(t testing.TB, n int) [][]byte {
	t.Helper()
	var names []string
	waitFor(t, p.path("mail.log"), func() bool {
		names, _ = filepath.Glob(p.path("mail/inbox/new/*"))
		return len(names) >= n
	})
	var all [][]byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

// TestPostfix sends a message with everything to a real mail server and
// compares what lies in the mailbox.
func TestPostfix(t *testing.T) {
	p := startPostfix(t)
	pdf, picture := make([]byte, 300_000), make([]byte, 20_000)
	for i := range pdf {
		pdf[i] = byte(i * i >> 3)
	}
	copy(picture, "\x89PNG\r\n\x1a\n")
	d := draft("Zürich AG", "Größe, Jörg <ok.1@customer.example>", file(t, "Bericht Zürich – Oktober.pdf", pdf))
	d.Cc, d.Bcc = []string{"ok.2@customer.example"}, []string{"archive@customer.example"}
	d.Letter = deliver.Letter{
		Subject: "Kundenwert: Zürich AG, Oktober 2026", Text: "Grüße\n.\n..ein Punkt am Anfang\n",
		HTML: "<!DOCTYPE html>\n<p>Grüße – 12 %, €</p>\n<img src=\"cid:q@x\">\n" + strings.Repeat("<p>eine lange Zeile </p>", 100) + "\n",
	}
	inline := file(t, "quadrant.png", picture)
	inline.ID, inline.Type = "q@x", "image/png"
	d.Inline = []ledger.File{inline}
	s := p.server(t)
	for i, auth := range []deliver.Auth{deliver.AuthAuto, deliver.AuthPlain, deliver.AuthLogin, deliver.AuthCRAM, deliver.AuthSCRAM} {
		s.Auth = auth
		d.Revision = i + 1
		b := newBox(t, s, d)
		b.send(t, newSender(t, s), 0, ledger.Sent)
		if reply := b.delivery(t, 0).Reply; !strings.Contains(reply, "queued as") {
			t.Errorf("%s: the reply is %q", auth, reply)
		}
	}
	for _, data := range p.inbox(t, 15) {
		checkArrived(t, data, d, pdf, picture)
	}
	s.Auth, s.Secret.Variable = deliver.AuthAuto, "WRONG"
	t.Setenv("WRONG", "not it")
	b := newBox(t, s, d)
	if _, err := deliver.SendOne(context.Background(), b, b.ids[0], newSender(t, s)); deliver.ProblemOf(err) == nil || deliver.ProblemOf(err).Message.Code != "deliver.login" {
		t.Errorf("with a wrong password: %v", err)
	}
}

// checkArrived reads a message with the standard library.
func checkArrived(t *testing.T, data []byte, d deliver.Draft, pdf, picture []byte) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var decoder mime.WordDecoder
	subject, err := decoder.DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != d.Letter.Subject {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Größe, Jörg" {
		t.Errorf("to %v, %v", to, err)
	}
	if received := m.Header.Get("Received"); !strings.Contains(received, "with ESMTPSA") {
		t.Errorf("it did not come encrypted and authenticated: %s", received)
	}
	if m.Header.Get("Bcc") != "" || bytes.Contains(data[:bytes.Index(data, []byte("\n\n"))], []byte("Bcc:")) {
		t.Error("blind copies are seen")
	}
	if m.Header.Get("Auto-Submitted") != "auto-generated" || m.Header.Get("Date") != "Mon, 02 Nov 2026 06:00:00 +0000" {
		t.Errorf("header %v", m.Header)
	}
	got := map[string][]byte{}
	collect(t, m.Header.Get("Content-Type"), "", m.Body, got)
	for name, want := range map[string][]byte{
		"text/plain": []byte(d.Letter.Text), "text/html": []byte(d.Letter.HTML), "image/png q@x": picture,
		"application/pdf Bericht Zurich - Oktober.pdf": pdf,
	} {
		if !bytes.Equal(got[name], want) {
			t.Errorf("%s: %d bytes arrived, want %d", name, len(got[name]), len(want))
		}
	}
	if len(got) != 4 {
		t.Errorf("%d parts", len(got))
	}
}

// collect decodes the parts of a message: by type, and file name or content ID.
func collect(t *testing.T, contentType, encoding string, body io.Reader, into map[string][]byte) {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, parameters["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			inner := map[string][]byte{}
			collect(t, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part, inner)
			for name, data := range inner {
				if id := strings.Trim(part.Header.Get("Content-Id"), "<>"); id != "" && !strings.Contains(name, " ") {
					name += " " + id
				} else if part.FileName() != "" && !strings.Contains(name, " ") {
					name += " " + part.FileName()
				}
				into[name] = data
			}
		}
	}
	switch encoding {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(kind, "text/") {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	into[kind] = data
}

// BenchmarkPostfix sends messages of 100 KB to a real mail server, fifty over
// one connection and one over each.
func BenchmarkPostfix(b *testing.B) {
	p := startPostfix(b)
	for _, n := range []int{50, 1} {
		b.Run(fmt.Sprintf("%d-per-connection", n), func(b *testing.B) {
			s := p.server(b)
			s.PerConnection = n
			benchmarkSend(b, s)
		})
	}
}

// BenchmarkRelay sends the same to a server inside the test, which shows what
// the ledger costs.
func BenchmarkRelay(b *testing.B) {
	r := startRelay(b, relayOptions{})
	for _, n := range []int{50, 1} {
		b.Run(fmt.Sprintf("%d-per-connection", n), func(b *testing.B) {
			s := r.server(b)
			s.PerConnection = n
			benchmarkSend(b, s)
		})
	}
}

func benchmarkSend(b *testing.B, s deliver.Server) {
	box := newBox(b, s, many(b.N, file(b, "report.pdf", make([]byte, 100_000)))...)
	sender, err := deliver.NewSender(s, deliver.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer sender.Close()
	b.ResetTimer()
	tally, err := sender.Run(context.Background(), box)
	if err != nil || tally.Sent != b.N {
		b.Fatalf("%+v, %v", tally, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}
