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
