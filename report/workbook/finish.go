package workbook

import (
	"sort"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// finish puts suppliers and attributes in their order, decides the layout, says what is missing, and writes the
// receipt.
func (b *builder) finish() {
	b.dropUnrated()
	b.orderSuppliers()
	b.flatten()
	b.guessFindings()
	b.findCurrency()
	b.d.Receipt.Layout = b.layout()
	b.d.AsOf = b.asOf()
	b.missing()
	b.writeReceipt()
}

// dropUnrated takes out attributes that nobody rated. Where nothing was rated at all they stay, and that is said.
func (b *builder) dropUnrated() {
	if len(b.ratings) == 0 && len(b.offerSeries) == 0 {
		return
	}
	if !b.anyAnswered() {
		if main := b.with(dataset.TableWide, dataset.TableRatings, dataset.TableOffers); len(main) > 0 && !dataset.Stopped(b.found.findings) {
			b.found.add(codeNothingRated, dataset.Warning, dataset.Ref{Sheet: main[0].grid.Sheet})
		}
		return
	}
	moved := map[int]int{}
	var kept, listed, columns []dataset.Attribute
	sheets := b.attributeSheets()
	for i, a := range b.d.Attributes {
		switch {
		case b.answered[i]:
			moved[i] = len(kept)
			kept = append(kept, a)
		case sheets[a.Ref.Sheet]:
			listed = append(listed, a)
		default:
			columns = append(columns, a)
		}
	}
	b.aboutAttributes(codeAttributeUnrated, dataset.Warning, listed)
	b.aboutAttributes(codeColumnUnrated, dataset.Warning, columns)
	b.d.Attributes = kept
	b.renumber(moved)
}

func (b *builder) anyAnswered() bool {
	for i := range b.d.Attributes {
		if b.answered[i] {
			return true
		}
	}
	return false
}

func (b *builder) attributeSheets() set {
	sheets := set{}
	for _, t := range b.with(dataset.TableAttributes) {
		sheets[t.grid.Sheet] = true
	}
	return sheets
}

// renumber gives what refers to attributes by index their new ones.
func (b *builder) renumber(moved map[int]int) {
	ratings, offers, sided := map[ratingKey]*dataset.Series{}, map[int]*dataset.Series{}, map[int]bool{}
	for key, s := range b.ratings {
		if to, stays := moved[key.attribute]; stays {
			ratings[ratingKey{key.supplier, to}] = s
		}
	}
	for a, s := range b.offerSeries {
		if to, stays := moved[a]; stays {
			offers[to] = s
		}
	}
	for i, is := range b.sided {
		if to, stays := moved[i]; stays {
			sided[to] = is
		}
	}
	b.ratings, b.offerSeries, b.sided = ratings, offers, sided
	for _, t := range b.tables {
		for _, c := range t.columns {
			if to, stays := moved[c.attribute]; stays {
				c.attribute = to
			} else if c.attribute >= 0 {
				c.attribute, c.role, c.why = -1, dataset.ColumnUnused, whyEmpty
			}
		}
	}
}

func (b *builder) reorder(order []int, own int) {
	to := map[int]int{}
	suppliers := make([]dataset.Supplier, len(order))
	for k, i := range order {
		to[i] = k
		suppliers[k] = dataset.Supplier{Name: b.suppliers[i].Name, Own: i == own, Unnamed: ownWords[fold(b.suppliers[i].Name)]}
	}
	ratings := map[ratingKey]*dataset.Series{}
	for key, s := range b.ratings {
		ratings[ratingKey{to[key.supplier], key.attribute}] = s
	}
	worth := map[int]*dataset.Series{}
	for i, s := range b.worth {
		worth[to[i]] = s
	}
	b.suppliers, b.ratings, b.worth = suppliers, ratings, worth
}

// flatten writes the series into the dataset, supplier by supplier.
func (b *builder) flatten() {
	b.d.Suppliers = b.suppliers
	b.d.Ratings = make([]dataset.Series, len(b.suppliers)*len(b.d.Attributes))
	for key, s := range b.ratings {
		sort.Slice(s.AsRead, func(i, k int) bool { return s.AsRead[i].Customer < s.AsRead[k].Customer })
		b.d.Ratings[key.supplier*len(b.d.Attributes)+key.attribute] = *s
	}
	if len(b.worth) > 0 {
		b.d.Worth = make([]dataset.Series, len(b.suppliers))
		for i, s := range b.worth {
			b.d.Worth[i] = *s
		}
	}
	if b.d.Offers != nil {
		b.d.Offers.Values = make([]dataset.Series, len(b.d.Attributes))
		for a, s := range b.offerSeries {
			b.d.Offers.Values[a] = *s
		}
	}
}

// guessFindings says which sides and directions were taken from the words alone.
func (b *builder) guessFindings() {
	var down []dataset.Attribute
	sides := map[dataset.Side][]dataset.Attribute{}
	for i, a := range b.d.Attributes {
		m := meaningOf(a.Label)
		switch {
		case b.sided[i]:
		case !m.exact:
			sides[a.Side] = append(sides[a.Side], a)
		case a.Down && a.Side == dataset.Cost:
			down = append(down, a)
		}
	}
	for _, side := range []dataset.Side{dataset.Benefit, dataset.Cost} {
		b.aboutAttributes(codeSideGuessed, dataset.Warning, sides[side], dataset.TermOf("note-side."+side.String()+"s"))
	}
	b.aboutAttributes(codeDirectionGuessed, dataset.Warning, down)
}

func (b *builder) layout() dataset.Layout {
	switch {
	case b.d.Offers != nil:
		return dataset.LayoutOffers
	case len(b.ratings) > 0 && (b.declared || len(b.with(dataset.TableRatings)) > 0 || len(b.with(dataset.TableCustomers)) > 0):
		return dataset.LayoutSheets
	case len(b.ratings) > 0:
		return dataset.LayoutWide
	case b.listsPurchases(), len(b.with(dataset.TableTransactions)) > 0:
		return dataset.LayoutPurchases
	case len(b.d.Match)+len(b.d.ValueScore) > 0:
		return dataset.LayoutSheets
	case b.tellsWhoStays():
		return dataset.LayoutContracts
	}
	return dataset.LayoutUnknown
}

// listsPurchases reports whether there is a list of purchases, also when all of them lie after the date of the report.
func (b *builder) listsPurchases() bool {
	return len(b.d.Transactions.Date) > 0 || len(b.d.Transactions.Left) > 0 && len(b.with(dataset.TableTransactions)) > 0
}

// missing says what a workbook lacks for an analysis, and the nearest thing to do.
func (b *builder) missing() {
	benefits, costs := 0, 0
	for _, a := range b.d.Attributes {
		if a.Side == dataset.Benefit {
			benefits++
		} else {
			costs++
		}
	}
	rated := (len(b.ratings) > 0 || b.d.Offers != nil) && len(b.d.Attributes) > 0
	switch {
	case dataset.Stopped(b.found.findings):
	case rated && (benefits == 0 || costs == 0):
		b.found.add(codeAttributesAside, dataset.Warning, b.d.Attributes[0].Ref, dataset.N(benefits), dataset.N(costs))
	case rated:
	case b.listsPurchases(), len(b.with(dataset.TableTransactions)) > 0:
		t := b.with(dataset.TableTransactions)[0]
		code, severity := codePurchasesOnly, dataset.Note
		switch {
		case b.d.Customers.Len() == 0:
			code, severity = codePurchasesNobody, dataset.Stop
		case !t.priced():
			code, severity = codePurchasesBare, dataset.Stop
		}
		listed, late := len(b.d.Transactions.Date), false
		for _, left := range b.d.Transactions.Left {
			if len(b.d.Transactions.Date) == 0 {
				listed += left.Count
			}
			late = late || left.Why == skipLate
		}
		if len(b.d.Transactions.Date) == 0 && !late {
			code, severity = codePurchasesUnread, dataset.Stop
		}
		b.found.add(code, severity, dataset.Ref{Sheet: t.grid.Sheet}, dataset.N(listed), dataset.N(b.d.Customers.Len()))
	case b.emptyRatings():
	case b.pairs():
	case b.offersListed():
	case b.offersAcross():
	case len(b.d.Match) > 0 && (len(b.d.ValueScore) > 0 || b.d.FirmValue.Given()):
	case b.tellsWhoStays():
		b.found.add(codeContractsOnly, dataset.Note, b.staysAt())
	case b.d.Customers.Len() > 0:
		b.found.add(codeRatingsMissing, dataset.Stop, dataset.Ref{Sheet: b.d.Customers.Place.Sheet}, dataset.N(b.d.Customers.Len()))
	case b.headersOnly():
	case b.headless():
	default:
		b.found.add(codeNothingFound, dataset.Stop, dataset.Ref{}, b.seen())
	}
}

// seen returns the sheets that were looked at, with the first headers of their tables.
func (b *builder) seen() dataset.Quantity {
	headers := map[string]string{}
	for _, t := range b.tables {
		var texts []string
		for _, c := range t.columns {
			if text := c.head.text(); text != "" {
				texts = append(texts, text)
			}
		}
		if len(texts) > 0 {
			headers[t.grid.Sheet] = " (" + strings.Join(named(texts).List, ", ") + ")"
		}
	}
	var sheets []string
	for _, g := range b.book.Grids {
		if len(sheets) < mostNames {
			sheets = append(sheets, g.Sheet+headers[g.Sheet])
		}
	}
	return dataset.List(sheets...)
}

// emptyRatings reports a sheet that is called after ratings and has a header only.
func (b *builder) emptyRatings() bool {
	for i := range b.book.Grids {
		g := &b.book.Grids[i]
		if (&table{grid: g}).sheetIs("ratings") && b.headerOnly(g) {
			return true
		}
	}
	return false
}

// headersOnly reports a sheet whose only row is a header.
func (b *builder) headersOnly() bool {
	for i := range b.book.Grids {
		if b.headerOnly(&b.book.Grids[i]) {
			return true
		}
	}
	return false
}

func (b *builder) headerOnly(g *grid.Grid) bool {
	if g.Len() != 1 || g.RowAt(0).Len() < 2 || headerScore(g, g.RowAt(0)) <= 0 || g.Ours {
		return false
	}
	b.found.add(codeNoRows, dataset.Stop, dataset.Ref{Sheet: g.Sheet, Row: g.RowAt(0).Number}, dataset.Str(g.Sheet))
	return true
}

// offersAcross reports a comparison that stands on its side: benefits and costs named in a column, numbers
// beside them.
func (b *builder) offersAcross() bool {
	for _, t := range b.tables {
		var names *column
		numbers := 0
		for _, c := range t.columns {
			if names == nil && c.stats.textual() {
				names = c
			}
			if (c.ratingLike() || c.stats.numeric() && names != nil) && !t.summary(c) {
				numbers++
			}
		}
		if names == nil || numbers < 2 || t.grid.Ours || t.role == dataset.TableAttributes {
			continue
		}
		if t.names(names) {
			b.found.add(codeOffersAcross, dataset.Stop, dataset.Ref{Sheet: t.grid.Sheet, Row: t.lastHeader()})
			return true
		}
	}
	return false
}
