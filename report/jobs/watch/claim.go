package watch

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"unicode/utf8"

	"valuebook/report/files"
)

// A Claim is a file that was taken out of the drop folder and belongs to us.
type Claim struct {
	ID   string // name of its folder
	Path string // below the work folder, in a folder of the ID
	Mark Mark
	// Stays reports that the file could only be copied: it lies in the drop
	// folder still, and its mark must be remembered.
	Stays bool
}

// ErrChanged is returned for a file that changed while it was taken.
var ErrChanged = errors.New("the file changed while it was taken")

// Take moves a ready file to a folder of its own below work/. Of several
// programs that try, one succeeds; the others get an error that is
// [fs.ErrNotExist]. Where the drop folder cannot be written to, the file is
// copied to below work, a folder elsewhere.
func (f *Folder) Take(mark Mark, work string) (Claim, error) {
	claim, err := f.move(mark)
	if readOnly(err) && work != "" {
		return f.copy(mark, work)
	}
	return claim, err
}

func (f *Folder) move(mark Mark) (Claim, error) {
	claim, err := place(filepath.Join(f.Path, WorkFolder), mark)
	if err != nil {
		return claim, err
	}
	from := filepath.Join(f.Path, mark.Name)
	if err := files.Rename(from, claim.Path); err != nil {
		_ = os.Remove(filepath.Dir(claim.Path))
		return Claim{}, err
	}
	info, err := os.Lstat(claim.Path)
	if err == nil && info.Size() == mark.Size && info.ModTime().Equal(mark.Changed) {
		return claim, nil
	}
	// It is put back; the next look waits until it has settled.
	f.Forget(mark.Name)
	if _, err := os.Lstat(from); err == nil {
		return claim, nil // a newer one took its place: this one is whole, if older
	}
	if err := files.Rename(claim.Path, from); err != nil {
		return Claim{}, err
	}
	_ = os.Remove(filepath.Dir(claim.Path))
	return Claim{}, ErrChanged
}

// copy leaves the file where it is and takes a copy.
func (f *Folder) copy(mark Mark, work string) (Claim, error) {
	claim, err := place(work, mark)
	if err != nil {
		return claim, err
	}
	claim.Stays = true
	if err := copyFile(filepath.Join(f.Path, mark.Name), claim.Path); err != nil {
		_ = os.RemoveAll(filepath.Dir(claim.Path))
		return Claim{}, err
	}
	info, err := os.Lstat(filepath.Join(f.Path, mark.Name))
	if err != nil || info.Size() != mark.Size || !info.ModTime().Equal(mark.Changed) {
		f.Forget(mark.Name)
		_ = os.RemoveAll(filepath.Dir(claim.Path))
		return Claim{}, ErrChanged
	}
	return claim, nil
}

// place makes a folder for a claim.
func place(work string, mark Mark) (Claim, error) {
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return Claim{}, err
	}
	id := hex.EncodeToString(random[:])
	folder := filepath.Join(work, id)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Claim{}, err
	}
	return Claim{ID: id, Path: filepath.Join(folder, claimName(mark.Name)), Mark: mark}, nil
}

// longest is how many bytes of a name are kept: numbers and endings are put
// behind it, and no file system takes more than 255.
const longest = 160

// claimName is the name that a file gets with us: text, for what is no text
// could not be written down, and not too long.
func claimName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	ending := filepath.Ext(name)
	if len(name) <= longest || len(ending) > longest/2 {
		ending = ""
	}
	stem, cut := strings.TrimSuffix(name, ending), longest-len(ending)
	if len(stem) <= cut {
		return name
	}
	for cut > 0 && !utf8.RuneStart(stem[cut]) {
		cut--
	}
	return stem[:cut] + ending
}

// readOnly reports whether a folder refused to be changed.
func readOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

func copyFile(from, to string) (err error) {
	if target, err := os.Readlink(from); err == nil { // what it leads to is nobody's business
		return os.Symlink(target, to)
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}

// Claims returns what stands below a work folder: at the start these are the
// files of a program that was killed. The order is that of their names.
func Claims(work string) ([]Claim, error) {
	folders, err := files.ReadDir(work)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var claims []Claim
	for _, folder := range folders {
		claim, ok, err := claimIn(work, folder)
		if err != nil {
			return nil, err
		}
		if ok {
			claims = append(claims, claim)
		}
	}
	sort.Slice(claims, func(i, j int) bool { return claims[i].Path < claims[j].Path })
	return claims, nil
}

// claimIn returns the claim of a folder. One without a file was left by a
// program that died before or after it had one: it goes.
func claimIn(work string, folder fs.DirEntry) (Claim, bool, error) {
	if !folder.IsDir() {
		return Claim{}, false, nil
	}
	path := filepath.Join(work, folder.Name())
	content, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) || files.InUse(err) {
		return Claim{}, false, nil // put away by now, or not taken after all
	}
	if err != nil {
		return Claim{}, false, fmt.Errorf("read work: %w", err)
	}
	for _, file := range content {
		info, err := file.Info()
		if err != nil || info.IsDir() || ignored(file.Name()) {
			continue
		}
		mark := Mark{Name: file.Name(), Size: info.Size(), Changed: info.ModTime()}
		return Claim{ID: folder.Name(), Path: filepath.Join(path, file.Name()), Mark: mark}, true, nil
	}
	_ = os.Remove(path) // fails while another program is filling it
	return Claim{}, false, nil
}
