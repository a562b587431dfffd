package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"valuebook/report/analysis/movement"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/pdf"
	monthly "valuebook/report/run"
	"valuebook/report/workbook"
)

// A seals book notes the hash that each file had before its password.
type seals struct {
	lock  sync.Mutex
	plain map[string]string // hash with the password -> without
}

// recalled is what the ledger has of earlier periods.
type recalled struct {
	earlier *movement.Snapshot
	trend   []movement.Point
}

func (r *recalled) set(earlier *movement.Snapshot, trend []movement.Point) {
	r.earlier, r.trend = earlier, trend
}

// note keeps both hashes of a file.
func (s *seals) note(plain, sealed []byte) {
	if s == nil {
		return
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.plain == nil {
		s.plain = map[string]string{}
	}
	s.plain[hashOf(sealed)] = hashOf(plain)
}

// content returns the hash that a file had before its password, "" when it has
// none.
func (s *seals) content(sealed string) string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.plain[sealed]
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// taskFor returns the task of an input of the run, as ordered.
func (r *runFile) taskFor(input string, o monthly.Order) (*task, error) {
	t := &task{input: input, known: r.known, layers: r.runLayers(o.Period, o.Language), opening: r.p.opening, shelf: r.shelf, today: r.today, unsealed: o.Open,
		seals: &seals{}, recalled: &recalled{}}
	return t, t.resolve(r.path)
}

// making returns what makes the report of an input.
func (r *runFile) making(input string) func(monthly.Order) (monthly.Making, error) {
	return func(o monthly.Order) (monthly.Making, error) {
		t, err := r.taskFor(input, o)
		if err != nil {
			return monthly.Making{}, err
		}
		job, _, err := t.wholeJob()
		if err != nil {
			return monthly.Making{}, err
		}
		bar := r.p.progress(job)
		job.Progress = bar.step
		if job.Burst != nil {
			job.Burst.Progress = bar.part
		}
		r.bars = append(r.bars, bar)
		return monthly.Making{Job: job, Burst: strings.ToLower(t.settings.Value("burst")), Content: t.seals.content, Seal: t.sealFor, Recall: t.recalled.set}, nil
	}
}

// sealFor puts the password that a variable holds on a PDF or a workbook, the
// general one on a PDF for "".
func (t *task) sealFor(document []byte, variable string) ([]byte, error) {
	t.unsealed = false
	if variable == "" {
		return t.protect(document, t.reading.Password != "")
	}
	secret, err := (deliver.Source{Variable: variable}).Load()
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(document, []byte("%PDF-")) {
		return workbook.Lock(document, secret.Reveal())
	}
	rights := t.rights()
	return pdf.Protect(document, pdf.Protection{Password: secret.Reveal(), Print: slices.Contains(rights, "print"), Copy: slices.Contains(rights, "copy")})
}

// plan returns the plan of an input.
func (r *runFile) plan(input string, several bool) (monthly.Plan, error) {
	t, err := r.taskFor(input, monthly.Order{})
	if err != nil {
		return monthly.Plan{}, err
	}
	period, err := r.period(input, t.reading)
	if err != nil {
		return monthly.Plan{}, err
	}
	recipients, err := r.recipients(input, t.reading)
	if err != nil {
		return monthly.Plan{}, err
	}
	settings, err := r.settingsHash(t, recipients)
	if err != nil {
		return monthly.Plan{}, err
	}
	plan := monthly.Plan{
		Report: r.report(input, several), Period: period, Input: input, Source: filepath.Dir(input), Settings: settings, Version: moduleVersion(),
		Names: r.names(several), AllowStale: r.value("allow_stale", "false") == "true",
		Owner: monthly.Owner(), Make: r.making(input),
	}
	plan.Mail, err = r.mailing(t, recipients)
	return plan, err
}

// names are the patterns of the outputs.
func (r *runFile) names(several bool) monthly.Names {
	folder := r.settings.Value("out")
	if folder == "" {
		folder = inFolder(r.folder(), filepath.Join("reports", "{period}"))
	}
	name := r.value("out_name", "{stem}")
	if several && !strings.Contains(folder+name, "{stem}") {
		folder = filepath.Join(folder, "{stem}") // or their files would meet
	}
	return monthly.Names{Folder: folder, File: name, Plain: strings.EqualFold(r.settings.Value("burst_names"), "ascii")}
}

// settingsHash is a hash of everything beside the input that changes an output
// or who gets it. Where outputs go, and how mail travels, does not.
func (r *runFile) settingsHash(t *task, recipients []dataset.Recipient) (string, error) {
	h := sha256.New()
	for _, entry := range t.settings.List() {
		if changesOutputs(entry.Name) {
			fmt.Fprintf(h, "%q=%q\n", entry.Name, entry.Value)
		}
	}
	fmt.Fprintf(h, "%+v\n", withoutPlaces(t.mapping))
	for _, one := range recipients {
		one.Ref = dataset.Ref{}
		fmt.Fprintf(h, "%q\n", one)
	}
	for _, text := range t.texts {
		fmt.Fprintf(h, "%q %q %v\n", text.File, text.Section, text.Before)
		if err := hashFiles(h, inFolder(r.folder(), text.File)); err != nil {
			return "", err
		}
	}
	if err := hashFolder(h, t.settings.Value("templates")); err != nil {
		return "", err
	}
	if err := hashFiles(h, t.settings.Value("theme")); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// withoutPlaces is a mapping without where it was written.
func withoutPlaces(mapping dataset.Mapping) dataset.Mapping {
	mapping.Attributes, mapping.Tables = slices.Clone(mapping.Attributes), slices.Clone(mapping.Tables)
	for i := range mapping.Attributes {
		mapping.Attributes[i].From = ""
	}
	for i := range mapping.Tables {
		mapping.Tables[i].From = ""
		mapping.Tables[i].Columns = slices.Clone(mapping.Tables[i].Columns)
		for k := range mapping.Tables[i].Columns {
			mapping.Tables[i].Columns[k].From = ""
		}
	}
	return mapping
}

// hashFolder adds every file of a folder of templates.
func hashFolder(h io.Writer, folder string) error {
	if folder == "" {
		return nil
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return hashFiles(h, path)
	})
}

// hashFiles adds the content of files; "" is none.
func hashFiles(h io.Writer, paths ...string) error {
	for _, path := range paths {
		if path == "" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%q %s\n", filepath.Base(path), hashOf(data))
	}
	return nil
}

// mailing says who gets the outputs, nil when no list of recipients is given.
func (r *runFile) mailing(t *task, recipients []dataset.Recipient) (*monthly.Mail, error) {
	_, listed := r.document.Records[recipientsKey]
	if !listed && r.settings.Value(recipientsKey) == "" {
		return nil, nil
	}
	mail := r.mail()
	if !mail.given() {
		return nil, fail(exitUsage, "error.no-mail-server", dataset.Str(r.path)).withHint("hint.no-mail-server")
	}
	server, err := mail.server()
	if err != nil {
		return nil, err
	}
	letters := &letters{file: r, task: t, server: server}
	languages, err := letters.languages(recipients)
	if err != nil {
		return nil, err
	}
	internal := mail.list("internal")
	if len(internal) == 0 {
		_, domain, _ := strings.Cut(strings.TrimSuffix(server.From, ">"), "@")
		internal = []string{domain}
	}
	return &monthly.Mail{
		Server: server, Recipients: recipients, HoldAll: r.value("approval", approvalChanged) == approvalAlways,
		Rules:   deliver.Rules{Domains: server.Domains, Internal: internal, Rivals: rivals(r.settings), Languages: languages},
		Formats: orUsual(mail.list("attach"), "pdf"), Write: letters.write,
	}, nil
}

func orUsual(list []string, usual ...string) []string {
	if len(list) == 0 {
		return usual
	}
	return list
}
