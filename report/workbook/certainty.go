package workbook

import "valuebook/report/dataset"

// How sure guesses about columns are. They order guesses by what speaks for them; they are no probabilities.
const (
	sureNoEnd    = 0.5 // nothing is reached; as far as two equals can be told apart
	sureBothEnds = 0.9 // the values reach both ends of the scale
	sureUpperEnd = 0.8
	sureLowerEnd = 0.6

	sureMoney     = 0.7 // amounts beside ratings
	sureWords     = 0.7 // words that can mean it
	sureFirstText = 0.6 // the first column of texts that differ
	sureNeighbour = 0.5 // on the same scale beside ratings
	sureDefault   = 0.5 // nothing speaks for either side
)

// certainty returns how sure the reading of a column is, 1 where the workbook or the user says it, and the reading that fits
// second best.
func (b *builder) certainty(t *table, c *column) (confidence float64, runnerUp dataset.Reading) {
	confidence = 1
	doubt := func(sure float64, other dataset.Reading) {
		if sure < confidence {
			confidence, runnerUp = sure, other
		}
	}
	if c.runnerUp > 0 && c.mapped == nil {
		doubt(sureNoEnd+(1-sureNoEnd)*c.confidence, dataset.Reading{Col: c.runnerUp})
	}
	if c.guess {
		doubt(sureOf(c.why), dataset.Reading{Role: otherRole(t)})
	}
	if c.scale.Inferred && c.scale.Bounded() {
		doubt(sureScale(c), dataset.Reading{Scale: nextScale(c)})
	}
	if c.role == dataset.ColumnRating && c.attribute >= 0 && c.attribute < len(b.d.Attributes) && !b.sided[c.attribute] {
		a := b.d.Attributes[c.attribute]
		if m := meaningOf(a.Label); !m.exact {
			sure := sureDefault
			if m.known {
				sure = sureWords
			}
			doubt(sure, dataset.Reading{Side: otherSide(a.Side).String()})
		}
	}
	return confidence, runnerUp
}

func sureOf(why string) float64 {
	switch why {
	case whyMoney:
		return sureMoney
	case whyFirstText:
		return sureFirstText
	case whyNeighbour:
		return sureNeighbour
	}
	return sureWords
}

// otherRole is what a column is when it is not what it was guessed to be.
func otherRole(t *table) dataset.ColumnRole {
	if t.role == dataset.TableWide || t.role == dataset.TableCustomers {
		return dataset.ColumnProfile
	}
	return dataset.ColumnUnused
}

func otherSide(side dataset.Side) dataset.Side {
	if side == dataset.Cost {
		return dataset.Benefit
	}
	return dataset.Cost
}

// sureScale says how much of a guessed scale the values of the column reach.
func sureScale(c *column) float64 {
	lower, upper := c.stats.lo <= c.scale.Lo, c.stats.hi >= c.scale.Hi
	switch {
	case lower && upper:
		return sureBothEnds
	case upper:
		return sureUpperEnd
	case lower:
		return sureLowerEnd
	}
	return sureNoEnd
}

// nextScale returns the next standard scale that holds the values of the column, unbounded without one.
func nextScale(c *column) dataset.Scale {
	passed := false
	for _, s := range standardScales {
		if s.Lo == c.scale.Lo && s.Hi == c.scale.Hi {
			passed = true
			continue
		}
		if passed && c.stats.lo >= s.Lo && c.stats.hi <= s.Hi {
			return s
		}
	}
	return dataset.Scale{}
}

// convert counts the texts of a column that were read as numbers.
func (t *table) convert(c *column, n numbers) {
	t.converted += n.converted
	c.converted += n.converted
}
