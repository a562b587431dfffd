package concept

import (
	"math"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// Loyalty says who would buy again and who would recommend (METHOD 7.5).
type Loyalty struct {
	Rebuy   stat.Estimate // share that would buy again, 0..1, Wilson's interval; N = 0 when not asked
	RebuyNo int           // customers who would not

	// Advocacy is the share of promoters (9 and 10) less that of detractors (0 to
	// 6), -1..1: the net promoter score over 100.
	Advocacy                        stat.Estimate
	Promoters, Passives, Detractors int
	AdvocacyRefused                 Refusal // OtherScale, or Accepted
}

// LoyaltyOf counts rebuying and recommending. It returns nil when neither was
// asked.
func LoyaltyOf(d *dataset.Dataset, s stat.Sampling) *Loyalty {
	rebuy, recommend := driver.Answers(d, driver.Rebuy), driver.Answers(d, driver.Recommend)
	if rebuy == nil && recommend == nil {
		return nil
	}
	l := &Loyalty{Rebuy: stat.Nothing(), Advocacy: stat.Nothing()}
	yes := 0
	for _, x := range rebuy {
		switch x {
		case 1:
			yes++
		case 0:
			l.RebuyNo++
		}
	}
	if n := yes + l.RebuyNo; n > 0 {
		l.Rebuy = stat.Wilson(float64(yes), float64(n), n, s)
	}
	if recommend != nil {
		l.advocate(recommend, d, s)
	}
	return l
}

func (l *Loyalty) advocate(recommend []float64, d *dataset.Dataset, s stat.Sampling) {
	if scale := d.RecommendScale; scale.Hi != 10 || scale.Lo != 0 {
		l.AdvocacyRefused = OtherScale
		return
	}
	var score []float64
	for _, x := range given(recommend, byIdentifier(d)) {
		switch {
		case x >= 9:
			l.Promoters++
			score = append(score, 1)
		case x <= 6:
			l.Detractors++
			score = append(score, -1)
		default:
			l.Passives++
			score = append(score, 0)
		}
	}
	l.Advocacy = stat.OneSample(score, nil, 0, s)
	l.Advocacy.Lo, l.Advocacy.Hi = math.Max(-1, l.Advocacy.Lo), math.Min(1, l.Advocacy.Hi)
}
