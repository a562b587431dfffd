package run

import (
	"crypto/sha256"
	"encoding/hex"
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

// numbering names the space of process numbers that this process lives in, ""
// for that of the machine itself. The number of a space is unique only until the
// machine is started again.
func numbering() string {
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	start, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return numberingOf(space, string(start))
}

// ofTheMachine is the space of the machine itself: the kernel gives it this
// number everywhere.
const ofTheMachine = "pid:[4026531836]"

func numberingOf(space, start string) string {
	if space == ofTheMachine {
		return ""
	}
	sum := sha256.Sum256([]byte(space + " " + start))
	return "~" + hex.EncodeToString(sum[:4])
}
