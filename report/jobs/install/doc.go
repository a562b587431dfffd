// Package install tells the scheduler of the operating system to start
// "valuebook serve --once" again and again: a systemd timer of the user, a
// launchd agent, a task of the Windows Task Scheduler. What is due is decided
// by the program itself each time, so a scheduler that is late or early does no
// harm.
package install
