package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/jobs"
	"valuebook/report/jobs/schedule"
	"valuebook/report/store"
)

// serving are the settings of a service.
type serving struct {
	listen  string   // "" serves no page
	hosts   []string // names the page may be asked for by
	outputs bool
	metrics bool
	log     string // logText or logJSON
	options jobs.Options
}

// The forms of the log.
const (
	logText = "text"
	logJSON = "json"
)

// listenOff is what serve.listen says where no page is wanted.
const listenOff = "off"

// serveKey and dropKey return the whole name of a setting.
func serveKey(name string) string { return "serve" + "." + name }
func dropKey(name string) string  { return "drop" + "." + name }

// serving reads the settings of a service; the first value that has no meaning
// is the error.
func (r *runFile) serving() (serving, error) {
	s := &servingReader{file: r}
	out := serving{
		listen: r.value(serveKey("listen"), "127.0.0.1:8321"), hosts: s.list(serveKey("hosts")),
		outputs: s.on(serveKey("outputs"), true), metrics: s.on(serveKey("metrics"), false), log: r.value(serveKey("log"), logText),
		options: jobs.Options{
			Drops: s.drops(), Schedules: s.schedules(), Workers: s.count(serveKey("workers"), jobs.Workers), Mailers: s.count(serveKey("mailers"), jobs.Mailers),
			Poll: s.duration(dropKey("poll")), Limit: s.duration(serveKey("limit")), Memory: s.memory(), Files: s.files(),
			State: s.state(), Clock: time.Now,
		},
	}
	if out.log != logText && out.log != logJSON {
		s.wrong(serveKey("log"), "want.log")
	}
	return out, s.err
}

// servingReader reads single settings; the first error stays.
type servingReader struct {
	file *runFile
	err  error
}

func (s *servingReader) wrong(name, want string) {
	if s.err == nil {
		s.err = s.file.wrong(name, want)
	}
}

func (s *servingReader) list(name string) []string {
	entry, _ := s.file.settings.Entry(name)
	if entry.Items != nil {
		return entry.Items
	}
	return strings.FieldsFunc(entry.Value, func(r rune) bool { return r == ',' || r == ' ' })
}

func (s *servingReader) on(name string, usual bool) bool {
	value := s.file.value(name, strconv.FormatBool(usual))
	on, err := strconv.ParseBool(value)
	if err != nil {
		s.wrong(name, "want.switch")
	}
	return on
}

func (s *servingReader) count(name string, usual int) int {
	n, err := strconv.Atoi(s.file.value(name, strconv.Itoa(usual)))
	if err != nil || n < 1 || n > 1000 {
		s.wrong(name, "want.count")
	}
	return n
}

func (s *servingReader) duration(name string) time.Duration {
	value := s.file.settings.Value(name)
	if value == "" {
		return 0
	}
	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		s.wrong(name, "want.duration")
	}
	return d
}

// memory is how much the process may need; by default 2 GB.
func (s *servingReader) memory() uint64 {
	text := strings.ToUpper(strings.ReplaceAll(s.file.value(serveKey("memory"), "2 GB"), " ", ""))
	for _, unit := range []struct {
		name  string
		bytes float64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}} {
		number, fits := strings.CutSuffix(text, unit.name)
		if x, err := strconv.ParseFloat(number, 64); fits && err == nil && x > 0 && x < 1<<20 {
			return uint64(x * unit.bytes)
		}
	}
	s.wrong(serveKey("memory"), "want.memory")
	return 0
}

// path returns a folder of the settings, beside the run file where it is
// relative.
func (s *servingReader) path(name string) string {
	path := inFolder(s.file.folder(), s.file.settings.Value(name))
	if path == "" {
		return ""
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		s.wrong(name, "want.folder")
	}
	return absolute
}

func (s *servingReader) drops() []jobs.Drop {
	path := s.path(dropKey("path"))
	if path == "" {
		return nil
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		s.wrong(dropKey("path"), "want.folder")
	}
	return []jobs.Drop{{
		Path: path, Done: s.path(dropKey("done")), Rejected: s.path(dropKey("rejected")),
		Settled: s.duration(dropKey("settled")), Patience: s.duration(dropKey("patience")),
	}}
}

// state is the folder beside the run file for what this machine keeps.
func (s *servingReader) state() string {
	folder, err := filepath.Abs(filepath.Join(s.file.folder(), ".valuebook"))
	if err != nil {
		return ""
	}
	return folder
}

// files is where several machines share their outputs, nil for one machine.
func (s *servingReader) files() store.Store {
	address := s.file.settings.Value(serveKey("files"))
	if address == "" {
		return nil
	}
	if !strings.Contains(address, "://") {
		address = s.path(serveKey("files"))
	}
	files, err := store.Open(address)
	if err != nil {
		s.wrong(serveKey("files"), "want.files")
	}
	return files
}

// schedules are those of the run file.
func (s *servingReader) schedules() []jobs.Schedule {
	days := s.days()
	config, err := filepath.Abs(s.file.path)
	if err != nil {
		s.err = err
	}
	var all []jobs.Schedule
	names := map[string]bool{}
	for _, record := range s.file.document.Records[schedulesKey] {
		one := s.schedule(record)
		one.Config, one.Days = config, days
		if names[one.Name] {
			s.refuse(record, "name", one.Name, "want.once")
		}
		names[one.Name] = true
		if err := one.Check(s.file.today); err != nil {
			s.refuse(record, "rule", one.Rule, "want.rule")
		}
		all = append(all, one)
	}
	return all
}

// refuse says what an entry of a record must be.
func (s *servingReader) refuse(record config.Record, key, value, want string) {
	if s.err == nil {
		entry, ok := record.Entry(key)
		if !ok {
			entry.Place = record.Place
		}
		s.err = fail(exitUsage, "error.setting-want", dataset.Str(entry.Place), dataset.Str(value), dataset.TermOf(want))
	}
}

func (s *servingReader) schedule(record config.Record) jobs.Schedule {
	text := func(key, usual string) string {
		if entry, ok := record.Entry(key); ok && entry.Value != "" {
			return entry.Value
		}
		return usual
	}
	one := jobs.Schedule{Rule: text("rule", ""), Zone: text("zone", "UTC"), Missed: schedule.Policy(text("missed", string(schedule.Last)))}
	one.Name = s.file.report("", false) + "/" + text("name", one.Rule)
	switch one.Missed {
	case schedule.Last, schedule.All, schedule.Skip:
	default:
		s.refuse(record, "missed", string(one.Missed), "want.missed")
	}
	if most := text("most", ""); most != "" {
		n, err := strconv.Atoi(most)
		if err != nil || n < 1 {
			s.refuse(record, "most", most, "want.count")
		}
		one.Most = n
	}
	if _, err := time.LoadLocation(one.Zone); err != nil {
		s.refuse(record, "zone", one.Zone, "want.zone")
	}
	return one
}

// weekdays are the names of days in a run file.
var weekdays = map[string]time.Weekday{"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday}

// days are the days that are worked, from the weekend and the holidays.
func (s *servingReader) days() schedule.Days {
	days := schedule.Days{Holidays: map[string]bool{}}
	if s.file.settings.Value("weekend") != "" {
		days.Weekend = []time.Weekday{}
		for _, name := range s.list("weekend") {
			day, known := weekdays[strings.ToLower(name)]
			if !known && !strings.EqualFold(name, "none") {
				s.wrong("weekend", "want.weekdays")
			}
			if known {
				days.Weekend = append(days.Weekend, day)
			}
		}
	}
	for _, date := range s.list("holidays") {
		_, whole := time.Parse(time.DateOnly, date)
		_, yearly := time.Parse("01-02", date)
		if whole != nil && yearly != nil && date != "02-29" {
			s.wrong("holidays", "want.holidays")
		}
		days.Holidays[date] = true
	}
	return days
}
