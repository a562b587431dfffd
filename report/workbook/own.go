package workbook

import (
	"sort"

	"valuebook/report/dataset"
)

// orderSuppliers puts ours first. With several suppliers and none known as ours it asks.
func (b *builder) orderSuppliers() {
	if len(b.suppliers) == 0 {
		return
	}
	own := b.chooseOwn()
	order := make([]int, 0, len(b.suppliers))
	if own >= 0 {
		order = append(order, own)
	}
	for i := range b.suppliers {
		if i != own {
			order = append(order, i)
		}
	}
	b.reorder(order, own)
}

// chooseOwn returns the supplier that is ours: the one that the options name, else the one that the workbook calls so, else
// the only one; -1 when it is not known, which is reported.
func (b *builder) chooseOwn() int {
	own := -1
	var names []string
	for i, s := range b.suppliers {
		if s.Own && own < 0 {
			own = i
		}
		names = append(names, s.Name)
	}
	switch wanted := b.options.Own; {
	case wanted != "":
		return b.namedOwn(own, names)
	case own >= 0:
	case len(b.suppliers) == 1:
		own = 0
		b.found.add(codeOwnAssumed, dataset.Note, dataset.Ref{}, dataset.Str(names[0]))
	default:
		b.found.add(codeOwnUnknown, dataset.Stop, dataset.Ref{}, dataset.List(names...))
	}
	return own
}

// namedOwn returns the supplier that the options name. An offer that nothing in the workbook names takes that name where it
// stands alone, and belongs to the named one where both are not rated on the same.
func (b *builder) namedOwn(called int, names []string) int {
	wanted := b.options.Own
	own, known := b.supplierIndex[fold(wanted)]
	switch {
	case known && b.unnamed != "" && called >= 0 && called != own && b.disjoint(own, called):
		b.unnamed = b.suppliers[own].Name
		return b.join(own, called)
	case known:
		return own
	case len(b.suppliers) == 1 && b.unnamed != "":
		b.suppliers[0].Name, b.unnamed = wanted, wanted
		return 0
	}
	b.found.add(codeOwnNotFound, dataset.Stop, dataset.Ref{}, dataset.Str(wanted), named(nearestFirst(wanted, names)))
	return called
}

// ours reports whether a supplier will be ours when all are known.
func (b *builder) ours(i int) bool {
	if own, known := b.supplierIndex[fold(b.options.Own)]; known {
		return i == own
	}
	return b.suppliers[i].Own
}

// disjoint reports whether no attribute is rated of both suppliers.
func (b *builder) disjoint(first, second int) bool {
	for key := range b.ratings {
		if key.supplier == first && b.ratings[ratingKey{second, key.attribute}] != nil {
			return false
		}
	}
	return b.worth[first] == nil || b.worth[second] == nil
}

// join gives the ratings of the second supplier to the first, and returns the first.
func (b *builder) join(first, second int) int {
	shift := func(i int) int {
		if i == second {
			i = first
		}
		if i > second {
			i--
		}
		return i
	}
	ratings, worth := map[ratingKey]*dataset.Series{}, map[int]*dataset.Series{}
	for key, s := range b.ratings {
		ratings[ratingKey{shift(key.supplier), key.attribute}] = s
	}
	for i, s := range b.worth {
		worth[shift(i)] = s
	}
	b.ratings, b.worth = ratings, worth
	b.suppliers = append(b.suppliers[:second:second], b.suppliers[second+1:]...)
	return shift(first)
}

// nearestFirst sorts names by how many letters they are away from a word, equal ones by name.
func nearestFirst(word string, names []string) []string {
	sorted := append([]string(nil), names...)
	f := fold(cutAt(word, mostLetters))
	sort.SliceStable(sorted, func(i, k int) bool {
		a, b := edits(f, fold(cutAt(sorted[i], mostLetters))), edits(f, fold(cutAt(sorted[k], mostLetters)))
		return a < b || a == b && sorted[i] < sorted[k]
	})
	return sorted
}

// edits returns how many letters must be added, taken away or changed to make one text of another.
func edits(from, to string) int {
	a, b := []rune(from), []rune(to)
	row := make([]int, len(b)+1)
	for k := range row {
		row[k] = k
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for k := range b {
			change := diagonal
			if a[i] != b[k] {
				change++
			}
			diagonal = row[k+1]
			row[k+1] = min(change, row[k+1]+1, row[k]+1)
		}
	}
	return row[len(b)]
}
