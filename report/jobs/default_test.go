package jobs

import (
	"context"
	"path/filepath"
	"testing"

	"valuebook/report/ledger"
)

// TestUsualSettings holds that what is not set gets its usual value.
func TestUsualSettings(t *testing.T) {
	book, err := ledger.Open(context.Background(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	s, err := New(context.Background(), book, nil, Options{Owner: "test"})
	if err != nil {
		t.Fatal(err)
	}
	o := s.options
	if o.Batch != Batch || o.Pagers != Pagers || o.Workers != Workers || o.Mailers != Mailers || o.Poll != Poll || o.Care != Care {
		t.Errorf("%+v", o)
	}
	if size := s.split(pages{}).Size; size != Batch {
		t.Errorf("a batch is of %d pages", size)
	}
}
