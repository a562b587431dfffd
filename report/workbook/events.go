package workbook

import (
	"math"
	"sort"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readEvents reads contracts, cohorts, verbatims and activities.
func (b *builder) readEvents() {
	for _, t := range b.with(dataset.TableContracts) {
		b.readContracts(t)
	}
	for _, t := range b.with(dataset.TableCohorts) {
		b.readCohorts(t)
	}
	for _, t := range b.with(dataset.TableVerbatims, dataset.TableWide, dataset.TableCustomers) {
		if c := t.column(dataset.ColumnText); c != nil && len(b.d.Verbatims.Text) == 0 {
			b.readVerbatims(t, c)
		}
	}
	for _, t := range b.with(dataset.TableActivities) {
		b.readActivities(t)
	}
}

// readContracts reads events one a row, or contracts with a beginning and an end. An event without a date or a name that is
// known is left out, and so are events after the as-of date.
func (b *builder) readContracts(t *table) {
	fee := b.columnNumbers(t, dataset.ColumnFee, codeNumberText)
	place := dataset.Place{Sheet: t.grid.Sheet, Col: t.idCol()}
	b.d.Contracts.Place = place
	if event := t.column(dataset.ColumnEvent); event != nil {
		dates := b.roleDates(t, dataset.ColumnDate)
		for i, row := range t.rows {
			kind := contractEvent(t.grid.At(row, event.col).String())
			if kind == "" && !t.grid.At(row, event.col).IsEmpty() {
				b.found.cell(codeEventUnknown, dataset.Error, t.grid.Ref(row, event.col), t.grid.At(row, event.col).String())
			}
			b.addContract(t, row, dates[i], kind, fee[i])
		}
		return
	}
	starts, ends := b.roleDates(t, roleStart), b.roleDates(t, roleChurn)
	for i, row := range t.rows {
		b.addContract(t, row, starts[i], dataset.ContractStart, fee[i])
		if !ends[i].IsZero() {
			b.addContract(t, row, ends[i], dataset.ContractChurn, math.NaN())
		}
	}
}

// roleDates reads the column of a role as dates, all zero without one.
func (b *builder) roleDates(t *table, role dataset.ColumnRole) []time.Time {
	c := t.column(role)
	if c == nil {
		return make([]time.Time, len(t.rows))
	}
	return b.dates(t, t.cells(c), c, func(i int) dataset.Ref { return t.grid.Ref(t.rows[i], c.col) })
}

func (b *builder) addContract(t *table, row int, date time.Time, event string, fee float64) {
	customer, known := b.findCustomer(t.customerID(row))
	switch {
	case date.IsZero() || event == "" || !known:
		t.skip(row, skipEvent)
		return
	case b.isLate(date):
		t.skip(row, skipLate)
		return
	}
	c := &b.d.Contracts
	c.Customer = append(c.Customer, int32(customer))
	c.Date = append(c.Date, date)
	c.Event = append(c.Event, event)
	c.Fee = append(c.Fee, fee)
	c.Place.Rows = append(c.Place.Rows, int32(row))
}

// survivors are those of one cohort while it is read.
type survivors struct {
	period int
	count  float64
}

// readCohorts reads a table of survivors. Shares are turned into counts where the size of the cohorts is given.
func (b *builder) readCohorts(t *table) {
	names, cohorts, percent := b.cohortRows(t)
	share := percent || sharesOf(names, cohorts)
	if !share && perCent(cohorts) {
		share = true
		for _, rows := range cohorts {
			for i := range rows {
				rows[i].count /= 100
			}
		}
	}
	if size := t.column(roleQuantity); size != nil && share {
		b.timesSize(t, size, cohorts)
		share = false
	}
	out := &b.d.Cohorts
	out.Sheet, out.Share, out.Months = t.grid.Sheet, share, cohortMonths(t)
	for _, name := range names {
		rows := cohorts[name]
		sort.SliceStable(rows, func(i, k int) bool { return rows[i].period < rows[k].period })
		var periods []int
		var counts []float64
		for i, s := range rows {
			if i > 0 && s.period == rows[i-1].period {
				continue // a second value for one period
			}
			periods = append(periods, s.period)
			counts = append(counts, s.count)
		}
		if len(periods) > 0 {
			out.Name, out.Period, out.Survivors = append(out.Name, name), append(out.Period, periods), append(out.Survivors, counts)
		}
	}
}

// cohortRows reads all values, shares in per cent as 0 to 1, by cohort in the order of first appearance.
func (b *builder) cohortRows(t *table) (names []string, cohorts map[string][]survivors, percent bool) {
	cohorts = map[string][]survivors{}
	cohort := t.column(dataset.ColumnCohort)
	var period []float64
	if t.column(dataset.ColumnAge) != nil {
		period = b.columnNumbers(t, dataset.ColumnAge, codeNumberText)
	}
	for _, c := range t.columns {
		if c.role != dataset.ColumnSurvivors {
			continue
		}
		n := readNumbers(t.cells(c), dataset.Scale{}, t.mark())
		t.converted += n.converted
		called := strings.Contains(c.head.text(), "%")
		percent = percent || n.allPercent() || called
		for i, v := range n.all() {
			row := t.rows[i]
			name := cohortName(t.grid.At(row, cohort.col))
			if v.problem != "" {
				b.found.cell(problemCode(v.problem, codeNumberText), dataset.Error, t.grid.Ref(row, c.col), v.got, dataset.Str(c.head.text()))
			}
			if name == "" || totalLabel(name) || math.IsNaN(v.x) {
				continue
			}
			if called && !v.percent {
				v.x /= 100
			}
			at := cohortPeriod(c.head.label)
			if period != nil {
				if math.IsNaN(period[i]) {
					continue
				}
				at = int(period[i])
			}
			if cohorts[name] == nil {
				names = append(names, name)
			}
			cohorts[name] = append(cohorts[name], survivors{at, v.x})
		}
	}
	return names, cohorts, percent
}

func cohortName(cell grid.Cell) string {
	if cell.Kind == grid.Date {
		return grid.SerialTime(cell.Num).Format("2006-01")
	}
	return strings.TrimSpace(cell.String())
}

// sharesOf reports whether all survivors lie between 0 and 1 and each cohort begins with 1 or less, as shares do.
func sharesOf(names []string, cohorts map[string][]survivors) bool {
	fraction := false
	for _, name := range names {
		for _, s := range cohorts[name] {
			if s.count < 0 || s.count > 1 {
				return false
			}
			fraction = fraction || s.count != math.Trunc(s.count)
		}
	}
	return fraction
}

// timesSize turns shares into counts by the size of each cohort.
func (b *builder) timesSize(t *table, size *column, cohorts map[string][]survivors) {
	sizes := b.columnNumbers(t, roleQuantity, codeNumberText)
	cohort := t.column(dataset.ColumnCohort)
	for i, row := range t.rows {
		rows := cohorts[cohortName(t.grid.At(row, cohort.col))]
		for k := range rows {
			rows[k].count = math.Round(rows[k].count * sizes[i])
		}
	}
}

// readVerbatims reads what customers say, with its tone and its attribute where they are given.
func (b *builder) readVerbatims(t *table, text *column) {
	out := &b.d.Verbatims
	out.Place = dataset.Place{Sheet: t.grid.Sheet, Col: text.col}
	tone, attribute := t.column(dataset.ColumnTone), t.column(dataset.ColumnAttribute)
	for _, row := range t.rows {
		said := strings.TrimSpace(t.grid.At(row, text.col).String())
		if missingText(said) {
			continue
		}
		customer, a, x := int32(-1), int32(-1), math.NaN()
		if t.column(dataset.ColumnID) != nil || t.role == dataset.TableWide {
			if i, known := b.findCustomer(t.customerID(row)); known {
				customer = int32(i)
			}
		}
		if attribute != nil {
			if i, known := b.attributeIndex[fold(t.grid.At(row, attribute.col).String())]; known {
				a = int32(i)
			}
		}
		if tone != nil {
			x = b.tone(t, row, tone)
		}
		out.Customer = append(out.Customer, customer)
		out.Attribute = append(out.Attribute, a)
		out.Text = append(out.Text, said)
		out.Tone = append(out.Tone, x)
		out.Place.Rows = append(out.Place.Rows, int32(row))
	}
}

// tone reads -1, 0 and 1, or words for them.
func (b *builder) tone(t *table, row int, c *column) float64 {
	cell := t.grid.At(row, c.col)
	text := strings.TrimSpace(cell.String())
	f := fold(text)
	switch {
	case text == "" || cell.Kind == grid.Text && missingText(text) && text != "-":
		return math.NaN()
	case text == "-" || text == "-1" || text == "−1" || complaintWords[f]:
		return -1
	case text == "+" || praiseWords[f]:
		return 1
	case neutralWords[f]:
		return 0
	}
	if x, ok := ParseNumber(text).only(); ok && x >= -1 && x <= 1 {
		return x
	}
	b.found.cell(codeToneUnknown, dataset.Error, t.grid.Ref(row, c.col), text)
	return math.NaN()
}

// readActivities reads the steps of what is done for customers.
func (b *builder) readActivities(t *table) {
	minutes, cost := b.columnNumbers(t, dataset.ColumnMinutes, codeNumberText), b.columnNumbers(t, dataset.ColumnCost, codeNumberText)
	out := &b.d.Activities
	out.Place = dataset.Place{Sheet: t.grid.Sheet, Col: t.column(dataset.ColumnStep).col}
	for i, row := range t.rows {
		step := t.text(row, dataset.ColumnStep)
		if step == "" || totalLabel(step) {
			t.skip(row, skipTotal)
			continue
		}
		out.Step = append(out.Step, step)
		out.Process = append(out.Process, t.text(row, dataset.ColumnProcess))
		out.Minutes = append(out.Minutes, minutes[i])
		out.Cost = append(out.Cost, cost[i])
		out.Adds = append(out.Adds, parseAnswer(t.text(row, dataset.ColumnAdds)))
		out.Place.Rows = append(out.Place.Rows, int32(row))
	}
}
