package jobs

import "strings"

// Reason is one sentence of the message: why the workbook was rejected. What
// was found in a workbook stands below its code there, up to what was expected
// instead; of any other failure it is what follows the heading.
func (r Rejected) Reason() string {
	lines := strings.Split(strings.ReplaceAll(r.Message, "\r\n", "\n"), "\n")
	for i, line := range lines {
		if strings.HasSuffix(line, "("+r.Code+")") {
			found, _, _ := strings.Cut(paragraph(lines[i+1:]), "; ")
			return found
		}
	}
	for i, line := range lines {
		if line == "" {
			text := paragraph(lines[i+1:])
			if end := strings.Index(text, ". "); end >= 0 {
				text = text[:end+1]
			}
			return text
		}
	}
	return ""
}

// paragraph joins the lines up to the first that is empty or says what to do.
func paragraph(lines []string) string {
	var words []string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, ">") {
			break
		}
		words = append(words, line)
	}
	return strings.Join(words, " ")
}
