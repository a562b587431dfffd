package dataset

import "math"

// A Mapping says how a workbook is to be read, where recognition would decide by itself. Whatever it leaves open,
// recognition decides.
type Mapping struct {
	Attributes []MappedAttribute
	Tables     []MappedTable
}

// Empty reports whether the mapping says nothing.
func (m Mapping) Empty() bool { return len(m.Attributes) == 0 && len(m.Tables) == 0 }

// A MappedAttribute describes one benefit or cost.
type MappedAttribute struct {
	Name      string  // as in the header, or the ID on the Attributes sheet
	Side      string  // "benefit" or "cost", "" = not said
	Scale     Scale   // unbounded = not said
	Direction string  // "up": a high rating means much of it; "down": little; "" = not said
	Weight    float64 // NaN = not said
	From      string  // where the mapping says so, such as "valuebook.yaml:12"
}

// A MappedTable describes one table.
type MappedTable struct {
	Sheet     string    // its name; * stands for any letters
	HeaderRow int       // lowest row of the header, 0 = not said
	Role      TableRole // "" = not said
	Columns   []MappedColumn
	From      string
}

// A MappedColumn describes one column, told by its header, or by its letters where no header is given.
type MappedColumn struct {
	Col       int    // counted from 1, 0 = not said
	Header    string // levels joined by " / ", "" = not said
	Role      ColumnRole
	Attribute string // what is rated, "" = as the header says
	Supplier  string // whose rating it is, "" = as the header says
	Scale     Scale  // of a score; ratings have the scale of their attribute
	From      string
}

// Mapping returns what would have to be said for the workbook to be read as it was.
//
// Tables that were not used are left out, and so are those of settings and of recipients, which say themselves what they are.
func (d *Dataset) Mapping() Mapping {
	var m Mapping
	for _, a := range d.Attributes {
		mapped := MappedAttribute{Name: a.ID, Side: a.Side.String(), Scale: a.Scale, Direction: "up", Weight: a.Weight}
		if a.Down {
			mapped.Direction = "down"
		}
		if a.Money {
			mapped.Direction = ""
		}
		m.Attributes = append(m.Attributes, mapped)
	}
	for _, t := range d.Receipt.Tables {
		if t.Role == TableOther || t.Role == TableParameters || t.Role == TableRecipients {
			continue
		}
		mapped := MappedTable{Sheet: t.Sheet, Role: t.Role}
		if n := len(t.HeaderRows); n > 0 {
			mapped.HeaderRow = t.HeaderRows[n-1]
		}
		for _, c := range t.Columns {
			mapped.Columns = append(mapped.Columns, c.mapped())
		}
		m.Tables = append(m.Tables, mapped)
	}
	return m
}

func (c Column) mapped() MappedColumn {
	m := MappedColumn{Col: c.Col, Header: c.Header, Role: c.Role}
	if c.Role == ColumnRating {
		m.Attribute, m.Supplier = c.Attribute, c.Supplier
	} else if c.Scale.Bounded() {
		m.Scale = c.Scale
	}
	return m
}

// Weighted reports whether the mapping gives the attribute a weight.
func (a MappedAttribute) Weighted() bool { return !math.IsNaN(a.Weight) }
