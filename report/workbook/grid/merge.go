package grid

import (
	"iter"
	"sort"
)

// merges are merged ranges, kept so that those which cross a row are found without looking at all:
// sorted by their first rows, as a balanced tree over the list whose nodes know the last row under them.
type merges struct {
	areas []Area
	reach []int // the last row of the areas under the node in the middle of each part of the list
}

func newMerges(areas []Area) merges {
	m := merges{areas: append([]Area(nil), areas...), reach: make([]int, len(areas))}
	sort.SliceStable(m.areas, func(i, k int) bool { return m.areas[i].Row < m.areas[k].Row })
	m.measure(0, len(m.areas))
	return m
}

// measure sets the reach of the nodes of a part of the list and returns that of its root.
func (m merges) measure(from, to int) int {
	if from >= to {
		return 0
	}
	middle := (from + to) / 2
	m.reach[middle] = max(m.areas[middle].LastRow, m.measure(from, middle), m.measure(middle+1, to))
	return m.reach[middle]
}

// at visits the ranges that cross a row.
func (m merges) at(row int) iter.Seq[Area] {
	return func(visit func(Area) bool) { m.visit(0, len(m.areas), row, visit) }
}

func (m merges) visit(from, to, row int, visit func(Area) bool) bool {
	if from >= to {
		return true
	}
	middle := (from + to) / 2
	if m.reach[middle] < row {
		return true
	}
	if !m.visit(from, middle, row, visit) {
		return false
	}
	area := m.areas[middle]
	if area.Row > row {
		return true
	}
	if area.LastRow >= row && !visit(area) {
		return false
	}
	return m.visit(middle+1, to, row, visit)
}
