package gallery

// A Case is a small workbook with one trap.
type Case struct {
	Name string // of the case, in words joined by hyphens
	Why  string // what the trap is, and what a careful person would want
	File string // name of the workbook
	Data []byte

	// What a careful person would want, said before anything was read.
	Layout string   // layout of the receipt
	Rows   int      // customers, offers, or purchases where neither is rated
	Rated  int      // attributes
	Codes  []string // codes of the findings, without those of guesses
	Values string   // the first own ratings, offer's ratings or dates, "" = not looked at
}

// Cases returns all cases, those about the table first, then its columns, its values, its rows, purchases and files.
func Cases() []Case {
	var all []Case
	for _, group := range [][]Case{tables(), columns(), values(), rows(), purchases(), files()} {
		all = append(all, group...)
	}
	return all
}
