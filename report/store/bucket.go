package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// A Bucket is a store in an object store that speaks the protocol of S3.
type Bucket struct {
	client *minio.Client
	bucket string
	prefix string // of every name, "" or ending in "/"
}

// NewBucket returns the store that an address names: s3://HOST/BUCKET/PREFIX,
// with ?region=NAME where the store wants one and ?plain=true where it speaks
// http only. The keys are those of the usual variables (AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN), else of the machine's role. Nothing
// is asked of the store yet.
func NewBucket(address string) (*Bucket, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("%q is not s3://HOST/BUCKET", address)
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if bucket == "" {
		return nil, fmt.Errorf("%q names no bucket", address)
	}
	if prefix != "" {
		prefix += "/"
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds:  credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.IAM{Client: http.DefaultClient}}),
		Secure: u.Query().Get("plain") != "true",
		Region: u.Query().Get("region"),
	})
	if err != nil {
		return nil, err
	}
	return &Bucket{client: client, bucket: bucket, prefix: prefix}, nil
}

// name is the object of a file.
func (b *Bucket) name(sum string) string { return b.prefix + sum[:2] + "/" + sum[2:] }

// Put copies the file at path into the store unless it is there.
func (b *Bucket) Put(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	seen := sha256.New()
	size, err := io.Copy(seen, f)
	if err != nil {
		return "", err
	}
	sum := hex.EncodeToString(seen.Sum(nil))
	if info, err := b.client.StatObject(ctx, b.bucket, b.name(sum), minio.StatObjectOptions{}); err == nil && info.Size == size {
		return sum, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	_, err = b.client.PutObject(ctx, b.bucket, b.name(sum), f, size, minio.PutObjectOptions{ContentType: "application/octet-stream"})
	return sum, err
}

// Open returns a kept file.
func (b *Bucket) Open(ctx context.Context, sum string) (io.ReadCloser, error) {
	if err := valid(sum); err != nil {
		return nil, err
	}
	object, err := b.client.GetObject(ctx, b.bucket, b.name(sum), minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	if _, err := object.Stat(); err != nil { // the first that asks the store
		_ = object.Close()
		if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
			return nil, &fs.PathError{Op: "open", Path: b.name(sum), Err: fs.ErrNotExist}
		}
		return nil, err
	}
	return check(object, sum), nil
}

// Place copies a kept file to a path.
func (b *Bucket) Place(ctx context.Context, sum, path string) error { return place(ctx, b, sum, path) }

// Open returns the store of an address: s3://... as [NewBucket] reads it, else
// the path of a folder.
func Open(address string) (Store, error) {
	if strings.HasPrefix(address, "s3://") {
		return NewBucket(address)
	}
	return Folder{Path: address}, nil
}
