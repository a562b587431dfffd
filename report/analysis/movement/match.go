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
	waiting := make(map[string][]int, len(before))
	for k := range before {
		if name := key(&before[k]); name != "" && !p.taken[k] {
			waiting[name] = append(waiting[name], k)
		}
	}
	pairs := 0
	for i := range now {
		name := key(&now[i])
		if name == "" || p.partner[i] >= 0 {
			continue
		}
		list := waiting[name]
		if len(list) == 0 || !may(&now[i]) && !may(&before[list[0]]) {
			continue
		}
		p.partner[i], p.taken[list[0]] = list[0], true
		waiting[name] = list[1:]
		pairs++
	}
	return pairs
}

// repeated returns how many customers have an identifier that another one
// before them has.
func repeated(customers []Standing) int {
	seen := make(map[string]bool, len(customers))
	n := 0
	for i := range customers {
		if id := customers[i].ID; id != "" {
			if seen[id] {
				n++
			}
			seen[id] = true
		}
	}
	return n
}

// folded is a name without case and superfluous spaces.
func folded(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }
