package profile

import (
	"fmt"
	"testing"

	"valuebook/report/analysis/driver"
)

func BenchmarkIdeal(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d, worth := hotels(n, 1)
			for b.Loop() {
				FindIdeal(d, worth, "", DefaultOptions())
			}
		})
	}
}

func BenchmarkGroups(b *testing.B) {
	d, worth := hotels(100_000, 1)
	d.Customers.Segment = make([]string, 100_000)
	for i := range worth {
		d.Customers.Segment[i] = fmt.Sprint("S", i%40)
	}
	for b.Loop() {
		DescribeGroups(GroupInput{Data: d, Kind: Segment, Firm: worth, Drivers: driver.DefaultOptions()})
	}
}
