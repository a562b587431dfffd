// Package segment summarises customers by a column of theirs (METHOD 3.10,
// 7.1).
package segment

import "valuebook/report/analysis/stat"

// A Segment is one group of customers.
type Segment struct {
	Name     string
	N        int     // members
	Rated    int     // members with a value
	Benefits float64 // mean B and C of the members with a value; see value.Result.Averaged
	Costs    float64
	Value    stat.Estimate
	Relative stat.Estimate
	Index    float64 // mean RelativeIndex, NaN with rivals
	Contrast float64 // 100 * mean value / overall mean, NaN when the base is <= 0
	Revenue  float64 // sum, NaN when the column is absent
	Counts   [5]int  // by quadrant class
	TooFew   bool
}

// Result is the set of segments in name order.
type Result struct {
	Segments   []Segment
	Unassigned int   // customers without a segment
	Simpson    bool  // the total's sign differs from that of every segment (METHOD 3.10)
	Reversed   []int // attributes where it does, by index into the dataset's
}
