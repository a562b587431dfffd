package workbook

import (
	"sort"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// headerSearch is how many rows with content are looked at for a header.
const headerSearch = 60

// widest is how many columns of a sheet are looked at.
const widest = 4096

// A column is one column of a table while it is understood.
type column struct {
	col       int
	head      heading
	roles     []dataset.ColumnRole // candidates by header words
	role      dataset.ColumnRole
	attribute int // index into the dataset's attributes, -1
	component string
	scale     dataset.Scale
	why       string
	guess     bool
	converted int
	sum       bool // sums up columns to its left
	stats     stats

	confidence float64 // lead over the column that came second for the role, 0 without one
	runnerUp   int     // that column

	codes map[float64]bool // numbers that stand for an answer that was not given

	words *worded // how texts are read as ratings, nil where they are not

	mapped *dataset.MappedColumn // what the mapping says of the column, nil without
}

// A table is a rectangle of a sheet with a header.
type table struct {
	grid    *grid.Grid
	headers []int // rows, ascending
	columns []*column
	rows    []int          // rows of data
	about   map[string]int // rows under the header that describe columns, by rowWeight ...
	skips   []dataset.Skip
	role    dataset.TableRole
	hidden  int

	period string // after which the sheet is called, "" where that does not matter
	left   bool   // all rows belong to another period

	sideBySide set            // periods of which the columns of ratings are, nil where all are of one
	blocks     map[int]string // by row, the period over the block in which it stands, nil where all are one
	groups     map[int]string // by row, the name of the group under whose heading it stands
	filledKeys map[int]string // by row, what names it though it stands in a row above

	placed placed // rows whose customers are known

	converted, rejected int

	decimal byte // the mark of decimals that is given, 0 without
	shown   byte // the mark that all columns together show, once marked
	marked  bool
	mapped  *dataset.MappedTable // what the mapping says of the table, nil without
}

// findTable finds the table of a part of a sheet; nil when there is none. A header row that
// is given is obeyed.
func findTable(g *grid.Grid, headerRow int) *table {
	header := headerRow
	if header == 0 {
		header = bestHeader(g)
	}
	if header == 0 {
		return nil
	}
	t := &table{grid: g, about: map[string]int{}}
	t.headers = headerLevels(g, header)
	t.readColumns()
	t.cutBeside()
	if len(t.columns) == 0 {
		return nil
	}
	t.readRows()
	if len(t.blocks) < len(t.rows) {
		t.blocks = nil
	}
	t.describe()
	return t
}

// bestHeader returns the row that looks most like a header, 0 when none does.
func bestHeader(g *grid.Grid) int {
	best, bestScore := 0, 0.0
	for i, row := range g.All() {
		if i == headerSearch || i == g.Len()-1 {
			break
		}
		score := headerScore(g, row) - 0.05*float64(i)
		if score > bestScore {
			best, bestScore = row.Number, score
		}
	}
	best = belowGroups(g, aboveDescriptions(g, best))
	if best > 0 && (itemsBelow(g, best, best+1) || textsBelow(g, best, best+1)) {
		return best + 1
	}
	return best
}

// belowGroups goes down from a row whose merged cells group the columns to the header under it, of which it is the upper level.
func belowGroups(g *grid.Grid, header int) int {
	below := header + 1
	if header == 0 || headerScore(g, g.Row(below)) <= 0 || !groupsColumns(g, header, below) {
		return header
	}
	for cell := range g.Row(below).Cells() {
		if m, ok := g.Merge(header, int(cell.Col)); ok && m.LastCol > m.Col && m.LastRow == header && cell.Kind == grid.Text {
			return below
		}
	}
	return header
}

// aboveDescriptions goes up from a row such as "Group | service | time", which describes columns, to the
// header over it; without one it returns the row itself.
func aboveDescriptions(g *grid.Grid, header int) int {
	row := header
	for row > 1 && aboutKind(g.Row(row)) != "" {
		row--
	}
	if row == header || headerScore(g, g.Row(row)) <= 0 || g.Row(row).Len() < g.Row(header).Len() {
		return header
	}
	return row
}

// aboutKind returns what a row says of columns by its first cell, "" for another row.
func aboutKind(row grid.Row) string {
	if row.First().Kind != grid.Text {
		return ""
	}
	return aboutLabel(row.First().Text)
}

// headerScore adds up what speaks for a header: texts, more for words that are known, and
// against it: numbers. A text that a merged range repeats counts once.
func headerScore(g *grid.Grid, row grid.Row) float64 {
	if cohortHeader(row) {
		return float64(row.Len())
	}
	score, filled := 0.0, 0
	seen := map[string]bool{}
	for cell := range row.Cells() {
		text := strings.TrimSpace(cell.Text)
		switch {
		case int(cell.Col) > widest || filled > 300:
			continue
		case cell.Kind != grid.Text:
			score -= 1.5
		case len(text) > 200:
			score -= 0.5
		case !seen[text]:
			score += headerWorth(text)
		}
		filled++
		seen[text] = true
	}
	if filled < 2 && g.Len() > 0 && widthOf(g) > 1 {
		return 0
	}
	return score
}

func widthOf(g *grid.Grid) int {
	width := 0
	for i := 0; i < g.Len() && i < 100; i++ {
		width = max(width, g.RowAt(i).Len())
	}
	return width
}

// headerWorth is what one text is worth as a header.
func headerWorth(text string) float64 {
	if ParseNumber(text).ok() || missingText(text) {
		return -0.5
	}
	h := parseHeading([]string{text})
	if h.sided || h.role != "" || h.scale.Bounded() || h.own {
		return 3
	}
	f := fold(text)
	if roleIndex[f] != nil || roleIndex[fold(splitCamel(text))] != nil || sideIndex[f].known {
		return 3
	}
	return 1
}

// headerLevels returns the rows of the header whose lowest row is given: a row above
// belongs to it when it groups the columns.
func headerLevels(g *grid.Grid, header int) []int {
	levels := []int{header}
	for row := header - 1; row > 0 && row >= header-2; row-- {
		if !groupsColumns(g, row, levels[0]) && !itemsBelow(g, row, levels[0]) {
			break
		}
		levels = append([]int{row}, levels...)
	}
	return levels
}

// groupsColumns reports whether a row stands over a header row as its upper level: merged
// over some of the columns, or made of words for sides, scores and suppliers.
func groupsColumns(g *grid.Grid, row, below int) bool {
	cells := g.Row(row)
	first, last := int(g.Row(below).First().Col), int(g.Row(below).Last().Col)
	known, merged, texts := 0, 0, 0
	for cell := range cells.Cells() {
		if cell.Kind != grid.Text {
			return false
		}
		texts++
		var h heading
		if h.takeUpper(h.takeBrackets(strings.TrimSpace(cell.Text))) {
			known++
		}
		if m, ok := g.Merge(row, int(cell.Col)); ok && m.LastCol > m.Col && !(m.Col <= first && m.LastCol >= last) {
			merged++
		}
	}
	return known > 0 || merged > 0 && texts > 1 || merged > 0 && int(cells.First().Col) > first
}

// readColumns makes a column for every header, and for names that stand without a header
// left of the first.
func (t *table) readColumns() {
	upper := map[int]map[int]string{}
	for _, row := range t.headers {
		upper[row] = t.levelTexts(row, row != t.headers[len(t.headers)-1])
	}
	cols := map[int]bool{}
	for _, texts := range upper {
		for col := range texts {
			cols[col] = true
		}
	}
	if col := t.leftOf(cols); col > 0 {
		t.columns = append(t.columns, &column{col: col, head: heading{levels: []string{""}}, attribute: -1})
	}
	for _, col := range sortedKeys(cols) {
		var levels []string
		for _, row := range t.headers {
			text := upper[row][col]
			if text != "" && (len(levels) == 0 || levels[len(levels)-1] != text) {
				levels = append(levels, text)
			}
		}
		if len(levels) > 1 && answerWords[fold(levels[len(levels)-1])] {
			levels = levels[:len(levels)-1]
		}
		if len(levels) > 0 && col <= widest {
			t.columns = append(t.columns, &column{col: col, head: parseHeading(levels), attribute: -1})
		}
	}
}

// cutBeside leaves out a second table beside the first: columns after a gap whose headers are those of the
// columns before it.
func (t *table) cutBeside() {
	before := set{}
	for i, c := range t.columns {
		if i > 0 && c.col > t.columns[i-1].col+1 && t.repeated(i, before) {
			t.columns = t.columns[:i]
			return
		}
		before[fold(c.head.text())] = true
	}
}

// repeated reports whether most headers from an index on stand before it too.
func (t *table) repeated(i int, before set) bool {
	again, total := 0, 0
	for _, c := range t.columns[i:] {
		if f := fold(c.head.text()); f != "" {
			total++
			if before[f] {
				again++
			}
		}
	}
	return again > 1 && again*2 > total
}

// leftOf returns the column before the first header when most of its cells under the
// header hold text, else 0.
func (t *table) leftOf(cols map[int]bool) int {
	first := 0
	for col := range cols {
		if first == 0 || col < first {
			first = col
		}
	}
	if first < 2 {
		return 0
	}
	texts, others := 0, 0
	for _, r := range t.grid.All() {
		if r.Number <= t.lastHeader() {
			continue
		}
		if r.At(first-1).Kind == grid.Text {
			texts++
		} else if !r.At(first).IsEmpty() {
			others++
		}
	}
	if texts > 1 && texts > others {
		return first - 1
	}
	return 0
}

// levelTexts returns the texts of a header row by column. Merged cells repeat theirs; an
// upper level without merges reaches to the next text.
func (t *table) levelTexts(row int, isUpper bool) map[int]string {
	texts := map[int]string{}
	merges := false
	for m := range t.grid.MergesAt(row) {
		merges = merges || m.LastCol > m.Col
		for col := m.Col; col <= min(m.LastCol, widest); col++ {
			texts[col] = headerText(t.grid.At(m.Row, m.Col))
		}
	}
	for cell := range t.grid.Row(row).Cells() {
		texts[int(cell.Col)] = headerText(cell)
	}
	if isUpper && !merges {
		spread(texts, t.grid.Row(t.headers[len(t.headers)-1]))
	}
	for col, text := range texts {
		if text == "" {
			delete(texts, col)
		}
	}
	return texts
}

// spread lets every text reach to the right over the headers below, until the next one.
func spread(texts map[int]string, below grid.Row) {
	current := ""
	for cell := range below.Cells() {
		col := int(cell.Col)
		if texts[col] != "" {
			current = texts[col]
		}
		texts[col] = current
	}
}

// spaced reports whether a text may hold other space than single blanks between its words.
func spaced(text string) bool {
	before := byte(' ')
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == ' ' && before == ' ' || c < ' ' || c >= 0x80 {
			return true
		}
		before = c
	}
	return text != "" && before == ' '
}

func headerText(cell grid.Cell) string {
	if text := cell.String(); !spaced(text) {
		return text
	}
	return strings.TrimSpace(strings.Join(strings.Fields(cell.String()), " "))
}

func sortedKeys(m map[int]bool) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	return keys
}

// column returns the first column with a role, nil without one.
func (t *table) column(role dataset.ColumnRole) *column {
	for _, c := range t.columns {
		if c.role == role {
			return c
		}
	}
	return nil
}

// lastHeader returns the lowest row of the header.
func (t *table) lastHeader() int { return t.headers[len(t.headers)-1] }
