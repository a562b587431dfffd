package pdf

import (
	"slices"
	"unicode"
)

// visual returns a line in the order in which it is drawn, from left to right:
// stretches of Hebrew, the one script of the fonts that runs the other way,
// are turned round, numbers within them kept.
func visual(line string) string {
	runes := []rune(line)
	if !slices.ContainsFunc(runes, rightToLeft) {
		return line
	}
	for i := 0; i < len(runes); i++ {
		if !rightToLeft(runes[i]) {
			continue
		}
		end := i + 1 // behind the last letter of the stretch
		for k := i; k < len(runes) && !leftToRight(runes[k]); k++ {
			if rightToLeft(runes[k]) || unicode.IsMark(runes[k]) {
				end = k + 1
			}
		}
		turn(runes[i:end])
		i = end
	}
	return string(runes)
}

// turn reverses a stretch; digits keep their order, marks follow their letter
// and brackets look the other way.
func turn(stretch []rune) {
	slices.Reverse(stretch)
	for i, r := range stretch {
		if mirrored, ok := mirrors[r]; ok {
			stretch[i] = mirrored
		}
	}
	together(stretch, func(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == ',' })
	for i := 0; i < len(stretch); i++ {
		end := i
		for end < len(stretch)-1 && unicode.IsMark(stretch[end]) {
			end++
		}
		if end > i {
			slices.Reverse(stretch[i : end+1])
			i = end
		}
	}
}

// together puts runs of characters that belong together back in order.
func together(stretch []rune, belongs func(rune) bool) {
	for i := 0; i < len(stretch); i++ {
		end := i
		for end < len(stretch) && belongs(stretch[end]) {
			end++
		}
		slices.Reverse(stretch[i:end])
		i = max(i, end-1)
	}
}

var mirrors = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '<': '>', '>': '<', '{': '}', '}': '{', '«': '»', '»': '«'}

func rightToLeft(r rune) bool { return r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfefc }

func leftToRight(r rune) bool { return unicode.IsLetter(r) && !rightToLeft(r) }
