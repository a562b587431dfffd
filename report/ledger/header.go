package ledger

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
)

// A number is a float64 in JSON, where NaN is null: JSON knows no NaN.
type number float64

// MarshalJSON writes null for NaN and a text for an infinite number.
func (n number) MarshalJSON() ([]byte, error) {
	v := float64(n)
	switch {
	case math.IsNaN(v):
		return []byte("null"), nil
	case math.IsInf(v, 0):
		return strconv.AppendQuote(nil, strconv.FormatFloat(v, 'g', -1, 64)), nil
	}
	return json.Marshal(v)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (n *number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = number(math.NaN())
		return nil
	}
	if len(text) > 1 && text[0] == '"' {
		text = text[1 : len(text)-1]
	}
	v, err := strconv.ParseFloat(string(text), 64)
	*n = number(v)
	return err
}

// header is a snapshot without its figures and customers, as it is stored.
type header struct {
	Method     string            `json:"method"`
	Axes       [2]string         `json:"axes"`
	Modes      [2]string         `json:"modes"`
	Thresholds [2]number         `json:"thresholds"`
	Bands      [2]number         `json:"bands"`
	Money      [2]bool           `json:"money"`
	Amounts    bool              `json:"amounts"`
	Attributes []headerAttribute `json:"attributes"`
}

type headerAttribute struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Score string `json:"score"`
	Cost  bool   `json:"cost"`
	Share number `json:"share"`

	Standing string `json:"standing,omitempty"`
}

type headerFigure struct {
	Code  string `json:"code"`
	Value number `json:"value"`
	Unit  string `json:"unit"`
}

func packHeader(s *movement.Snapshot) (string, error) {
	h := header{Method: s.Method, Money: s.Money, Amounts: s.Amounts}
	for i := range s.Axes {
		h.Axes[i], h.Modes[i] = string(s.Axes[i]), string(s.Modes[i])
		h.Thresholds[i], h.Bands[i] = number(s.Thresholds[i]), number(s.Bands[i])
	}
	for _, a := range s.Attributes {
		h.Attributes = append(h.Attributes, headerAttribute{a.ID, a.Label, string(a.Score), a.Cost, number(a.Share), a.Standing})
	}
	text, err := json.Marshal(h)
	return string(text), err
}

func unpackHeader(text string, s *movement.Snapshot) error {
	var h header
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		return fmt.Errorf("stored snapshot: %w", err)
	}
	s.Method, s.Money, s.Amounts = h.Method, h.Money, h.Amounts
	for i := range s.Axes {
		s.Axes[i], s.Modes[i] = quadrant.Measure(h.Axes[i]), quadrant.Mode(h.Modes[i])
		s.Thresholds[i], s.Bands[i] = float64(h.Thresholds[i]), float64(h.Bands[i])
	}
	for _, a := range h.Attributes {
		s.Attributes = append(s.Attributes, movement.Attribute{ID: a.ID, Label: a.Label, Score: quadrant.Measure(a.Score), Cost: a.Cost, Share: float64(a.Share), Standing: a.Standing})
	}
	return nil
}

func packFigures(figures []movement.Figure) (string, error) {
	var list []headerFigure
	for _, f := range figures {
		list = append(list, headerFigure{f.Code, number(f.Value), f.Unit})
	}
	text, err := json.Marshal(list)
	return string(text), err
}

func unpackFigures(text string) ([]movement.Figure, error) {
	var list []headerFigure
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("stored figures: %w", err)
	}
	var figures []movement.Figure
	for _, f := range list {
		figures = append(figures, movement.Figure{Code: f.Code, Value: float64(f.Value), Unit: f.Unit})
	}
	return figures, nil
}
