package workbook

import (
	"math"

	"valuebook/report/dataset"
)

// flatImportance is the ratio of the largest to the smallest stated importance below which it barely
// tells attributes apart (METHOD 0.2).
const flatImportance = 1.5

// settleWeights takes stated importance where no weight is declared, and checks the weights of each side.
func (b *builder) settleWeights() {
	declared := false
	for i := range b.d.Attributes {
		declared = declared || !math.IsNaN(b.weight(i))
	}
	if !declared && len(b.importance) > 0 {
		b.useImportance()
	}
	for i := range b.d.Attributes {
		a := &b.d.Attributes[i]
		if a.Weight < 0 {
			b.weightBad[i] = value{x: a.Weight, problem: codeWeightNegative, got: numberText(a.Weight)}
			a.Weight = math.NaN()
		}
	}
	b.checkSide(dataset.Benefit)
	b.checkSide(dataset.Cost)
}

// weight returns the weight that counts: the Parameters sheet's, else the attribute's own.
func (b *builder) weight(i int) float64 {
	if x, _, ok := b.settingNumber("weight." + b.d.Attributes[i].ID); ok {
		return x
	}
	return b.d.Attributes[i].Weight
}

func (b *builder) weightPlace(i int) dataset.Ref {
	if ref, ok := b.weightRef[i]; ok {
		return ref
	}
	return b.d.Attributes[i].Ref
}

// useImportance makes weights of the mean stated importance.
func (b *builder) useImportance() {
	lo, hi := math.Inf(1), math.Inf(-1)
	ref := dataset.Ref{}
	for i := range b.d.Attributes {
		m := b.importance[i]
		if m == nil {
			continue
		}
		x := m.sum / float64(m.n)
		b.d.Attributes[i].Weight = x
		lo, hi = math.Min(lo, x), math.Max(hi, x)
		ref = firstRef(ref, b.d.Attributes[i].Ref)
	}
	b.found.add(codeImportance, dataset.Note, ref, dataset.N(len(b.importance)))
	if hi < flatImportance*lo {
		b.found.add(codeImportanceFlat, dataset.Warning, ref, dataset.Num(lo, dataset.Rating), dataset.Num(hi, dataset.Rating))
	}
}

// checkSide reports a blank weight among filled ones, and weights that are all zero.
func (b *builder) checkSide(side dataset.Side) {
	given, positive, blank := 0, 0, []int{}
	for i, a := range b.d.Attributes {
		if a.Side != side || a.Money && !a.Scale.Bounded() {
			continue
		}
		switch w := b.weight(i); {
		case math.IsNaN(w):
			blank = append(blank, i)
		case w > 0:
			given++
			positive++
		default:
			given++
		}
	}
	if given > 0 && positive == 0 {
		b.found.add(codeWeightsZero, dataset.Stop, b.firstWeight(side), dataset.TermOf("side."+side.String()+"s"))
	}
	for _, i := range blank {
		bad, is := b.weightBad[i]
		code, outcome := codeWeightBlank, "weight-outcome.zero"
		switch {
		case is:
			code = problemCode(bad.problem, codeWeightText)
		case given == 0:
			continue
		}
		if given == 0 {
			outcome = "weight-outcome.equal"
		}
		b.found.cell(code, dataset.Error, b.weightPlace(i), bad.got, dataset.Str(b.d.Attributes[i].Label), dataset.TermOf(outcome))
	}
}

func (b *builder) firstWeight(side dataset.Side) dataset.Ref {
	for i, a := range b.d.Attributes {
		if a.Side == side {
			return b.weightPlace(i)
		}
	}
	return dataset.Ref{}
}
