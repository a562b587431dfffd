package deliver

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"valuebook/report/dataset"
)

// A Part is what can be sent: the whole report, or that of one customer or
// group.
type Part struct {
	Key     string // of the customer or group, "" for the whole report
	Name    string // for people
	Segment string // of a customer, "" otherwise
	// Bytes are the sizes of its files by format, such as "pdf".
	Bytes map[string]int64
}

// Rules say what a list of recipients is checked against.
type Rules struct {
	Domains  []string // that addresses may have, with those below them; none = all
	Internal []string // domains of our own people, who may get everybody's parts
	// Rivals are sets of customers that compete with each other, by key or name.
	Rivals    [][]string
	Languages []string // that letters exist in, none = not checked
	Formats   []string // that are made, and sent where a recipient names none
	Limit     int64    // bytes of a message as it is sent, 0 = no limit
}

// An Assignment is one message to be: a part for a group of addresses.
type Assignment struct {
	Part        Part
	Recipient   dataset.Recipient
	To, Cc, Bcc []string // "name <local@domain>" or bare, each address once
	Formats     []string // of the attachments
}

// encoded is how many bytes a file takes in a message: base64 in lines of 76
// characters, and its headers.
func encoded(bytes int64) int64 {
	chars := (bytes + 2) / 3 * 4
	return chars + (chars+75)/76*2 + partHeaders
}

// partHeaders and letterBytes are room for the headers of a part and for the
// letter with its picture.
const (
	partHeaders = 512
	letterBytes = 256 << 10
)

// Encoded returns how large a message with files of these sizes becomes.
func Encoded(bytes ...int64) int64 {
	total := int64(letterBytes)
	for _, n := range bytes {
		total += encoded(n)
	}
	return total
}

// finder finds parts by what a list of recipients calls them.
type finder struct {
	parts               []Part
	keys, names, groups map[string][]int
}

func newFinder(parts []Part) *finder {
	f := &finder{parts: parts, keys: map[string][]int{}, names: map[string][]int{}, groups: map[string][]int{}}
	for i, p := range parts {
		if p.Key == "" {
			continue
		}
		f.keys[folded(p.Key)] = append(f.keys[folded(p.Key)], i)
		if p.Name != "" && folded(p.Name) != folded(p.Key) {
			f.names[folded(p.Name)] = append(f.names[folded(p.Name)], i)
		}
		if p.Segment != "" {
			f.groups[folded(p.Segment)] = append(f.groups[folded(p.Segment)], i)
		}
	}
	return f
}

// find returns the parts that a word means: those with this key, else with
// this name, else of this segment. several is true when a name fits more than
// one part, or when a customer has the name that means everything: nobody gets
// everything by the name of a customer.
func (f *finder) find(word string) (found []int, several bool) {
	word = folded(word)
	if slices.Contains(dataset.AllParts, word) {
		found = slices.Concat(f.all(), f.keys[word], f.names[word])
		return found, len(f.keys[word])+len(f.names[word]) > 0
	}
	if found = f.keys[word]; len(found) > 0 {
		return found, len(found) > 1
	}
	if found = f.names[word]; len(found) > 0 {
		return found, len(found) > 1
	}
	return f.groups[word], false
}

// all returns the whole report where it is sent, else every part.
func (f *finder) all() []int {
	var every []int
	for i, p := range f.parts {
		if p.Key == "" {
			return []int{i}
		}
		every = append(every, i)
	}
	return every
}

// folded is the form in which two spellings of a name are equal.
func folded(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(text)), " "))
}
