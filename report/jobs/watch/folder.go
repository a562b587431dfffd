package watch

import (
	"cmp"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// Settings of a folder that have not been given.
const (
	DefaultSettled  = 5 * time.Second
	DefaultPatience = 10 * time.Minute
)

// The folders inside a drop folder.
const (
	WorkFolder     = "work"
	DoneFolder     = "done"
	RejectedFolder = "rejected"
)

// A Folder is one drop folder and what was seen in it. It is used by one
// goroutine.
type Folder struct {
	Path     string
	Settled  time.Duration // how long a file must not change, 0 is DefaultSettled
	Patience time.Duration // how long an incomplete file is waited for, 0 is DefaultPatience
	// Taken reports whether a file was taken before and stays because the
	// folder cannot be written to; nil for never.
	Taken func(Mark) bool

	seen map[string]sighting
}

// A Mark tells a file that stays in its place from a later one of the same
// name.
type Mark struct {
	Name    string
	Size    int64
	Changed time.Time
}

// sighting is how a file looked and since when it looks so by our clock: the
// clock of a network share is another one, so its times are only compared for
// being equal.
type sighting struct {
	Mark
	since time.Time
	first time.Time
}

// A Why is the fixed identifier of why a file waits or is set aside.
type Why string

// Why a file waits, and why it is set aside.
const (
	Changing   Why = "changing"    // it changed a moment ago
	Open       Why = "open"        // an office program has it open
	Incomplete Why = "incomplete"  // its end is missing so far
	Elsewhere  Why = "elsewhere"   // its content is on a server still
	Unreadable Why = "unreadable"  // we may not open it
	Damaged    Why = "damaged"     // still incomplete when patience ended
	Conflict   Why = "conflict"    // a copy that a sync program made of two versions
	NoWorkbook Why = "no-workbook" // a kind of file that holds no tables
	IsFolder   Why = "is-folder"   // only files are taken
	NoFile     Why = "no-file"     // a pipe, a socket, a device: reading it might never end
	Link       Why = "link"        // it would be followed to files that nobody put here
	Denied     Why = "denied"      // still unreadable when patience ended
	Ready      Why = "ready"       // it is taken at the next look
)

// A File is a file with the reason why it is not taken.
type File struct {
	Name string `json:"name"`
	Why  Why    `json:"why"`
}

// A Sight is what one look found, each list in the order of the names.
type Sight struct {
	Ready   []Mark
	Waiting []File
	Aside   []File // to be rejected
}

// Scan looks at the folder once. An error means that the folder itself cannot
// be read at present; what was seen before is kept.
func (f *Folder) Scan(now time.Time) (Sight, error) {
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		return Sight{}, err
	}
	var sight Sight
	seen := make(map[string]sighting, len(entries))
	for _, entry := range entries {
		if ignored(entry.Name()) || ours(entry) {
			continue
		}
		info, err := os.Lstat(filepath.Join(f.Path, entry.Name()))
		if err != nil { // gone
			continue
		}
		mark := Mark{Name: entry.Name(), Size: info.Size(), Changed: info.ModTime()}
		if f.Taken != nil && !info.IsDir() && f.Taken(mark) {
			continue
		}
		is := f.look(mark, now)
		seen[mark.Name] = is
		f.sort(&sight, is, info, now)
	}
	f.seen = seen
	sort.Slice(sight.Ready, func(i, j int) bool { return sight.Ready[i].Name < sight.Ready[j].Name })
	return sight, nil
}

// look compares a file with how it looked before.
func (f *Folder) look(mark Mark, now time.Time) sighting {
	before, known := f.seen[mark.Name]
	if before.since.After(now) || before.first.After(now) { // the clock was moved back
		before.since, before.first = now, now
	}
	switch {
	case !known:
		return sighting{Mark: mark, since: now, first: now}
	case before.Size != mark.Size || !before.Changed.Equal(mark.Changed):
		return sighting{Mark: mark, since: now, first: before.first}
	}
	return before
}

// sort decides about one file.
func (f *Folder) sort(sight *Sight, is sighting, info os.FileInfo, now time.Time) {
	why := f.judge(is, info, now)
	switch why {
	case "":
		sight.Ready = append(sight.Ready, is.Mark)
	case Damaged, Conflict, NoWorkbook, Link, Denied:
		sight.Aside = append(sight.Aside, File{is.Name, why})
	default:
		sight.Waiting = append(sight.Waiting, File{is.Name, why})
	}
}

// judge returns why a file is not ready, "" when it is.
func (f *Folder) judge(is sighting, info os.FileInfo, now time.Time) Why {
	mode := info.Mode()
	switch {
	case mode.IsDir():
		return IsFolder
	case mode&os.ModeSymlink == 0 && !mode.IsRegular():
		return NoFile
	}
	path := filepath.Join(f.Path, is.Name)
	if onServer(info) {
		return Elsewhere
	}
	if now.Sub(is.since) < cmp.Or(f.Settled, DefaultSettled) {
		return Changing
	}
	if mode&os.ModeSymlink != 0 {
		return Link
	}
	if openElsewhere(path) { // also of what is set aside: it could not be moved
		return Open
	}
	if why := unfit(is.Name, mode); why != "" {
		return why
	}
	patient := now.Sub(is.since) < cmp.Or(f.Patience, DefaultPatience)
	whole, err := complete(path)
	switch {
	case err != nil && patient:
		return Unreadable
	case err != nil:
		return Denied
	case whole:
		return ""
	case patient:
		return Incomplete
	}
	return Damaged
}

// unfit returns why a file is never read, as far as its name and kind say so.
func unfit(name string, mode os.FileMode) Why {
	switch {
	case mode&os.ModeSymlink != 0:
		return Link
	case conflicted(name):
		return Conflict
	case !workbookEnding(name):
		return NoWorkbook
	}
	return ""
}

// Unfit returns why a file that was taken is to be set aside without being
// read, as far as its name and kind say so, "" for any other.
func Unfit(path string) Why {
	info, err := os.Lstat(path)
	if err != nil {
		return "" // whoever reads it will say
	}
	return unfit(filepath.Base(path), info.Mode())
}

// Marks returns the files that the last look saw, by name.
func (f *Folder) Marks() map[string]Mark {
	marks := make(map[string]Mark, len(f.seen))
	for name, is := range f.seen {
		marks[name] = is.Mark
	}
	return marks
}

// Forget makes the next look treat a file as new: it could not be taken.
func (f *Folder) Forget(name string) { delete(f.seen, name) }
