package main

import (
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
)

// mailSettings reads the settings below "mail" for a run file in a folder; the
// first value that has no meaning stays.
type mailSettings struct {
	settings config.Settings
	folder   string
	err      error
}

// key returns the whole name of a setting of mail.
func mailKey(name string) string { return "mail" + "." + name }

func (m *mailSettings) text(name string) string {
	return strings.TrimSpace(m.settings.Value(mailKey(name)))
}

func (m *mailSettings) list(name string) []string {
	entry, _ := m.settings.Entry(mailKey(name))
	if entry.Items != nil {
		return entry.Items
	}
	return strings.FieldsFunc(entry.Value, func(r rune) bool { return r == ',' || r == ' ' })
}

// path returns a file named relative to the run file.
func (m *mailSettings) path(name string) string { return inFolder(m.folder, m.text(name)) }

func inFolder(folder, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

func (m *mailSettings) wrong(name, want string) {
	if m.err == nil {
		entry, _ := m.settings.Entry(mailKey(name))
		m.err = fail(exitUsage, "error.setting-want", dataset.Str(entry.Place), dataset.Str(entry.Value), dataset.TermOf(want))
	}
}

func (m *mailSettings) count(name string) int {
	if m.text(name) == "" {
		return 0
	}
	n, err := strconv.Atoi(m.text(name))
	if err != nil || n < 0 {
		m.wrong(name, "want.count")
	}
	return n
}

func (m *mailSettings) duration(name string) time.Duration {
	if m.text(name) == "" {
		return 0
	}
	d, err := time.ParseDuration(m.text(name))
	if err != nil || d <= 0 {
		m.wrong(name, "want.duration")
	}
	return d
}

// sizes are the units of a size, the longest first.
var sizes = []struct {
	unit  string
	bytes float64
}{{"MB", 1 << 20}, {"KB", 1 << 10}, {"M", 1 << 20}, {"K", 1 << 10}, {"B", 1}, {"", 1}}

func (m *mailSettings) size(name string) int64 {
	text := strings.ToUpper(m.text(name))
	if text == "" {
		return 0
	}
	for _, s := range sizes {
		number, fits := strings.CutSuffix(text, s.unit)
		if x, err := strconv.ParseFloat(strings.TrimSpace(number), 64); fits && err == nil && x >= 1 && x < 1<<40 {
			return int64(x * s.bytes)
		}
	}
	m.wrong(name, "want.size")
	return 0
}

// secret is where a secret is kept; more than one place is a mistake.
func (m *mailSettings) secret(name string) deliver.Source {
	s := deliver.Source{Variable: m.text(name + ".variable"), File: m.path(name + ".file"), Keyring: m.text(name + ".keyring")}
	given := 0
	for _, place := range []string{s.Variable, s.File, s.Keyring} {
		if place != "" {
			given++
		}
	}
	if given > 1 && m.err == nil {
		m.err = fail(exitUsage, "error.secret-places", dataset.Str(mailKey(name)))
	}
	return s
}

// server returns the mail server of the settings.
func (m *mailSettings) server() (deliver.Server, error) {
	s := deliver.Server{
		Host: m.text("host"), Port: m.count("port"), Security: deliver.Security(m.text("security")), CAFile: m.path("ca_file"), Hello: m.text("hello"),
		Auth: deliver.Auth(m.text("auth")), User: m.text("user"), Secret: m.secret("secret"), OAuth: m.oauth(),
		From: m.text("from"), ReplyTo: m.text("reply_to"), EnvelopeFrom: m.text("envelope_from"), Owner: m.text("owner"),
		Timeout: m.duration("timeout"), PerConnection: m.count("per_connection"), PerMinute: m.count("per_minute"),
		Window:   deliver.Window{Days: m.list("window.days"), From: m.text("window.from"), To: m.text("window.to"), Zone: m.text("window.zone")},
		MaxBytes: m.size("max_size"), Domains: m.list("domains"), OnUnknown: m.text("on_unknown"), Domain: m.text("domain"),
		Retry: deliver.Retry{Times: m.times(), First: m.duration("retry.first"), Most: m.duration("retry.most")},
	}
	if m.err != nil {
		return s, m.err
	}
	if err := s.Validate(); err != nil {
		f := explained(err)
		f.code = exitUsage // a setting, not the server, is wrong
		return s, f
	}
	return s, nil
}

// times is how often a message is tried again; 0 tries once.
func (m *mailSettings) times() int {
	if n := m.count("retry.times"); n > 0 || m.text("retry.times") == "" {
		return n
	}
	return -1
}

func (m *mailSettings) oauth() *deliver.OAuth {
	if m.text("oauth.token_url") == "" {
		return nil
	}
	return &deliver.OAuth{TokenURL: m.text("oauth.token_url"), ClientID: m.text("oauth.client_id"), Scopes: m.list("oauth.scopes"),
		ClientSecret: m.secret("oauth.client_secret"), RefreshToken: m.secret("oauth.refresh_token")}
}

// given reports whether a mail server is set.
func (m *mailSettings) given() bool { return m.text("host") != "" || m.text("from") != "" }

// rivals reads sets of customers that compete with each other, "A; B" each.
func rivals(settings config.Settings) [][]string {
	entry, _ := settings.Entry("rivals")
	var sets [][]string
	for _, text := range entry.Values() {
		var set []string
		for _, name := range strings.Split(text, ";") {
			if name = strings.TrimSpace(name); name != "" {
				set = append(set, name)
			}
		}
		sets = append(sets, set)
	}
	return sets
}
