package ledger

import (
	"fmt"
	"path/filepath"
	"strings"
)

// A PlaceError says that a folder cannot hold a SQLite file safely.
type PlaceError struct {
	Folder string
	Kind   string // fixed identifier: "network" or "synchronised"
}

// Error names the folder and the reason.
func (e *PlaceError) Error() string {
	if e.Kind == "network" {
		return fmt.Sprintf("%s is on a network share, which locks files unreliably", e.Folder)
	}
	return fmt.Sprintf("%s is synchronised with other machines, which damages an open database", e.Folder)
}

// checkPlace refuses what would damage the file: locks do not work over the
// network, and a synchronising program copies a file while it changes. What
// cannot be recognised is allowed.
func checkPlace(folder string) error {
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return err
	}
	if onNetwork(real) {
		return &PlaceError{Folder: folder, Kind: "network"}
	}
	if synchronised(real) {
		return &PlaceError{Folder: folder, Kind: "synchronised"}
	}
	return nil
}

// synchronised reports whether a folder of the path has the name that a
// synchronising program gives its folder.
func synchronised(folder string) bool {
	slashed := strings.ToLower(filepath.ToSlash(folder)) + "/"
	for _, part := range strings.Split(slashed, "/") {
		switch {
		case part == "onedrive", strings.HasPrefix(part, "onedrive - "), strings.HasPrefix(part, "onedrive-"),
			part == "dropbox", strings.HasPrefix(part, "dropbox ("),
			part == "google drive", part == "googledrive", part == "icloud drive", part == "iclouddrive", part == "nextcloud":
			return true
		}
	}
	return strings.Contains(slashed, "/library/mobile documents/") || strings.Contains(slashed, "/library/cloudstorage/")
}
