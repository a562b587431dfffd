package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"github.com/golang/freetype/truetype"
)

// What is wrong with a font file; the errors of [ParseFont] wrap them.
var (
	ErrNotTrueType    = errors.New("not a TrueType font")
	ErrOutlines       = errors.New("the outlines are PostScript's (OpenType CFF), not TrueType's")
	ErrFontTables     = errors.New("the tables are incomplete or broken")
	ErrFontCharacters = errors.New("the font has no table of Unicode characters")
	ErrFontRights     = errors.New("the font's maker forbids to embed it")
)

// ParseFont reads a TrueType file, .ttf, or the first font of a collection,
// .ttc. The font may serve any number of documents at one time.
//
// Errors: [ErrNotTrueType], [ErrOutlines], [ErrFontTables],
// [ErrFontCharacters], [ErrFontRights].
func ParseFont(data []byte) (*Font, error) {
	tables, err := fontTables(data)
	if err != nil {
		return nil, err
	}
	if os2 := tables["OS/2"]; len(os2) >= 10 {
		if rights := binary.BigEndian.Uint16(os2[8:]); rights == 0x0002 || rights&0x0300 != 0 {
			return nil, ErrFontRights
		}
	}
	name := fontName(tables["name"])
	if err := simplify(tables, name); err != nil {
		return nil, err
	}
	whole := assemble(tables)
	font, err := truetype.Parse(whole)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFontTables, err)
	}
	bold := binary.BigEndian.Uint16(tables["head"][44:])&1 != 0
	mark := strconv.FormatUint(uint64(crc32.ChecksumIEEE(whole))%(36*36*36)+36*36*36, 36)[1:] // tells fonts of one name apart
	return measured(&Font{name: name, family: libraryFamily(mark, name), bold: bold, data: whole, font: font}), nil
}

// Bold reports whether the font says of itself that it is bold.
func (f *Font) Bold() bool { return f.bold }

// fontTables returns the tables of a font file by their names.
func fontTables(data []byte) (map[string][]byte, error) {
	at := 0
	if len(data) >= 16 && string(data[:4]) == "ttcf" {
		at = int(binary.BigEndian.Uint32(data[12:]))
	}
	if at < 0 || at+12 > len(data) {
		return nil, ErrNotTrueType
	}
	switch kind := string(data[at : at+4]); kind {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return nil, ErrOutlines
	default:
		return nil, ErrNotTrueType
	}
	count := int(binary.BigEndian.Uint16(data[at+4:]))
	if at+12+16*count > len(data) {
		return nil, ErrFontTables
	}
	tables := map[string][]byte{}
	for i := range count {
		entry := data[at+12+16*i:]
		from, size := uint64(binary.BigEndian.Uint32(entry[8:])), uint64(binary.BigEndian.Uint32(entry[12:]))
		if from+size > uint64(len(data)) {
			return nil, ErrFontTables
		}
		tables[string(entry[:4])] = data[from : from+size]
	}
	return tables, nil
}

// keptTables are all that a PDF needs of a font, in the order of a font file.
var keptTables = []string{"OS/2", "cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep"}

// leastSizes are the tables without which the PDF library fails, and how long
// they must be for it.
var leastSizes = map[string]int{"cmap": 4, "glyf": 1, "head": 54, "hhea": 36, "hmtx": 4, "loca": 4, "maxp": 6, "post": 32}

// simplify replaces the tables that the PDF library reads only in some forms,
// and complains of the others on the standard output.
func simplify(tables map[string][]byte, name string) error {
	if len(tables["CFF "]) > 0 || len(tables["CFF2"]) > 0 {
		return ErrOutlines
	}
	if len(tables["post"]) < 32 {
		tables["post"] = make([]byte, 32)
	}
	for table, size := range leastSizes {
		if len(tables[table]) < size {
			return fmt.Errorf("%w: %s", ErrFontTables, strings.TrimSpace(table))
		}
	}
	if len(tables["OS/2"]) < 96 {
		delete(tables, "OS/2") // the library reads beyond the end of a short one
	}
	characters, err := basicCharacters(tables["cmap"])
	if err != nil {
		return err
	}
	head, hhea := slices.Clone(tables["head"]), slices.Clone(tables["hhea"])
	binary.BigEndian.PutUint16(head[52:], 0)
	binary.BigEndian.PutUint16(hhea[32:], 0)
	metrics := int(binary.BigEndian.Uint16(hhea[34:]))
	if metrics == 0 || 4*metrics > len(tables["hmtx"]) || binary.BigEndian.Uint16(head[18:]) == 0 {
		return fmt.Errorf("%w: hmtx", ErrFontTables)
	}
	tables["head"], tables["hhea"], tables["cmap"], tables["name"] = head, hhea, characters, nameTable(name)
	return nil
}

// basicCharacters returns a character table that holds only the part for the
// characters up to U+FFFF (format 4).
func basicCharacters(table []byte) ([]byte, error) {
	count := int(binary.BigEndian.Uint16(table[2:]))
	for i := 0; i < count && 4+8*(i+1) <= len(table); i++ {
		entry := table[4+8*i:]
		platform, encoding := binary.BigEndian.Uint16(entry), binary.BigEndian.Uint16(entry[2:])
		at := int(binary.BigEndian.Uint32(entry[4:]))
		if !(platform == 3 && encoding == 1 || platform == 0) || at+4 > len(table) || binary.BigEndian.Uint16(table[at:]) != 4 {
			continue
		}
		// A long table states its length modulo 65,536: what follows comes along.
		part := table[at:]
		if length := int(binary.BigEndian.Uint16(part[2:])); length >= 16 && length <= len(part) && at+length >= len(table)-4 {
			part = part[:length]
		}
		return append([]byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}, part...), nil
	}
	return nil, ErrFontCharacters
}

// nameTable returns a table of names that holds one, the PostScript name.
func nameTable(name string) []byte {
	table := []byte{0, 0, 0, 1, 0, 18, 0, 3, 0, 1, 4, 9, 0, 6, 0, byte(2 * len(name)), 0, 0}
	for i := range len(name) {
		table = append(table, 0, name[i])
	}
	return table
}

// fontName returns the PostScript name of a font, reduced to letters and
// digits; a font without one is called Given.
func fontName(table []byte) string {
	const postScript, most = 6, 40
	if len(table) < 6 {
		return "Given"
	}
	count, texts := int(binary.BigEndian.Uint16(table[2:])), int(binary.BigEndian.Uint16(table[4:]))
	for i := 0; i < count && 6+12*(i+1) <= len(table); i++ {
		entry := table[6+12*i:]
		size, at := int(binary.BigEndian.Uint16(entry[8:])), texts+int(binary.BigEndian.Uint16(entry[10:]))
		if binary.BigEndian.Uint16(entry[6:]) != postScript || at+size > len(table) {
			continue
		}
		name := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1 // the high halves of UTF-16 among them
		}, string(table[at:at+size]))
		if name != "" {
			return name[:min(len(name), most)]
		}
	}
	return "Given"
}

// assemble writes the tables that pages need as a font file.
func assemble(tables map[string][]byte) []byte {
	kept := map[string][]byte{}
	for _, name := range keptTables {
		if len(tables[name]) > 0 {
			kept[name] = tables[name]
		}
	}
	return fontFile(kept)
}

// The library names embedded fonts /utf8FAMILY; a subset is to be named by six
// capitals, a plus sign and the font's name. Both names are equally long, so
// that one can take the other's place in the finished file.
const (
	libraryTag = "/utf8"
	subsetTag  = "/VALUEB+"
)

// libraryFamily returns the name of a font within the PDF library, which keeps
// small letters only, behind three characters of its own.
func libraryFamily(mark, name string) string { return mark + strings.ToLower(name) }

// renamed gives the fonts of a finished file their proper names.
func renamed(document []byte, fonts []*Font) []byte {
	for _, f := range fonts {
		if f.style == "" { // the bold of a family has the same name and one letter more
			document = bytes.ReplaceAll(document, []byte(libraryTag+f.family), []byte(subsetTag+f.name))
		}
	}
	return document
}
