package workbook

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"valuebook/report/dataset"
)

// A heading is one column's header, taken apart.
type heading struct {
	levels   []string // as written, upper level first
	label    string   // what is rated, without side, scale and supplier
	role     dataset.ColumnRole
	side     dataset.Side
	sided    bool // the side is declared
	supplier string
	own      bool // the supplier is named as ours
	scale    dataset.Scale
	down     bool          // said to be good when high, among the costs
	upper    string        // an upper level that is none of these: perhaps a supplier
	reversed dataset.Scale // ends that do not run from a lower to a higher number, zero without
	money    bool          // said to be an amount of money
	lowGood  bool          // said to be good when low, as German grades are

	importance bool // asks how important the attribute is
}

// text returns the levels joined, as the receipt shows them.
func (h heading) text() string { return strings.Join(h.levels, " / ") }

var (
	bracketPattern = regexp.MustCompile(`[\[(（【]([^\[\]()（）【】]*)[\])）】]`)
	scalePattern   = regexp.MustCompile(`(?i)^(?:scale|skala|echelle|escala|scala|schaal)?\s*(-?\d+(?:[.,]\d+)?)\s*%?\s*(?:-|–|—|\.\.\.?|…|:|~|～|to|bis|à|a|al|tot|do|至|到)\s*(-?\d+(?:[.,]\d+)?)\s*%?$`)
	endsPattern    = regexp.MustCompile(`(?i)^(-?\d+)\s*=\s*([^,;/]+?)\s*(?:,|;|/|-|–|\.\.\.?|to)\s*(-?\d+)\s*=\s*(.+)$`)
	onePattern     = regexp.MustCompile(`(?i)^(-?\d+)\s*=\s*(.+)$`)
	ofPattern      = regexp.MustCompile(`\s*/\s*(5|7|10|100)$`)
)

// goodWords name the good end of a scale of costs.
var goodWords = setOf(words("best,cheapest,cheap,very cheap,low,lowest,lowest price,low price,low cost,very good,excellent,satisfied,very satisfied,good,fair,very fair,gunstig,sehr gunstig,am gunstigsten,sehr gut,bestens,zufrieden,sehr zufrieden,bas,moins cher,tres bon,barato,muy barato,muy bueno,economico,molto buono,muito bom,goedkoop,zeer goed,最好,便宜,最便宜,满意,安い,良い,満足"))

// parseHeading takes a header apart: side and supplier before a colon or in brackets,
// the scale in brackets, and what is left as the label.
func parseHeading(levels []string) heading {
	h := heading{levels: levels}
	for i, level := range levels {
		rest := h.takeBrackets(strings.TrimSpace(level))
		rest = h.takeStem(h.takeClauses(h.takePrefix(rest)))
		if i < len(levels)-1 && h.takeUpper(rest) {
			continue
		}
		if i < len(levels)-1 {
			h.upper = rest
			if asks(rest) {
				h.upper, h.down = "", h.down || satisfied(rest)
			}
		} else {
			h.label = rest
		}
	}
	if m := ofPattern.FindStringSubmatchIndex(h.label); m != nil && !h.scale.Bounded() {
		hi, _ := strconv.ParseFloat(h.label[m[2]:m[3]], 64)
		h.scale = dataset.Scale{Lo: 0, Hi: hi}
		if hi <= 10 {
			h.scale.Lo = 1
		}
		h.scale.Inferred = true
		h.label = h.label[:m[0]]
	}
	h.money = h.money || currencyIn(h.label) != ""
	if h.label == "" && len(levels) > 0 {
		h.label = strings.TrimSpace(levels[len(levels)-1])
	}
	return h
}

// takeUpper understands an upper level: a side, one of the composite scores, or a supplier
// that says it is ours. Other suppliers are found by comparing columns.
func (h *heading) takeUpper(text string) bool {
	switch side, isSide := sideNamed(text); {
	case text == "":
		return true
	case isSide:
		h.side, h.sided = side, true
	case oneOf(text, fitNames):
		h.role = dataset.ColumnMatch
	case oneOf(text, firmNames):
		h.role = dataset.ColumnValueScore
	case ownWords[fold(text)]:
		h.supplier, h.own = text, true
	default:
		return false
	}
	return true
}

// takePrefix takes "Benefit:" and the like off a header.
func (h *heading) takePrefix(text string) string {
	for _, separator := range []string{":", "：", " - ", " – "} {
		prefix, rest, found := strings.Cut(text, separator)
		if !found || strings.TrimSpace(rest) == "" {
			continue
		}
		before := *h
		if h.takeUpper(strings.TrimSpace(prefix)) && prefix != "" {
			return strings.TrimSpace(rest)
		}
		*h = before
	}
	return text
}

// takeBrackets takes scales and suppliers in brackets out of a header. Round brackets with
// anything else belong to the label.
func (h *heading) takeBrackets(text string) string {
	for _, m := range bracketPattern.FindAllStringSubmatch(text, 4) {
		inner := strings.TrimSpace(m[1])
		switch {
		case inner == "":
			continue
		case h.takeScale(inner):
		case h.takeReversed(inner, strings.HasPrefix(m[0], "[") || strings.HasPrefix(m[0], "【")):
		case moneyUnit(inner):
			h.money = true
			if !strings.HasPrefix(m[0], "[") && !strings.HasPrefix(m[0], "【") {
				continue // as before: "Price (EUR)" is one name
			}
		case ownWords[fold(inner)]:
			h.supplier, h.own = inner, true
		case strings.HasPrefix(m[0], "["), strings.HasPrefix(m[0], "【"):
			h.supplier = inner
		default:
			continue
		}
		text = strings.TrimSpace(strings.Replace(text, m[0], "", 1))
	}
	return text
}

// takeScale reads "1-5", "0 to 10" or "1 = dear, 10 = cheap".
func (h *heading) takeScale(text string) bool {
	if scale, ok := parseScale(text); ok {
		h.scale = scale
		return true
	}
	if m := endsPattern.FindStringSubmatch(text); m != nil {
		a, _ := strconv.ParseFloat(m[1], 64)
		b, _ := strconv.ParseFloat(m[3], 64)
		if a != b {
			h.scale = dataset.Scale{Lo: math.Min(a, b), Hi: math.Max(a, b)}
			h.takeEnds(m[2], m[4], a < b)
			return true
		}
	}
	if m := onePattern.FindStringSubmatch(text); m != nil {
		x, _ := strconv.ParseFloat(m[1], 64)
		if judged := judge(fold(m[2])); x > 1 && (goodWords[fold(m[2])] || judged > 0) || x <= 1 && judged < 0 {
			h.down = true
			return true
		} else if judged != 0 {
			h.lowGood = true
			return true
		}
	}
	return false
}

// takeReversed reads "5-1", a scale whose ends are in the wrong order or the same. In round brackets it must end at 0 or 1, as
// "(24-7)" is none.
func (h *heading) takeReversed(text string, square bool) bool {
	lo, hi, ok := scaleEnds(text)
	if !ok || hi > lo || lo >= 1900 || !square && (hi > 1 || hi == lo) {
		return false
	}
	h.reversed = dataset.Scale{Lo: lo, Hi: hi}
	return true
}

// parseScale reads the two ends of a scale, such as "1-5", "0..10", "1 bis 7".
func parseScale(text string) (dataset.Scale, bool) {
	lo, hi, ok := scaleEnds(text)
	if !ok || !(hi > lo) || hi > 1e6 || hi >= 1900 && lo >= 1900 {
		return dataset.Scale{}, false
	}
	return dataset.Scale{Lo: lo, Hi: hi}, true
}

// scaleEnds reads the two numbers of a scale in whatever order they stand.
func scaleEnds(text string) (first, second float64, ok bool) {
	m := scalePattern.FindStringSubmatch(strings.TrimSpace(plainText(text)))
	if m == nil {
		return 0, 0, false
	}
	first, err1 := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
	second, err2 := strconv.ParseFloat(strings.ReplaceAll(m[2], ",", "."), 64)
	return first, second, err1 == nil && err2 == nil
}
