package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/go-pdf/fpdf"
)

// A picture is the logo as the library puts it into a document: its objects,
// the first of which is the picture itself.
type picture struct {
	name    string // within a page
	objects []pictureObject
}

// A pictureObject is one object with the number that it had.
type pictureObject struct {
	number int
	data   []byte // from "<<" to before "endobj"
}

var (
	pictureName  = regexp.MustCompile(`(/I[0-9a-f]{8,}) (\d+) 0 R`)
	reference    = regexp.MustCompile(`\b(\d+) 0 R\b`)
	objectHeader = regexp.MustCompile(`^\d+ 0 obj\s*`)
)

// logoOf lets the library write the logo into a document of its own and takes
// it from there.
func logoOf(data []byte) (*picture, error) {
	doc := fpdf.New("P", "pt", "A4", "")
	i := &ink{pdf: doc}
	if err := i.loadLogo(data); err != nil {
		return nil, err
	}
	doc.AddPage()
	i.drawLogo(0, 0, 10, 10)
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		return nil, err
	}
	document := out.Bytes()
	objects := objectsOf(document)
	found := pictureName.FindSubmatch(document)
	if found == nil {
		return nil, errors.New("logo: the library wrote none")
	}
	first, _ := strconv.Atoi(string(found[2])) // digits by the pattern
	p := &picture{name: string(found[1])}
	p.collect(objects, first)
	return p, nil
}

// objectsOf returns the objects of a document of the library by their numbers,
// as its table says where they begin.
func objectsOf(document []byte) map[int][]byte {
	objects := map[int][]byte{}
	at := bytes.LastIndex(document, []byte("\nxref\n"))
	if at < 0 {
		return objects
	}
	lines := bytes.Split(document[at+len("\nxref\n"):], []byte("\n"))
	var places []int
	for _, line := range lines[min(2, len(lines)):] {
		if !bytes.HasSuffix(bytes.TrimRight(line, " "), []byte("n")) || len(line) < 10 {
			break
		}
		place, _ := strconv.Atoi(string(line[:10]))
		places = append(places, place)
	}
	for n, from := range places {
		to := at + 1
		for _, other := range places {
			if other > from && other < to {
				to = other
			}
		}
		if from < to {
			body := objectHeader.ReplaceAll(document[from:to], nil)
			if end := bytes.LastIndex(body, []byte("endobj")); end >= 0 {
				objects[n+1] = body[:end]
			}
		}
	}
	return objects
}

// head returns the dictionary of an object, before any stream.
func head(object []byte) []byte {
	if i := bytes.Index(object, []byte("stream")); i >= 0 {
		return object[:i]
	}
	return object
}

// collect adds an object and those it refers to.
func (p *picture) collect(objects map[int][]byte, number int) {
	for _, o := range p.objects {
		if o.number == number {
			return
		}
	}
	data := objects[number]
	p.objects = append(p.objects, pictureObject{number, data})
	for _, r := range reference.FindAllSubmatch(head(data), -1) {
		if n, err := strconv.Atoi(string(r[1])); err == nil {
			p.collect(objects, n)
		}
	}
}

// addPicture writes a picture into a document and returns its number.
func (f *file) addPicture(p *picture) int {
	numbers := map[string]int{}
	for _, o := range p.objects {
		numbers[strconv.Itoa(o.number)] = f.promise()
	}
	for _, o := range p.objects {
		dictionary := head(o.data)
		renumbered := reference.ReplaceAllFunc(dictionary, func(r []byte) []byte {
			return []byte(fmt.Sprintf("%d 0 R", numbers[string(reference.FindSubmatch(r)[1])]))
		})
		f.object(numbers[strconv.Itoa(o.number)], "%s%s", renumbered, o.data[len(dictionary):])
	}
	return numbers[strconv.Itoa(p.objects[0].number)]
}
