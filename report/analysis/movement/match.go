package movement

import "strings"

// match pairs the customers of the periods and returns how many pairs there
// are: by identifier, and by name where one of them has none, or where not one
// identifier is found again. Where an identifier or a name stands several times
// in a period, the first is paired with the first, the second with the second.
func (m *Movement) match() int {
	before, now := m.Before.Customers, m.Now.Customers
	p := &pairing{partner: make([]int, len(now)), taken: make([]bool, len(before))}
	for i := range p.partner {
		p.partner[i] = -1
	}
	m.Duplicates = repeated(before) + repeated(now)
	pairs := p.by(before, now, func(s *Standing) string { return s.ID }, func(*Standing) bool { return true })
	without := func(s *Standing) bool { return s.ID == "" }
	if pairs == 0 {
		without = func(*Standing) bool { return true }
	}
	m.ByName = p.by(before, now, func(s *Standing) string { return folded(s.Name) }, without)
	m.Customers = make([]Change, 0, len(now)+len(before)-pairs)
	for i := range now {
		m.Customers = append(m.Customers, Change{Before: p.partner[i], Now: i})
	}
	for k := range before {
		if !p.taken[k] {
			m.Customers = append(m.Customers, Change{Before: k, Now: -1})
		}
	}
	return pairs + m.ByName
}

// pairing is who of the earlier period belongs to whom of the later.
type pairing struct {
	partner []int // of the later period's customers, -1 = none
	taken   []bool
}

// by pairs those left over whose key is the same, where one of the two may be
// paired so.
func (p *pairing) by(before, now []Standing, key func(*Standing) string, may func(*Standing) bool) int {
	// Of each key the first that waits; behind it, in next, those after it.
	first, last, next := make(map[string]int, len(before)), map[string]int{}, make([]int, len(before))
	for k := range before {
		name := key(&before[k])
		next[k] = -1
		if name == "" || p.taken[k] {
			continue
		}
		if one, there := first[name]; !there {
			first[name] = k
		} else {
			end, several := last[name]
			if !several {
				end = one
			}
			next[end], last[name] = k, k
		}
	}
	pairs := 0
	for i := range now {
		name := key(&now[i])
		if name == "" || p.partner[i] >= 0 {
			continue
		}
		k, there := first[name]
		if !there || k < 0 || !may(&now[i]) && !may(&before[k]) {
			continue
		}
		p.partner[i], p.taken[k], first[name] = k, true, next[k]
		pairs++
	}
	return pairs
}

// repeated returns how many customers have an identifier that another one
// before them has.
func repeated(customers []Standing) int {
	seen := make(map[string]struct{}, len(customers))
	given := 0
	for i := range customers {
		if id := customers[i].ID; id != "" {
			given++
			seen[id] = struct{}{}
		}
	}
	return given - len(seen)
}

// folded is a name without case and superfluous spaces.
func folded(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }
