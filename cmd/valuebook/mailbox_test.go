package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"
)

// mailbox starts a mail server on this machine that puts every message into
// the folder FOLDER, one file each, its envelope first; $SMTPPORT is its port:
// mailbox FOLDER [ANSWER], where the answer is that to every message.
func mailbox(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 1 {
		ts.Fatalf("usage: mailbox FOLDER [ANSWER]")
	}
	answer := "250 2.0.0 queued"
	if len(args) > 1 {
		answer = args[1]
	}
	folder := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(folder, 0o700))
	var count atomic.Int64
	port, stop, err := startMail(answer, func(message string) {
		name := filepath.Join(folder, fmt.Sprintf("%03d.eml", count.Add(1)))
		_ = os.WriteFile(name, []byte(message), 0o600)
	})
	ts.Check(err)
	ts.Defer(stop)
	ts.Setenv("SMTPPORT", port)
}

// startMail starts a mail server on this machine that hands every message on.
func startMail(answer string, keep func(string)) (port string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	_, port, err = net.SplitHostPort(listener.Addr().String())
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go takeMail(connection, answer, keep)
		}
	}()
	return port, func() { listener.Close() }, err
}

// takeMail speaks as much SMTP as a sender needs.
func takeMail(connection net.Conn, answer string, keep func(string)) {
	defer connection.Close()
	say := func(text string) { fmt.Fprintf(connection, "%s\r\n", text) }
	say("220 mail.example.com ESMTP")
	in := bufio.NewScanner(connection)
	in.Buffer(nil, 64<<20)
	var message strings.Builder
	for in.Scan() {
		line := in.Text()
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "EHLO", "HELO":
			say("250 mail.example.com")
		case "MAIL", "RCPT":
			message.WriteString(line + "\n")
			say("250 2.1.0 ok")
		case "DATA":
			say("354 go on")
			for in.Scan() && in.Text() != "." {
				message.WriteString(in.Text() + "\n")
			}
			if strings.HasPrefix(answer, "2") {
				keep(message.String())
			}
			message.Reset()
			say(answer)
		case "QUIT":
			say("221 bye")
			return
		default: // RSET, NOOP
			message.Reset()
			say("250 2.0.0 ok")
		}
	}
}
