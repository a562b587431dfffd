package samples

import (
	"math"
	"slices"
)

// answer adds all that is known of one customer in one period.
func (v *survey) answer(rows map[string][][]any, c *respondent, period string, last bool) {
	if last && !c.end.IsZero() || !last && slices.Contains(v.Joined, c.name) {
		return
	}
	for k, supplier := range v.Suppliers {
		if k > 0 && share(c.name+"/knows/"+supplier) >= c.story.Known[k-1] {
			continue
		}
		ratings := v.rate(c, k, last)
		for a, x := range ratings {
			if x > 0 {
				rows["Ratings"] = append(rows["Ratings"], []any{c.id, period, supplier, v.items[a].id, x})
			}
		}
		rows["Overall"] = append(rows["Overall"], v.overall(c, k, period, ratings))
	}
	if !slices.Contains(v.Unjudged, c.name) {
		rows["Match"] = append(rows["Match"], v.match(c, period, last))
	}
	rows["ValueScore"] = append(rows["ValueScore"], v.worth(c, period, last))
}

// How much each cause moves a rating, in steps of the scale.
const (
	byGenerosity = 0.55
	byLoyalty    = 0.75
	byRelation   = 0.60 // to a rival
	byItem       = 0.65
)

// rate returns the ratings of a supplier by attribute; 0 was not answered.
func (v *survey) rate(c *respondent, supplier int, last bool) []int {
	name := c.name + "/" + v.Suppliers[supplier] + "/"
	relation := byLoyalty * c.loyal
	if supplier > 0 {
		relation = byRelation * deviation(name+"relation")
	}
	ratings := make([]int, len(v.items))
	for a, asked := range v.items {
		x := c.story.Ratings[supplier][a]
		// What is common to a customer shows less in costs: a price is a price.
		common := byGenerosity*c.generous + relation
		if asked.good {
			x += common
		} else {
			x -= 0.7 * common
		}
		x += byItem * deviation(name+asked.id)
		if v.answered(c, supplier, a) {
			ratings[a] = onScale(x, asked.lo, asked.hi)
			if !last {
				ratings[a] = onScale(float64(ratings[a])+v.before(c, v.Suppliers[supplier], asked.id), asked.lo, asked.hi)
			}
		}
	}
	return ratings
}

// before returns by how many steps an answer was another one in the earlier
// periods: nothing changes from one period to the next but what the survey says.
func (v *survey) before(c *respondent, supplier, asked string) float64 {
	steps := 0.0
	for _, e := range v.Earlier {
		if slices.Contains(e.Customers, c.name) && e.Supplier == supplier && slices.Contains(e.Asked, asked) {
			steps += e.Steps
		}
	}
	return steps
}

// answered reports whether a customer answered a question about a supplier. A
// few have no opinion on single points, more so about rivals.
func (v *survey) answered(c *respondent, supplier, attribute int) bool {
	open := 0.012
	if supplier > 0 {
		open = 0.04
	}
	if slices.Contains(v.Thin, c.name) && !v.items[attribute].cost && attribute != 1 {
		return false
	}
	return share(c.name+"/"+v.Suppliers[supplier]+"/open/"+v.items[attribute].id) >= open
}

// overall returns the row of the sheet Overall: worth what paid, would buy
// again and would recommend.
func (v *survey) overall(c *respondent, supplier int, period string, ratings []int) []any {
	name := c.name + "/" + v.Suppliers[supplier]
	var sum, total [2]float64
	for a, asked := range v.items {
		side := 0
		if asked.cost {
			side = 1
		}
		if ratings[a] > 0 {
			sum[side] += asked.weight * asked.goodness(ratings[a])
			total[side] += asked.weight
		}
	}
	if total[0] == 0 || total[1] == 0 {
		return []any{c.id, period, v.Suppliers[supplier], nil, nil, nil}
	}
	worth := 1 + 4.5*(sum[0]/total[0]+sum[1]/total[1]) + 0.4*deviation(name+"/worth")
	row := []any{c.id, period, v.Suppliers[supplier], onScale(worth, 1, 10), nil, nil}
	if supplier == 0 {
		row[4] = "yes"
		if worth+0.3*c.loyal < 5 {
			row[4] = "no"
		}
		row[5] = onScale(worth+1+0.8*c.loyal, 0, 10)
	}
	return row
}

// match returns the row of the sheet Match: positioning, ability, value match.
func (v *survey) match(c *respondent, period string, last bool) []any {
	row := []any{c.id, period}
	for i, part := range []string{"positioning", "ability", "value_match"} {
		row = append(row, v.score(c, c.story.Match[i]+c.fit, part, last))
	}
	return row
}

// worth returns the row of the sheet ValueScore: purchase, reputation,
// information, knowledge, transaction. Who buys more scores higher on purchase;
// who is loyal speaks well of us.
func (v *survey) worth(c *respondent, period string, last bool) []any {
	row := []any{c.id, period, onScale(5+2.2*math.Log(max(c.revenue, 1000)/200000), 0, 10)}
	for i, part := range []string{"reputation", "information", "knowledge", "transaction"} {
		x := c.story.Firm[i] + c.bond
		if part == "reputation" {
			x += 0.5 * c.loyal
		}
		row = append(row, v.score(c, x, part, last))
	}
	return row
}

// score puts a mean with the customer's own deviation on the scale of 0 to 10.
func (v *survey) score(c *respondent, x float64, part string, last bool) int {
	score := onScale(x+0.6*deviation(c.name+"/"+part), 0, 10)
	if !last {
		score = onScale(float64(score)+v.before(c, "", part), 0, 10)
	}
	return score
}
