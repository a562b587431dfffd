package config

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"valuebook/report/dataset"
)

// A Draft is a configuration file for one workbook, with a remark behind every line that is in doubt, ready to be corrected.
type Draft struct {
	Head       []string // remarks at the top
	Match      string   // pattern of file names
	Settings   []Line
	Attributes []Line
	Tables     []DraftTable
	// Remarks over the two lists.
	AboutAttributes, AboutTables []string
}

// A DraftTable is one table of a draft.
type DraftTable struct {
	Remark  string
	Fields  []Field
	Columns []Line
}

// A Line is one entry of a draft. One that is off stands as a remark, ready to be switched on.
type Line struct {
	Off    bool
	Fields []Field
	Remark string
}

// A Field is a key with its value: a string, an int, a float64 or a dataset.Scale.
type Field struct {
	Key   string
	Value any
}

// Bytes returns the draft as YAML. The same draft gives the same bytes.
func (d Draft) Bytes() []byte {
	var out bytes.Buffer
	remarks(&out, "", d.Head)
	fmt.Fprintf(&out, "%s:\n  - match: %s\n", workbooksKey, scalar(d.Match))
	for _, line := range d.Settings {
		setting(&out, line)
	}
	if len(d.Attributes) > 0 {
		remarks(&out, "    ", d.AboutAttributes)
		out.WriteString("    attributes:\n")
		for _, line := range d.Attributes {
			flow(&out, "      ", line)
		}
	}
	if len(d.Tables) > 0 {
		remarks(&out, "    ", d.AboutTables)
		out.WriteString("    tables:\n")
	}
	for _, t := range d.Tables {
		for i, f := range t.Fields {
			before := "        "
			if i == 0 {
				before = "      - "
			}
			remark := ""
			if i == 0 {
				remark = t.Remark
			}
			out.WriteString(before + f.Key + ": " + valueText(f.Value) + behind(remark) + "\n")
		}
		if len(t.Columns) > 0 {
			out.WriteString("        columns:\n")
		}
		for _, line := range t.Columns {
			flow(&out, "          ", line)
		}
	}
	return out.Bytes()
}

func remarks(out *bytes.Buffer, indent string, lines []string) {
	for _, line := range lines {
		out.WriteString(strings.TrimRight(indent+"# "+oneLine(line), " ") + "\n")
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func behind(remark string) string {
	if remark == "" {
		return ""
	}
	return "  # " + oneLine(remark)
}

// setting writes one setting of the workbook.
func setting(out *bytes.Buffer, line Line) {
	off := ""
	if line.Off {
		off = "# "
	}
	for _, f := range line.Fields {
		out.WriteString("    " + off + f.Key + ": " + valueText(f.Value) + behind(line.Remark) + "\n")
	}
}

// flow writes an entry of a list on one line.
func flow(out *bytes.Buffer, indent string, line Line) {
	var fields []string
	for _, f := range line.Fields {
		fields = append(fields, f.Key+": "+valueText(f.Value))
	}
	if line.Off {
		indent += "# "
	}
	out.WriteString(indent + "- {" + strings.Join(fields, ", ") + "}" + behind(line.Remark) + "\n")
}

func valueText(value any) string {
	switch v := value.(type) {
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case dataset.Scale:
		return "[" + valueText(v.Lo) + ", " + valueText(v.Hi) + "]"
	}
	return scalar(fmt.Sprint(value))
}

// plainScalar is a text that YAML takes as it is, within a flow too.
var plainScalar = regexp.MustCompile(`^[\pL\d*][\pL\d_.*-]*( [\pL\d_.-]+)*$`)

// scalar quotes a text where YAML needs it. The file is read as text, so that 1 and yes need no quotes.
func scalar(text string) string {
	if plainScalar.MatchString(text) && text[0] != '*' {
		return text
	}
	return strconv.Quote(text)
}
