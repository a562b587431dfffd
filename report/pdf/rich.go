package pdf

import (
	"strings"

	"valuebook/report/markdown"
)

// An atom is a piece of text that is never divided, with its look and how it
// follows the one before.
type atom struct {
	text   string
	bold   bool
	link   string
	space  bool // a space stands before it
	glued  bool // it begins no line
	broken bool // it begins a line
}

// like reports whether two atoms look alike.
func (a atom) like(b atom) bool { return a.bold == b.bold && a.link == b.link }

// styled returns a style in the weight of an atom.
func (a atom) styled(s textStyle) textStyle {
	s.bold = s.bold || a.bold
	return s
}

// atoms divides runs into what a line may be broken at.
func (l *layout) atoms(runs []markdown.Run, width float64, s textStyle) []atom {
	var out []atom
	spaced := false // behind what was read
	for _, r := range runs {
		text := l.text.plain(r.Text)
		look := atom{bold: r.Bold, link: r.Link}
		for i, word := range words(text) {
			piece := look
			piece.broken = r.Break && i == 0
			piece.space = i > 0 || spaced || strings.HasPrefix(text, " ")
			piece.glued = !piece.space && len(out) > 0
			for k, part := range parts(word, width, look.styled(s)) {
				if k > 0 {
					piece.space, piece.glued, piece.broken = false, false, false
				}
				out = append(out, fittingAtoms(piece, part, width, s)...)
			}
		}
		if text != "" {
			spaced = strings.HasSuffix(text, " ")
		}
	}
	return out
}

// fittingAtoms divides a part that is wider than a line.
func fittingAtoms(look atom, part string, width float64, s textStyle) []atom {
	var out []atom
	for look.styled(s).width(part) > width {
		head := beginning(part, width, look.styled(s))
		piece := look
		piece.text, part = head, part[len(head):]
		out = append(out, piece)
		look.space, look.glued, look.broken = false, false, false
	}
	look.text = part
	return append(out, look)
}

// richLines breaks atoms into lines of a width.
func richLines(atoms []atom, width float64, s textStyle) [][]atom {
	var lines [][]atom
	used := 0.0
	for i := 0; i < len(atoms); {
		n, wide := i+1, 0.0
		for n < len(atoms) && atoms[n].glued {
			n++
		}
		for _, a := range atoms[i:n] {
			wide += a.styled(s).width(a.text)
		}
		gap := 0.0
		if atoms[i].space {
			gap = s.width(" ")
		}
		if len(lines) == 0 || atoms[i].broken || used+gap+wide > width {
			lines, used, gap = append(lines, nil), 0, 0
			atoms[i].space = false
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], atoms[i:n]...)
		used += gap + wide
		i = n
	}
	return lines
}

// rich returns a box of text in which stretches are bold or lead somewhere.
func (l *layout) rich(runs []markdown.Run, x, width float64, s textStyle) Box {
	b := Box{Role: RoleParagraph, X: x, W: width}
	for _, line := range richLines(l.atoms(runs, width, s), width, s) {
		at := x
		for i := 0; i < len(line); {
			n := i + 1
			text := line[i].text
			for n < len(line) && line[n].like(line[i]) {
				text += map[bool]string{true: " "}[line[n].space] + line[n].text
				n++
			}
			if line[i].space {
				at += s.width(" ")
			}
			kid := l.stretch(line[i], text, at, s)
			kid.Y = b.H
			b.Kids, at = append(b.Kids, kid), at+kid.W
			i = n
		}
		b.H += s.leading
	}
	return b
}

// stretch is one stretch of a line that looks the same.
func (l *layout) stretch(look atom, text string, x float64, s textStyle) Box {
	style := look.styled(s)
	kid := Box{Role: RoleParagraph, X: x, W: style.width(text), H: s.leading, Text: []string{text}, style: style}
	if look.link == "" {
		return kid
	}
	kid.style.color = l.theme.Charts.Accent
	if section, ok := strings.CutPrefix(look.link, "#"); ok {
		kid.Link = section
	} else {
		kid.URL = look.link
	}
	return kid
}
