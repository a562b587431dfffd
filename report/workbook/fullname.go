package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// Headers of names that stand in two columns.
var (
	firstNameWords = setOf(words("first name,firstname,given name,forename,vorname,prenom,nombre de pila,nome proprio,primeiro nome,voornaam,imie,fornamn,fornavn,名,имя,ad"))
	lastNameWords  = setOf(words("last name,lastname,surname,family name,nachname,familienname,zuname,nom de famille,apellido,apellidos,cognome,sobrenome,apelido,achternaam,nazwisko,efternamn,etternavn,姓,фамилия,soyad,soyadi"))
)

// takeFullNames takes first and last names in two columns as what identifies the customers, where together they differ on every row.
// It returns the column of first names, nil without.
func (t *table) takeFullNames() *column {
	var first, last *column
	for _, c := range t.columns {
		switch f := fold(splitCamel(c.head.label)); {
		case c.role != "" || !c.stats.textual():
		case first == nil && firstNameWords[f]:
			first = c
		case last == nil && lastNameWords[f]:
			last = c
		}
	}
	if first == nil || last == nil {
		return nil
	}
	names, seen := make(map[int]string, len(t.rows)), set{}
	for _, row := range t.rows {
		r := t.grid.Row(row)
		name := strings.TrimSpace(strings.TrimSpace(r.At(first.col).String()) + " " + strings.TrimSpace(r.At(last.col).String()))
		if seen[fold(name)] && name != "" {
			return nil
		}
		names[row], seen[fold(name)] = name, true
	}
	t.filledKeys = names
	first.role, first.why = dataset.ColumnID, whyNameAsID
	last.role, last.why = dataset.ColumnUnused, whyNameAsID
	return first
}
