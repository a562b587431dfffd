package main

import (
	"bufio"
	"fmt"
)

// keepWindow holds the window that a double click or a dragged file has opened
// on Windows, until the user has read what was said.
func (p *program) keepWindow() {
	if !ownWindow() || !terminal(p.stdin) {
		return
	}
	fmt.Fprint(p.stderr, p.say("talk.close"))
	_, _ = bufio.NewReader(p.stdin).ReadString('\n')
}
