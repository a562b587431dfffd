package samples

import (
	"hash/fnv"
	"math"
)

// share returns a fixed number in (0, 1) for a name such as "C012/us/price".
//
// Every spread in the samples comes from here: the same name always gives the
// same number, whatever else is generated before it, so that a change to one
// customer leaves the others as they were.
func share(name string) float64 {
	h := fnv.New64a()
	h.Write([]byte(name)) // a hash never fails to take bytes
	x := h.Sum64()
	// Names that differ in the last letter must not give neighbouring numbers:
	// the finaliser of SplitMix64 spreads every bit.
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return (float64(x>>11) + 0.5) / (1 << 53)
}

// widest is the largest deviation from the mean, in standard deviations: a
// sample has no freaks.
const widest = 2.2

// deviation returns a fixed standard normal deviate for a name, within widest.
func deviation(name string) float64 {
	z := math.Sqrt2 * math.Erfinv(2*share(name)-1)
	return min(widest, max(-widest, z))
}

// onScale rounds x to a whole number from lo to hi.
func onScale(x, lo, hi float64) int {
	return int(min(hi, max(lo, math.Round(x))))
}
