package run

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

// Owner names this process in the ledger: machine, process, and a number that
// no other process of the same number had. Where machines or containers share a
// name, each is one of its own all the same.
var Owner = sync.OnceValue(func() string {
	number := make([]byte, 6)
	_, _ = rand.Read(number) // never fails
	return fmt.Sprintf("%s/%d/%s", machine(), os.Getpid(), hex.EncodeToString(number))
})

// machine names where the numbers of processes mean what they mean here.
var machine = sync.OnceValue(func() string {
	name, err := os.Hostname()
	if err != nil {
		name = "unknown"
	}
	return strings.ReplaceAll(name, "/", "_") + numbering()
})

// Dead returns those owners that are known to be dead: processes of this
// machine that are no more. Of another machine nothing is known.
func Dead(owners []string) []string {
	var dead []string
	for _, owner := range owners {
		fields := strings.Split(owner, "/")
		if len(fields) != 3 || fields[0] != machine() || owner == Owner() {
			continue
		}
		number, err := strconv.Atoi(fields[1])
		if err == nil && number > 0 && (number == os.Getpid() || !alive(number)) {
			dead = append(dead, owner)
		}
	}
	return dead
}
