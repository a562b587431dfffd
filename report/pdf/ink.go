package pdf

import (
	"bytes"
	"fmt"
	"io"

	"github.com/go-pdf/fpdf"

	"valuebook/charts"
)

// ink draws measured pages.
type ink struct {
	*layout
	pdf    *fpdf.Fpdf
	canvas *canvas
	links  map[string]int
	logo   *fpdf.ImageInfoType
	level  int  // of the sections' bookmarks
	draft  bool // every page bears the mark of a draft
}

// draw writes the pages as a PDF document.
func draw(w io.Writer, l *layout, pages []Page, o Options) error {
	p, err := newPrinter(l, o)
	if err != nil {
		return err
	}
	if err := p.add(l, pages, 0); err != nil {
		return err
	}
	return p.finish(w)
}

// A printer draws one or more reports into one document.
type printer struct {
	doc   *fpdf.Fpdf
	o     Options
	logo  *fpdf.ImageInfoType
	known []*Font
}

// newPrinter begins a document, described as the report of a layout.
func newPrinter(l *layout, o Options) (*printer, error) {
	size := fpdf.SizeType{Wd: l.paper.width * millimetre, Ht: l.paper.height * millimetre}
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: size})
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(0, 0, 0)
	i := &ink{layout: l, pdf: doc}
	i.describe()
	if err := i.loadLogo(o.Logo); err != nil {
		return nil, err
	}
	i.attach(o.Attachments)
	return &printer{doc: doc, o: o, logo: i.logo}, nil
}

// add draws the pages of a report. Its bookmarks lie below those of the parts
// of a book.
func (p *printer) add(l *layout, pages []Page, level int) error {
	i := &ink{layout: l, pdf: p.doc, links: map[string]int{}, logo: p.logo, draft: p.o.Draft, level: level,
		canvas: &canvas{pdf: p.doc, height: l.paper.height * millimetre, text: l.text, opacity: 1, known: p.known}}
	for _, page := range pages {
		i.addLinks(page.Boxes)
	}
	for _, page := range pages {
		p.doc.AddPage()
		i.canvas.opacity = 1
		if page.Number == 1 {
			i.bookmark(l.say(l.report.Title), 0, 0)
		}
		if err := i.page(page); err != nil {
			return err
		}
	}
	p.known = i.canvas.known
	return p.doc.Error()
}

// finish writes the document.
func (p *printer) finish(w io.Writer) error {
	var out bytes.Buffer
	if err := p.doc.Output(&out); err != nil {
		return err
	}
	_, err := w.Write(renamed(out.Bytes(), p.known))
	return err
}

// addLinks makes a target of every anchor.
func (i *ink) addLinks(boxes []Box) {
	for _, b := range boxes {
		if _, ok := i.links[b.Anchor]; !ok && b.Anchor != "" {
			i.links[b.Anchor] = i.pdf.AddLink()
		}
		i.addLinks(b.Kids)
	}
}

// describe sets the document's metadata, all of it from the report.
func (i *ink) describe() {
	doc, a := i.pdf, i.about(i.say(i.report.Title))
	doc.SetCreationDate(a.created)
	doc.SetModificationDate(a.created)
	doc.SetCatalogSort(true)
	doc.SetTitle(a.title, true)
	doc.SetAuthor(a.author, true)
	doc.SetSubject(a.subject, true)
	doc.SetKeywords(a.keywords, true)
	doc.SetCreator("valuebook", true)
	doc.SetProducer(a.producer, true)
	doc.SetLang(i.words.Language())
	doc.SetDisplayMode("fullpage", "single")
}

// loadLogo registers the logo under its real kind of file.
func (i *ink) loadLogo(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	kind := ""
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		kind = "PNG"
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		kind = "JPG"
	default:
		return fmt.Errorf("logo: neither PNG nor JPEG")
	}
	i.logo = i.pdf.RegisterImageOptionsReader("logo", fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(data))
	if err := i.pdf.Error(); err != nil {
		return fmt.Errorf("logo: %w", err)
	}
	return nil
}

// page draws a page: the mark of a draft first, so that it lies behind.
func (i *ink) page(p Page) error {
	if i.draft {
		i.drawDraft()
	}
	for _, b := range p.Boxes {
		if err := i.box(b); err != nil {
			return err
		}
	}
	return nil
}

// bookmark adds an entry to the document's outline, at a level and a height in
// points.
func (i *ink) bookmark(text string, level int, y float64) {
	i.canvas.use(i.text.fonts.fonts(false)[0], 9) // the library reads the text's encoding off the current font
	i.pdf.Bookmark(text, level, y)
}

// box draws one box and its children, in reading order.
func (i *ink) box(b Box) error {
	x, y, w, h := b.X*millimetre, b.Y*millimetre, b.W*millimetre, b.H*millimetre
	if b.Anchor != "" {
		i.anchor(b.Anchor, y)
	}
	if b.Fill != "" {
		i.corner(0, 0)
		i.canvas.SetFill(b.Fill, 1)
		i.canvas.MoveTo(x, y)
		i.canvas.LineTo(x+w, y)
		i.canvas.LineTo(x+w, y+h)
		i.canvas.LineTo(x, y+h)
		i.canvas.ClosePath()
		i.canvas.Paint(false, true)
	}
	i.lines(b)
	if b.Mark != nil {
		i.corner(0, 0)
		charts.Mark(i.canvas, *b.Mark, x+w/2, y+h/2, min(w, h)*0.38, i.theme.Charts)
	}
	if b.Chart != nil {
		i.corner(x, y)
		if err := charts.Draw(i.canvas, b.Chart, w, h, i.words, i.theme.Charts); err != nil {
			return fmt.Errorf("chart %s: %w", b.Chart.ID, err)
		}
	}
	if b.Logo && i.logo != nil {
		i.drawLogo(x, y, w, h)
	}
	if link, ok := i.links[b.Link]; ok && b.Link != "" {
		i.pdf.Link(x, y, w, h, link)
	}
	if b.URL != "" {
		i.pdf.LinkString(x, y, w, h, b.URL)
	}
	for _, kid := range b.Kids {
		if err := i.box(kid); err != nil {
			return err
		}
	}
	return nil
}

// corner sets the origin of the canvas, in points on the page.
func (i *ink) corner(x, y float64) { i.canvas.x, i.canvas.y = x, y }

// anchor makes a place a target of links, the beginning of a section a bookmark.
func (i *ink) anchor(id string, y float64) {
	i.pdf.SetLink(i.links[id], y, -1)
	for _, s := range i.report.Sections {
		if s.ID == id {
			text := i.say(s.Title)
			if topic := i.topic(id); topic != "" {
				text = topic + ": " + text
			}
			i.bookmark(text, i.level, y)
		}
	}
}

// lines draws the lines of a box.
func (i *ink) lines(b Box) {
	s := b.style
	i.corner(0, 0)
	i.canvas.SetFont(s.size, s.bold)
	for n, line := range b.Text {
		x := b.X
		if s.align == alignRight {
			x += b.W - s.width(line)
		}
		i.canvas.Text(line, x*millimetre, (b.Y+float64(n)*s.leading+s.baseline())*millimetre, 0, s.color)
	}
}

// drawLogo fits the logo into the right end of a box.
func (i *ink) drawLogo(x, y, w, h float64) {
	width, height := i.logo.Width(), i.logo.Height()
	scale := min(w/width, h/height)
	i.pdf.ImageOptions("logo", x+w-width*scale, y, width*scale, height*scale, false, fpdf.ImageOptions{}, 0, "")
}
