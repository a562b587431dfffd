package samples

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// A survey tells how the customers of each segment see us and the rivals; the
// rows of a survey workbook are made from it.
type survey struct {
	Periods   []string  `yaml:"periods"` // ascending, the last is reported on
	Months    int       `yaml:"months"`  // of purchases, up to the last period
	Suppliers []string  `yaml:"suppliers"`
	Left      []string  `yaml:"left"`     // no longer answered in the last period
	Joined    []string  `yaml:"joined"`   // answered in the last period only
	Thin      []string  `yaml:"thin"`     // left most questions open
	Unjudged  []string  `yaml:"unjudged"` // without match scores
	Segments  []story   `yaml:"segments"`
	Only      string    `yaml:"-"`       // the one period of a workbook of its own, "" for all
	Earlier   []earlier `yaml:"earlier"` // what was answered otherwise before the last period
	items     []item    // from the sheet Attributes
	end       time.Time // last day of the last period
}

// An earlier answer differed from that of the last period by some steps of its
// scale, for the customers named.
type earlier struct {
	Customers []string `yaml:"customers"`
	Supplier  string   `yaml:"supplier"` // "" for scores that we give ourselves
	Asked     []string `yaml:"asked"`    // attributes or parts of scores
	Steps     float64  `yaml:"steps"`
}

// A story is what a segment has in common.
type story struct {
	Name      string      `yaml:"name"`
	Revenue   float64     `yaml:"revenue"` // median of a year
	Spread    float64     `yaml:"spread"`  // of its logarithm
	Orders    float64     `yaml:"orders"`  // a month
	Margin    float64     `yaml:"margin"`
	Growth    float64     `yaml:"growth"`  // a year
	Match     []float64   `yaml:"match"`   // mean scores, 0..10
	Firm      []float64   `yaml:"firm"`    // mean scores, 0..10, after the purchases
	Known     []float64   `yaml:"known"`   // share that knows each rival
	Ratings   [][]float64 `yaml:"ratings"` // mean per supplier and attribute, on the scale
	Customers []string    `yaml:"customers"`
}

// An item is one attribute as it was asked.
type item struct {
	id     string
	good   bool // a high rating is welcome
	weight float64
	cost   bool
	lo, hi float64
}

// goodness returns where a rating stands between worst (0) and best (1).
func (a item) goodness(rating int) float64 {
	u := (float64(rating) - a.lo) / (a.hi - a.lo)
	if a.good {
		return u
	}
	return 1 - u
}

// A respondent is one customer of the survey with what explains its answers.
type respondent struct {
	id, name, industry, region string
	story                      *story
	start, end                 time.Time // end is zero while it is a customer
	generous                   float64   // rates every supplier high
	loyal                      float64   // rates us high; grows with the years
	fit                        float64   // fits our strategy more than its segment
	bond                       float64   // gives more than purchases
	annual                     float64   // size of a year's purchases
	revenue                    float64   // of the last twelve months, from its purchases
}

// addSurvey adds the rows that a survey makes to the sheets that are named
// after them.
func (d *definition) addSurvey() error {
	if d.Survey == nil {
		return nil
	}
	v := d.Survey
	if err := v.prepare(d.sheet("Attributes")); err != nil {
		return err
	}
	customers := v.respondents()
	rows := map[string][][]any{"Transactions": v.transactions(customers)}
	shown := customers
	if v.Only != "" {
		shown, rows["Transactions"] = v.asThen(customers, rows["Transactions"])
	}
	rows["Customers"] = v.customerRows(shown)
	for last, period := range v.Periods {
		for i := range customers {
			if v.Only != "" && v.Only != period {
				continue
			}
			v.answer(rows, &customers[i], period, last == len(v.Periods)-1)
		}
	}
	for name, list := range rows {
		sheet := d.sheet(name)
		if sheet == nil {
			return fmt.Errorf("survey: no sheet %q", name)
		}
		sheet.Rows = append(sheet.Rows, list...)
	}
	return nil
}

// sheet returns the sheet of a name, nil where there is none.
func (d *definition) sheet(name string) *sheetDefinition {
	for i := range d.Sheets {
		if d.Sheets[i].Name == name {
			return &d.Sheets[i]
		}
	}
	return nil
}

// prepare reads the attributes and the last day, and checks that every story
// has a figure for everything that is asked.
func (v *survey) prepare(attributes *sheetDefinition) error {
	if attributes == nil || len(v.Periods) == 0 {
		return fmt.Errorf("survey: attributes and periods are needed")
	}
	month, err := time.Parse("2006-01", v.Periods[len(v.Periods)-1])
	if err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	v.end = month.AddDate(0, 1, -1)
	for _, row := range attributes.Rows {
		v.items = append(v.items, readItem(attributes.Columns, row))
	}
	for _, s := range v.Segments {
		if len(s.Ratings) != len(v.Suppliers) || len(s.Known) != len(v.Suppliers)-1 {
			return fmt.Errorf("survey, segment %q: suppliers do not fit", s.Name)
		}
		for _, means := range s.Ratings {
			if len(means) != len(v.items) {
				return fmt.Errorf("survey, segment %q: %d ratings for %d attributes", s.Name, len(means), len(v.items))
			}
		}
	}
	return nil
}

// readItem reads a row of the sheet Attributes.
func readItem(columns []columnDefinition, row []any) item {
	var a item
	down := false
	for i, value := range row {
		switch columns[i].Header {
		case "attribute_id":
			a.id = fmt.Sprint(value)
		case "side":
			a.cost = value == "cost"
		case "direction":
			down = value == "down"
		case "weight":
			a.weight = *number(value)
		case "scale_min":
			a.lo = *number(value)
		case "scale_max":
			a.hi = *number(value)
		}
	}
	a.good = a.cost == down
	return a
}

// respondents lists the customers, numbered in the order in which they became
// customers.
func (v *survey) respondents() []respondent {
	var list []respondent
	for s := range v.Segments {
		for _, line := range v.Segments[s].Customers {
			list = append(list, v.respondent(&v.Segments[s], line))
		}
	}
	sort.SliceStable(list, func(i, j int) bool {
		if !list[i].start.Equal(list[j].start) {
			return list[i].start.Before(list[j].start)
		}
		return list[i].name < list[j].name
	})
	for i := range list {
		list[i].id = fmt.Sprintf("C%03d", i+1)
	}
	return list
}

// longest is how many years ago the first customers began.
const longest = 14

// respondent makes one customer from "name | industry | region".
func (v *survey) respondent(s *story, line string) respondent {
	part := strings.Split(line, " | ")
	c := respondent{name: part[0], industry: part[1], region: part[2], story: s}
	years := 0.6 + (longest-0.6)*share(c.name+"/years")
	if slices.Contains(v.Joined, c.name) {
		years = 0.3 + 0.4*share(c.name+"/years")
	}
	c.start = workday(v.end.AddDate(0, 0, -int(years*365)))
	if slices.Contains(v.Left, c.name) {
		c.end = v.endOf(v.Periods[len(v.Periods)-2])
	}
	tenure := (years - longest/2.0) / 4
	c.generous = deviation(c.name + "/generous")
	c.loyal = 0.85*deviation(c.name+"/loyal") + 0.4*tenure
	c.fit = 1.6*deviation(c.name+"/fit") + 0.3*c.loyal
	c.bond = 1.4*deviation(c.name+"/bond") + 0.3*c.loyal
	return c
}

// endOf returns the last day of a month such as "2026-09".
func (v *survey) endOf(period string) time.Time {
	month, err := time.Parse("2006-01", period)
	if err != nil {
		return v.end
	}
	return month.AddDate(0, 1, -1)
}

// workday moves a weekend to the Monday after it.
func workday(day time.Time) time.Time {
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func (v *survey) customerRows(customers []respondent) [][]any {
	var rows [][]any
	for _, c := range customers {
		var end any
		if !c.end.IsZero() {
			end = c.end
		}
		rows = append(rows, []any{c.id, c.name, c.story.Name, c.industry, c.region, c.start, end, c.revenue})
	}
	return rows
}
