package dataset

import (
	"fmt"
	"slices"
	"testing"
)

// TestTexts holds that a column gives back what it was made of, whether its texts are few or many, and counts the few as a sorted list
// would.
func TestTexts(t *testing.T) {
	for _, different := range []int{1, 3, mostWords, mostWords + 1, 3 * mostWords} {
		list := make([]string, 3*mostWords)
		for i := range list {
			if i%5 > 0 {
				list[i] = fmt.Sprint((i * 7) % different)
			}
		}
		column := NewTexts(len(list), func(i int) string { return list[i] })
		if column.Len() != len(list) {
			t.Fatalf("%d different: %d texts, want %d", different, column.Len(), len(list))
		}
		for i, want := range list {
			if got := column.At(i); got != want {
				t.Fatalf("%d different: text %d is %q, want %q", different, i, got, want)
			}
		}
		want := slices.Compact(slices.Sorted(slices.Values(list)))
		if got := slices.Compact(slices.Sorted(slices.Values(column.Different()))); !slices.Equal(got, want) {
			t.Errorf("%d different: %d texts, want %d", different, len(got), len(want))
		}
	}
	column := NewTexts(7, func(i int) string { return []string{"b", "", "a", "c", "a", "b", "a"}[i] })
	if text, count, given, ok := column.Mode([]int{0, 1, 2, 3, 4, 5}); text != "a" || count != 2 || given != 5 || !ok {
		t.Errorf("commonest is %q, %d of %d, %v", text, count, given, ok)
	}
	if text, count, given, _ := column.Mode([]int{1}); text != "" || count != 0 || given != 0 {
		t.Errorf("of blanks: %q, %d of %d", text, count, given)
	}
}
