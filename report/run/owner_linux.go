package run

import (
	"os"
	"strconv"
	"strings"
)

// ended reports whether a process has ended and only its number is left.
func ended(number int) bool {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(number) + "/stat")
	if err != nil {
		return false
	}
	// The name of the program may hold anything: the state follows its last bracket.
	rest := string(data[strings.LastIndexByte(string(data), ')')+1:])
	fields := strings.Fields(rest)
	return len(fields) > 0 && strings.ContainsAny(fields[0], "ZXx")
}
