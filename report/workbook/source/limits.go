package source

import "errors"

// Limits of what is read. They are far above any workbook that a person made. What a package may inflate to is limited
// where packages are read.
const (
	MaxFile      = 512 << 20 // bytes of the file
	maxCells     = 24 << 20  // cells of all sheets together
	maxStrings   = 16 << 20  // entries of the string table
	maxMerges    = 200_000   // merged ranges of a sheet
	maxRules     = 20_000    // areas of a sheet that limit what may be entered
	maxTextBytes = 32767 * 4 // a cell holds at most 32,767 characters
)

var (
	errCells   = errors.New("more cells than the limit")
	errStrings = errors.New("more strings than the limit")
	errMerges  = errors.New("more merged ranges than the limit")
)
