package deliver_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/report/wording"
	"valuebook/templates"
)

func recipient(row int, to string, parts ...string) dataset.Recipient {
	return dataset.Recipient{To: deliver.Addresses(to), Parts: parts, Ref: dataset.Ref{Sheet: "Recipients", Row: row}}
}

var parts = []deliver.Part{
	{Key: "", Name: "Whole"},
	{Key: "C1", Name: "Ahlers, Koch & Co", Segment: "North", Bytes: map[string]int64{"pdf": 1000}},
	{Key: "C2", Name: "Bolt", Segment: "North"},
	{Key: "C3", Name: "Cox", Segment: "South"},
	{Key: "C4", Name: "Cox", Segment: "South"},
}

func TestMatch(t *testing.T) {
	rules := deliver.Rules{Internal: []string{"firm.example"}, Formats: []string{"pdf"}, Limit: 25 << 20}
	tests := map[string]struct {
		list  []dataset.Recipient
		parts []deliver.Part
		rules func(r *deliver.Rules)
		plan  string // part>addresses
		found string // code:row
	}{
		"by ID, by name with a comma, by segment": {
			list:  []dataset.Recipient{recipient(2, "a@x.example", "c1"), recipient(3, "b@x.example", "Ahlers, Koch & Co"), recipient(4, "c@x.example", "south")},
			parts: parts[1:],
			plan:  "C1>a@x.example C1>b@x.example C3>c@x.example C4>c@x.example", found: "part-without-recipient:0",
		},
		"lists of names": {
			list: []dataset.Recipient{recipient(2, "a@x.example", "C1, Bolt")}, parts: parts[1:3],
			plan: "C1>a@x.example C2>a@x.example",
		},
		"all is the whole report where it is sent": {
			list: []dataset.Recipient{recipient(2, "boss@firm.example", "Alle")}, parts: parts[:1], plan: ">boss@firm.example",
		},
		"all is every part where it is not": {
			list: []dataset.Recipient{recipient(2, "boss@firm.example", "*")}, parts: parts[1:3], plan: "C1>boss@firm.example C2>boss@firm.example",
		},
		"part without recipient, recipient without part": {
			list: []dataset.Recipient{recipient(2, "a@x.example", "C9"), recipient(3, "a@x.example")}, parts: parts[1:2],
			found: "recipient-part-unknown:2 recipient-no-part:3 part-without-recipient:0",
		},
		"a name that two have": {
			list: []dataset.Recipient{recipient(2, "a@x.example", "Cox")}, parts: parts[3:],
			found: "recipient-part-several:2 part-without-recipient:0 part-without-recipient:0",
		},
		"a customer of the name that means everything": {
			list: []dataset.Recipient{recipient(2, "a@x.example", "ALL")}, parts: []deliver.Part{{Name: "Whole"}, {Key: "C7", Name: "All"}},
			found: "recipient-part-several:2 part-without-recipient:0 part-without-recipient:0",
		},
		"malformed, outside, nobody": {
			list:  []dataset.Recipient{recipient(2, "a@@x.example", "C1"), recipient(3, "a@evil-x.example", "C1"), recipient(4, "", "C1"), recipient(5, "a@sub.x.example", "C1")},
			parts: parts[1:2], rules: func(r *deliver.Rules) { r.Domains = []string{"@X.example"} },
			plan: "C1>a@sub.x.example", found: "recipient-address:2 recipient-domain:3 recipient-no-address:4",
		},
		"twice": {
			list:  []dataset.Recipient{recipient(2, "a@x.example", "C1", "c1"), recipient(3, "A@x.example; b@x.example", "C1"), recipient(4, "b@x.example", "C1")},
			parts: parts[1:2], plan: "C1>a@x.example C1>b@x.example", found: "recipient-twice:3 recipient-twice:4",
		},
		"twice by a copy": {
			list: []dataset.Recipient{
				{To: []string{"a@x.example"}, Cc: []string{"b@x.example"}, Parts: []string{"C1"}, Ref: dataset.Ref{Row: 2}},
				{To: []string{"c@x.example"}, Cc: []string{"A@x.example"}, Bcc: []string{"b@x.example"}, Parts: []string{"C1"}, Ref: dataset.Ref{Row: 3}},
				{To: []string{"a@x.example"}, Cc: []string{"d@x.example"}, Parts: []string{"C1"}, Ref: dataset.Ref{Row: 4}},
				{To: []string{"b@x.example"}, Bcc: []string{"e@x.example", "f@x.example"}, Parts: []string{"C1"}, Ref: dataset.Ref{Row: 5}},
			},
			parts: parts[1:2], plan: "C1>a@x.example+cc:b@x.example C1>c@x.example C1>d@x.example C1>e@x.example+bcc:f@x.example",
			found: "recipient-twice:3 recipient-twice:3 recipient-twice:4 recipient-twice:5",
		},
		"rivals at one address": {
			list:  []dataset.Recipient{recipient(2, "a@x.example", "C1"), recipient(3, "a@x.example", "C2"), recipient(4, "a@x.example", "C3"), recipient(5, "sales@firm.example", "C1", "C2")},
			parts: parts[1:4], rules: func(r *deliver.Rules) { r.Rivals = [][]string{{"ahlers, koch & co", "C2"}} },
			plan: "C3>a@x.example C1>sales@firm.example C2>sales@firm.example", found: "recipient-rivals:3",
		},
		"several customers at one address": {
			list:  []dataset.Recipient{recipient(2, "a@x.example", "C1"), recipient(3, "a@x.example", "C2"), recipient(4, "b@x.example", "C1", "C2")},
			parts: parts[1:3], plan: "C1>a@x.example C2>a@x.example C1>b@x.example C2>b@x.example", found: "recipient-several:3",
		},
		"too large after encoding": {
			list:  []dataset.Recipient{recipient(2, "a@x.example", "C1"), recipient(3, "b@x.example", "C2")},
			parts: []deliver.Part{{Key: "C1", Bytes: map[string]int64{"pdf": 19 << 20}}, {Key: "C2", Bytes: map[string]int64{"pdf": 18 << 20}}},
			plan:  "C2>b@x.example", found: "recipient-too-large:2",
		},
		"language and format": {
			list: []dataset.Recipient{
				{To: []string{"a@x.example"}, Parts: []string{"C1"}, Language: "fr", Ref: dataset.Ref{Row: 2}},
				{To: []string{"a@x.example"}, Parts: []string{"C1"}, Formats: []string{"docx"}, Ref: dataset.Ref{Row: 3}},
				{To: []string{"a@x.example"}, Parts: []string{"C1"}, Language: "DE", Formats: []string{"pdf"}, Ref: dataset.Ref{Row: 4}},
			},
			parts: parts[1:2], rules: func(r *deliver.Rules) { r.Languages = []string{"en", "de"} },
			plan: "C1>a@x.example", found: "recipient-language:2 recipient-format:3",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := rules
			if test.rules != nil {
				test.rules(&r)
			}
			plan, findings := deliver.Match(test.list, test.parts, r)
			var got, codes []string
			for _, a := range plan {
				all := slices.Clone(a.To)
				for _, copied := range a.Cc {
					all = append(all, "cc:"+copied)
				}
				for _, blind := range a.Bcc {
					all = append(all, "bcc:"+blind)
				}
				got = append(got, a.Part.Key+">"+strings.Join(all, "+"))
			}
			for _, f := range findings {
				codes = append(codes, fmt.Sprintf("%s:%d", f.Code, f.Ref.Row))
			}
			if strings.Join(got, " ") != test.plan || strings.Join(codes, " ") != test.found {
				t.Errorf("plan  %q\nwant  %q\nfound %q\nwant  %q", got, test.plan, codes, test.found)
			}
		})
	}
}

// TestEachAddressOnceInAMessage holds that copies do not repeat recipients.
func TestEachAddressOnceInAMessage(t *testing.T) {
	list := []dataset.Recipient{{To: []string{"Ann <a@x.example>", "b@x.example"}, Cc: []string{"A@x.example", "c@x.example"}, Bcc: []string{"c@X.example", "d@x.example"}, Parts: []string{"all"}}}
	plan, findings := deliver.Match(list, parts[:1], deliver.Rules{})
	if len(plan) != 1 || len(findings) != 0 || fmt.Sprint(plan[0].To, plan[0].Cc, plan[0].Bcc) != "[Ann <a@x.example> b@x.example] [c@x.example] [d@x.example]" {
		t.Errorf("%+v, %v", plan, findings)
	}
}

// TestEncodedSize compares the size that is foreseen with that of a message.
func TestEncodedSize(t *testing.T) {
	for _, n := range []int{0, 1, 57, 1000, 3_000_000} {
		f := file(t, "a.pdf", make([]byte, n))
		d := draft("C1", "a@x.example", f)
		s := deliver.Server{From: "reports@firm.example"}
		data, err := deliver.EML(d.Delivery(s), s)
		if err != nil {
			t.Fatal(err)
		}
		foreseen := deliver.Encoded(int64(n))
		if over := foreseen - int64(len(data)); over < 0 || over > 300<<10 {
			t.Errorf("%d bytes: foreseen are %d, the message has %d", n, foreseen, len(data))
		}
	}
}

// TestKeysAreTheirOwn holds that a key changes with each of what it names and
// with nothing else.
func TestKeysAreTheirOwn(t *testing.T) {
	base := func() deliver.Draft { return draft("C1", "Ann <a@x.example>") }
	s := deliver.Server{From: "reports@firm.example"}
	first := base().Delivery(s)
	same := base()
	same.To, same.Letter.Subject, same.Date = []string{"Anna <A@x.example>"}, "other", day.AddDate(0, 0, 1)
	if d := same.Delivery(s); d.Key != first.Key || d.MessageID != first.MessageID {
		t.Error("the key depends on more than it names")
	}
	keys := map[string]bool{first.Key: true}
	for _, change := range []func(d *deliver.Draft){
		func(d *deliver.Draft) { d.Report = "weekly" }, func(d *deliver.Draft) { d.Period = "2026-11" }, func(d *deliver.Draft) { d.Revision = 2 },
		func(d *deliver.Draft) { d.Part = "C2" }, func(d *deliver.Draft) { d.To = []string{"b@x.example"} }, func(d *deliver.Draft) { d.Cc = []string{"b@x.example"} },
		func(d *deliver.Draft) { d.Report, d.Period = "monthly2", "026-10" },
	} {
		d := base()
		change(&d)
		keys[d.Delivery(s).Key] = true
	}
	if len(keys) != 8 {
		t.Errorf("%d keys, want 8", len(keys))
	}
}

func TestRehearsal(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.Owner = "ok.owner@firm.example"
	var all []ledger.Delivery
	for _, d := range many(10) {
		d.Cc, d.Bcc = []string{"cc@x.example"}, []string{"bcc@x.example"}
		all = append(all, d.Delivery(s))
	}
	some := deliver.Sample(all, 3)
	if len(some) != 3 || some[0].Part != "C000" || some[2].Part != "C009" {
		t.Fatalf("%d sampled", len(some))
	}
	var redirected []ledger.Delivery
	for _, d := range some {
		redirected = append(redirected, deliver.Redirect(d, "ok.me@firm.example"))
	}
	sender := newSender(t, s)
	outcomes, err := sender.Rehearse(t.Context(), redirected)
	if err != nil || len(outcomes) != 3 || outcomes[0].State != ledger.Sent {
		t.Fatal(outcomes, err)
	}
	for i, l := range r.taken() {
		if !slices.Equal(l.to, []string{"ok.me@firm.example"}) || l.id(t) == "<"+some[i].MessageID+">" || redirected[i].Key == some[i].Key {
			t.Errorf("a rehearsal went to %v as %s", l.to, l.id(t))
		}
		if !strings.Contains(string(l.data), "ok.00") {
			t.Error("it does not say to whom it would go")
		}
	}
	if err := sender.Tell(t.Context(), deliver.Letter{Subject: "Look", Text: "at this\n"}); err != nil {
		t.Fatal(err)
	}
	if last := r.taken()[3]; !slices.Equal(last.to, []string{"ok.owner@firm.example"}) {
		t.Errorf("the owner's letter went to %v", last.to)
	}
}

func words(t *testing.T) *wording.Writer {
	t.Helper()
	catalogue, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(catalogue, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTable(t *testing.T) {
	d := draft("=cmd()", "a@x.example", ledger.File{Name: "a.pdf"})
	var out strings.Builder
	if err := deliver.WriteTable(&out, []ledger.Delivery{d.Delivery(deliver.Server{From: "a@b.example"})}, words(t)); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffPart,To,Copy,Blind copy,Subject,Files,State\n'=cmd(),a@x.example,,,Customer value: =cmd(),a.pdf,queued\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// TestWords holds that everything a person meets has its words.
func TestWords(t *testing.T) {
	w := words(t)
	for _, why := range []string{deliver.WhyTemporary, deliver.WhyConnection, deliver.WhyGaveUp, deliver.WhyRejected, deliver.WhyTooLarge, deliver.WhyUnclear,
		deliver.WhyChanged, deliver.WhyFile, deliver.WhyAddress, ledger.RevisionAfterSent, ledger.ContentChanged, ledger.Superseded, ledger.Interrupted, ledger.Marked, ledger.Resent} {
		if !w.Has("deliver.why." + why) {
			t.Errorf("no text for %s", why)
		}
	}
	for _, code := range []string{"setting", "clear", "secret-none", "secret-file", "secret-open", "secret-keyring", "token", "unreachable", "no-starttls", "certificate",
		"ca-file", "login", "tell", "template", "template-none"} {
		if !w.Has("deliver."+code) || !w.Has("deliver.hint."+code) {
			t.Errorf("no text for %s", code)
		}
	}
	for _, code := range []string{"address", "domain", "no-address", "no-part", "part-unknown", "part-several", "language", "format", "twice", "rivals", "several", "too-large"} {
		for _, end := range []string{"", ".want", ".fix"} {
			if !w.Has("finding.recipient-" + code + end) {
				t.Errorf("no text for %s%s", code, end)
			}
		}
	}
}

func TestServerIsChecked(t *testing.T) {
	good := deliver.Server{Host: "mail.firm.example", From: "a@firm.example"}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(s *deliver.Server){
		"no host": func(s *deliver.Server) { s.Host = "" }, "port": func(s *deliver.Server) { s.Port = 70000 }, "security": func(s *deliver.Server) { s.Security = "ssl" },
		"auth": func(s *deliver.Server) { s.Auth = "magic" }, "clear over the net": func(s *deliver.Server) { s.Security = deliver.Clear },
		"from": func(s *deliver.Server) { s.From = "a@b\r\nBcc: c@d.example" }, "owner": func(s *deliver.Server) { s.Owner = "nobody" },
		"user without secret": func(s *deliver.Server) { s.User = "u" }, "token in clear": func(s *deliver.Server) {
			s.OAuth = &deliver.OAuth{TokenURL: "http://login.example/token", ClientID: "x"}
		},
		"unknown": func(s *deliver.Server) { s.OnUnknown = "guess" }, "rate": func(s *deliver.Server) { s.PerMinute = -1 }, "domain": func(s *deliver.Server) { s.Domain = "a b" },
	} {
		s := good
		change(&s)
		if _, err := deliver.NewSender(s, deliver.Options{}); deliver.ProblemOf(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
