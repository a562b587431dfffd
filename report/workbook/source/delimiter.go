package source

import "strings"

// usualDelimiters are tried first, in this order; rareDelimiters only when none of
// them splits anything.
var (
	usualDelimiters = []rune{',', ';', '\t', '|'}
	rareDelimiters  = []rune{'^', '~', '\x1f', '\x01', '§', '¦', ':', '#'}
)

// delimiterSample is how much of a text the choice of the delimiter looks at, in bytes.
const delimiterSample = 1 << 16

// delimiterOf returns the delimiter that splits the first rows most evenly.
func delimiterOf(text string) rune {
	head := headRows(text)
	best, bestScore := ',', 0.0
	for _, delimiter := range usualDelimiters {
		score := evenness(head, delimiter)
		if delimiter == ',' && decimals(head) {
			score *= 0.5
		}
		if score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	if bestScore > 0.5 {
		return best
	}
	for _, delimiter := range rareDelimiters {
		if score := evenness(head, delimiter); score > 1 && score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

// headRows returns the beginning of a text up to the end of a line.
func headRows(text string) string {
	if len(text) <= delimiterSample {
		return text
	}
	head := text[:delimiterSample]
	if i := strings.LastIndexAny(head, "\r\n"); i >= 0 {
		head = head[:i+1]
	}
	return head
}

// evenness is the share of rows that have the most common number of fields,
// in favour of more fields; 0 when that number is one.
func evenness(head string, delimiter rune) float64 {
	if !strings.ContainsRune(head, delimiter) {
		return 0
	}
	count := map[int]int{}
	total := 0
	s := newSplitter(head, delimiter)
	for row, ok := s.next(); ok; row, ok = s.next() {
		if len(row) > 1 {
			count[len(row)]++
		}
		if len(row) > 1 || strings.TrimSpace(row[0]) != "" {
			total++
		}
	}
	score := 0.0
	for fields, n := range count {
		score = max(score, float64(n)/float64(total)*(1+float64(min(fields, 50))/100))
	}
	return score
}

// decimals reports whether nearly every comma stands between two digits, as a decimal
// mark does, while a semicolon or a tab is there to part the fields.
func decimals(head string) bool {
	commas, between := 0, 0
	for i := 1; i+1 < len(head); i++ {
		if head[i] != ',' {
			continue
		}
		commas++
		if digit(head[i-1]) && digit(head[i+1]) {
			between++
		}
	}
	return commas > 0 && between*10 >= commas*9 && strings.ContainsAny(head, ";\t|")
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// prose reports whether a text is no table: of many lines hardly one is split by the delimiter, or there is but one
// line, unsplit.
func prose(text string, delimiter rune) bool {
	split, filled := 0, 0
	s := newSplitter(headRows(text), delimiter)
	for row, ok := s.next(); ok; row, ok = s.next() {
		if len(row) > 1 {
			split++
		}
		if len(row) > 1 || strings.TrimSpace(row[0]) != "" {
			filled++
		}
	}
	return filled > 4 && split*5 < filled || filled == 1 && split == 0
}
