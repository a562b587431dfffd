// Package source turns the bytes of a file into grids: it finds out what kind of file it is by its content, and reads
// workbooks and tables in text. It does not know what the cells mean.
//
// It is strict about the end: a sheet that is cut off or broken is a finding with its place, never a short table.
package source
