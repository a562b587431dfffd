package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// readOffers reads a comparison of offers: one row each, with attributes as columns.
func (b *builder) readOffers() {
	for _, t := range b.with(dataset.TableOffers) {
		b.readOfferRows(t)
	}
}

func (b *builder) readOfferRows(t *table) {
	name := t.column(roleOffer)
	offers := &dataset.Offers{Own: -1, Place: dataset.Place{Sheet: t.grid.Sheet, Col: name.col}}
	for i, row := range t.rows {
		text := strings.TrimSpace(t.grid.At(row, name.col).String())
		offers.Name = append(offers.Name, text)
		offers.Place.Rows = append(offers.Place.Rows, int32(row))
		if offers.Own < 0 && b.isOurs(t, row, text) {
			offers.Own = i
		}
	}
	series := map[int]*dataset.Series{}
	for _, c := range t.columns {
		if c.role != dataset.ColumnRating {
			continue
		}
		c.attribute = b.attributeOf(t, c.head.label, c)
		b.applyAbout(t, c)
		if series[c.attribute] != nil {
			c.role, c.why = dataset.ColumnUnused, whyDuplicate
			continue
		}
		s := &dataset.Series{Values: nanSeries(len(t.rows)), Place: dataset.Place{Sheet: t.grid.Sheet, Col: c.col, Rows: offers.Place.Rows}}
		series[c.attribute] = s
		r := &ratingColumn{table: t, column: c, attribute: c.attribute}
		for i, row := range t.rows {
			r.targets = append(r.targets, target{s, i, row})
		}
		b.readColumn(r)
	}
	b.offerSeries = series
	b.d.Offers = offers
	if b.options.Own != "" && offers.Own < 0 {
		b.found.add(codeOwnNotFound, dataset.Stop, dataset.Ref{Sheet: t.grid.Sheet, Col: name.col}, dataset.Str(b.options.Own), named(nearestFirst(b.options.Own, offers.Name)))
	}
}

// isOurs reports whether an offer is marked as ours: named on the command line, by its name, or in a column
// for that.
func (b *builder) isOurs(t *table, row int, name string) bool {
	if b.options.Own != "" {
		return fold(name) == fold(b.options.Own)
	}
	if ownWords[fold(name)] {
		return true
	}
	if m := bracketPattern.FindStringSubmatch(name); m != nil && ownWords[fold(m[1])] {
		return true
	}
	return yesWords[fold(t.text(row, roleOwn))]
}
