package workbook

import "hash/maphash"

// An idIndex finds customers by their identifiers. It holds no text: the identifiers are those of the list that it
// indexes, which keeps it small for a million customers.
type idIndex struct {
	seed  maphash.Seed
	slots []int32 // places in the list plus one, 0 where there is none; a power of two
	count int
}

func newIDIndex() *idIndex {
	return &idIndex{seed: maphash.MakeSeed(), slots: make([]int32, 64)}
}

// find returns the place of an identifier in the list.
func (x *idIndex) find(list []string, id string) (int, bool) {
	place := x.slots[x.slot(list, id)]
	return int(place) - 1, place > 0
}

// slot returns the slot that an identifier has, or would have.
func (x *idIndex) slot(list []string, id string) int {
	mask := len(x.slots) - 1
	i := int(maphash.String(x.seed, id)) & mask
	for x.slots[i] > 0 && list[x.slots[i]-1] != id {
		i = (i + 1) & mask
	}
	return i
}

// add notes the last identifier of the list, which is a new one.
func (x *idIndex) add(list []string) {
	if x.count++; x.count*2 > len(x.slots) {
		x.slots = make([]int32, 2*len(x.slots))
		for place := range list[:len(list)-1] {
			x.slots[x.slot(list, list[place])] = int32(place + 1)
		}
	}
	x.slots[x.slot(list, list[len(list)-1])] = int32(len(list))
}
