// Package parts handles a workbook as what it is on disk: a zip package of
// parts with relations and content types. It reads parts within limits and
// writes a changed package in which every part that was not named keeps its
// compressed bytes and its header.
package parts
