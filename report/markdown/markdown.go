// Package markdown reads texts that users write themselves: headings,
// paragraphs, lists, emphasis, links and tables, as plain data. Everything
// else - pictures, HTML, code, quotations, rules - is refused and named, so
// that nothing is lost unseen.
package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading
	Item  // of a list
	Table // Rows, the first of them the header
)

// A Block is one piece of a text.
type Block struct {
	Kind   Kind
	Level  int       // Heading: 1 is the highest. Item: how deep, 0 for the outermost list
	Number int       // Item of a numbered list, else 0
	Runs   []Run     // of all but tables
	Rows   [][][]Run // by row, then by column; all rows are equally long
	Right  []bool    // columns that are aligned right
	Line   int       // of the text where it begins, from 1
}

// A Run is a stretch of text that looks the same.
type Run struct {
	Text  string
	Bold  bool   // either kind of emphasis
	Link  string // an address (https, http, mailto), or "#" and the name of a section
	Break bool   // the line ends before it
}

// A Refusal is something in the text that is left out.
type Refusal struct {
	Line int    // counted from 1
	What string // fixed identifier: "image", "html", "code", "quote", "rule", "link", "other"
}

// deepest is how many lists within each other are told apart.
const deepest = 3

// Parse reads a text. It never fails: what it refuses is listed, in order.
func Parse(source []byte) ([]Block, []Refusal) {
	source = bytes.TrimPrefix(bytes.ToValidUTF8(source, []byte("\uFFFD")), []byte("\uFEFF"))
	p := &reader{source: source, line: 1}
	p.blocks(goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(source)), 0)
	return p.out, p.refused
}

// Plain returns the text of runs without their looks.
func Plain(runs []Run) string {
	var out strings.Builder
	for i, r := range runs {
		if r.Break && i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(r.Text)
	}
	return out.String()
}

// A reader turns the parser's tree into blocks.
type reader struct {
	source  []byte
	out     []Block
	refused []Refusal
	line    int // of what is being read
}

func (p *reader) leaveOut(what string) { p.refused = append(p.refused, Refusal{p.line, what}) }

// note remembers the line of a node, where it has one.
func (p *reader) note(n ast.Node) {
	for n != nil && n.Type() == ast.TypeBlock {
		if n.Lines() != nil && n.Lines().Len() > 0 {
			p.line = 1 + bytes.Count(p.source[:n.Lines().At(0).Start], []byte("\n"))
			return
		}
		n = n.FirstChild()
	}
}

// blocks reads the blocks within a node; depth counts the lists around it.
func (p *reader) blocks(parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.note(n)
		switch block := n.(type) {
		case *ast.Heading:
			p.add(Block{Kind: Heading, Level: block.Level, Runs: p.runs(n, Run{})})
		case *ast.Paragraph, *ast.TextBlock:
			p.add(Block{Kind: Paragraph, Runs: p.runs(n, Run{})})
		case *ast.List:
			p.list(block, depth)
		case *table.Table:
			p.table(block)
		default:
			p.leaveOut(kindOf(n))
		}
	}
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		return "html"
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return "code"
	case *ast.Blockquote:
		return "quote"
	case *ast.ThematicBreak:
		return "rule"
	case *ast.Image:
		return "image"
	}
	return "other"
}

// add keeps a block that says something.
func (p *reader) add(b Block) {
	if strings.TrimSpace(Plain(b.Runs)) != "" || b.Kind == Table {
		b.Line = p.line
		p.out = append(p.out, b)
	}
}

// list reads the items of a list. What an item holds beyond its first
// paragraph follows as blocks of its own.
func (p *reader) list(list *ast.List, depth int) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		before := len(p.out)
		p.blocks(item, depth+1)
		if before < len(p.out) && p.out[before].Kind == Paragraph {
			p.out[before].Kind, p.out[before].Level = Item, min(depth, deepest-1)
			if list.IsOrdered() {
				p.out[before].Number = number
			}
		}
		number++
	}
}

func (p *reader) table(t *table.Table) {
	b := Block{Kind: Table}
	for _, alignment := range t.Alignments {
		b.Right = append(b.Right, alignment == table.AlignRight)
	}
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		cells := make([][]Run, len(t.Alignments))
		c := 0
		for cell := row.FirstChild(); cell != nil && c < len(cells); cell = cell.NextSibling() {
			p.note(cell)
			cells[c] = p.runs(cell, Run{})
			c++
		}
		b.Rows = append(b.Rows, cells)
	}
	p.add(b)
}

// runs reads what stands within a block; look is how it looks so far.
func (p *reader) runs(parent ast.Node, look Run) []Run {
	var out []Run
	broken := false
	put := func(text string) {
		run := look
		run.Text, run.Break = text, broken
		broken = false
		out = append(out, run)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch inline := n.(type) {
		case *ast.Text:
			put(plainText(inline.Segment.Value(p.source)))
			if inline.SoftLineBreak() {
				put(" ")
			}
			broken = inline.HardLineBreak()
		case *ast.String:
			put(plainText(inline.Value))
		case *ast.CodeSpan:
			out = append(out, p.runs(n, look)...)
		case *ast.Emphasis:
			strong := look
			strong.Bold = true
			out = append(out, p.runs(n, strong)...)
		case *ast.Link:
			linked := look
			linked.Link = p.address(string(inline.Destination))
			out = append(out, p.runs(n, linked)...)
		case *ast.AutoLink:
			linked := look
			look.Link = p.address(string(inline.URL(p.source)))
			put(string(inline.Label(p.source)))
			look = linked
		default:
			p.leaveOut(kindOf(n))
		}
	}
	return out
}

// address returns an address that may be led to, "" for any other, which is
// refused.
func (p *reader) address(to string) string {
	lower := strings.ToLower(to)
	for _, scheme := range []string{"https://", "http://", "mailto:", "#"} {
		if strings.HasPrefix(lower, scheme) && len(to) > len(scheme) && !strings.ContainsFunc(to, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			return to
		}
	}
	if strings.Contains(lower, "@") && !strings.ContainsAny(lower, ":/ ") { // an address between angle brackets
		return "mailto:" + to
	}
	p.leaveOut("link")
	return ""
}

// plainText resolves what is written by a backslash or by name.
func plainText(raw []byte) string {
	return html.UnescapeString(string(util.UnescapePunctuations(raw)))
}
