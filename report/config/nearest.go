package config

import "strings"

// Nearest returns the candidate that was probably meant by name: the one that
// needs the fewest changes of a letter, at most a third of its letters. It
// returns "" when none is that near; of equals the first wins.
func Nearest(name string, candidates []string) string {
	best, least := "", -1
	for _, candidate := range candidates {
		n := distance(plainName(name), plainName(candidate))
		if limit := max(1, len([]rune(candidate))/3); n > limit {
			continue
		}
		if least < 0 || n < least {
			best, least = candidate, n
		}
	}
	return best
}

// plainName ignores what people mix up: case, hyphens and underscores.
func plainName(name string) []rune {
	return []rune(strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(name)))
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to turn a into b (optimal string alignment).
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
