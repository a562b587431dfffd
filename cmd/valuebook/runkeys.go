package main

import (
	"slices"
	"strings"
)

// A runKey is a setting of monthly runs, as the run file writes it. Its
// meaning is the text "key." and its name.
type runKey struct {
	name  string
	usual string // default, as a run file would write it; "" = not set
	// fixed says that no output changes with it: a run with another value is the
	// same run.
	fixed bool
}

// A runGroup is a map of the run file; the names of its keys are within it.
type runGroup struct {
	name string // "" = the top of the file
	keys []runKey
}

// runGroups are all settings of monthly runs, in the order of the reference.
// The workbook's own Parameters sheet gives none of them: who sends a workbook
// does not say where its reports go.
var runGroups = []runGroup{
	{"", []runKey{{name: "name"}, {name: "inputs"}, {name: "out_name", usual: "{stem}", fixed: true}, {name: "theme"}, {name: recipientsKey}, {name: "rivals"}, {name: "history", usual: "valuebook.db", fixed: true},
		{name: "history_variable", fixed: true}, {name: "approval", usual: approvalChanged, fixed: true}, {name: "allow_stale", usual: "false", fixed: true},
		{name: schedulesKey, fixed: true}, {name: "holidays", fixed: true}, {name: "weekend", usual: "saturday, sunday", fixed: true}}},
	{"inputs", []runKey{{name: "newest"}}},
	{"period", []runKey{{name: "from_cell"}}},
	{"mail", []runKey{{name: "from"}, {name: "host"}, {name: "port", usual: "587"}, {name: "security", usual: "starttls"}, {name: "ca_file"}, {name: "hello"},
		{name: "auth", usual: "auto"}, {name: "user"}, {name: "reply_to"}, {name: "envelope_from"}, {name: "owner"}, {name: "domains"}, {name: "internal"}, {name: "domain"}, {name: "attach", usual: "pdf"},
		{name: "max_size", usual: "25 MB"}, {name: "per_minute", usual: "0"}, {name: "per_connection", usual: "50"}, {name: "timeout", usual: "5m"},
		{name: "on_unknown", usual: "hold"}}},
	{"mail.secret", secretKeys},
	{"mail.window", []runKey{{name: "days"}, {name: "from"}, {name: "to"}, {name: "zone", usual: "UTC"}}},
	{"mail.retry", []runKey{{name: "times", usual: "5"}, {name: "first", usual: "5m"}, {name: "most", usual: "4h"}}},
	{"mail.oauth", []runKey{{name: "token_url"}, {name: "client_id"}, {name: "scopes"}}},
	{"mail.oauth.client_secret", secretKeys},
	{"mail.oauth.refresh_token", secretKeys},
	{"drop", []runKey{{name: "path"}, {name: "done"}, {name: "rejected"}, {name: "settled", usual: "5s"}, {name: "patience", usual: "10m"}, {name: "poll", usual: "10s"}}},
	{"serve", []runKey{{name: "listen", usual: "127.0.0.1:8321"}, {name: "hosts"}, {name: "outputs", usual: "true"}, {name: "metrics", usual: "false"},
		{name: "log", usual: "text"}, {name: "workers", usual: "2"}, {name: "mailers", usual: "2"}, {name: "memory", usual: "2 GB"}, {name: "limit", usual: "15m"}, {name: "files"}}},
}

// scheduleKeys are what an entry of the list of schedules may have.
var scheduleKeys = []string{"name", "rule", "zone", "missed", "most"}

// schedulesKey is the list of schedules in a run file.
const schedulesKey = "schedules"

// secretKeys are the places that a secret may be kept in.
var secretKeys = []runKey{{name: "variable"}, {name: "file"}, {name: "keyring"}}

// The settings of approval: what waits for a person before it is sent.
const (
	approvalChanged = "changed" // a later revision of a period that went out
	approvalAlways  = "always"  // everything
)

// recipientKeys are what an entry of the list of recipients may have; a sheet
// or a file of recipients has them as headers.
var recipientKeys = []string{"parts", "customer", "segment", "to", "cc", "bcc", "lang", "format", "password_variable"}

// recipientsKey is the list of recipients in a run file.
const recipientsKey = "recipients"

// full returns the whole name of a key of the group.
func (g runGroup) full(k runKey) string {
	if g.name == "" {
		return k.name
	}
	return g.name + "." + k.name
}

// runNames lists the settings of monthly runs.
func runNames() []string {
	var names []string
	for _, g := range runGroups {
		for _, k := range g.keys {
			names = append(names, g.full(k))
		}
	}
	return names
}

// forRuns reports whether a setting is one of monthly runs.
func forRuns(name string) bool { return slices.Contains(runNames(), name) }

// changesOutputs reports whether an output may change with a setting. Where
// mail is handed over and how does not, who gets what does.
func changesOutputs(name string) bool {
	if name == mailKey("attach") {
		return true
	}
	for _, how := range []string{"mail.", "drop.", "serve."} {
		if strings.HasPrefix(name, how) {
			return false
		}
	}
	for _, k := range runGroups[0].keys {
		if k.name == name {
			return !k.fixed
		}
	}
	return name != "out"
}
