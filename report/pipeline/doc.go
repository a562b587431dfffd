// Package pipeline makes the reports of one workbook: read, analyse, build,
// render every wanted format, write. Nothing is written before everything is
// rendered, and every file appears whole or not at all.
//
// It declares the two small interfaces it needs, [Job.Read] and [Renderer];
// the command fills them with the packages that know the formats. Read
// [Run] first, then names.go (where outputs go) and files.go (how they are
// written).
package pipeline
