package workbook

import (
	"slices"
	"strings"

	"valuebook/report/dataset"
)

// criterionWords stand over columns that say what a score is for, besides those of attributes.
var criterionWords = setOf(words("category,subcategory,sub category,kpi,metric,measure,dimension,aspect,topic,factor,kategorie,unterkategorie,kennzahl,messgrosse,categorie,sous categorie,indicateur,categoria,subcategoria,indicador,sottocategoria,indicatore,subcategorie,kategoria,podkategoria,类别,子类别,指标,カテゴリ,サブカテゴリ,指標"))

// offersListed reports scores of offers in a list with one score a row, without customers: what to make of it.
func (b *builder) offersListed() bool {
	for _, t := range b.tables {
		if t.grid.Ours || t.role != dataset.TableOther {
			continue
		}
		offer, criterion, score := t.listedScores()
		if offer == nil || criterion == nil || score == nil {
			continue
		}
		names := set{}
		for _, cell := range t.cells(offer) {
			if text := strings.TrimSpace(cell.String()); text != "" {
				names[fold(text)] = true
			}
		}
		b.found.add(codeOffersListed, dataset.Stop, t.grid.Ref(t.lastHeader(), offer.col), dataset.N(len(names)),
			dataset.Str(offer.head.text()), dataset.Str(criterion.head.text()), dataset.Str(score.head.text()), dataset.Str(t.filteredTo()))
		return true
	}
	return false
}

// listedScores returns the columns of a list of scores that name the offer and what is scored, and that of the scores. Of several
// columns for what is scored the last tells most.
func (t *table) listedScores() (offer, criterion, score *column) {
	for _, c := range t.columns {
		roles := rolesOf(c.head.label)
		switch {
		case slices.Contains(roles, roleCustomer) || slices.Contains(roles, dataset.ColumnID):
			return nil, nil, nil
		case offer == nil && c.stats.textual() && (slices.Contains(roles, dataset.ColumnSupplier) || slices.Contains(roles, roleOffer)) && !t.unique(c):
			offer = c
		case c.stats.textual() && (slices.Contains(roles, dataset.ColumnAttribute) || criterionWords[fold(c.head.label)]):
			criterion = c
		case score == nil && c.stats.numeric() && slices.Contains(roles, dataset.ColumnRating):
			score = c
		}
	}
	return offer, criterion, score
}

// filteredTo says to what a pivot table of a list of scores should be filtered: to the latest period where there are several.
func (t *table) filteredTo() string {
	for _, c := range t.columns {
		if !slices.Contains(rolesOf(c.head.label), dataset.ColumnPeriod) {
			continue
		}
		latest, shown, several := "", "", false
		for _, cell := range t.cells(c) {
			if p := parsePeriod(cell); !cell.IsEmpty() {
				several = several || latest != "" && p != latest
				if p > latest {
					latest, shown = p, strings.TrimSpace(cell.String())
				}
			}
		}
		if several {
			return " (" + c.head.text() + " = " + shown + ")"
		}
	}
	return ""
}
