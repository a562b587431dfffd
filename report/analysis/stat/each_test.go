package stat

import "testing"

// TestEach holds that every number is worked on once, and that a panic reaches the caller.
func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		seen := make([]int, n)
		Each(n, func(k int) { seen[k]++ })
		for k, times := range seen {
			if times != 1 {
				t.Errorf("%d of %d was worked on %d times", k, n, times)
			}
		}
	}
	defer func() {
		if fault := recover(); fault != "fault" {
			t.Errorf("recovered %v", fault)
		}
	}()
	Each(10, func(k int) {
		if k == 7 {
			panic("fault")
		}
	})
}
