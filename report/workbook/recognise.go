package workbook

import (
	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A builder turns the tables that were found into a dataset.
type builder struct {
	options Options
	book    grid.Book
	d       *dataset.Dataset
	found   collector
	tables  []*table

	attributeIndex map[string]int // folded name -> attribute
	declared       bool           // an Attributes sheet was read
	customerIndex  idIndex
	suppliers      []dataset.Supplier
	supplierIndex  map[string]int
	unnamed        string // whose are ratings of a supplier that nothing names, "" without such
	ratings        map[ratingKey]*dataset.Series
	pool           []*ratingColumn
	importance     map[int]*mean
	sided          map[int]bool // attributes whose side is declared
	answered       map[int]bool // attributes of which a value was given, readable or not
	weightRef      map[int]dataset.Ref
	weightBad      map[int]value           // cells that are no weights, by attribute
	worth          map[int]*dataset.Series // by supplier
	offerSeries    map[int]*dataset.Series // by attribute
	given          map[int]*dataset.MappedAttribute
	added          map[int]bool // attributes that only the mapping declares
}

type ratingKey struct{ supplier, attribute int }

type mean struct {
	sum float64
	n   int
}

// Recognise finds the tables in a workbook's grids, understands them and reads their values. It is a
// pure function. Findings of the opening stay; a stop among them ends it there.
func Recognise(book grid.Book, o Options) *dataset.Dataset {
	b := &builder{
		options: o, book: book, d: &dataset.Dataset{},
		attributeIndex: map[string]int{}, customerIndex: newIDIndex(), supplierIndex: map[string]int{},
		ratings: map[ratingKey]*dataset.Series{}, importance: map[int]*mean{}, sided: map[int]bool{},
		answered: map[int]bool{}, weightRef: map[int]dataset.Ref{}, weightBad: map[int]value{}, worth: map[int]*dataset.Series{},
	}
	b.d.Receipt.Format, b.d.Receipt.Layout = book.Format, dataset.LayoutUnknown
	b.found.findings = append(b.found.findings, book.Findings...)
	if !dataset.Stopped(book.Findings) {
		b.recognise()
	}
	b.d.Findings = b.found.all(b.sheetNames(), b.filled)
	return b.d
}

func (b *builder) recognise() {
	if !b.findTables() {
		return
	}
	b.mapTables()
	b.readParameters()
	b.readAttributes()
	b.mapAttributes()
	b.classifyTables()
	b.dropPairs()
	b.chooseTables()
	b.matchBuyers()
	b.choosePeriod()
	b.dropRows()
	b.dropOverlap()
	b.readCustomers()
	b.readRatings()
	b.readOffers()
	b.obeyAttributes()
	b.settle()
	b.reportReversed()
	b.readComponents()
	b.readAnswers()
	b.readTransactions()
	b.readEvents()
	b.settleWeights()
	b.finish()
}

// findTables finds the tables of every sheet.
func (b *builder) findTables() bool {
	named := false
	for i := range b.book.Grids {
		g := &b.book.Grids[i]
		wanted := b.options.Sheet != "" && g.Sheet == b.options.Sheet
		named = named || wanted
		if g.Len() == 0 {
			continue
		}
		header := 0
		if wanted || b.options.Sheet == "" && len(b.book.Grids) == 1 {
			header = b.options.HeaderRow
		}
		if header > 0 && g.Row(header).Len() == 0 {
			b.found.add(codeHeaderNotFound, dataset.Stop, dataset.Ref{Sheet: g.Sheet, Row: header}, dataset.N(header))
			return false
		}
		for _, t := range b.headedAsMapped(g, findTables(g, header)) {
			if b.options.Decimal != "" {
				t.decimal = b.options.Decimal[0]
			}
			b.tables = append(b.tables, t)
		}
	}
	if b.options.Sheet != "" && !named {
		b.found.add(codeSheetNotFound, dataset.Stop, dataset.Ref{}, dataset.Str(b.options.Sheet), dataset.List(b.sheetNames()...))
		return false
	}
	return true
}

func (b *builder) sheetNames() []string {
	var names []string
	for _, g := range b.book.Grids {
		names = append(names, g.Sheet)
	}
	return names
}

// filled returns how many cells of a column hold something, in the table on the sheet that has most.
func (b *builder) filled(sheet string, col int) int {
	most := 0
	for _, t := range b.tables {
		if t.grid.Sheet != sheet {
			continue
		}
		for _, c := range t.columns {
			if c.col == col {
				most = max(most, c.stats.filled)
			}
		}
	}
	return most
}

// classifyTables gives every table its role. Sheets that this program wrote give parameters only.
func (b *builder) classifyTables() {
	for _, t := range b.tables {
		if t.role != "" {
			continue
		}
		if t.grid.Ours {
			t.role = dataset.TableOther
			continue
		}
		t.classify(b.knownAttributes(t), b.options)
		b.obey(t)
	}
}

// knownAttributes are the names of attributes that are declared for a table. Those of a mapping hold for the tables of which
// it speaks, and for all where it names none.
func (b *builder) knownAttributes(t *table) map[string]bool {
	known := map[string]bool{}
	for name, index := range b.attributeIndex {
		if !b.added[index] || t.mapped != nil || len(b.options.Mapping.Tables) == 0 {
			known[name] = true
		}
	}
	return known
}

// chooseTables keeps one table of ratings and one of each other role; the rest is reported as not
// used. Which sheet is wanted may be given.
func (b *builder) chooseTables() {
	main := b.best(dataset.TableWide, dataset.TableRatings)
	if main == nil {
		main = b.best(dataset.TableOffers)
	}
	members := b.family(main)
	joined := main != nil && main.role != dataset.TableOffers && b.joinPeriods(members)
	var others []*table
	for _, t := range b.with(dataset.TableWide, dataset.TableRatings, dataset.TableOffers) {
		if t == main || joined && t.period != "" {
			continue
		}
		if t.score()*2 > main.score() {
			others = append(others, t)
		}
		t.role = dataset.TableOther
	}
	b.otherTables(main, others)
	b.dropStrangers(main)
	b.datePurchases()
	for _, role := range []dataset.TableRole{dataset.TableCustomers, dataset.TableMatch, dataset.TableValueScore, dataset.TableOverall, dataset.TableTransactions,
		dataset.TableContracts, dataset.TableCohorts, dataset.TableVerbatims, dataset.TableActivities} {
		best := b.best(role)
		kept := map[*table]bool{best: true}
		if role == dataset.TableTransactions && best != nil {
			kept = b.joinPurchases(best)
		}
		for _, t := range b.with(role) {
			if !kept[t] {
				t.role = dataset.TableOther
			}
		}
	}
}

// best returns the table with one of the roles that holds most, nil without one; where a sheet is
// named, tables of ratings on other sheets do not count.
func (b *builder) best(roles ...dataset.TableRole) *table {
	var best *table
	for _, t := range b.with(roles...) {
		if b.options.Sheet != "" && rated(t.role) && t.grid.Sheet != b.options.Sheet {
			t.role = dataset.TableOther
			continue
		}
		if best == nil || t.score() > best.score() {
			best = t
		}
	}
	return best
}

func rated(role dataset.TableRole) bool {
	return role == dataset.TableRatings || role == dataset.TableWide || role == dataset.TableOffers
}

// score is how much a table holds: columns understood, and rows as a tie-breaker.
func (t *table) score() float64 {
	known := 0
	for _, c := range t.columns {
		if c.role != dataset.ColumnUnused && c.role != dataset.ColumnProfile && c.role != "" {
			known++
			if !c.guess {
				known++
			}
		}
	}
	rows := float64(len(t.rows))
	hidden := 0.0
	if t.grid != nil && t.grid.Hidden {
		hidden = 1
	}
	if t.mapped != nil && t.mapped.Role != "" {
		known += mappedScore
	}
	return float64(known) + rows/(rows+50) - 5*hidden
}

// with returns the tables of a role, without those that hold another period only.
func (b *builder) with(roles ...dataset.TableRole) []*table {
	var tables []*table
	for _, role := range roles {
		for _, t := range b.tables {
			if t.role == role && !t.left {
				tables = append(tables, t)
			}
		}
	}
	return tables
}
