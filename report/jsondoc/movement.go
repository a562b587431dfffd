package jsondoc

import (
	"cmp"
	"maps"
	"slices"

	"valuebook/report/analysis/movement"
)

// movementDocument is the comparison with the period before. refused stands
// with its reason where the two cannot be compared; the trend may be there all
// the same.
type movementDocument struct {
	Before     string      `json:"before,omitempty"` // period compared with
	Refused    string      `json:"refused,omitempty"`
	Code       string      `json:"code,omitempty"`   // fixed identifier of the refusal
	Frozen     *bool       `json:"frozen,omitempty"` // both periods by the lines of the earlier one
	XThreshold *float64    `json:"x_threshold,omitempty"`
	YThreshold *float64    `json:"y_threshold,omitempty"`
	Stability  *float64    `json:"stability,omitempty"` // share that kept its class, of those with one in both
	Customers  int         `json:"customers,omitempty"` // in the matrix
	Matrix     []matrixRow `json:"matrix,omitempty"`
	Movers     []mover     `json:"movers,omitempty"`
	ByLine     []mover     `json:"by_line,omitempty"` // in another class only because the line moved
	Trend      *trend      `json:"trend,omitempty"`
}

// matrixRow counts the customers of one earlier class by their class now; new
// ones come from "absent", lost ones are "absent" now.
type matrixRow struct {
	From string         `json:"from"`
	To   map[string]int `json:"to"`
}

type mover struct {
	ID        string   `json:"id"`
	Name      string   `json:"name,omitempty"`
	From      string   `json:"from"`
	To        string   `json:"to"`
	Cause     string   `json:"cause"`
	Attribute string   `json:"attribute,omitempty"` // that contributed most to the cause
	Axis      string   `json:"axis,omitempty"`      // measure whose line was crossed
	Before    *float64 `json:"before,omitempty"`    // on that axis
	Now       *float64 `json:"now,omitempty"`
	Parts     []part   `json:"parts,omitempty"` // add up to the change of the distance from the line
}

type part struct {
	Cause     string  `json:"cause"`
	Attribute string  `json:"attribute,omitempty"`
	Points    float64 `json:"points"`
}

type trend struct {
	Periods []string      `json:"periods"`
	Figures []trendFigure `json:"figures"`
	Classes []trendClass  `json:"classes,omitempty"`
}

// trendClass counts the customers of a class, as the lines of each period told
// them.
type trendClass struct {
	Class  string     `json:"class"`  // "not_classified" for those without one
	Counts []*float64 `json:"counts"` // one per period, null = not known
}

type trendFigure struct {
	Figure string     `json:"figure"`
	Unit   string     `json:"unit"`
	Values []*float64 `json:"values"` // one per period, null = none
}

// movement lists who moved since the period before, nil without one.
func (b builder) movement() *movementDocument {
	h := b.rep.History
	if h == nil {
		return nil
	}
	doc := &movementDocument{Before: h.Before}
	if h.Refused != nil {
		doc.Refused, doc.Code = b.words.Text(b.rep.RefusedMovement()), string(h.Refused.Code)
	}
	if m := h.Movement; m != nil {
		frozen := !m.Reestimated
		doc.Frozen, doc.Stability, doc.Customers = &frozen, number(m.Stability), m.Total
		doc.XThreshold, doc.YThreshold = number(m.Thresholds[0][0]), number(m.Thresholds[0][1])
		doc.Matrix = matrixOf(m)
		for _, one := range m.Movers {
			doc.Movers = append(doc.Movers, moverOf(m, one))
		}
		for _, one := range m.ByLine {
			doc.ByLine = append(doc.ByLine, moverOf(m, one))
		}
	}
	if len(h.Trend.Series) > 0 {
		doc.Trend = trendOf(h.Trend)
	}
	return doc
}

func matrixOf(m *movement.Movement) []matrixRow {
	states := []movement.State{movement.HighHigh, movement.HighLow, movement.LowHigh, movement.LowLow, movement.Unclassified, movement.Absent}
	var rows []matrixRow
	for _, from := range states {
		row := matrixRow{From: m.ID(from), To: map[string]int{}}
		for _, to := range states {
			if from != movement.Absent || to != movement.Absent {
				row.To[m.ID(to)] = m.Matrix[from][to]
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func moverOf(m *movement.Movement, one movement.Mover) mover {
	label := func(attribute int) string {
		if attribute < 0 {
			return ""
		}
		return m.Attributes[attribute].Label
	}
	id, name := m.Name(m.Customers[one.Customer])
	out := mover{ID: id, Name: name, From: m.ID(one.From), To: m.ID(one.To), Cause: string(one.Cause), Attribute: label(one.Attribute)}
	if one.Axis < 0 {
		return out
	}
	out.Axis, out.Before, out.Now = string(m.Now.Axes[one.Axis]), number(one.Delta.Before), number(one.Delta.Now)
	for _, p := range one.Delta.Parts {
		out.Parts = append(out.Parts, part{string(p.Cause), label(p.Attribute), p.Points})
	}
	return out
}

func trendOf(t movement.Trend) *trend {
	out := &trend{Periods: t.Periods}
	for _, s := range t.Series {
		f := trendFigure{Figure: s.Code, Unit: s.Unit}
		for _, x := range s.Values {
			f.Values = append(f.Values, number(x))
		}
		out.Figures = append(out.Figures, f)
	}
	out.Classes = classesOf(t)
	return out
}

// classesOf lists the classes of a trend by their identifiers.
func classesOf(t movement.Trend) []trendClass {
	names := map[string]bool{}
	for _, counts := range t.Classes {
		for name := range counts {
			names[name] = true
		}
	}
	var list []trendClass
	for _, name := range slices.Sorted(maps.Keys(names)) {
		c := trendClass{Class: cmp.Or(name, "not_classified")}
		for _, counts := range t.Classes {
			if counts == nil {
				c.Counts = append(c.Counts, nil)
				continue
			}
			c.Counts = append(c.Counts, number(float64(counts[name])))
		}
		list = append(list, c)
	}
	return list
}
