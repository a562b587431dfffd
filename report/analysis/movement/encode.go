package movement

import (
	"encoding/json"
	"math"

	"valuebook/report/analysis/quadrant"
)

// number is a float whose NaN, and whatever else JSON cannot hold, is null.
type number float64

func (x number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(x))
}

func (x *number) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*x = number(math.NaN())
		return nil
	}
	return json.Unmarshal(data, (*float64)(x))
}

type snapshotJSON struct {
	Period     string              `json:"period"`
	Revision   int                 `json:"revision"`
	Method     string              `json:"method"`
	Axes       [2]quadrant.Measure `json:"axes"`
	Modes      [2]quadrant.Mode    `json:"modes"`
	Thresholds [2]number           `json:"thresholds"`
	Bands      [2]number           `json:"bands"`
	Money      [2]bool             `json:"money"`
	Amounts    bool                `json:"amounts,omitempty"`
	Attributes []attributeJSON     `json:"attributes"`
	Figures    []figureJSON        `json:"figures"`
	Customers  []standingJSON      `json:"customers"`
}

type attributeJSON struct {
	ID    string           `json:"id"`
	Label string           `json:"label"`
	Score quadrant.Measure `json:"score,omitempty"`
	Cost  bool             `json:"cost,omitempty"`
	Share number           `json:"share"`

	Standing string `json:"standing,omitempty"`
}

type figureJSON struct {
	Code  string `json:"code"`
	Value number `json:"value"`
	Unit  string `json:"unit"`
}

type standingJSON struct {
	ID       string   `json:"id"`
	Name     string   `json:"name,omitempty"`
	Segment  string   `json:"segment,omitempty"`
	Class    string   `json:"class,omitempty"`
	Gone     bool     `json:"gone,omitempty"`
	X        number   `json:"x"`
	Y        number   `json:"y"`
	Value    number   `json:"value"`
	Relative number   `json:"relative"`
	Firm     number   `json:"firm"`
	Revenue  number   `json:"revenue"`
	Own      []number `json:"own"`
	Rivals   []number `json:"rivals,omitempty"`
}

func numbers(values []float64) []number {
	if values == nil {
		return nil
	}
	out := make([]number, len(values))
	for i, x := range values {
		out[i] = number(x)
	}
	return out
}

func floats(values []number) []float64 {
	if values == nil {
		return nil
	}
	out := make([]float64, len(values))
	for i, x := range values {
		out[i] = float64(x)
	}
	return out
}

// MarshalJSON writes the snapshot with null for every number that is not known.
func (s Snapshot) MarshalJSON() ([]byte, error) {
	out := snapshotJSON{Period: s.Period, Revision: s.Revision, Method: s.Method, Axes: s.Axes, Modes: s.Modes, Money: s.Money, Amounts: s.Amounts,
		Thresholds: [2]number{number(s.Thresholds[0]), number(s.Thresholds[1])}, Bands: [2]number{number(s.Bands[0]), number(s.Bands[1])}}
	for _, a := range s.Attributes {
		out.Attributes = append(out.Attributes, attributeJSON{a.ID, a.Label, a.Score, a.Cost, number(a.Share), a.Standing})
	}
	for _, f := range s.Figures {
		out.Figures = append(out.Figures, figureJSON{f.Code, number(f.Value), f.Unit})
	}
	for _, c := range s.Customers {
		out.Customers = append(out.Customers, standingJSON{c.ID, c.Name, c.Segment, c.Class, c.Gone,
			number(c.X), number(c.Y), number(c.Value), number(c.Relative), number(c.Firm), number(c.Revenue), numbers(c.Own), numbers(c.Rivals)})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote; null is NaN.
func (s *Snapshot) UnmarshalJSON(data []byte) error {
	var in snapshotJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*s = Snapshot{Period: in.Period, Revision: in.Revision, Method: in.Method, Axes: in.Axes, Modes: in.Modes, Money: in.Money, Amounts: in.Amounts,
		Thresholds: [2]float64{float64(in.Thresholds[0]), float64(in.Thresholds[1])}, Bands: [2]float64{float64(in.Bands[0]), float64(in.Bands[1])}}
	for _, a := range in.Attributes {
		s.Attributes = append(s.Attributes, Attribute{a.ID, a.Label, a.Score, a.Cost, float64(a.Share), a.Standing})
	}
	for _, f := range in.Figures {
		s.Figures = append(s.Figures, Figure{f.Code, float64(f.Value), f.Unit})
	}
	for _, c := range in.Customers {
		s.Customers = append(s.Customers, Standing{c.ID, c.Name, c.Segment, c.Class, c.Gone,
			float64(c.X), float64(c.Y), float64(c.Value), float64(c.Relative), float64(c.Firm), float64(c.Revenue), floats(c.Own), floats(c.Rivals)})
	}
	return nil
}
