// Package dataset holds what was read from a workbook: customers, attributes,
// ratings and purchases as columns, each value traceable to its cell, with the
// findings and the receipt of the reading.
//
// It is pure: no files, no clock, no random numbers. It knows nothing of how a
// workbook is stored and computes no result. NaN always means "not rated" or
// "not given"; zero is a value.
package dataset
