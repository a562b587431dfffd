// Package config brings the settings of one run together: flag > variable >
// Parameters sheet > valuebook.yaml > default, each with the place it came
// from. It knows names and precedence; what a setting means is known to the
// package that obeys it.
package config
