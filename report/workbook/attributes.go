package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readAttributes reads the Attributes sheet, if there is one.
func (b *builder) readAttributes() {
	for _, t := range b.tables {
		if t.role != "" || t.grid.Ours {
			continue
		}
		t.propose()
		switch mapped := t.mappedRole(); {
		case mapped == dataset.TableAttributes:
			t.isAttributes()
			b.obey(t)
		case mapped != "", t.isParameters() || !t.isAttributes():
			continue
		}
		if t.role == dataset.TableOther {
			continue
		}
		t.role = dataset.TableAttributes
		for _, c := range t.columns {
			if c.role == "" {
				c.role, c.why = dataset.ColumnUnused, whyUnknown
			}
		}
		b.readAttributeRows(t)
		b.declared = len(b.d.Attributes) > 0
		return
	}
}

func (b *builder) readAttributeRows(t *table) {
	weights := t.weightValues()
	importance := b.columnNumbers(t, dataset.ColumnImportance, codeNumberText)
	los := b.columnNumbers(t, roleScaleLo, codeScaleBad)
	his := b.columnNumbers(t, roleScaleHi, codeScaleBad)
	for i, row := range t.rows {
		id := t.text(row, dataset.ColumnAttribute)
		if id == "" || totalLabel(id) {
			t.skip(row, skipTotal)
			continue
		}
		ref := t.grid.Ref(row, t.column(dataset.ColumnAttribute).col)
		if _, twice := b.attributeIndex[fold(id)]; twice {
			b.found.cell(codeAttributeTwice, dataset.Error, ref, id)
			t.skip(row, skipDuplicate)
			continue
		}
		a := b.attributeRow(t, row, id)
		a.Ref = ref
		a.Weight = weights[i].x
		if los[i] < his[i] {
			a.Scale = dataset.Scale{Lo: los[i], Hi: his[i]}
		} else if !math.IsNaN(los[i]) && !math.IsNaN(his[i]) {
			b.found.add(codeScaleBad, dataset.Error, ref, dataset.Str(id), dataset.Num(los[i], dataset.Rating), dataset.Num(his[i], dataset.Rating))
		}
		b.register(a, true)
		if c := t.column(dataset.ColumnWeight); c != nil {
			b.weightRef[len(b.d.Attributes)-1] = t.grid.Ref(row, c.col)
			if weights[i].problem != "" {
				b.weightBad[len(b.d.Attributes)-1] = weights[i]
			}
		}
		if !math.IsNaN(importance[i]) {
			b.noteImportance(len(b.d.Attributes)-1, importance[i])
		}
	}
}

// weightValues reads the column of weights of an Attributes sheet.
func (t *table) weightValues() []value {
	c := t.column(dataset.ColumnWeight)
	if c == nil {
		values := make([]value, len(t.rows))
		for i := range values {
			values[i].x = math.NaN()
		}
		return values
	}
	n := readNumbers(t.cells(c), dataset.Scale{}, t.mark())
	n.settlePercent(dataset.Scale{})
	t.convert(c, n)
	return n.list()
}

// attributeRow reads what one row says in words.
func (b *builder) attributeRow(t *table, row int, id string) dataset.Attribute {
	label := t.text(row, roleLabel)
	a := dataset.Attribute{ID: id, Label: label, Weight: math.NaN()}
	if label == "" {
		a.Label = id
	}
	m := b.meaning(id, label)
	a.Side, a.Down = m.side, m.down
	if text := t.text(row, roleSide); text != "" {
		side, ok := parseSide(text)
		if !ok {
			b.found.cell(codeSideUnreadable, dataset.Error, t.grid.Ref(row, t.column(roleSide).col), text, dataset.Str(a.Label))
		} else {
			a.Side, a.Down = side, m.down && side == dataset.Cost
		}
	}
	if g, ok := parseGroup(t.text(row, roleGroup), a.Side); ok {
		a.Group = g
	} else if m.known && m.side == a.Side {
		a.Group = m.group
	}
	if scale, ok := parseScale(t.text(row, roleScale)); ok {
		a.Scale = scale
	} else if lo, hi, ok := scaleEnds(t.text(row, roleScale)); ok {
		b.found.add(codeScaleBad, dataset.Error, t.grid.Ref(row, t.column(roleScale).col), dataset.Str(a.Label), dataset.Num(lo, dataset.Rating), dataset.Num(hi, dataset.Rating))
	}
	if down, ok := parseDirection(t.text(row, roleUpDown), a.Side); ok {
		a.Down = down
	}
	a.Tangible = parseAnswer(t.text(row, roleTangible))
	a.Need, a.Process, a.Kind = t.text(row, dataset.ColumnNeed), t.text(row, dataset.ColumnProcess), attributeKind(t.text(row, dataset.ColumnKind))
	if moneyUnit(t.text(row, roleUnit)) {
		a.Money = true
	}
	return a
}

// attributeKind returns "job", "pain" or "gain", "" for another word.
func attributeKind(text string) string {
	f := fold(text)
	for _, kind := range []string{"job", "pain", "gain"} {
		if attributeKinds[kind][f] {
			return kind
		}
	}
	return ""
}

func (b *builder) meaning(id, label string) meaning {
	if m := meaningOf(label); label != "" && m.known {
		return m
	}
	return meaningOf(id)
}

// register adds an attribute under its names and completes what follows from its group.
func (b *builder) register(a dataset.Attribute, sided bool) int {
	if a.Tangible == dataset.Unstated {
		a.Tangible = tangibleGroup(a.Group)
	}
	index := len(b.d.Attributes)
	b.d.Attributes = append(b.d.Attributes, a)
	b.sided[index] = sided
	for _, name := range []string{a.ID, a.Label} {
		if _, taken := b.attributeIndex[fold(name)]; !taken && fold(name) != "" {
			b.attributeIndex[fold(name)] = index
		}
	}
	return index
}

// tangibleGroup says whether the benefits or costs of a group can be touched or counted in money.
func tangibleGroup(g dataset.Group) dataset.Answer {
	switch g {
	case "":
		return dataset.Unstated
	case dataset.Product, dataset.Monetary:
		return dataset.Yes
	}
	return dataset.No
}

// text returns the text of a row in the column of a role, "" without either.
func (t *table) text(row int, role dataset.ColumnRole) string {
	c := t.column(role)
	if c == nil {
		return ""
	}
	return strings.TrimSpace(t.grid.At(row, c.col).String())
}

// cells returns the cells of a column in the rows of data.
func (t *table) cells(c *column) []grid.Cell {
	cells, column := make([]grid.Cell, len(t.rows)), t.grid.Column(c.col)
	for i, row := range t.rows {
		cells[i] = column.At(row)
	}
	return cells
}

// columnNumbers reads the column of a role as numbers, NaN for what is missing or not
// readable; the latter is reported with the code.
func (b *builder) columnNumbers(t *table, role dataset.ColumnRole, code string) []float64 {
	out := make([]float64, len(t.rows))
	for i := range out {
		out[i] = math.NaN()
	}
	c := t.column(role)
	if c == nil {
		return out
	}
	n := readNumbers(t.cells(c), dataset.Scale{}, t.mark())
	n.settlePercent(dataset.Scale{})
	for i, v := range n.all() {
		out[i] = v.x
		if v.problem != "" {
			b.found.cell(problemCode(v.problem, code), dataset.Error, t.grid.Ref(t.rows[i], c.col), v.got, dataset.Str(c.head.text()))
		}
	}
	t.convert(c, n)
	return out
}

// problemCode is the code for a cell that is not readable, by what the column is for.
func problemCode(problem, code string) string {
	if problem == codeNumberText || problem == codeRatingDate {
		return code
	}
	return problem
}

// mark is the decimal mark that is given, else the one to fall back on: that of a file whose fields are split by commas.
func (t *table) mark() decimal {
	switch {
	case t.decimal != 0:
		return decimal{t.decimal, true}
	case t.grid.Delimiter == ',':
		return decimal{'.', false}
	}
	return decimal{t.shownMark(), false}
}

// shownMark returns the decimal mark that the texts of all columns show, 0 when they show none or both: what other columns
// write tells how one is meant that does not show it.
func (t *table) shownMark() byte {
	if !t.marked {
		t.marked, t.shown = true, t.findMark()
	}
	return t.shown
}

func (t *table) findMark() byte {
	point, comma := 0, 0
	for _, c := range t.columns {
		if c.stats.numbers == 0 || c.stats.texts > 0 {
			continue
		}
		for _, row := range t.samples(checkedRows) {
			r := readingOf(t.grid.At(row, c.col))
			switch {
			case !r.ok() || r.ambiguous():
			case math.IsNaN(r.Comma):
				point++
			case math.IsNaN(r.Point):
				comma++
			}
		}
	}
	switch {
	case point > 0 && comma == 0:
		return '.'
	case comma > 0 && point == 0:
		return ','
	}
	return 0
}

func parseSide(text string) (dataset.Side, bool) {
	switch f := fold(text); {
	case f == "b" || text == "+":
		return dataset.Benefit, true
	case f == "c" || text == "-":
		return dataset.Cost, true
	}
	return sideNamed(text)
}

// groupNames are the identifiers of groups in other words than those of sideWords.
var groupNames = map[dataset.Group]set{
	dataset.Product:   setOf(words("product,products,produkt,produit,producto,prodotto,produto,产品,製品")),
	dataset.Service:   setOf(words("service,services,servicio,servizio,servico,dienst,服务,サービス")),
	dataset.Personnel: setOf(words("personnel,people,staff,personal,personale,pessoal,personeel,人员,人員")),
	dataset.Image:     setOf(words("image,brand,imagen,immagine,imagem,imago,形象,イメージ")),
	dataset.Monetary:  setOf(words("monetary,money,price,financial,monetar,geld,finanziell,monetaire,monetario,monetair,货币,金銭")),
	dataset.TimeCost:  setOf(words("time,zeit,temps,tiempo,tempo,tijd,时间,時間")),
	dataset.Energy:    setOf(words("energy,effort,energie,energia,精力,体力,エネルギー")),
	dataset.Psychic:   setOf(words("psychic,psychological,mental,psychisch,psychique,psiquico,psichico,心理,精神")),
	dataset.Access:    setOf(words("access,zugang,acces,acceso,accesso,acesso,toegang,获取,アクセス")),
}

func parseGroup(text string, side dataset.Side) (dataset.Group, bool) {
	f := fold(text)
	if f == "" {
		return "", false
	}
	for _, g := range []dataset.Group{dataset.Product, dataset.Service, dataset.Personnel, dataset.Image, dataset.Monetary, dataset.TimeCost, dataset.Energy, dataset.Psychic, dataset.Access} {
		if groupNames[g][f] {
			return g, true
		}
	}
	m := meaningOf(text)
	return m.group, m.known && m.side == side
}

// parseDirection reads what a high rating means: down is true when it means little of the attribute.
// "Lower is better" of a cost is the ordinary case, of a benefit the turned one.
func parseDirection(text string, side dataset.Side) (down, ok bool) {
	f := fold(text)
	switch {
	case downWords[f], text == "-", text == "↓":
		return true, true
	case upWords[f], text == "+", text == "↑":
		return false, true
	case lowGood[f]:
		return side == dataset.Benefit, true
	case highGood[f]:
		return side == dataset.Cost, true
	}
	return false, false
}

func parseAnswer(text string) dataset.Answer {
	switch f := fold(text); {
	case f == "":
		return dataset.Unstated
	case yesWords[f]:
		return dataset.Yes
	case noWords[f]:
		return dataset.No
	}
	return dataset.Unstated
}

// moneyUnit reports whether a unit is a currency.
func moneyUnit(text string) bool {
	if groupNames[dataset.Monetary][fold(text)] {
		return true
	}
	for _, c := range currencies {
		if strings.EqualFold(strings.TrimSpace(text), c) {
			return true
		}
	}
	return false
}
