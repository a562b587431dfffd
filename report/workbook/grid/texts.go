package grid

import "strings"

// The sizes of the pieces that hold texts.
const (
	pieceTexts = 1 << 16 // texts of a piece at most
	firstPiece = 4 << 10 // bytes of the first piece; each next one is twice as large, up to largePiece
	largePiece = 1 << 20
	remembered = 1 << 13 // texts that are compared with new ones, to keep equal ones once
)

// Texts are many texts in few pieces of memory, known by their numbers. The texts that it returns
// share that memory: they are never copied.
type Texts struct {
	pieces  []piece
	special map[uint32]CellKind // texts that are blank (Empty) or error codes (ErrorValue)
	recent  []uint32            // numbers of texts plus one, by their hash
	count   int
}

// A piece is a run of memory with its texts one behind the other.
type piece struct {
	text strings.Builder
	ends []uint32
}

// Len returns the number of texts that were added.
func (t *Texts) Len() int { return t.count }

// Add adds a text and returns its number. Numbers ascend; they need not be consecutive.
func (t *Texts) Add(text []byte) uint32 {
	n := len(t.pieces) - 1
	if n < 0 || len(t.pieces[n].ends) == pieceTexts || t.pieces[n].text.Cap()-t.pieces[n].text.Len() < len(text) {
		n = t.grow(len(text))
	}
	p := &t.pieces[n]
	p.text.Write(text)
	p.ends = append(p.ends, uint32(p.text.Len()))
	t.count++
	number := uint32(n)<<16 | uint32(len(p.ends)-1)
	if kind := textKind(text); kind != Text {
		if t.special == nil {
			t.special = map[uint32]CellKind{}
		}
		t.special[number] = kind
	}
	return number
}

// grow begins a piece that has room for a text, and returns its index.
func (t *Texts) grow(length int) int {
	size := firstPiece << min(len(t.pieces), 8)
	t.pieces = append(t.pieces, piece{})
	n := len(t.pieces) - 1
	size = max(length, min(size, largePiece))
	t.pieces[n].text.Grow(size)
	if n > 0 { // as many texts as before would fit, and a few more
		before := &t.pieces[n-1]
		texts := len(before.ends) * size / max(before.text.Len(), 1)
		t.pieces[n].ends = make([]uint32, 0, min(texts+texts/64+8, pieceTexts))
	}
	return n
}

// Intern returns the number of a text, which may be that of an equal one that was added before.
func (t *Texts) Intern(text []byte) uint32 {
	if t.recent == nil {
		t.recent = make([]uint32, remembered)
	}
	slot := &t.recent[hash(text)%remembered]
	if *slot > 0 && t.Text(*slot-1) == string(text) {
		return *slot - 1
	}
	number := t.Add(text)
	*slot = number + 1
	return number
}

// Text returns a text by its number.
func (t *Texts) Text(number uint32) string {
	p := &t.pieces[number>>16]
	i, from := number&(pieceTexts-1), uint32(0)
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.text.String()[from:p.ends[i]]
}

// Kind returns what a cell with a text is: Text, ErrorValue for the code of an error, Empty for blanks.
func (t *Texts) Kind(number uint32) CellKind {
	if kind, ok := t.special[number]; ok {
		return kind
	}
	return Text
}

// textKind returns what a cell with a text is.
func textKind(text []byte) CellKind {
	if len(text) == 0 {
		return Empty
	}
	switch c := text[0]; {
	case c == '#' && ErrorCode(string(text)):
		return ErrorValue
	case (c <= ' ' || c >= 0x80) && strings.TrimSpace(string(text)) == "":
		return Empty
	}
	return Text
}

// hash is the 64 bit FNV-1a hash over steps of eight bytes, with a last mix for its low bits.
func hash(text []byte) uint32 {
	h := uint64(14695981039346656037)
	for len(text) >= 8 {
		word := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
		h = (h ^ word) * 1099511628211
		h ^= h >> 29
		text = text[8:]
	}
	for _, c := range text {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return uint32(h ^ h>>32)
}
