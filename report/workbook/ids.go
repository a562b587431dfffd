package workbook

import "hash/maphash"

// A hashIndex finds places, such as rows or customers, by the hash of a text that it does not hold: who asks compares the text
// itself. It takes sixteen bytes a place, whatever the texts are, and finds a million of them fast.
type hashIndex struct {
	seed  maphash.Seed
	slots []hashSlot // a power of two, at most half of them taken
	count int
}

// A hashSlot is a place plus one, 0 where there is none, with the hash of its text.
type hashSlot struct {
	hash  uint32
	place int32
}

// newHashIndex returns an index with room for so many places; it grows when there are more.
func newHashIndex(places int) *hashIndex {
	size := 64
	for size < 2*places {
		size *= 2
	}
	return &hashIndex{seed: maphash.MakeSeed(), slots: make([]hashSlot, size)}
}

// reserve makes room for so many more places.
func (x *hashIndex) reserve(places int) {
	size := len(x.slots)
	for size < 2*(x.count+places) {
		size *= 2
	}
	x.resize(size)
}

func (x *hashIndex) hash(text string) uint32 { return uint32(maphash.String(x.seed, text)) }

// slot returns the slot of the place with a hash that is the same, or that it would have.
func (x *hashIndex) slot(hash uint32, same func(place int) bool) int {
	mask := len(x.slots) - 1
	i := int(hash) & mask
	for x.slots[i].place > 0 && (x.slots[i].hash != hash || !same(int(x.slots[i].place)-1)) {
		i = (i + 1) & mask
	}
	return i
}

// put puts a place in the slot that it has been found to have.
func (x *hashIndex) put(slot int, hash uint32, place int) {
	x.slots[slot] = hashSlot{hash, int32(place) + 1}
	if x.count++; x.count*2 > len(x.slots) {
		x.resize(2 * len(x.slots))
	}
}

// resize moves all places to another number of slots. No text is needed for that: all are different.
func (x *hashIndex) resize(size int) {
	if size == len(x.slots) {
		return
	}
	old, mask := x.slots, size-1
	x.slots = make([]hashSlot, size)
	for _, s := range old {
		if s.place == 0 {
			continue
		}
		i := int(s.hash) & mask
		for x.slots[i].place > 0 {
			i = (i + 1) & mask
		}
		x.slots[i] = s
	}
}

// An idIndex finds customers by their identifiers. It holds no text: the identifiers are those of the list that it
// indexes, which keeps it small for a million customers.
type idIndex struct{ *hashIndex }

func newIDIndex() idIndex { return idIndex{newHashIndex(0)} }

// find returns the place of an identifier in the list.
func (x idIndex) find(list []string, id string) (int, bool) {
	place := int(x.slots[x.slotOf(list, x.hash(id), id)].place) - 1
	return place, place >= 0
}

// findOrAdd returns the place of an identifier in the list; one that is not there is appended.
func (x idIndex) findOrAdd(list []string, id string) (all []string, place int, known bool) {
	hash := x.hash(id)
	slot := x.slotOf(list, hash, id)
	if place := int(x.slots[slot].place) - 1; place >= 0 {
		return list, place, true
	}
	x.put(slot, hash, len(list))
	return append(list, id), len(list), false
}

func (x idIndex) slotOf(list []string, hash uint32, id string) int {
	return x.slot(hash, func(place int) bool { return list[place] == id })
}
