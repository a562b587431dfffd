package deliver

import (
	"slices"
	"sort"
	"strings"

	"valuebook/report/dataset"
)

// outsiders returns the messages of every address outside our own domains, and
// the addresses in order.
func (m *matcher) outsiders() (map[string][]int, []string) {
	of := map[string][]int{}
	for i, a := range m.plan {
		for _, text := range slices.Concat(a.To, a.Cc, a.Bcc) {
			address := strings.ToLower(addressOf(text))
			if a.Part.Key != "" && !within(domainOf(address), m.rules.Internal) {
				of[address] = append(of[address], i)
			}
		}
	}
	addresses := make([]string, 0, len(of))
	for address := range of {
		addresses = append(addresses, address)
	}
	sort.Strings(addresses)
	return of, addresses
}

// checkRivals refuses the messages by which one address outside would get
// parts of customers that are declared rivals.
func (m *matcher) checkRivals(recipients []dataset.Recipient) {
	of, addresses := m.outsiders()
	for _, address := range addresses {
		for _, set := range m.rules.Rivals {
			var parts []string
			var messages []int
			for _, i := range of[address] {
				if p := m.plan[i].Part; m.belongs(p, set) {
					messages = append(messages, i)
					if !slices.Contains(parts, p.label()) {
						parts = append(parts, p.label())
					}
				}
			}
			if len(parts) < 2 {
				continue
			}
			m.add("recipient-rivals", dataset.Error, recipients[m.plan[messages[len(messages)-1]].row].Ref, address, dataset.List(parts...))
			for _, i := range messages {
				m.plan[i].refused = true
			}
		}
	}
}

// belongs reports whether a part is one of a set of rivals, named by key or
// name.
func (m *matcher) belongs(p Part, set []string) bool {
	for _, word := range set {
		if w := folded(word); w == folded(p.Key) || w == folded(p.Name) {
			return true
		}
	}
	return false
}

// checkOutsiders warns of an address outside that gets parts of several
// customers by several rows.
func (m *matcher) checkOutsiders() {
	of, addresses := m.outsiders()
	for _, address := range addresses {
		var parts []string
		rows := map[int]bool{}
		last := 0
		for _, i := range of[address] {
			if a := m.plan[i]; !a.refused && !slices.Contains(parts, a.Part.label()) {
				parts = append(parts, a.Part.label())
				rows[a.row] = true
				last = i
			}
		}
		if len(parts) > 1 && len(rows) > 1 {
			m.add("recipient-several", dataset.Warning, m.plan[last].Recipient.Ref, address, dataset.List(parts...))
		}
	}
}
