package pdf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-pdf/fpdf"

	"valuebook/report"
	"valuebook/report/wording"
)

// A Press makes the pages of single customers, as files of their own or as one
// book with bookmarks. The library draws them; what all documents share - the
// fonts, the logo, the other customers of the quadrant - is prepared once, and
// each document embeds only the characters that it shows. Any number of
// goroutines may use a press.
type Press struct {
	report *report.Report
	cards  *report.Cards
	words  *wording.Writer
	o      Options
	fonts  []*Font
	cuts   []*cutter // parallel to fonts
	idle   sync.Pool // of *plate
}

// NewPress prepares to draw the customers of a report.
func NewPress(r *report.Report, words *wording.Writer, o Options) (*Press, error) {
	if o.Theme.Charts.Text == "" {
		o.Theme = DefaultTheme()
	}
	p := &Press{report: r, cards: r.Cards(), words: words, o: o}
	chain := newChain(o.Fonts)
	for _, f := range append(slices.Clone(chain.regular), chain.bold...) {
		if slices.Contains(p.fonts, f) {
			continue
		}
		c, err := newCutter(f)
		if err != nil {
			return nil, fmt.Errorf("pdf: font %s: %w", f.name, err)
		}
		p.fonts, p.cuts = append(p.fonts, f), append(p.cuts, c)
	}
	return p, nil
}

// A plate draws pages one after another. One goroutine uses it at a time.
type plate struct {
	*Press
	base  *fpdf.Fpdf
	ink   *ink
	names map[*Font]string // of the fonts in what the library writes
	logo  *picture
}

// plate returns one that is idle, or a new one.
func (p *Press) plate() (*plate, error) {
	if idle, ok := p.idle.Get().(*plate); ok {
		return idle, nil
	}
	l := newLayout(p.report, p.words, p.o)
	size := fpdf.SizeType{Wd: l.paper.width * millimetre, Ht: l.paper.height * millimetre}
	base := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: size})
	i := &ink{layout: l, pdf: base, links: map[string]int{}, draft: p.o.Draft,
		canvas: &canvas{pdf: base, height: size.Ht, text: l.text, opacity: 1, used: map[*Font]map[rune]bool{}}}
	made := &plate{Press: p, base: base, ink: i, names: map[*Font]string{}}
	if err := i.loadLogo(p.o.Logo); err != nil {
		return nil, err
	}
	if i.logo != nil {
		logo, err := logoOf(p.o.Logo)
		if err != nil {
			return nil, err
		}
		made.logo = logo
	}
	return made, nil
}

// A printed page is ready to stand in a document.
type printed struct {
	name    string // of the customer
	content []byte // compressed
	used    map[*Font][]rune
	tones   map[int]bool
	logo    *picture
}

// print draws the page of a customer, as page number of a whole.
func (p *plate) print(customer, number, of int) (out printed, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("pdf: %v", cause)
		}
	}()
	card := p.cards.Card(customer)
	l := p.ink.layout
	page := l.cardPage(card)
	l.foot(&page, number, of)
	clear(p.ink.canvas.used)
	clear(p.ink.canvas.tones)
	content, err := p.draw(page)
	if err != nil {
		return out, err
	}
	out = printed{name: l.say(card.Name), used: map[*Font][]rune{}, tones: maps.Clone(p.ink.canvas.tones), logo: p.logo}
	for f, runes := range p.ink.canvas.used {
		for r := range runes {
			out.used[f] = append(out.used[f], r)
		}
		slices.Sort(out.used[f])
	}
	for n, f := range p.fonts {
		if name := p.names[f]; name != "" {
			content = bytes.ReplaceAll(content, []byte(name), []byte(shortFont(n)))
		}
	}
	out.content = compressed(content)
	return out, nil
}

// shortFont is the name of a font of the press within a page.
func shortFont(n int) string { return fmt.Sprintf("/T%d", n+1) }

// draw lets the library draw a page and returns what it wrote.
func (p *plate) draw(page Page) ([]byte, error) {
	var err error
	i := p.ink
	template := p.template(func(t *fpdf.Tpl) {
		i.pdf, i.canvas.pdf, i.canvas.opacity = &t.Fpdf, &t.Fpdf, 1
		err = i.page(page)
		if err == nil {
			err = t.Error()
		}
	})
	for _, f := range i.canvas.known {
		if p.names[f] == "" {
			p.names[f] = p.nameOf(f)
		}
	}
	return template.Bytes(), err
}

func (p *plate) template(fn func(t *fpdf.Tpl)) fpdf.Template {
	return p.base.CreateTemplateCustom(fpdf.PointType{}, fpdf.SizeType{Wd: p.ink.paper.width * millimetre, Ht: p.ink.paper.height * millimetre}, fn)
}

var libraryFont = regexp.MustCompile(`/F[0-9a-f]{8,}`)

// nameOf returns the name that the library writes for a font.
func (p *plate) nameOf(f *Font) string {
	probe := p.template(func(t *fpdf.Tpl) { t.SetFont(f.family, f.style, 9) })
	return string(libraryFont.Find(probe.Bytes()))
}

// Len returns how many customers there are.
func (p *Press) Len() int { return p.cards.Len() }

// Name returns the name of a customer.
func (p *Press) Name(customer int) string { return p.report.Dataset.Customers.Label(customer) }

// Card writes the page of one customer as a document.
func (p *Press) Card(w io.Writer, customer int) error {
	plate, err := p.plate()
	if err != nil {
		return err
	}
	page, err := plate.print(customer, 1, 1)
	if err != nil {
		return err // the plate may be broken
	}
	p.idle.Put(plate)
	b := p.begin(w, page.name)
	b.page(page)
	return b.end()
}

// Book writes the pages of customers as one document with a bookmark for each.
// Pages are drawn on all processors and written in the given order; progress
// is called after each, nil for none. It ends early with ctx.
func (p *Press) Book(ctx context.Context, w io.Writer, title string, customers []int, progress func()) error {
	b := p.begin(w, title)
	workers := runtime.GOMAXPROCS(0)
	type result struct {
		page printed
		err  error
	}
	// A page waits in its own channel; so many are drawn ahead of the writing.
	ahead := make(chan chan result, 4*workers)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(ahead)
		slots := make(chan struct{}, workers)
		for n, customer := range customers {
			done := make(chan result, 1)
			select {
			case ahead <- done:
			case <-ctx.Done():
				return
			}
			slots <- struct{}{}
			go func() {
				defer func() { <-slots }()
				page, err := p.printed(customer, n+1, len(customers))
				done <- result{page, err}
			}()
		}
	}()
	for done := range ahead {
		r := <-done
		if r.err != nil {
			return r.err
		}
		b.page(r.page)
		if progress != nil {
			progress()
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.end()
}

// printed draws a page on an idle plate.
func (p *Press) printed(customer, number, of int) (printed, error) {
	plate, err := p.plate()
	if err != nil {
		return printed{}, err
	}
	page, err := plate.print(customer, number, of)
	if err == nil {
		p.idle.Put(plate)
	}
	return page, err
}

// A binder puts printed pages together to a document.
type binder struct {
	*Press
	*file
	title                     string
	pages, resources, catalog int
	kids                      []int
	names                     []string
	used                      map[*Font]map[rune]bool
	tones                     map[int]bool
	logo                      *picture
	width, height             float64
}

// begin begins a document.
func (p *Press) begin(w io.Writer, title string) *binder {
	size := p.o.paper()
	b := &binder{Press: p, file: newFile(w), title: title, used: map[*Font]map[rune]bool{}, tones: map[int]bool{}, width: size.width * millimetre, height: size.height * millimetre}
	b.catalog, b.pages, b.resources = b.promise(), b.promise(), b.promise()
	return b
}

// page writes one page.
func (b *binder) page(page printed) {
	content := b.stream("", page.content)
	b.kids = append(b.kids, b.add("<</Type /Page /Parent %d 0 R /Resources %d 0 R /Contents %d 0 R>>", b.pages, b.resources, content))
	b.names = append(b.names, page.name)
	b.logo = page.logo
	maps.Copy(b.tones, page.tones)
	for f, runes := range page.used {
		if b.used[f] == nil {
			b.used[f] = map[rune]bool{}
		}
		for _, r := range runes {
			b.used[f][r] = true
		}
	}
}

// end writes what the pages share, the bookmarks and the description.
func (b *binder) end() error {
	var fonts, others strings.Builder
	for n, f := range b.fonts {
		if len(b.used[f]) > 0 {
			fmt.Fprintf(&fonts, "%s %d 0 R ", shortFont(n), b.embed(b.cuts[n], runesOf(b.used[f])))
		}
	}
	if b.logo != nil {
		fmt.Fprintf(&others, " /XObject <<%s %d 0 R>>", b.logo.name, b.addPicture(b.logo))
	}
	if len(b.tones) > 0 {
		others.WriteString(" /ExtGState <<")
		for _, tone := range slices.Sorted(maps.Keys(b.tones)) {
			fmt.Fprintf(&others, "/A%d <</ca %.3f /CA %.3f>> ", tone, float64(tone)/1000, float64(tone)/1000)
		}
		others.WriteString(">>")
	}
	b.object(b.resources, "<</ProcSet [/PDF /Text /ImageB /ImageC] /Font <<%s>>%s>>", strings.TrimSpace(fonts.String()), others.String())
	kids := make([]string, len(b.kids))
	for i, n := range b.kids {
		kids[i] = fmt.Sprintf("%d 0 R", n)
	}
	b.object(b.pages, "<</Type /Pages /Count %d /MediaBox [0 0 %.2f %.2f] /Kids [%s]>>", len(kids), b.width, b.height, strings.Join(kids, " "))
	outline := ""
	if len(b.kids) > 1 {
		outline = fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", b.outline())
	}
	b.object(b.catalog, "<</Type /Catalog /Pages %d 0 R /Lang %s /PageLayout /SinglePage /OpenAction [%d 0 R /Fit] /ViewerPreferences <</DisplayDocTitle true>>%s>>",
		b.pages, literal(b.words.Language()), b.kids[0], outline)
	l := newLayout(b.report, b.words, b.o)
	about := l.about(b.title)
	info := b.add("<</Title %s /Author %s /Subject %s /Keywords %s /Creator (valuebook) /Producer %s /CreationDate %s /ModDate %s>>",
		literal(about.title), literal(about.author), literal(about.subject), literal(about.keywords), literal(about.producer), about.date(), about.date())
	return b.close(b.catalog, info)
}

// runesOf returns the characters of a set in ascending order.
func runesOf(set map[rune]bool) []rune {
	runes := make([]rune, 0, len(set))
	for r := range set {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool { return runes[i] < runes[j] })
	return runes
}

// outline writes one bookmark per page and returns the number of their root.
func (b *binder) outline() int {
	root := b.promise()
	first := len(b.offsets) + 1
	for i, name := range b.names {
		around := ""
		if i > 0 {
			around += fmt.Sprintf(" /Prev %d 0 R", first+i-1)
		}
		if i < len(b.names)-1 {
			around += fmt.Sprintf(" /Next %d 0 R", first+i+1)
		}
		b.add("<</Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]%s>>", literal(name), root, b.kids[i], around)
	}
	b.object(root, "<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", first, first+len(b.names)-1, len(b.names))
	return root
}

// noteOpacity sets the opacity by a name that says it, the same in all pages.
func (c *canvas) noteOpacity(opacity float64) {
	tone := int(math.Round(1000 * opacity))
	if c.tones == nil {
		c.tones = map[int]bool{}
	}
	c.tones[tone] = true
	c.pdf.RawWriteStr(fmt.Sprintf("/A%d gs", tone))
}

// record notes the characters that are drawn in a font.
func (c *canvas) record(f *Font, text string) {
	if c.used == nil {
		return
	}
	set := c.used[f]
	if set == nil {
		set = map[rune]bool{}
		c.used[f] = set
	}
	for _, r := range text {
		if r != utf8.RuneError {
			set[r] = true
		}
	}
}
