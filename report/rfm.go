package report

import (
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// ScoreSegment returns the name of a segment of scores: the user's, else the
// catalogue's.
func ScoreSegment(s rfm.Segment) dataset.Quantity {
	if s.Name != "" {
		return text(s.Name)
	}
	return term("rfm-segment." + s.ID)
}
