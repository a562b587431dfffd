package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// leftovers are endings of files that office, sync and download programs make
// and take away again.
var leftovers = []string{".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".bak", ".lnk", ".ini", ".gstmp"}

// ignored reports whether a file is nobody's workbook: hidden, a lock, a
// leftover.
func ignored(name string) bool {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~"), strings.HasSuffix(name, "~"), strings.HasSuffix(name, "#"):
		return true
	case lower == "thumbs.db", lower == "icon\r", lower == "valuebook.yaml", strings.HasSuffix(lower, WhySuffix):
		return true
	}
	ending := filepath.Ext(lower)
	return ending == "" && !strings.Contains(lower, " ") && isTemporary(lower) || slices.Contains(leftovers, ending)
}

// isTemporary reports whether a name without an ending is one that Excel gives
// to the file that it writes before it renames it: eight hexadecimal digits.
func isTemporary(name string) bool {
	return len(name) == 8 && strings.Trim(name, "0123456789abcdef") == ""
}

// ours reports whether an entry is one of the folders we keep.
func ours(entry os.DirEntry) bool {
	return entry.IsDir() && slices.Contains([]string{WorkFolder, DoneFolder, RejectedFolder}, entry.Name())
}

// workbookEndings are the files that are taken; what is in them decides what
// becomes of them.
var workbookEndings = []string{".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".txt", ".dbf", ".htm", ".html"}

func workbookEnding(name string) bool {
	return slices.Contains(workbookEndings, strings.ToLower(filepath.Ext(name)))
}

// conflictWords stand in the names that Dropbox, OneDrive, Google Drive,
// Nextcloud and Syncthing give to the second of two versions.
var conflictWords = []string{"conflicted copy", "conflict copy", "in konflikt stehende kopie", "konfliktkopie", "copie en conflit", ".sync-conflict-", "(conflict)", "_conf("}

func conflicted(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc(conflictWords, func(word string) bool { return strings.Contains(lower, word) })
}

// openElsewhere reports whether an office program marks a file as open, or, on
// Windows, holds it.
func openElsewhere(path string) bool {
	folder, name := filepath.Split(path)
	locks := []string{"~$" + name, ".~lock." + name + "#"}
	if len(name) > 8 { // Excel drops the first two letters of longer names
		locks = append(locks, "~$"+string([]rune(name)[2:]))
	}
	for _, lock := range locks {
		if _, err := os.Lstat(filepath.Join(folder, lock)); err == nil {
			return true
		}
	}
	return held(path)
}
