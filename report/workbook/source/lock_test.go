package source_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/workbook/source"
)

// TestLockedAndUnlocked holds that packages of many sizes come back as they
// were, and that the library opens them with the password alone.
func TestLockedAndUnlocked(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{4096, 4097, 5009, 1<<20 + 3} {
		plain := make([]byte, size)
		for i := range plain {
			plain[i] = byte(random.Uint32())
		}
		copy(plain, "PK\x03\x04")
		locked, err := source.Lock(plain, "pass Wörd")
		if err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		if bytes.Contains(locked, plain[:4]) && size > 100 {
			t.Errorf("%d bytes: the beginning of the package shows", size)
		}
		again, used, err := source.Unlock(locked, "pass Wörd")
		if err != nil || used != "pass Wörd" || !bytes.HasPrefix(again, plain) {
			t.Errorf("%d bytes: came back different, %v", size, err)
		}
		if _, _, err := source.Unlock(locked, "other"); err == nil {
			t.Errorf("%d bytes: a wrong password opens it", size)
		}
	}
}

func TestUnlockLeavesWhatIsOpen(t *testing.T) {
	f := excelize.NewFile()
	plain, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	same, used, err := source.Unlock(plain.Bytes(), "x")
	if err != nil || used != "" || !bytes.Equal(same, plain.Bytes()) {
		t.Errorf("an open workbook came back with password %q, %v", used, err)
	}
	locked, err := source.Lock(plain.Bytes(), "VelvetSweatshop")
	if err != nil {
		t.Fatal(err)
	}
	if _, used, err = source.Unlock(locked, ""); err != nil || used != "VelvetSweatshop" {
		t.Errorf("a protected workbook opened with %q, %v", used, err)
	}
}
