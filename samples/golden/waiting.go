package golden

import (
	"flag"
	"runtime"
	"strconv"
)

// atATime is how many tests that wait run at a time.
const atATime = 8

// Waiting lets eight tests run at a time that call t.Parallel, however few
// processors there are: it is for packages whose tests mostly wait for
// processes, servers and clocks. TestMain calls it before it runs the tests;
// the flag -parallel wins.
func Waiting() {
	flag.Parse()
	usual := strconv.Itoa(runtime.GOMAXPROCS(0))
	if parallel := flag.Lookup("test.parallel"); parallel != nil && parallel.Value.String() == usual {
		_ = parallel.Value.Set(strconv.Itoa(atATime))
	}
}
