package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/profile"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/segment"
	"valuebook/report/dataset"
)

func (b *builder) segmentsSection() *Section {
	r := b.r.Segments
	if r == nil || len(r.Segments) < 2 {
		return nil
	}
	if b.r.Value != nil && b.nobodyRated() && b.r.Quadrant == nil {
		blocks := b.portraits(b.r.Profiles)
		if len(blocks) == 0 {
			return nil
		}
		return (&Section{ID: SectionSegments, Title: dataset.Msg("title.segments.portraits", count(len(r.Segments)))}).with(blocks)
	}
	r = byValueDescending(r)
	s := &Section{ID: SectionSegments, Title: dataset.Msg("title.segments.portraits", count(len(r.Segments)))}
	if b.r.Quadrant != nil && classified(b.r.Quadrant) > 0 {
		s.Title = dataset.Msg("title.segments.classes", count(len(r.Segments)))
	}
	if b.r.Value != nil {
		s.Title = b.segmentsTitle(r)
		if chart := b.segmentChart(r); len(chart.Bars) > 0 {
			s.Blocks = append(s.Blocks, Block{Chart: chart})
		}
	}
	if b.r.Quadrant != nil && classified(b.r.Quadrant) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: b.mixChart(r)})
	}
	if b.r.Value != nil {
		s.Blocks = append(s.Blocks, Block{Table: b.segmentTable(r)})
	}
	if chart := b.leadChart(r); chart != nil {
		s.Blocks = append(s.Blocks, Block{Chart: chart})
	}
	if r.Simpson {
		s.Blocks = append(s.Blocks, note(dataset.Msg("segments.simpson")))
	}
	return s.with(b.portraits(inOrder(b.r.Profiles, r)))
}

// byValueDescending returns the segments with the highest mean value first.
func byValueDescending(r *segment.Result) *segment.Result {
	sorted := *r
	sorted.Segments = append([]segment.Segment{}, r.Segments...)
	sort.SliceStable(sorted.Segments, func(x, y int) bool {
		vx, vy := sorted.Segments[x].Value.Value, sorted.Segments[y].Value.Value
		if math.IsNaN(vx) || math.IsNaN(vy) {
			return !math.IsNaN(vx) && math.IsNaN(vy)
		}
		return vx > vy
	})
	return &sorted
}

// inOrder returns the profiles of segments in the order of the segments.
func inOrder(g *profile.Groups, r *segment.Result) *profile.Groups {
	if g == nil {
		return nil
	}
	place := map[string]int{}
	for k, s := range r.Segments {
		place[s.Name] = k + 1
	}
	sorted := *g
	sorted.Groups = append([]profile.Group{}, g.Groups...)
	sort.SliceStable(sorted.Groups, func(x, y int) bool {
		px, py := place[sorted.Groups[x].Name], place[sorted.Groups[y].Name]
		return px > 0 && (px < py || py == 0)
	})
	return &sorted
}

// segmentsTitle claims a difference only between segments whose intervals do
// not overlap.
func (b *builder) segmentsTitle(r *segment.Result) dataset.Message {
	best, last := extremes(r.Segments)
	if side := b.missingSide(); best < 0 && side != "none" {
		return dataset.Msg("title.segments."+side, count(len(r.Segments)))
	}
	if best < 0 {
		kind := "few"
		for _, s := range r.Segments {
			if !s.TooFew {
				kind = "described"
			}
		}
		return dataset.Msg("title.segments."+kind, count(len(r.Segments)))
	}
	high, low := r.Segments[best], r.Segments[last]
	args := []dataset.Quantity{text(high.Name), b.worth(high.Value.Value), text(low.Name), b.worth(low.Value.Value), count(len(r.Segments))}
	if best == last || !apart(high, low) {
		return dataset.Msg("title.segments.unclear", args...)
	}
	return dataset.Msg("title.segments.apart", args...)
}

// extremes returns the segments with the highest and the lowest mean among
// those with an interval, -1 when there is none.
func extremes(segments []segment.Segment) (best, last int) {
	best, last = -1, -1
	for k, s := range segments {
		if !hasInterval(s.Value) {
			continue
		}
		if best < 0 || s.Value.Value > segments[best].Value.Value {
			best = k
		}
		if last < 0 || s.Value.Value < segments[last].Value.Value {
			last = k
		}
	}
	return best, last
}

func apart(high, low segment.Segment) bool { return high.Value.Lo > low.Value.Hi }

func (b *builder) segmentChart(r *segment.Result) *Chart {
	c := &Chart{ID: "segments", Kind: BarsChart,
		X: Axis{Label: dataset.Msg("measure.perceived-value"), Unit: b.worth(0).Unit}}
	for _, s := range r.Segments {
		if math.IsNaN(s.Value.Value) {
			continue
		}
		c.Bars = append(c.Bars, Bar{Label: s.Name, Value: s.Value.Value, Lo: s.Value.Lo, Hi: s.Value.Hi,
			Style: sideStyle(s.Value.Value), Text: b.worth(s.Value.Value)})
	}
	c.Title = b.segmentChartTitle(c.Bars)
	c.Alt = dataset.Msg("alt.segments", count(len(c.Bars)))
	return c
}

func (b *builder) mixChart(r *segment.Result) *Chart {
	c := &Chart{ID: "segment_mix", Kind: StackedChart, Title: b.mixTitle(r),
		X: Axis{Label: dataset.Msg("axis.share_customers"), Unit: dataset.Share}}
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		c.Fields[class-1] = dataset.Msg("text", className(b.r.Options, b.r.Quadrant.ID(class)))
	}
	for _, s := range r.Segments {
		bar := Bar{Label: s.Name, Lo: math.NaN(), Hi: math.NaN(), Text: count(s.N)}
		for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
			if s.Counts[class] > 0 {
				bar.Parts = append(bar.Parts, Part{Value: float64(s.Counts[class]) / float64(s.N), Style: Style(class - 1)})
			}
		}
		if s.Counts[0] > 0 {
			bar.Parts = append(bar.Parts, Part{Value: float64(s.Counts[0]) / float64(s.N), Style: StyleNone})
		}
		c.Bars = append(c.Bars, bar)
	}
	c.Alt = dataset.Msg("alt.mix", count(len(c.Bars)))
	return c
}

func (b *builder) segmentTable(r *segment.Result) *Table {
	t := &Table{ID: "segments", Columns: []Column{
		{Header: dataset.Msg("column.segment"), Text: true, Share: 2},
		{Header: dataset.Msg("column.customers")},
		{Header: dataset.Msg("column.benefits")},
		{Header: dataset.Msg("column.costs")},
		{Header: dataset.Msg("column.value")},
		{Header: dataset.Msg("column.interval"), Share: 1.6},
		{Header: dataset.Msg(b.standingHeader())},
	}}
	for _, s := range r.Segments {
		relative := b.worth(s.Relative.Value)
		if b.r.Value.Market == nil {
			relative = index(s.Index)
		}
		interval := b.intervalCell(s.Value)
		if b.rated() == 0 {
			interval = dataset.Sentence(dataset.Msg("missing"))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{text(s.Name), count(s.N), b.amount(s.Benefits), b.amount(s.Costs),
			b.worth(s.Value.Value), interval, relative})
	}
	return t
}

// amount returns benefits or costs in points or money, without a sign.
func (b *builder) amount(x float64) dataset.Quantity {
	if b.money() {
		return dataset.Num(x, dataset.Money)
	}
	return points(x)
}
