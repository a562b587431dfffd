package pgtest

import "testing"

func TestDSN(t *testing.T) {
	first, second := DSN(t), DSN(t)
	if first == second {
		t.Errorf("two tests share %s", first)
	}
}
