package store_test

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/report/store"
	"valuebook/samples/golden"
)

// sumOfABC is the SHA-256 of "abc" (FIPS 180-2, appendix B.1).
const sumOfABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

// bucketServer answers like an object store: enough of its protocol to keep
// and return objects.
type bucketServer struct {
	lock    sync.Mutex
	objects map[string][]byte
	puts    int
}

func (s *bucketServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if !strings.Contains(r.Header.Get("Authorization"), "Credential=ours/") {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	switch r.Method {
	case http.MethodPut:
		data, _ := io.ReadAll(r.Body)
		s.objects[r.URL.Path] = unchunked(data, r.Header)
		s.puts++
		w.Header().Set("ETag", etag(s.objects[r.URL.Path]))
	case http.MethodGet, http.MethodHead:
		data, there := s.objects[r.URL.Path]
		if !there {
			w.WriteHeader(http.StatusNotFound)
			if r.Method == http.MethodGet {
				fmt.Fprint(w, `<Error><Code>NoSuchKey</Code></Error>`)
			}
			return
		}
		w.Header().Set("ETag", etag(data))
		http.ServeContent(w, r, "", time.Unix(1, 0), strings.NewReader(string(data)))
	}
}

func etag(data []byte) string {
	sum := md5.Sum(data)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// unchunked takes the signatures out of a body that was signed in pieces.
func unchunked(body []byte, header http.Header) []byte {
	if !strings.HasPrefix(header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		return body
	}
	var out []byte
	for rest := string(body); rest != ""; {
		var size int
		head, after, _ := strings.Cut(rest, "\r\n")
		if _, err := fmt.Sscanf(head, "%x", &size); err != nil || size == 0 || size > len(after) {
			break
		}
		out = append(out, after[:size]...)
		rest = strings.TrimPrefix(after[size:], "\r\n")
	}
	return out
}

// stores returns one of each kind, empty, and how to damage a kept file.
func stores(t *testing.T) map[string]struct {
	store.Store
	damage func(sum string)
} {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	server := &bucketServer{objects: map[string][]byte{}}
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "ours")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	bucket, err := store.Open("s3://" + strings.TrimPrefix(web.URL, "http://") + "/reports/files?plain=true&region=here")
	if err != nil {
		t.Fatal(err)
	}
	type kind = struct {
		store.Store
		damage func(sum string)
	}
	return map[string]kind{
		"folder": {store.Folder{Path: folder}, func(sum string) {
			_ = os.WriteFile(filepath.Join(folder, sum[:2], sum[2:]), []byte("abd"), 0o600)
		}},
		"bucket": {bucket, func(sum string) {
			server.lock.Lock()
			defer server.lock.Unlock()
			server.objects["/reports/files/"+sum[:2]+"/"+sum[2:]] = []byte("abd")
		}},
	}
}

func put(t *testing.T, s store.Store, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	sum, err := s.Put(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestWhatWasPutIsOpened(t *testing.T) {
	for name, s := range stores(t) {
		for _, content := range []string{"abc", "", strings.Repeat("long ", 1<<18)} {
			sum := put(t, s, content)
			if content == "abc" && sum != sumOfABC {
				t.Errorf("%s: sum %s", name, sum)
			}
			file, err := s.Open(context.Background(), sum)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got, err := io.ReadAll(file)
			if err != nil || string(got) != content {
				t.Errorf("%s: %d bytes, %v, want %d", name, len(got), err, len(content))
			}
			file.Close()
			if again := put(t, s, content); again != sum {
				t.Errorf("%s: put again, it is %s", name, again)
			}
		}
	}
}

func TestPlace(t *testing.T) {
	for name, s := range stores(t) {
		sum := put(t, s, "abc")
		path := filepath.Join(t.TempDir(), "out", "report.pdf")
		for range 2 {
			if err := s.Place(context.Background(), sum, path); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		got, err := os.ReadFile(path)
		info, _ := os.Stat(path)
		if err != nil || string(got) != "abc" || !golden.OwnersAlone(info) {
			t.Errorf("%s: %q, %v, mode %v", name, got, err, info.Mode())
		}
	}
}

func TestDamageIsNoticed(t *testing.T) {
	for name, s := range stores(t) {
		sum := put(t, s, "abc")
		s.damage(sum)
		path := filepath.Join(t.TempDir(), "report.pdf")
		if err := s.Place(context.Background(), sum, path); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: error %v, want ErrDamaged", name, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
			t.Errorf("%s: %s is left", name, left[0].Name())
		}
	}
}

func TestWhatIsNotKept(t *testing.T) {
	other := sha256.Sum256([]byte("other"))
	for name, s := range stores(t) {
		if _, err := s.Open(context.Background(), hex.EncodeToString(other[:])); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: error %v, want ErrNotExist", name, err)
		}
		for _, sum := range []string{"", "..", "../../../../etc/passwd", sumOfABC[:63] + "g", sumOfABC + "00"} {
			if _, err := s.Open(context.Background(), sum); !errors.Is(err, store.ErrSum) {
				t.Errorf("%s: %q: error %v, want ErrSum", name, sum, err)
			}
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{"s3://", "s3://host", "s3://host/", "s3://user:secret@host/bucket", "s3://host/%zz"} {
		if _, err := store.Open(address); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
}

// TestManyPutTheSame lets several put and place one file at once.
func TestManyPutTheSame(t *testing.T) {
	for name, s := range stores(t) {
		folder := t.TempDir()
		in := filepath.Join(folder, "in")
		if err := os.WriteFile(in, []byte("abc"), 0o600); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 8 {
			all.Add(1)
			go func() {
				defer all.Done()
				sum, err := s.Put(context.Background(), in)
				if err == nil {
					err = s.Place(context.Background(), sum, filepath.Join(folder, "out"))
				}
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}()
		}
		all.Wait()
	}
}
