package parts

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
)

// A Block appends the next bytes of a part to a buffer. Blocks of one part run at the same time.
type Block func(to []byte) ([]byte, error)

// Blocks makes a part bit by bit, for parts that need not be in memory as a whole: it gives yield one block after the
// other, in their order, until there are no more or yield returns false.
type Blocks func(yield func(Block) bool) error

// A packedBlock is a block as it goes into the package.
type packedBlock struct {
	raw    []byte
	packed bytes.Buffer
	err    error
	done   chan struct{}
}

// hasDescriptor is the flag of an entry whose sizes follow behind its bytes.
const hasDescriptor = 0x8

// flow writes a part that is made of blocks. They are compressed on all processors, each for itself and ending at a whole byte, so that
// one after the other they are one stream.
func flow(out *zip.Writer, header zip.FileHeader, blocks Blocks) error {
	header.Method, header.Flags, header.Extra, header.Modified = zip.Deflate, hasDescriptor, nil, time.Time{}
	if !header.NonUTF8 {
		header.Flags |= utf8Name
	}
	header.CRC32, header.CompressedSize64, header.UncompressedSize64 = 0, 0, 0
	header.CreatorVersion, header.ReaderVersion = 20, 20
	to, err := out.CreateRaw(&header)
	if err != nil {
		return err
	}
	sum, size, packed, err := deflate(to, blocks)
	if err != nil {
		return err
	}
	header.CRC32, header.CompressedSize64, header.UncompressedSize64 = sum, uint64(packed), uint64(size)
	//lint:ignore SA1019 the directory of the package is written from these fields too
	header.CompressedSize, header.UncompressedSize = uint32(min(packed, 1<<32-1)), uint32(min(size, 1<<32-1))
	return nil
}

// deflate compresses blocks and returns the checksum and size of what they hold, and the size it was compressed to.
func deflate(to io.Writer, blocks Blocks) (sum uint32, size, packed int64, err error) {
	workers := runtime.GOMAXPROCS(0)
	free := make(chan *packedBlock, 2*workers)
	for range cap(free) {
		free <- &packedBlock{done: make(chan struct{}, 1)}
	}
	work, order := make(chan func(), cap(free)), make(chan *packedBlock, cap(free))
	for range workers {
		go packer(work)
	}
	quit, made := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(order)
		defer close(work)
		made <- distribute(blocks, free, work, order, quit)
	}()
	for b := range order {
		<-b.done
		if err == nil {
			if err = b.err; err == nil {
				sum = crc32.Update(sum, crc32.IEEETable, b.raw)
				size, packed = size+int64(len(b.raw)), packed+int64(b.packed.Len())
				_, err = b.packed.WriteTo(to)
			}
			if err != nil {
				close(quit)
			}
		}
		free <- b
	}
	if failed := <-made; err == nil {
		err = failed
	}
	if err == nil {
		packed += int64(len(lastBlock))
		_, err = to.Write(lastBlock)
	}
	return sum, size, packed, err
}

// lastBlock is the end of a compressed stream: a last block that holds nothing.
var lastBlock = []byte{3, 0}

// distribute hands every block to the packers, and to the writer in their order, until quit is closed.
func distribute(blocks Blocks, free chan *packedBlock, work chan func(), order chan *packedBlock, quit chan struct{}) error {
	return blocks(func(make Block) bool {
		select {
		case <-quit:
			return false
		case b := <-free:
			order <- b
			work <- func() { b.pack(make) }
			return true
		}
	})
}

// packer does work until there is no more.
func packer(work chan func()) {
	for do := range work {
		do()
	}
}

// deflaters are compressors that wait for a block.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is known
	}
	return w
}}

// pack makes and compresses a block.
func (b *packedBlock) pack(make Block) {
	defer func() { b.done <- struct{}{} }()
	b.packed.Reset()
	if b.raw, b.err = make(b.raw[:0]); b.err != nil {
		return
	}
	deflater := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(deflater)
	deflater.Reset(&b.packed)
	if _, b.err = deflater.Write(b.raw); b.err == nil {
		b.err = deflater.Flush()
	}
}
