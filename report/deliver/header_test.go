package deliver_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/samples/golden"
	"valuebook/templates"
)

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]string{
		"a@b.example":                       "<a@b.example>",
		" Anna Ray <Anna.Ray+x@B.Example> ": `"Anna Ray" <Anna.Ray+x@b.example>`,
		"Ray, Anna <a@b.example>":           `"Ray, Anna" <a@b.example>`,
		`"Ray, Anna" <a@b.example>`:         `"Ray, Anna" <a@b.example>`,
		"Dr. A. (Sales) <a@b.example>":      `"Dr. A." <a@b.example>`,
		"a@bücher.example":                  "<a@xn--bcher-kva.example>",
		"o'hara@b.example":                  "<o'hara@b.example>",
	} {
		got, err := deliver.ParseAddress(text)
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "a", "a@", "@b.example", "a@b", "a@b..example", "a@-b.example", "a b@c.example", "a@b.example, c@d.example", `"a b"@c.example`,
		"ä@b.example", "a@127.0.0.1", "a@[127.0.0.1]", "a@b.example\r\nBcc: x@y.example", "A\n <a@b.example>", "A\u202e <a@b.example>", ".a@b.example",
		"<a@b.example> <c@d.example>", "a@b.example>", strings.Repeat("a", 65) + "@b.example", "a@" + strings.Repeat("b.", 130) + "example",
	} {
		if got, err := deliver.ParseAddress(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string][]string{
		"":                         nil,
		"a@b.example":              {"a@b.example"},
		"a@b.example, c@d.example": {"a@b.example", "c@d.example"},
		"a@b.example;c@d.example;": {"a@b.example", "c@d.example"},
		"Ray, Anna <a@b.example>,\n\"X; Y\" <c@d.example>": {"Ray, Anna <a@b.example>", `"X; Y" <c@d.example>`},
	} {
		if got := deliver.Addresses(text); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// headers are all that a message may have.
var headers = map[string]bool{
	"From": true, "To": true, "Cc": true, "Subject": true, "Date": true, "Message-Id": true, "Mime-Version": true,
	"Content-Type": true, "Auto-Submitted": true, "X-Auto-Response-Suppress": true, "Reply-To": true,
}

// FuzzHeaders puts anything into names, addresses, subjects and the fields of
// letters: no header comes of it, and the subject stays one line.
func FuzzHeaders(f *testing.F) {
	f.Add("Anna", "a@b.example", "October", "Firm")
	f.Add("Anna\r\nBcc: evil@x.example", "a@b.example\r\nBcc: evil@x.example", "October\r\nBcc: evil@x.example", "<script>alert(1)</script>")
	f.Add("=?utf-8?q?A=0D=0ABcc:_e@x.example?=", "=?utf-8?q?A=0D=0ABcc:_e@x.example?= <a@b.example>", "=?utf-8?q?=0D=0AX:_y?=", "\x00\xff\u2028")
	f.Add("\"", "\"a\\\"@b.example", ".\r\n.\r\nQUIT", "{{.}}")
	check := headersChecker(f)
	f.Fuzz(func(t *testing.T, name, to, subject, company string) { check(t, name, to, subject, company) })
}

// TestHeaders is the fuzz test with texts made of what could do harm, the same
// each time.
func TestHeaders(t *testing.T) {
	pieces := []string{"\r\n", "\n", "\r", "\x00", "\u2028", "\u202e", "\xff", "Bcc: e@x.example", "=?utf-8?q?=0D=0ABcc:_e@x.example?=", "\"", "\\", "<", ">", "@", ",", ";", ":", "(", ")", ".",
		" ", "\t", "a", "ä", "漢", "b.example", "a@b.example", "<a@b.example>", "{{", "}}", "<script>", "[", "]", strings.Repeat("long ", 60), "=", "?="}
	random := rand.New(rand.NewPCG(7, 7))
	text := func() string {
		var out strings.Builder
		for range random.IntN(7) {
			out.WriteString(pieces[random.IntN(len(pieces))])
		}
		return out.String()
	}
	check := headersChecker(t)
	for range 1000 {
		check(t, text(), text(), text(), text())
	}
}

// headersChecker returns what looks at one set of texts.
func headersChecker(t testing.TB) func(t *testing.T, name, to, subject, company string) {
	t.Helper()
	composer, err := deliver.NewComposer("en", func(name string) ([]byte, error) { return templates.Read(name, nil) })
	if err != nil {
		t.Fatal(err)
	}
	s := deliver.Server{Host: "127.0.0.1", From: "Firm <reports@firm.example>", ReplyTo: "sales@firm.example"}
	return func(t *testing.T, name, to, subject, company string) {
		t.Helper()
		letter, err := composer.Letter(deliver.Fields{Title: subject, Company: company, Part: name, Sentences: []string{name}, Files: []string{to}, Picture: deliver.ContentID(name)})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(letter.HTML, "<script") {
			t.Error("markup comes through")
		}
		for _, recipient := range []string{to, name + " <a@b.example>"} {
			d := deliver.Draft{Report: "r", Period: "p", Part: name, To: []string{recipient}, Cc: []string{"c@b.example"}, Letter: letter, Date: day}.Delivery(s)
			data, err := deliver.EML(d, s)
			if err != nil {
				continue // no address
			}
			checkHeaders(t, data, letter.Subject)
		}
	}
}

func checkHeaders(t *testing.T, data []byte, subject string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v in %q", err, data)
	}
	for name, values := range m.Header {
		if !headers[name] || len(values) != 1 {
			t.Errorf("header %s: %q", name, values)
		}
	}
	if list, err := m.Header.AddressList("To"); err != nil || len(list) != 1 {
		t.Errorf("to %v, %v: %q", list, err, m.Header.Get("To"))
	}
	var decoder mime.WordDecoder
	if got, err := decoder.DecodeHeader(m.Header.Get("Subject")); err != nil || strings.ContainsAny(got, "\r\n\x00") || strings.Join(strings.Fields(got), " ") != subject {
		t.Errorf("subject %q, want %q, %v", got, subject, err)
	}
}

// TestEML holds a whole message byte by byte.
func TestEML(t *testing.T) {
	composer, err := deliver.NewComposer("de", func(name string) ([]byte, error) { return templates.Read(name, nil) })
	if err != nil {
		t.Fatal(err)
	}
	letter, err := composer.Letter(fields())
	if err != nil {
		t.Fatal(err)
	}
	inline := file(t, "quadrant.png", []byte("\x89PNG picture"))
	inline.ID, inline.Type = "q@x", "image/png"
	d := draft("Zürich AG", "Jörg Größe <joerg@customer.example>", file(t, "Zürich.pdf", []byte("%PDF-1.7 one")), file(t, "zurich.pdf", []byte("%PDF-1.7 two")))
	d.Letter, d.Inline, d.Bcc = letter, []ledger.File{inline}, []string{"hidden@firm.example"}
	s := deliver.Server{From: "Firma <berichte@firm.example>", EnvelopeFrom: "bounces@firm.example"}
	first, err := deliver.EML(d.Delivery(s), s)
	if err != nil {
		t.Fatal(err)
	}
	second, _ := deliver.EML(d.Delivery(s), s)
	if !bytes.Equal(first, second) {
		t.Error("two messages of one delivery differ")
	}
	if bytes.Contains(first, []byte("hidden@")) || bytes.Contains(first, []byte("bounces@")) {
		t.Error("it tells what recipients must not see")
	}
	golden.Equal(t, "letter.eml", bytes.ReplaceAll(first, []byte("\r\n"), []byte("\n")))
	page, err := deliver.PreviewHTML(d.Delivery(s))
	if err != nil || !bytes.Contains(page, []byte("data:image/png;base64,iVBORw==")) && !bytes.Contains(page, []byte("data:image/png;base64,")) || bytes.Contains(page, []byte("cid:")) {
		t.Errorf("preview: %v", err)
	}
}

func fields() deliver.Fields {
	return deliver.Fields{
		Language: "de", Title: "Kundenwert", Company: "Firma GmbH", Period: "Oktober 2026", Part: "Zürich AG <&>", Corrected: true,
		Figures:   []deliver.Figure{{Label: "Kundenwert", Value: "+23", Note: "95 %: +18 bis +28"}, {Label: "Ertragswert", Value: "1,2 Mio. €", Alert: true}},
		Sentences: []string{"Der Service trägt am meisten bei.", "Der Preis kostet 12 Punkte."},
		Files:     []string{"Zurich.pdf"}, Picture: "q@x",
	}
}

func TestLetters(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		composer, err := deliver.NewComposer(language, func(name string) ([]byte, error) { return templates.Read(name, nil) })
		if err != nil {
			t.Fatal(err)
		}
		f := fields()
		f.Language = language
		letter, err := composer.Letter(f)
		if err != nil {
			t.Fatal(err)
		}
		notice, err := composer.Notice(deliver.Notice{Sent: 7, Bounced: 1, Lines: []deliver.NoticeLine{{ID: 3, Part: "Zürich AG", To: "a@b.example", Why: "x", Reply: "550 no such user"}}})
		if err != nil {
			t.Fatal(err)
		}
		broken, err := composer.Notice(deliver.Notice{Problem: "the server is away", Hint: "Look."})
		if err != nil {
			t.Fatal(err)
		}
		golden.Equal(t, "letter."+language+".txt", []byte(letter.Subject+"\n\n"+letter.Text+"\n----\n"+letter.HTML+
			"\n----\n"+notice.Subject+"\n\n"+notice.Text+"\n----\n"+broken.Subject+"\n\n"+broken.Text))
		checkBalance(t, letter.HTML)
	}
}

// checkBalance holds that every element is closed in its order.
func checkBalance(t *testing.T, page string) {
	t.Helper()
	var open []string
	for rest := page; ; {
		_, after, found := strings.Cut(rest, "<")
		if !found {
			break
		}
		tag, after, _ := strings.Cut(after, ">")
		rest = after
		name := strings.ToLower(strings.Fields(tag)[0])
		switch {
		case name == "!doctype" || name == "meta" || name == "img":
		case strings.HasPrefix(name, "/"):
			if len(open) == 0 || open[len(open)-1] != name[1:] {
				t.Fatalf("</%s> closes %v", name[1:], open)
			}
			open = open[:len(open)-1]
		default:
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		t.Errorf("%v is not closed", open)
	}
}

func TestTemplatesThatDoNotFit(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"a field that is not there": {"mail/en/letter.txt", "{{.Customer}}", "deliver.template"},
		"one of a notice":           {"mail/en/notice.txt", "{{.Title}}", "deliver.template"},
		"an open brace":             {"mail/en/subject.txt", "{{.Title", "deliver.template"},
		"in the page":               {"mail/en/letter.html", "{{.Nothing}}", "deliver.template"},
		"no file":                   {"mail/en/letter.html", "", "deliver.template-none"},
	} {
		_, err := deliver.NewComposer("en", func(name string) ([]byte, error) {
			switch {
			case name != test.file:
				return templates.Read(name, nil)
			case test.text == "":
				return nil, os.ErrNotExist
			}
			return []byte(test.text), nil
		})
		if p := deliver.ProblemOf(err); p == nil || p.Message.Code != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	secret := deliver.NewSecret("hunter2")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", secret, "in", struct{ S deliver.Secret }{secret})
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", secret, "in", struct{ S deliver.Secret }{secret})
	text, err := json.Marshal(map[string]any{"s": secret, "p": &secret})
	if err != nil {
		t.Fatal(err)
	}
	all := log.String() + string(text) + fmt.Sprintf("%v %+v %#v %s %q %x", secret, secret, struct{ S deliver.Secret }{secret}, secret, secret, secret)
	if strings.Contains(all, "hunter2") || strings.Contains(all, fmt.Sprintf("%x", "hunter2")) {
		t.Error(all)
	}
	if secret.Reveal() != "hunter2" {
		t.Error("the secret itself is lost")
	}
}

func TestSecretSources(t *testing.T) {
	keyring.MockInit()
	if err := keyring.Set("mail", "reports", "from the ring"); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SECRET_HERE", "from the variable")
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte("from the file\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, source := range map[string]deliver.Source{
		"from the variable": {Variable: "SECRET_HERE"}, "from the file": {File: path}, "from the ring": {Keyring: "mail/reports"},
	} {
		if got, err := source.Load(); err != nil || got.Reveal() != want {
			t.Errorf("%+v: %v", source, err)
		}
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	bad := map[string]deliver.Source{
		"deliver.secret-none": {Variable: "SECRET_NOT_HERE"}, "deliver.secret-file": {File: path + ".not"}, "deliver.secret-open": {File: path},
	}
	if runtime.GOOS == "windows" {
		delete(bad, "deliver.secret-open")
	}
	for want, source := range bad {
		if _, err := source.Load(); deliver.ProblemOf(err) == nil || deliver.ProblemOf(err).Message.Code != want {
			t.Errorf("%+v: %v, want %s", source, err, want)
		}
	}
	if _, err := (deliver.Source{Keyring: "mail/nobody"}).Load(); deliver.ProblemOf(err) == nil || deliver.ProblemOf(err).Message.Code != "deliver.secret-none" {
		t.Error(err)
	}
}

func TestWindow(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	office := deliver.Window{Days: []string{"mon", "tue", "wed", "thu", "fri"}, From: "08:00", To: "18:00", Zone: "Europe/Berlin"}
	night := deliver.Window{Days: []string{"sat"}, From: "22:00", To: "04:00", Zone: "Europe/Berlin"} // the night of the change of the clocks
	for _, test := range []struct {
		window   deliver.Window
		at, want string
	}{
		{deliver.Window{}, "2026-10-25 03:00", "2026-10-25 03:00"},
		{office, "2026-11-02 07:59", "2026-11-02 08:00"}, {office, "2026-11-02 08:00", "2026-11-02 08:00"},
		{office, "2026-11-02 17:59", "2026-11-02 17:59"}, {office, "2026-11-02 18:00", "2026-11-03 08:00"},
		{office, "2026-11-06 18:00", "2026-11-09 08:00"}, {office, "2026-10-23 20:00", "2026-10-26 08:00"},
		{night, "2026-10-24 23:00", "2026-10-24 23:00"}, {night, "2026-10-25 03:30", "2026-10-25 03:30"}, {night, "2026-10-25 04:00", "2026-10-31 22:00"},
	} {
		at, _ := time.ParseInLocation("2006-01-02 15:04", test.at, berlin)
		want, _ := time.ParseInLocation("2006-01-02 15:04", test.want, berlin)
		if got := test.window.Next(at); !got.Equal(want) {
			t.Errorf("%+v at %s: %s, want %s", test.window, test.at, got.In(berlin), test.want)
		}
	}
	for _, bad := range []deliver.Window{{Days: []string{"monday"}}, {From: "8"}, {To: "25:00"}, {Zone: "Mars/Olympus"}} {
		if bad.Validate() == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
