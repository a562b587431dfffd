package install

import (
	"bytes"
	"encoding/xml"
	"errors"
	"path"
	"strings"
	"text/template"
	"unicode/utf16"

	"valuebook/templates"
)

// A Task is what is to be started.
type Task struct {
	Name    string // tells several tasks of one user apart; letters, digits and hyphens, "" for the only one
	Program string // path of the program
	Config  string // path of the run file
	Folder  string // where it works: the run file's
}

// A Home is where the schedulers of a user look, as absolute paths.
type Home struct {
	Config    string // $XDG_CONFIG_HOME or ~/.config, for systemd
	Home      string // for launchd
	Temporary string // for the description of a Windows task, which is only read once
	UID       string // for launchd
}

// A File is one file that a scheduler reads.
type File struct {
	Path string
	Data []byte
}

// Text is what the file says, also where it is in UTF-16.
func (f File) Text() string {
	if !bytes.HasPrefix(f.Data, wideMark) {
		return string(f.Data)
	}
	var units []uint16
	for i := len(wideMark); i+1 < len(f.Data); i += 2 {
		units = append(units, uint16(f.Data[i])|uint16(f.Data[i+1])<<8)
	}
	return string(utf16.Decode(units))
}

// A Plan is all that has to be done to a scheduler, and nothing done yet.
type Plan struct {
	Files   []File
	Enable  [][]string // commands, after the files are written
	Status  []string
	Disable [][]string // commands, before the files are removed
}

// ErrSystem is returned for an operating system whose scheduler is not known.
var ErrSystem = errors.New("no scheduler is known for this system")

// For returns the plan for an operating system, by the name that Go gives it.
func For(system string, home Home, task Task) (Plan, error) {
	switch system {
	case "linux":
		return systemd(home, task)
	case "darwin":
		return launchd(home, task)
	case "windows":
		return taskScheduler(home, task)
	}
	return Plan{}, ErrSystem
}

func systemd(home Home, task Task) (Plan, error) {
	name := "valuebook" + suffix(task)
	service, err := fill("valuebook.service.tmpl", task)
	if err != nil {
		return Plan{}, err
	}
	timer, err := fill("valuebook.timer.tmpl", task)
	folder := path.Join(home.Config, "systemd", "user")
	return Plan{
		Files:  []File{{path.Join(folder, name+".service"), service}, {path.Join(folder, name+".timer"), timer}},
		Enable: [][]string{{"systemctl", "--user", "daemon-reload"}, {"systemctl", "--user", "enable", "--now", name + ".timer"}},
		Status: []string{"systemctl", "--user", "--no-pager", "list-timers", name + ".timer"},
		// A timer is disabled by its links, which go even when no manager runs.
		Disable: [][]string{{"systemctl", "--user", "disable", "--now", name + ".timer"}},
	}, err
}

func launchd(home Home, task Task) (Plan, error) {
	data, err := fill("valuebook.plist.tmpl", task)
	file := path.Join(home.Home, "Library", "LaunchAgents", label(task)+".plist")
	domain := "gui/" + home.UID
	return Plan{
		Files:   []File{{file, data}},
		Enable:  [][]string{{"launchctl", "bootstrap", domain, file}},
		Status:  []string{"launchctl", "print", domain + "/" + label(task)},
		Disable: [][]string{{"launchctl", "bootout", domain + "/" + label(task)}},
	}, err
}

func taskScheduler(home Home, task Task) (Plan, error) {
	data, err := fill("valuebook-task.xml.tmpl", task)
	name := "valuebook" + suffix(task)
	file := home.Temporary + `\` + name + ".xml"
	return Plan{
		Files:   []File{{file, wide(data)}},
		Enable:  [][]string{{"schtasks", "/Create", "/TN", name, "/XML", file, "/F"}},
		Status:  []string{"schtasks", "/Query", "/TN", name, "/V", "/FO", "LIST"},
		Disable: [][]string{{"schtasks", "/Delete", "/TN", name, "/F"}},
	}, err
}

func suffix(task Task) string {
	if task.Name == "" {
		return ""
	}
	return "-" + task.Name
}

func label(task Task) string { return "valuebook.serve" + strings.ReplaceAll(suffix(task), "-", ".") }

// fill puts a task into a template.
func fill(name string, task Task) ([]byte, error) {
	text, err := templates.Read("deploy/"+name, nil)
	if err != nil {
		return nil, err
	}
	t, err := template.New(name).Funcs(template.FuncMap{
		"quoted": quoted, "program": program, "path": percent, "xml": escaped, "argument": argument,
	}).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, struct {
		Task
		Suffix, Label string
	}{task, suffix(task), label(task)})
	return out.Bytes(), err
}

// quoted is a word of a command line of systemd (systemd.syntax): in quotes,
// with specifiers and variables switched off.
func quoted(word string) string {
	word = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$").Replace(word)
	return `"` + word + `"`
}

// program is the first word of such a line, in which variables are not looked
// for.
func program(word string) string { return strings.ReplaceAll(quoted(word), "$$", "$") }

// percent is a path of a systemd setting, which takes no quotes.
func percent(path string) string { return strings.ReplaceAll(path, "%", "%%") }

func escaped(text string) (string, error) {
	var out bytes.Buffer
	err := xml.EscapeText(&out, []byte(text))
	return out.String(), err
}

// argument is a word of a Windows command line. A path holds no quotes there;
// a backslash before the closing one would take it away.
func argument(word string) string {
	if strings.HasSuffix(word, `\`) {
		word += `\`
	}
	return `"` + word + `"`
}

// wideMark begins a text in UTF-16, the lower byte of each unit first.
var wideMark = []byte{0xFF, 0xFE}

// wide is a text as the Task Scheduler wants it: UTF-16 with its mark.
func wide(text []byte) []byte {
	out := bytes.Clone(wideMark)
	for _, unit := range utf16.Encode([]rune(string(text))) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}
