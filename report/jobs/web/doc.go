// Package web shows the status of a service to a browser, to monitors and to
// metric collectors. It only reads.
package web
