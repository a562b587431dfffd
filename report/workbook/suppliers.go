package workbook

import "strings"

// rivalWords mark a name as that of a supplier.
var rivalWords = words("rival,competitor,competition,supplier,vendor,wettbewerber,konkurrent,konkurrenz,lieferant,concurrent,concurrence,fournisseur,competidor,competencia,proveedor,concorrente,fornitore,concorrencia,fornecedor,leverancier,竞争对手,对手,竞品,供应商,競合,他社,konkurent,dostawca,rakip")

// splitSuppliers finds the suppliers in headers such as "us Quality", "Rival A Quality", "Quality - Rival A",
// and in upper levels over the same attributes.
func (t *table) splitSuppliers(known map[string]bool, o Options) {
	t.splitUpper()
	t.splitOwn(o)
	attributes := t.attributeNames(known)
	var splits []split
	for _, c := range t.columns {
		if c.head.supplier != "" || c.stats.textual() || attributes[fold(c.head.label)] || len(c.roles) > 0 || c.head.role != "" {
			continue
		}
		if s, ok := splitLabel(c, attributes); ok {
			splits = append(splits, s)
		}
	}
	with := map[string]set{}
	for _, s := range splits {
		f := fold(s.supplier)
		if with[f] == nil {
			with[f] = set{}
		}
		with[f][fold(s.label)] = true
	}
	for _, s := range splits {
		f := fold(s.supplier)
		if _, _, component := componentOf(s.column.head.label); component || known[fold(s.column.head.label)] {
			continue
		}
		if len(with[f]) >= 2 && !meaningOf(s.supplier).known || hasWord(f, rivalWords) {
			s.column.head.supplier, s.column.head.label = s.supplier, s.label
		}
	}
}

type split struct {
	column          *column
	supplier, label string
}

// splitUpper takes an upper level as a supplier when at least two of the attributes under it stand under
// another one, or under none, too.
func (t *table) splitUpper() {
	under := map[string]set{}
	for _, c := range t.columns {
		f := fold(c.head.label)
		if under[f] == nil {
			under[f] = set{}
		}
		under[f][fold(c.head.upper+" "+c.head.supplier)] = true
	}
	shared := map[string]set{}
	for _, c := range t.columns {
		f := fold(c.head.label)
		if c.head.upper == "" || c.stats.textual() || len(under[f]) < 2 {
			continue
		}
		if shared[c.head.upper] == nil {
			shared[c.head.upper] = set{}
		}
		shared[c.head.upper][f] = true
	}
	for _, c := range t.columns {
		if upper := c.head.upper; c.head.supplier == "" && (len(shared[upper]) >= 2 || upper != "" && hasWord(fold(upper), rivalWords)) {
			c.head.supplier, c.head.upper = upper, ""
			c.roles = nil
		}
	}
}

// splitOwn takes "us", "our", "wir" ... or the name given as ours off the beginning or the end of a header.
func (t *table) splitOwn(o Options) {
	for _, c := range t.columns {
		if c.head.supplier != "" || c.head.role != "" || c.stats.textual() {
			continue
		}
		fields := strings.Fields(c.head.label)
		if asks(c.head.label) {
			continue // "How likely are you to recommend us?" names no supplier
		}
		for n := 1; n < len(fields) && n <= 4; n++ {
			begin, end := strings.Join(fields[:n], " "), strings.Join(fields[len(fields)-n:], " ")
			switch {
			case isOwn(begin, o):
				c.setOwn(begin, trimSeparators(afterFields(c.head.label, n)))
			case isOwn(end, o):
				c.setOwn(end, trimSeparators(beforeFields(c.head.label, n)))
			default:
				continue
			}
			break
		}
	}
}

func isOwn(text string, o Options) bool {
	f := fold(text)
	return f != "" && (ownWords[f] || f == fold(o.Own))
}

func (c *column) setOwn(supplier, label string) {
	if label == "" {
		return
	}
	c.head.supplier, c.head.own, c.head.label = trimSeparators(supplier), ownWords[fold(supplier)], label
	c.roles = nil
}

// afterFields returns a text without its first n words, beforeFields without its last n, both
// with the spaces between the rest as they were.
func afterFields(text string, n int) string {
	for ; n > 0; n-- {
		text = strings.TrimLeft(text, " \t\n")
		if i := strings.IndexAny(text, " \t\n"); i >= 0 {
			text = text[i:]
		}
	}
	return strings.TrimSpace(text)
}

func beforeFields(text string, n int) string {
	for ; n > 0; n-- {
		text = strings.TrimRight(text, " \t\n")
		if i := strings.LastIndexAny(text, " \t\n"); i >= 0 {
			text = text[:i]
		}
	}
	return strings.TrimSpace(text)
}

func trimSeparators(text string) string { return strings.Trim(text, " \t-–—:/_|·,.()[]") }

// attributeNames returns the folded names of attributes to look for within headers: declared ones, those
// rated of a supplier already found, and plain headers that name a benefit or cost.
func (t *table) attributeNames(known map[string]bool) set {
	names := set{}
	for name := range known {
		names[name] = true
	}
	for _, c := range t.columns {
		if c.head.supplier != "" || c.head.sided {
			names[fold(c.head.label)] = true
		}
	}
	for _, c := range t.columns {
		if meaningOf(c.head.label).exact && c.stats.ratable() {
			names[fold(c.head.label)] = true
		}
	}
	if len(names) == 0 {
		t.lastWords(names)
	}
	delete(names, "")
	return names
}

// lastWords adds the last words of headers that name a benefit or cost and recur after different words.
func (t *table) lastWords(names set) {
	count := map[string]int{}
	for _, c := range t.columns {
		fields := strings.Fields(c.head.label)
		if len(fields) > 1 && c.stats.ratable() {
			last := fold(fields[len(fields)-1])
			if sideIndex[last].known {
				count[last]++
			}
		}
	}
	for name, n := range count {
		if n > 1 {
			names[name] = true
		}
	}
}

// splitLabel splits a header into a supplier and the longest attribute name it ends or begins with.
func splitLabel(c *column, attributes set) (split, bool) {
	fields := strings.Fields(c.head.label)
	for n := len(fields) - 1; n >= 1; n-- {
		label, supplier := strings.Join(fields[len(fields)-n:], " "), beforeFields(c.head.label, n)
		if attributes[fold(label)] && trimSeparators(supplier) != "" {
			return split{c, trimSeparators(supplier), trimSeparators(label)}, true
		}
		label, supplier = strings.Join(fields[:n], " "), afterFields(c.head.label, n)
		if attributes[fold(label)] && trimSeparators(supplier) != "" {
			return split{c, trimSeparators(supplier), trimSeparators(label)}, true
		}
	}
	for _, separator := range []string{": ", "：", "_", " / "} {
		if supplier, label, ok := strings.Cut(c.head.label, separator); ok && attributes[fold(label)] && trimSeparators(supplier) != "" {
			return split{c, trimSeparators(supplier), trimSeparators(label)}, true
		}
	}
	return split{}, false
}

// hasWord reports whether a folded text holds one of the phrases as whole words, or begins with it.
func hasWord(f string, phrases []string) bool {
	padded := " " + f + " "
	for _, phrase := range phrases {
		if strings.Contains(padded, " "+phrase+" ") || !ascii(phrase) && strings.Contains(f, phrase) {
			return true
		}
	}
	return false
}
