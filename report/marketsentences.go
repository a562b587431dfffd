package report

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

func (b *builder) marketSentences(m *value.Market, add func(float64, dataset.Message)) {
	oneSided := math.IsNaN(m.Relative.Value)
	switch way := direction(m.Relative, 0); {
	case oneSided:
		add(1.4, b.qualitySentence(m))
	case way == "ahead" || way == "behind":
		add(1.5, b.relativeSentence(m))
	default:
		add(0.45, b.relativeSentence(m)) // parity is worth less than what can be acted on
	}
	b.attributeSentences(m, add)
	if oneSided {
		add(1.3, b.priceSentence(m, true))
	} else {
		add(0.4, b.priceSentence(m, false))
	}
}

// qualitySentence states market-perceived quality, for workbooks that rate
// benefits alone.
func (b *builder) qualitySentence(m *value.Market) dataset.Message {
	e := m.MPQ
	if math.IsNaN(e.Value) {
		return dataset.Message{}
	}
	return dataset.Msg("found.quality."+direction(e, 100), index(e.Value), index(e.Lo), index(e.Hi), count(e.N)).From(SectionRivals)
}

// attributeSentences name the clearest lead and the clearest lag.
func (b *builder) attributeSentences(m *value.Market, add func(float64, dataset.Message)) {
	for _, way := range []struct {
		sign float64
		code string
	}{{1, "found.lead"}, {-1, "found.lag"}} {
		k := foremost(m, way.sign)
		if k < 0 {
			continue
		}
		c := m.Comparisons[k]
		a := b.d.Attributes[c.Attribute]
		message := dataset.Msg(way.code, text(a.Label), signed(c.Difference.Value), signed(c.Difference.Lo), signed(c.Difference.Hi),
			count(c.N), points(c.Weight), term("among."+a.Side.String()))
		add(0.5+math.Abs(c.Difference.Value)*c.Weight/5000, message.From(SectionRivals+"#attributes"))
	}
	if foremost(m, 1) < 0 && foremost(m, -1) < 0 {
		add(0.44, noAttributeSentence(m))
	}
}

// noAttributeSentence says that no difference is clear; where too few were
// asked for any test, it says only how many attributes are rated higher.
func noAttributeSentence(m *value.Market) dataset.Message {
	higher := 0
	for _, c := range m.Comparisons {
		if c.Difference.Value > 0 {
			higher++
		}
	}
	if kind := testedKind(m); kind != "tested" {
		return dataset.Msg("found.compared."+kind, count(higher), count(len(m.Comparisons))).From(SectionRivals + "#attributes")
	}
	code := "found.no_attribute"
	switch par := onPar(m); {
	case par && len(m.Comparisons) == 1:
		code = "found.par.one"
	case par:
		code = "found.par"
	case len(m.Comparisons) == 1:
		code = "found.no_attribute.one"
	}
	return dataset.Msg(code, count(len(m.Comparisons))).From(SectionRivals + "#attributes")
}

// onPar reports whether every attribute was shown to be level with the rivals.
func onPar(m *value.Market) bool {
	for _, c := range m.Comparisons {
		if c.Standing != value.Par {
			return false
		}
	}
	return len(m.Comparisons) > 0
}

// testedKind says whether any difference could be tested, or why none could:
// too few customers, or everybody asked or alike.
func testedKind(m *value.Market) string {
	kind := "described"
	for _, c := range m.Comparisons {
		switch {
		case hasInterval(c.Difference):
			return "tested"
		case c.Difference.Why == stat.TooFew:
			kind = "few"
		}
	}
	return kind
}

// priceSentence states the relative price; unless it is all there is to say,
// only where its interval excludes parity.
func (b *builder) priceSentence(m *value.Market, always bool) dataset.Message {
	e := m.RelativePrice
	way := direction(e, 100)
	if math.IsNaN(e.Value) || !always && way != "ahead" && way != "behind" {
		return dataset.Message{}
	}
	kind := "price"
	if m.RelativeCost {
		kind = "cost"
	}
	return dataset.Msg("found."+kind+"."+way, index(e.Value), index(e.Lo), index(e.Hi), count(e.N)).From(SectionRivals)
}
