package annotate

import (
	"crypto/sha256"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// kept names the folders of the package whose parts stay as they are.
var kept = []string{"xl/charts/", "xl/media/", "xl/pivot", "xl/vbaProject", "xl/embeddings/", "xl/externalLinks/", "xl/slicer", "xl/timeline",
	"xl/ctrlProps/", "xl/activeX/", "xl/threadedComments/", "xl/persons/", "xl/queryTables/", "xl/connections", "xl/model/", "customXml/"}

// untouched returns the hashes of the parts that must not change.
func untouched(f *excelize.File) map[string]string {
	out := map[string]string{}
	f.Pkg.Range(func(name, content any) bool {
		data, ok := content.([]byte)
		for _, prefix := range kept {
			if ok && strings.HasPrefix(name.(string), prefix) && !strings.Contains(name.(string), "/_rels/") {
				sum := sha256.Sum256(data)
				out[name.(string)] = string(sum[:])
			}
		}
		return true
	})
	return out
}

var (
	drawingRelation = regexp.MustCompile(`Target="([^"]*drawings/drawing\d+\.xml)"`)
	anchorEnd       = regexp.MustCompile(`(?s)<(?:\w+:)?to>.*?<(?:\w+:)?col>(\d+)</(?:\w+:)?col>`)
)

// drawn returns the last column that a picture or chart of a sheet covers.
func (p *picture) drawn(sheet string) int {
	relations, ok := p.file.Pkg.Load(p.relationsOf(sheet))
	if !ok {
		return 0
	}
	last := 0
	for _, m := range drawingRelation.FindAllSubmatch(relations.([]byte), -1) {
		part, ok := p.file.Pkg.Load(path.Join("xl/worksheets", string(m[1])))
		if strings.HasPrefix(string(m[1]), "/") {
			part, ok = p.file.Pkg.Load(strings.TrimPrefix(string(m[1]), "/"))
		}
		if !ok {
			continue
		}
		for _, end := range anchorEnd.FindAllSubmatch(part.([]byte), -1) {
			if col, err := strconv.Atoi(string(end[1])); err == nil {
				last = max(last, col+1)
			}
		}
	}
	return last
}

var (
	sheetTag    = regexp.MustCompile(`<(?:\w+:)?sheet\s[^>]*>`)
	relationTag = regexp.MustCompile(`<(?:\w+:)?Relationship\s[^>]*>`)
)

// relationsOf returns the name of the part with the relations of a sheet.
func (p *picture) relationsOf(sheet string) string {
	index, err := p.file.GetSheetIndex(sheet)
	workbook, ok := p.file.Pkg.Load("xl/workbook.xml")
	relations, ok2 := p.file.Pkg.Load("xl/_rels/workbook.xml.rels")
	if err != nil || !ok || !ok2 {
		return ""
	}
	tags := sheetTag.FindAll(workbook.([]byte), -1)
	if index < 0 || index >= len(tags) {
		return ""
	}
	id := attributeOf(tags[index], "r:id")
	for _, tag := range relationTag.FindAll(relations.([]byte), -1) {
		if attributeOf(tag, "Id") == id {
			part := path.Base(attributeOf(tag, "Target"))
			return "xl/worksheets/_rels/" + part + ".rels"
		}
	}
	return ""
}

func attributeOf(tag []byte, name string) string {
	_, rest, ok := strings.Cut(string(tag), " "+name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
