package pipeline

import (
	"os"
	"path/filepath"

	"valuebook/report"
	"valuebook/report/wording"
)

// FormatCharts is the fixed identifier of the folder that galleries fill.
const FormatCharts = "charts"

// A Gallery makes several files of one format of a report, such as its charts.
// They go to the folder that [Job.Targets] names for [FormatCharts].
type Gallery interface {
	// Format is the fixed identifier: "png", "svg".
	Format() string
	// Ours reports whether a file of the folder may be one that Files made in an
	// earlier run.
	Ours(name string) bool
	// Files returns the files in order.
	Files(r *report.Report, words *wording.Writer) ([]NamedFile, error)
}

// A NamedFile is a file with its name within a folder.
type NamedFile struct {
	Name string
	Data []byte
}

// galleries makes the files of every gallery; what fails goes to Failed.
func (r *run) galleries() []file {
	var files []file
	folder := r.job.Targets[FormatCharts]
	for _, gallery := range r.job.Galleries {
		var made []NamedFile
		err := r.step(StepRender, gallery.Format(), func() (err error) {
			made, err = gallery.Files(r.out.Report, r.out.Words)
			return err
		})
		if err != nil {
			r.out.Failed = append(r.out.Failed, err)
			continue
		}
		for _, f := range made {
			files = append(files, file{format: gallery.Format(), target: filepath.Join(folder, f.Name), data: f.Data})
		}
	}
	return files
}

// clearGalleries removes what an earlier run left in the folder of the galleries and this
// one no longer made. What is not ours or cannot be removed stays.
func (r *run) clearGalleries(made []file) {
	folder := r.job.Targets[FormatCharts]
	kept := map[string]bool{}
	formats := map[string]bool{}
	for _, f := range made {
		kept[fold(f.target)], formats[f.format] = true, true
	}
	for _, gallery := range r.job.Galleries {
		if !formats[gallery.Format()] {
			continue // failed, or the report has no charts at all
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			return
		}
		for _, entry := range entries {
			path := filepath.Join(folder, entry.Name())
			if entry.Type().IsRegular() && gallery.Ours(entry.Name()) && !kept[fold(path)] {
				_ = os.Remove(path)
			}
		}
	}
}
