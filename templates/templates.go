// Package templates holds the words, the theme and the starter workbook's
// definition as data. Everything in it can be replaced by a folder of the
// same shape.
package templates

import "embed"

// Files holds wording/LANGUAGE/*.yaml, theme.yaml and starter.yaml.
//
//go:embed wording
var Files embed.FS
