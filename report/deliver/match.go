package deliver

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"valuebook/report/dataset"
)

// Match says who gets what, in the order of the list and then of the parts,
// and what is wrong with the list. Nothing of a row or of a message with an
// error is in the plan; who sends should send nothing at all while there are
// errors.
//
//   - An address outside our own domains (Rules.Internal) must not get parts of
//     customers that are declared rivals of each other, whatever row says so:
//     an error, and none of these messages is in the plan.
//   - An address outside that gets the parts of several customers by several
//     rows is a warning: one row that names them all says that it is meant.
//   - A second message with the same part to the same address is left out, also
//     where the address has it as a copy. Who would have had a copy of it and
//     has none yet gets it as a recipient.
func Match(recipients []dataset.Recipient, parts []Part, rules Rules) ([]Assignment, []dataset.Finding) {
	m := &matcher{rules: rules, finder: newFinder(parts), served: make([]bool, len(parts)), seen: map[string]bool{}}
	for i := range recipients {
		m.row(i, recipients[i])
	}
	m.checkRivals(recipients)
	m.checkOutsiders()
	for i, p := range parts {
		if !m.served[i] {
			m.add("part-without-recipient", dataset.Warning, dataset.Ref{}, "", dataset.Str(p.label()))
		}
	}
	var plan []Assignment
	for _, a := range m.plan {
		if !a.refused {
			plan = append(plan, a.Assignment)
		}
	}
	return plan, m.findings
}

// label returns the name of a part for people.
func (p Part) label() string { return cmp.Or(p.Name, p.Key) }

type matcher struct {
	rules    Rules
	finder   *finder
	plan     []planned
	findings []dataset.Finding
	served   []bool          // parts with a recipient
	seen     map[string]bool // part and address
}

type planned struct {
	Assignment
	row     int
	refused bool
}

func (m *matcher) add(code string, severity dataset.Severity, ref dataset.Ref, got string, args ...dataset.Quantity) {
	m.findings = append(m.findings, dataset.Finding{Code: code, Severity: severity, Ref: ref, Got: got, Args: args})
}

// row plans the messages of one row.
func (m *matcher) row(row int, r dataset.Recipient) {
	base := Assignment{Recipient: r, Formats: r.Formats}
	taken := map[string]bool{}
	okTo, okCc, okBcc := m.addresses(r, r.To, taken, &base.To), m.addresses(r, r.Cc, taken, &base.Cc), m.addresses(r, r.Bcc, taken, &base.Bcc)
	usable := okTo && okCc && okBcc && m.known(r)
	if len(r.To) == 0 {
		m.add("recipient-no-address", dataset.Error, r.Ref, "")
		usable = false
	}
	if len(base.Formats) == 0 {
		base.Formats = m.rules.Formats
	}
	if len(r.Parts) == 0 {
		m.add("recipient-no-part", dataset.Error, r.Ref, "", dataset.List(r.To...))
	}
	for _, i := range m.parts(r) {
		if usable {
			m.message(row, i, base)
		}
	}
}

// addresses reads the addresses of one column into list, each once in a
// message; it is false when one cannot be used.
func (m *matcher) addresses(r dataset.Recipient, texts []string, taken map[string]bool, list *[]string) bool {
	ok := true
	for _, text := range texts {
		address, err := ParseAddress(text)
		if err != nil {
			m.add("recipient-address", dataset.Error, r.Ref, text)
			ok = false
			continue
		}
		if len(m.rules.Domains) > 0 && !within(domainOf(address.Address), m.rules.Domains) {
			m.add("recipient-domain", dataset.Error, r.Ref, address.Address, dataset.List(m.rules.Domains...))
			ok = false
			continue
		}
		if key := strings.ToLower(address.Address); !taken[key] {
			taken[key] = true
			*list = append(*list, written(address.Name, address.Address))
		}
	}
	return ok
}

// written returns an address as [ledger.Delivery] has it.
func written(name, address string) string {
	if name == "" {
		return address
	}
	return name + " <" + address + ">"
}

// within reports whether a domain is one of a list or below one.
func within(domain string, list []string) bool {
	for _, d := range list {
		d = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d), "@"))
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}

// known checks the language and the formats that a row wants.
func (m *matcher) known(r dataset.Recipient) bool {
	ok := true
	if len(m.rules.Languages) > 0 && r.Language != "" && !slices.Contains(m.rules.Languages, strings.ToLower(r.Language)) {
		m.add("recipient-language", dataset.Error, r.Ref, r.Language, dataset.List(m.rules.Languages...))
		ok = false
	}
	for _, format := range r.Formats {
		if len(m.rules.Formats) > 0 && !slices.Contains(m.rules.Formats, format) {
			m.add("recipient-format", dataset.Error, r.Ref, format, dataset.List(m.rules.Formats...))
			ok = false
		}
	}
	return ok
}

// parts returns the parts of a row, in their order, each once.
func (m *matcher) parts(r dataset.Recipient) []int {
	wanted := map[int]bool{}
	for _, word := range r.Parts {
		for _, i := range m.word(r, word) {
			wanted[i] = true
		}
	}
	list := make([]int, 0, len(wanted))
	for i := range wanted {
		list = append(list, i)
	}
	sort.Ints(list)
	return list
}

// word returns the parts that a word means. A word that means none is taken
// apart at its commas: names have them, lists too.
func (m *matcher) word(r dataset.Recipient, word string) []int {
	found, several := m.finder.find(word)
	if several {
		m.add("recipient-part-several", dataset.Error, r.Ref, word, dataset.N(len(found)))
		return nil
	}
	if pieces := strings.Split(word, ","); len(found) == 0 && len(pieces) > 1 {
		for _, piece := range pieces {
			if strings.TrimSpace(piece) != "" {
				found = append(found, m.word(r, strings.TrimSpace(piece))...)
			}
		}
		return found
	}
	if len(found) == 0 {
		m.add("recipient-part-unknown", dataset.Error, r.Ref, word)
	}
	return found
}

// message plans one message.
func (m *matcher) message(row, part int, base Assignment) {
	a := base
	a.Part = m.finder.parts[part]
	m.served[part] = true
	a.To, a.Cc, a.Bcc = m.unserved(a, a.To), m.unserved(a, a.Cc), m.unserved(a, a.Bcc)
	switch { // a copy comes all the same when the recipients have it already
	case len(a.To) > 0:
	case len(a.Cc) > 0:
		a.To, a.Cc = a.Cc, nil
	case len(a.Bcc) > 0: // they do not see each other
		a.To, a.Bcc = a.Bcc[:1], a.Bcc[1:]
	default:
		return
	}
	var sizes []int64
	for _, format := range a.Formats {
		sizes = append(sizes, a.Part.Bytes[format])
	}
	if size := Encoded(sizes...); m.rules.Limit > 0 && size > m.rules.Limit {
		m.add("recipient-too-large", dataset.Error, a.Recipient.Ref, "", dataset.Str(a.Part.label()),
			dataset.Num(megabytes(size), dataset.Number), dataset.Num(megabytes(m.rules.Limit), dataset.Number))
		return
	}
	m.plan = append(m.plan, planned{Assignment: a, row: row})
}

// unserved returns the addresses that do not have the part of a message yet.
func (m *matcher) unserved(a Assignment, addresses []string) []string {
	var left []string
	for _, text := range addresses {
		key := a.Part.Key + "\x00" + strings.ToLower(addressOf(text))
		if m.seen[key] {
			m.add("recipient-twice", dataset.Warning, a.Recipient.Ref, addressOf(text), dataset.Str(a.Part.label()))
			continue
		}
		m.seen[key] = true
		left = append(left, text)
	}
	return left
}

func megabytes(bytes int64) float64 { return float64(bytes) / (1 << 20) }
