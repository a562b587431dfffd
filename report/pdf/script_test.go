package pdf_test

import (
	"bytes"
	"strings"
	"testing"

	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

// TestScripts holds the pages of a report with Chinese and Japanese names, in
// a font that the user gave, and of one with names as bad as they come.
func TestScripts(t *testing.T) {
	names := map[string][]string{
		"cjk":     {"株式会社サンプル商事", "北京示例科技有限公司", "東京、大阪（支店）・名古屋", "Müller 北京 GmbH", "上海示例贸易有限责任公司第二营业部浦东分公司"},
		"hostile": hostile,
	}
	for name, list := range names {
		t.Run(name, func(t *testing.T) {
			options := pdf.Options{Theme: pdf.DefaultTheme()}
			if name == "cjk" {
				font, err := pdf.ParseFont(golden.Font(t))
				if err != nil {
					t.Fatal(err)
				}
				options.Fonts = []*pdf.Font{font}
			}
			d := survey(len(list)*2, 5)
			for i := range d.Customers.Name {
				d.Customers.Name[i] = list[i%len(list)]
				d.Customers.Segment[i] = list[i%4]
			}
			for i := range d.Attributes {
				d.Attributes[i].Label = list[(i+1)%len(list)]
			}
			for i := range d.Suppliers {
				d.Suppliers[i].Name = list[(i+3)%len(list)]
			}
			r := built(d)
			var tree strings.Builder
			for _, p := range pdf.Pages(r, words(t), options) {
				tree.WriteString(p.String())
			}
			golden.Equal(t, name+".tree", []byte(tree.String()))
			if boxes := strings.Count(tree.String(), "□"); (boxes > 0) != (name == "hostile") {
				t.Errorf("%d places of a character that is not drawn", boxes)
			}
			var out bytes.Buffer
			if err := pdf.Render(&out, r, words(t), options); err != nil {
				t.Fatal(err)
			}
			look(t, name, out.Bytes())
			if name == "cjk" {
				text := tool(t, out.Bytes(), "pdftotext", "-raw", "FILE", "-")
				for _, name := range list[:4] {
					if !strings.Contains(text, name) {
						t.Errorf("%s cannot be copied out of the document", name)
					}
				}
				if fonts := tool(t, out.Bytes(), "pdffonts", "FILE"); !strings.Contains(fonts, "VALUEB+DroidSansFallback             CID TrueType      Identity-H       yes yes yes") {
					t.Errorf("the given font is not embedded and subset:\n%s", fonts)
				}
			}
		})
	}
}
