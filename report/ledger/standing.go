package ledger

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"

	"valuebook/report/analysis/movement"
)

// The numbers of a customer are stored as one row of bytes: a version, flags,
// then each number. Ratings are mostly short fractions, whose float64 ends in
// zero bits; turned around they are small integers of one to three bytes.

const (
	measuresVersion = 1
	flagGone        = 1 << 0
	flagOwn         = 1 << 1 // ratings of ours are there
	flagRivals      = 1 << 2
)

var errMeasures = errors.New("the stored numbers of a customer cannot be read")

// packMeasures returns the numbers of a customer as bytes.
func packMeasures(s *movement.Standing) []byte {
	packed := make([]byte, 2, 64)
	packed[0] = measuresVersion
	if s.Gone {
		packed[1] |= flagGone
	}
	for _, v := range []float64{s.X, s.Y, s.Value, s.Relative, s.Firm, s.Revenue} {
		packed = packNumber(packed, v)
	}
	if s.Own != nil {
		packed[1] |= flagOwn
		packed = packNumbers(packed, s.Own)
	}
	if s.Rivals != nil {
		packed[1] |= flagRivals
		packed = packNumbers(packed, s.Rivals)
	}
	return packed
}

func packNumbers(packed []byte, list []float64) []byte {
	packed = binary.AppendUvarint(packed, uint64(len(list)))
	for _, v := range list {
		packed = packNumber(packed, v)
	}
	return packed
}

func packNumber(packed []byte, v float64) []byte {
	pattern := math.Float64bits(v)
	if v != v {
		pattern = 0x7ff8 << 48 // the NaN that packs shortest
	}
	return binary.AppendUvarint(packed, bits.ReverseBytes64(pattern))
}

// unpackMeasures puts stored numbers into a customer.
func unpackMeasures(packed []byte, s *movement.Standing) error {
	if len(packed) < 2 || packed[0] != measuresVersion {
		return errMeasures
	}
	flags := packed[1]
	u := unpacker{rest: packed[2:]}
	s.Gone = flags&flagGone != 0
	for _, v := range []*float64{&s.X, &s.Y, &s.Value, &s.Relative, &s.Firm, &s.Revenue} {
		*v = u.number()
	}
	if flags&flagOwn != 0 {
		s.Own = u.numbers()
	}
	if flags&flagRivals != 0 {
		s.Rivals = u.numbers()
	}
	if u.failed || len(u.rest) > 0 {
		return errMeasures
	}
	return nil
}

// An unpacker takes numbers off the front of rest.
type unpacker struct {
	rest   []byte
	failed bool
}

func (u *unpacker) uvarint() uint64 {
	v, n := binary.Uvarint(u.rest)
	if n <= 0 {
		u.failed, u.rest = true, nil
		return 0
	}
	u.rest = u.rest[n:]
	return v
}

func (u *unpacker) number() float64 {
	return math.Float64frombits(bits.ReverseBytes64(u.uvarint()))
}

func (u *unpacker) numbers() []float64 {
	n := u.uvarint()
	if n > uint64(len(u.rest)) { // each takes a byte at least
		u.failed, u.rest = true, nil
		return nil
	}
	list := make([]float64, n)
	for i := range list {
		list[i] = u.number()
	}
	return list
}
