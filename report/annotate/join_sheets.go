package annotate

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// newSheets takes our sheets out of the applied workbook, each with the parts
// that it uses.
func (j *joiner) newSheets() error {
	tables, err := j.tables()
	if err != nil {
		return err
	}
	for _, s := range j.plan.Sheets {
		part := j.from.part(s.Name)
		if part == "" {
			return refuse(reasonGate, "sheet %q was not made", s.Name)
		}
		if j.to.position(s.Name) >= 0 {
			return refuse(reasonOccupied, "sheet %q is there already", s.Name)
		}
		if err := j.bring(part, tables); err != nil {
			return fmt.Errorf("sheet %q: %w", s.Name, err)
		}
		if bulk := j.plan.Bulk[s.Name]; bulk != nil {
			if err := j.fill(j.names[part], bulk); err != nil {
				return fmt.Errorf("sheet %q: %w", s.Name, err)
			}
		}
		j.sheets = append(j.sheets, newSheet{name: s.Name, part: j.names[part]})
	}
	return nil
}

// fill has the rows of a sheet of ours written bit by bit.
func (j *joiner) fill(name string, bulk *Bulk) error {
	for i, p := range j.added {
		if p.Name == name {
			made, err := j.ourRows(name, p.Data, bulk)
			j.added[i] = made
			return err
		}
	}
	return refuse(reasonGate, "part %s was not made", name)
}

// bring copies a part and, through its relations, what it uses.
func (j *joiner) bring(part string, tables *tableNames) error {
	if j.names[part] != "" {
		return nil
	}
	name := j.free(part)
	j.names[part] = name
	data, err := j.from.pack.Read(part)
	if err != nil {
		return err
	}
	contentType := j.from.types.Of(part)
	switch {
	case strings.HasSuffix(contentType, ".worksheet+xml"):
		data, err = sheetxml.Localise(data, j.texts, j.styles)
	case strings.HasSuffix(contentType, ".table+xml"):
		data, err = j.tablePart(part, tables)
	}
	if err != nil {
		return fmt.Errorf("part %s: %w", part, err)
	}
	j.add(name, data, contentType)
	relations, err := j.from.pack.Relations(part)
	if err != nil || len(relations) == 0 {
		return err
	}
	for _, r := range relations {
		if r.External() {
			continue
		}
		if err := j.bring(r.Target, tables); err != nil {
			return err
		}
	}
	j.add(parts.RelationsName(name), j.relationsPart(name, relations), relationsType)
	return nil
}

// relationsType is the content type of parts that hold relations.
const relationsType = "application/vnd.openxmlformats-package.relationships+xml"

// relationsPart writes the relations of a new part.
func (j *joiner) relationsPart(name string, relations []parts.Relation) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range relations {
		target, mode := r.Original, ` TargetMode="External"`
		if !r.External() {
			target, mode = parts.Target(name, j.names[r.Target]), ""
		}
		fmt.Fprintf(&out, `<Relationship Id="%s" Type="%s" Target="%s"%s/>`, escaped(r.ID), escaped(r.Type), escaped(target), mode)
	}
	out.WriteString(`</Relationships>`)
	return out.Bytes()
}

func escaped(text string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(text)) // a buffer takes everything
	return out.String()
}

// free returns a name for a new part that nothing else has: the wish, or the
// wish with the next free number.
func (j *joiner) free(wish string) string {
	ending := path.Ext(wish)
	stem := strings.TrimRight(strings.TrimSuffix(wish, ending), "0123456789")
	name := wish
	for n := 1; j.to.pack.Has(name) || j.taken[strings.ToLower(name)] || j.to.pack.Has(parts.RelationsName(name)); n++ {
		name = stem + strconv.Itoa(n) + ending
	}
	j.taken[strings.ToLower(name)] = true
	return name
}

// tableNames are the identifiers and names that tables of the workbook have.
type tableNames struct {
	last int
	used map[string]bool
}

// tables lists the tables of the original.
func (j *joiner) tables() (*tableNames, error) {
	names := &tableNames{used: map[string]bool{}}
	for _, n := range j.to.main.Names {
		names.used[strings.ToLower(n.Name)] = true
	}
	for _, part := range j.to.pack.Names() {
		if !strings.HasSuffix(j.to.types.Of(part), ".table+xml") {
			continue
		}
		t, err := readTable(j.to.pack, part)
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", part, err)
		}
		if id, err := strconv.Atoi(t.id); err == nil {
			names.last = max(names.last, id)
		}
		names.used[strings.ToLower(t.name)] = true
	}
	return names, nil
}

// tablePart gives a table an identifier of its own. Its name must be free:
// formulas may use it.
func (j *joiner) tablePart(part string, names *tableNames) ([]byte, error) {
	t, err := readTable(j.from.pack, part)
	if err != nil {
		return nil, err
	}
	if names.used[strings.ToLower(t.name)] {
		return nil, refuse(reasonOccupied, "table name %s is taken", t.name)
	}
	names.used[strings.ToLower(t.name)] = true
	names.last++
	from, to, ok := t.root.Span(t.data, "id")
	if !ok {
		return nil, fmt.Errorf("%w: a table without id", sheetxml.ErrUnknown)
	}
	data, err := sheetxml.Apply(t.data, []sheetxml.Edit{sheetxml.Replace(t.data, from, to, strconv.Itoa(names.last))})
	if err != nil {
		return nil, err
	}
	return sheetxml.Differentials(data, j.styles)
}
