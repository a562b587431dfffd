package pdf

import (
	"strconv"

	"valuebook/charts"
	"valuebook/report"
	"valuebook/report/dataset"
)

// A cardLayout measures the page of one customer: always one page, set as
// generously as fits.
type cardLayout struct {
	*layout
	card *report.Card
	tightness
}

// A tightness is how tightly a card is set.
type tightness struct {
	gap       float64 // between the rows of the page, in millimetres
	shrink    float64 // of the charts' heights
	sentences int     // of one block at most
	pairs     int     // rows of the comparison at most, 0 for all
}

// cardPage lays one customer out on a page.
func (l *layout) cardPage(card *report.Card) Page {
	bottom := l.paper.height - margin
	var boxes []Box
	for _, t := range []tightness{{9, 1.06, 9, 0}, {7, 1, 9, 0}, {5.5, 0.88, 9, 0}, {4.5, 0.76, 4, 0}, {4, 0.69, 4, 0},
		{3.5, 0.62, 3, 8}, {3, 0.55, 3, 6}, {2.5, 0.5, 2, 6}, {2, 0.45, 2, 4}, {1.5, 0.35, 1, 4}} {
		c := cardLayout{layout: l, card: card, tightness: t}
		y := 0.0
		if boxes, y = c.arrange(); y <= bottom {
			break
		}
	}
	return Page{Number: 1, Boxes: boxes}
}

// arrange stacks the parts of the page and returns where they end.
func (c cardLayout) arrange() ([]Box, float64) {
	boxes := []Box{c.head().at(margin, margin)}
	y := boxes[0].bottom()
	add := func(row Box, gap float64) {
		row = row.at(margin, y+gap)
		boxes, y = append(boxes, row), row.bottom()
	}
	if len(c.card.KeyFigures) > 0 {
		l := *c.layout
		l.report = &report.Report{KeyFigures: c.card.KeyFigures}
		add(l.keyFigures(), c.gap-1)
	}
	for _, row := range c.rows() {
		add(row, c.gap)
	}
	if advice := c.advice(); len(advice.Kids) > 0 {
		add(advice, c.gap)
	}
	for i, m := range c.card.Notes {
		gap := 1.0
		if i == 0 {
			gap = 3
		}
		add(textBox(RoleNote, c.say(m), margin, c.width(), c.quiet(c.small)), gap)
	}
	return boxes, y
}

// head is whose page it is: name, class with its mark, what describes the
// customer, and the sentence that matters.
func (c cardLayout) head() Box {
	accent := c.theme.Charts.Accent
	b := Box{Role: RoleGroup, X: margin, W: c.width()}
	above := c.quiet(c.small)
	b.Kids = append(b.Kids, lineBox(RoleParagraph, join(c.company(), c.title(c.report.Title)), margin, 0, c.span(6), c.smallBold.colored(accent)))
	if c.theme.Logo != "" {
		b.Kids = append(b.Kids, Box{Role: RoleOrnament, Logo: true, X: c.column(9), Y: 0, W: c.span(3), H: 10})
	} else {
		b.Kids = append(b.Kids, lineBox(RoleParagraph, c.periodOrFile(), c.column(6), 0, c.span(6), above.right()))
	}
	name := c.nameBox().at(margin, 5)
	y := name.bottom()
	b.Kids = append(b.Kids, name)
	if facts := c.say(c.card.Facts); facts != "" {
		b.Kids = append(b.Kids, lineBox(RoleParagraph, facts, margin, y, c.width(), above))
		y += above.leading
	}
	b.Kids = append(b.Kids, ruleBox(margin, y+1.6, c.width(), 0.7, accent))
	y += 4.4
	if class := c.title(c.card.Class); class != "" {
		left := margin
		if c.report.Results == nil || c.report.Results.Quadrant != nil {
			b.Kids = append(b.Kids, markBox(c.card.Style, margin, y+0.7, 3.6))
			left += 5.5
		}
		line := textBox(RoleParagraph, class, left, margin+c.width()-left, c.leadBold).at(left, y)
		b.Kids, y = append(b.Kids, line), line.bottom()
	}
	if lead := c.title(c.card.Lead); lead != "" {
		line := textBox(RoleParagraph, lead, margin, c.width(), c.lead).at(margin, y+0.6)
		b.Kids, y = append(b.Kids, line), line.bottom()
	}
	b.H = y
	return b
}

// nameBox is the customer's name, smaller where it is long.
func (c cardLayout) nameBox() Box {
	name := c.say(c.card.Name)
	if c.display.width(name) <= c.width() {
		return titleBox(name, c.width(), c.display, 1)
	}
	return titleBox(name, c.width(), c.heading, 2)
}

// rows are the charts in rows of two: what the value is made of beside the
// place in the quadrant, the comparison beside the purchases. What has no
// neighbour takes the whole width.
func (c cardLayout) rows() []Box {
	against := "pdf.card.rivals"
	if c.card.Average {
		against = "pdf.card.average"
	}
	wide := present(cardPart{"pdf.card.value", c.card.Value, nil}, cardPart{against, c.fewer(c.card.Rivals), nil})
	narrow := present(cardPart{"pdf.card.quadrant", c.card.Quadrant, nil}, cardPart{"pdf.card.purchases", c.card.Purchases, c.card.History})
	if len(wide) == 0 && len(narrow) > 1 {
		wide, narrow = narrow[1:], narrow[:1]
	}
	var rows []Box
	for k := range max(len(wide), len(narrow)) {
		switch {
		case k >= len(wide):
			rows = append(rows, c.row(narrow[k:k+1], c.width()))
		case k >= len(narrow):
			rows = append(rows, c.row(wide[k:k+1], c.width()))
		default:
			rows = append(rows, c.row([]cardPart{wide[k], narrow[k]}, c.span(7), c.span(5)-gutter))
		}
	}
	return rows
}

// A cardPart is a chart with its topic and sentences that belong to it.
type cardPart struct {
	topic string
	chart *report.Chart
	text  []dataset.Message
}

// present returns the parts that have something to show.
func present(parts ...cardPart) []cardPart {
	var kept []cardPart
	for _, p := range parts {
		if p.chart != nil && !charts.Empty(p.chart) || len(p.text) > 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// row is parts beside each other, their charts equally tall where they may be.
func (c cardLayout) row(parts []cardPart, widths ...float64) Box {
	b := Box{Role: RoleGroup, X: margin, W: c.width()}
	tall := 0.0
	for i, p := range parts {
		if p.chart != nil {
			tall = max(tall, c.natural(p.chart, widths[i]))
		}
	}
	x := margin
	for i, p := range parts {
		if i > 0 {
			x = margin + c.width() - widths[i]
		}
		part := c.part(p, x, widths[i], tall)
		b.Kids, b.H = append(b.Kids, part), max(b.H, part.H)
	}
	return b
}

// natural is how tall a chart wants to be on a card, in millimetres.
func (c cardLayout) natural(ch *report.Chart, width float64) float64 {
	const tallest = 74.0
	height := charts.Height(ch, min(width, c.span(7))*millimetre) / millimetre
	if ch.Kind == report.QuadrantChart {
		height = min(height, width*0.88)
	}
	return max(min(height, tallest)*c.shrink, c.lowest(ch))
}

// lowest is how low a chart of rows may be drawn, in millimetres: lower, and
// their texts would touch. Only the tightest page of all goes on.
func (c cardLayout) lowest(ch *report.Chart) float64 {
	const row, others = 8.6, 42 // in points: a row, and what stands above and below them
	if c.shrink < 0.4 || ch.Kind != report.WaterfallChart && ch.Kind != report.PairedChart && ch.Kind != report.BarsChart {
		return 0
	}
	return (float64(len(ch.Bars))*row + others) / millimetre
}

// fewer returns a comparison with as many rows as a tight page has room for:
// the largest leads and the largest lags.
func (c cardLayout) fewer(ch *report.Chart) *report.Chart {
	if ch == nil || c.pairs == 0 || ch.ID != "rivals" || len(ch.Bars) <= c.pairs {
		return ch
	}
	short := *ch
	short.Bars = append(ch.Bars[:c.pairs/2:c.pairs/2], ch.Bars[len(ch.Bars)-c.pairs/2:]...)
	return &short
}

// part is one chart under its topic and finding, its sentences below.
func (c cardLayout) part(p cardPart, x, width, tall float64) Box {
	b := Box{Role: RoleGroup, X: x, W: width}
	accent := c.theme.Charts.Accent
	b.Kids = append(b.Kids, ruleBox(x, 0, width, 0.2, c.theme.Charts.Rule), lineBox(RoleHeading, c.term(p.topic), x, 1.4, width, c.smallBold.colored(accent)))
	y := 4.8
	if p.chart != nil {
		title := textBox(RoleParagraph, c.title(p.chart.Title), x, width, c.bodyBold)
		if len(title.Text) > 2 {
			title = lineBoxes(RoleParagraph, c.title(p.chart.Title), x, width, 2, c.bodyBold)
		}
		title = title.at(x, y)
		y = title.bottom() + 1.6
		height := min(tall, c.natural(p.chart, width)*1.3)
		b.Kids = append(b.Kids, title, Box{Role: RoleFigure, X: x, Y: y, W: width, H: height, Chart: p.chart, Alt: c.say(p.chart.Alt)})
		y += height
	}
	for i, m := range p.text {
		if i == c.sentences {
			break
		}
		line := textBox(RoleParagraph, c.title(m), x, width, c.small).at(x, y+1)
		b.Kids, y = append(b.Kids, line), line.bottom()
	}
	b.H = y
	return b
}

// lineBoxes is a box of text with at most some lines.
func lineBoxes(role Role, text string, x, width float64, most int, s textStyle) Box {
	lines := wrap(text, width, s, most)
	return Box{Role: role, X: x, W: width, H: float64(len(lines)) * s.leading, Text: lines, style: s}
}

// advice is why the customer stands there, beside what to do; what changed goes
// below the one that leaves the block lower.
func (c cardLayout) advice() Box {
	b := Box{Role: RoleGroup, X: margin, W: c.width()}
	left, right := column{x: margin, width: c.span(5) - gutter}, column{x: c.column(5), width: c.span(7)}
	if len(c.card.Why) == 0 {
		left, right = column{}, column{x: margin, width: c.width()}
	} else {
		left.add(c.said(c.term("pdf.card.why"), c.card.Why, left.x, left.width), 0)
	}
	if len(c.card.Todo) > 0 {
		right.add(c.todo(right.x, right.width), 0)
	}
	if len(c.card.Changed) > 0 {
		shorter := &right
		if left.width > 0 {
			one, two := c.changed(left), c.changed(right)
			if max(left.tall+one.H, right.tall) < max(left.tall, right.tall+two.H) {
				shorter = &left
			}
		}
		shorter.add(c.changed(*shorter), c.gap*0.7)
	}
	b.Kids, b.H = append(left.boxes, right.boxes...), max(left.tall, right.tall)
	return b
}

// A column is boxes below each other.
type column struct {
	x, width, tall float64
	boxes          []Box
}

// add puts a box at the end of a column, at a distance from what stands there.
func (k *column) add(b Box, gap float64) {
	if len(k.boxes) > 0 {
		b = b.at(k.x, k.tall+gap)
	}
	k.boxes, k.tall = append(k.boxes, b), b.bottom()
}

// changed is what changed since the period before, as wide as a column.
func (c cardLayout) changed(k column) Box {
	return c.said(c.title(c.card.Since), c.card.Changed, k.x, k.width)
}

// topicHead is the rule and the topic over a block of text.
func (c cardLayout) topicHead(topic string, x, width float64) []Box {
	return []Box{ruleBox(x, 0, width, 0.7, c.theme.Charts.Accent), lineBox(RoleHeading, topic, x, 1.8, width, c.leadBold)}
}

// said is sentences under a topic: why the customer stands there, what changed.
func (c cardLayout) said(topic string, sentences []dataset.Message, x, width float64) Box {
	b := Box{Role: RoleGroup, X: x, W: width, Kids: c.topicHead(topic, x, width)}
	y := 7.6
	for i, m := range sentences {
		if i == c.sentences {
			break
		}
		text := textBox(RoleParagraph, c.title(m), x, width, c.body).at(x, y)
		b.Kids, y = append(b.Kids, text), text.bottom()+1
	}
	b.H = y - 1
	return b
}

func (c cardLayout) todo(x, width float64) Box {
	b := Box{Role: RoleList, X: x, W: width, Kids: c.topicHead(c.term("pdf.card.todo"), x, width)}
	y := 7.6
	const number = 5.0
	for i, m := range c.card.Todo {
		text := textBox(RoleParagraph, c.title(m), x+number, width-number, c.body).at(x+number, y)
		item := Box{Role: RoleItem, X: x, Y: y, W: width, H: text.H, Kids: []Box{
			lineBox(RoleParagraph, strconv.Itoa(i+1), x, y, number, c.bodyBold.colored(c.theme.Charts.Accent)), text}}
		b.Kids, y = append(b.Kids, item), y+text.H+1
	}
	b.H = y - 1
	return b
}
