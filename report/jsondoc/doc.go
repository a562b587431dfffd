// Package jsondoc writes a report as a JSON document, the contract
// "valuebook.report/1" for other programs.
//
// Absent parts are absent, never null; numbers are not rounded; a number that
// is not finite is absent, and a reason stands beside it where the contract
// has one. Class, verdict, role, severity and code are fixed English
// identifiers; only "text", "why", "want", "fix" and "refused" are words.
//
// document.go is the contract as types; the other files fill it.
package jsondoc
