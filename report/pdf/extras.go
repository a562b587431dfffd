package pdf

import (
	"math"

	"github.com/go-pdf/fpdf"
)

// An Attachment is a file inside the PDF.
type Attachment struct {
	Name        string // file name with its ending
	Description string
	Data        []byte
}

// attach puts files into the document.
func (i *ink) attach(files []Attachment) {
	var list []fpdf.Attachment
	for _, a := range files {
		list = append(list, fpdf.Attachment{Content: a.Data, Filename: a.Name, Description: a.Description})
	}
	if len(list) > 0 {
		i.pdf.SetAttachments(list)
	}
}

// draftColor is light enough to read any text over it, in print as well.
const draftColor = "#ECEEF0"

// drawDraft writes the mark of a draft from corner to corner.
func (i *ink) drawDraft() {
	text := i.term("pdf.draft")
	width, height := i.paper.width*millimetre, i.paper.height*millimetre
	angle := math.Atan2(height, width)
	size := 0.62 * math.Hypot(width, height) / max(1, i.text.fonts.width(text, true))
	size = min(size, 0.3*width)
	long := i.text.fonts.width(text, true) * size
	const capital = 0.72 // height of the letters, in parts of the size
	x := width/2 - long/2*math.Cos(angle) + capital*size/2*math.Sin(angle)
	y := height/2 + long/2*math.Sin(angle) + capital*size/2*math.Cos(angle)
	i.corner(0, 0)
	i.canvas.SetFont(size, true)
	i.canvas.Text(text, x, y, angle*180/math.Pi, draftColor)
}
