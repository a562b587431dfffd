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

// numbering tells machines of one name apart, and containers from the machine
// and each other: each numbers its processes for itself. It is "" where the
// system does not tell.
func numbering() string {
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	machine, _ := os.ReadFile("/etc/machine-id") // some have none
	start, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return numberingOf(space, string(machine), string(start))
}

// ofTheMachine is the space of process numbers of the machine itself: the kernel
// gives it this number everywhere. That of a container is unique only until the
// machine is started again.
const ofTheMachine = "pid:[4026531836]"

func numberingOf(space, machine, start string) string {
	is := space + " " + start
	if space == ofTheMachine {
		is = machine
	}
	if strings.TrimSpace(is) == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("valuebook " + is)) // the number of a machine is not told to others as it is
	return "~" + hex.EncodeToString(sum[:4])
}
