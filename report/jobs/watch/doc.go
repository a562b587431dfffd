// Package watch looks after a drop folder: which files people have finished
// putting there, taking them out of everybody's reach, and putting what became
// of them where people look. The folder itself is the only truth; what the
// system tells of changes merely makes the next look come sooner.
//
// A folder DROP holds work/ (being worked on), done/YYYY-MM/ (input and
// results) and rejected/ (input and why). A move within it is a rename, so
// that a program killed at any moment leaves every file whole in one place.
package watch
