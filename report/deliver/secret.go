package deliver

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"strings"

	"github.com/zalando/go-keyring"

	"valuebook/report/dataset"
)

// hidden is what every way of printing a [Secret] gives.
const hidden = "***"

// A Secret is a password or token. Whatever prints, logs or encodes it shows
// three stars; only [Secret.Reveal] gives it away.
type Secret struct{ text string }

// NewSecret returns a secret.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the secret itself, for the one who must send it.
func (s Secret) Reveal() string { return s.text }

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.text == "" }

// String returns three stars.
func (Secret) String() string { return hidden }

// GoString returns three stars.
func (Secret) GoString() string { return hidden }

// LogValue returns three stars.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON returns three stars.
func (Secret) MarshalJSON() ([]byte, error) { return json.Marshal(hidden) }

// MarshalText returns three stars, for YAML and others.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// A Source says where a secret is kept; at most one field is set. It holds no
// secret itself and may be printed.
type Source struct {
	Variable string // name of an environment variable
	File     string // path of a file that nobody but its owner can read
	Keyring  string // "service/user" in the system's keyring
}

// IsZero reports whether no place is named.
func (s Source) IsZero() bool { return s == Source{} }

// longestSecret is what is read of a file at most, in bytes.
const longestSecret = 16 << 10

// Load fetches the secret. A file that others may read, and a place without a
// secret, are a [*Problem]. The line end after the secret is no part of it.
func (s Source) Load() (Secret, error) {
	text, err := "", error(nil)
	switch {
	case s.Variable != "":
		text = os.Getenv(s.Variable)
	case s.File != "":
		text, err = readSecret(s.File)
	case s.Keyring != "":
		text, err = fromKeyring(s.Keyring)
	}
	if err != nil {
		return Secret{}, err
	}
	if text = strings.TrimRight(text, "\r\n"); text == "" {
		return Secret{}, problem(nil, "secret-none", dataset.Str(s.place()))
	}
	return Secret{text}, nil
}

// place names where the secret is kept.
func (s Source) place() string { return cmp.Or(s.Variable, s.File, s.Keyring) }

func readSecret(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", problem(pathCause(err), "secret-file", dataset.Str(path))
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return "", problem(pathCause(err), "secret-file", dataset.Str(path))
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", problem(nil, "secret-open", dataset.Str(path), dataset.Str(info.Mode().Perm().String()))
	}
	data, err := io.ReadAll(io.LimitReader(f, longestSecret))
	if err != nil {
		return "", problem(pathCause(err), "secret-file", dataset.Str(path))
	}
	return string(data), nil
}

// pathCause returns what is wrong with a path, without the path.
func pathCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func fromKeyring(entry string) (string, error) {
	service, user, _ := cutLast(entry, "/")
	text, err := keyring.Get(service, user)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", problem(err, "secret-keyring", dataset.Str(entry))
	}
	return text, nil
}
