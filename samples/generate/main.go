// Command generate writes the sample workbooks into the current folder. It is
// run by "go generate ./samples".
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"valuebook/report/sheets"
	"valuebook/samples"
)

func main() {
	if err := generate("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate samples:", err)
		os.Exit(1)
	}
}

// generate writes every sample below folder.
func generate(folder string) error {
	files, err := samples.Files()
	if err != nil {
		return err
	}
	for _, file := range files {
		var content bytes.Buffer
		if err := sheets.Write(&content, file.Workbook); err != nil {
			return fmt.Errorf("%s: %w", file.Name, err)
		}
		target := filepath.Join(folder, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, content.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
