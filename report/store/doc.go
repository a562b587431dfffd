// Package store keeps files by their content: the name of a file is the SHA-256
// of what is in it. A file that was kept never changes, keeping it again does
// nothing, and one that was damaged is noticed when it is opened. The store is
// a folder, or a bucket that several machines share.
package store
