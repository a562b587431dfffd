package dataset

// Severity orders findings by what they cost the reader.
type Severity uint8

const (
	Note    Severity = iota // worth knowing, nothing lost
	Warning                 // used, but look at it
	Error                   // this value is not used, the analysis goes on
	Stop                    // no analysis possible
)

// String returns the fixed identifier: "note", "warning", "error" or "stop".
func (s Severity) String() string {
	return [...]string{"note", "warning", "error", "stop"}[s]
}

// A Finding is one problem or remark about the input, with its place.
//
// What was expected and what to do are texts of the catalogue, under
// "finding.CODE.want" and "finding.CODE.fix", both formatted with Args;
// "finding.CODE" is the problem itself in a few words.
type Finding struct {
	Code     string // stable identifier, such as "rating-out-of-range"
	Severity Severity
	Ref      Ref        // the cell, or the first of them
	Count    int        // how many cells have this cause; 0 and 1 mean one
	LastRow  int        // of many cells of a column, the row of the last; 0 where Ref names them all
	Rows     []int      // of many cells of a column, the rows of all of them, ascending; nil where Ref names the cell
	Got      string     // the text of the cell as it was found, "" where there is none
	Args     []Quantity // for the catalogue's texts
}

// Stopped reports whether a finding rules out the analysis.
func Stopped(findings []Finding) bool {
	for _, f := range findings {
		if f.Severity == Stop {
			return true
		}
	}
	return false
}

// Cells names the cells of the finding within their sheet: "C14", "C5:C300" when many of these have it, "C" for a whole column.
func (f Finding) Cells() string {
	cell := f.Ref.Cell()
	if f.LastRow > f.Ref.Row && f.Ref.Row > 0 {
		cell += ":" + Ref{Row: f.LastRow, Col: f.Ref.Col}.Cell()
	}
	return cell
}

// Place names the cells of the finding with their sheet, as a spreadsheet writes them; without a sheet, the file.
func (f Finding) Place() string {
	if cells := f.Cells(); f.Ref.Sheet != "" && cells != "" {
		return QuoteSheet(f.Ref.Sheet) + "!" + cells
	}
	return f.Ref.String()
}
