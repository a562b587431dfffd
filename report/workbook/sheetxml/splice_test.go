package sheetxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

const head = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`

// two are a number in D2 and a text in E4.
var two = []Cell{
	{Row: 4, Col: 5, Type: "inlineStr", Inner: []byte(`<is><t>x</t></is>`)},
	{Row: 2, Col: 4, Style: 7, Inner: []byte(`<f>B2*2</f><v>4</v>`)},
}

func TestSpliceRows(t *testing.T) {
	const d2, e4 = `<c r="D2" s="7"><f>B2*2</f><v>4</v></c>`, `<c r="E4" t="inlineStr"><is><t>x</t></is></c>`
	for name, test := range map[string][2]string{
		"rows that are there": {
			`<sheetData><row r="2"><c r="A2"/></row><row r="4" ht="9"><c r="B4"><v>1</v></c></row></sheetData>`,
			`<sheetData><row r="2"><c r="A2"/>` + d2 + `</row><row r="4" ht="9"><c r="B4"><v>1</v></c>` + e4 + `</row></sheetData>`},
		"self-closed rows": {
			`<sheetData><row r="2"/><row r="4" spans="1:2" /></sheetData>`,
			`<sheetData><row r="2">` + d2 + `</row><row r="4" spans="1:5" >` + e4 + `</row></sheetData>`},
		"rows that are not there": {
			`<sheetData><row r="1"/><row r="3"/><row r="9"/></sheetData>`,
			`<sheetData><row r="1"/><row r="2">` + d2 + `</row><row r="3"/><row r="4">` + e4 + `</row><row r="9"/></sheetData>`},
		"no rows at all": {
			`<sheetData/>`, `<sheetData><row r="2">` + d2 + `</row><row r="4">` + e4 + `</row></sheetData>`},
		"rows and cells without numbers": {
			`<sheetData><row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row></sheetData>`,
			`<sheetData><row><c><v>1</v></c></row><row><c/><c><v>2</v></c>` + d2 + `</row><row r="4">` + e4 + `</row></sheetData>`},
		"cells further right": {
			`<sheetData><row r="2"><c r="A2"/><c r="F2"><v>1</v></c></row><row r="4"><c r="AA4"/></row></sheetData>`,
			`<sheetData><row r="2"><c r="A2"/>` + d2 + `<c r="F2"><v>1</v></c></row><row r="4">` + e4 + `<c r="AA4"/></row></sheetData>`},
		"cells with a look only give way": {
			`<sheetData><row r="2"><c r="D2" s="1"/></row><row r="4"><c r="E4" s="2"> </c></row></sheetData>`,
			`<sheetData><row r="2">` + d2 + `</row><row r="4">` + e4 + `</row></sheetData>`},
		"comments, character data and instructions": {
			`<!-- <sheetData><row> --><sheetData><?x <row?><row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[</row><c r="D2">]]></t></is></c><!--</row>--></row></sheetData>`,
			`<!-- <sheetData><row> --><sheetData><?x <row?><row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[</row><c r="D2">]]></t></is></c>` + d2 + `<!--</row>--></row><row r="4">` + e4 + `</row></sheetData>`},
		"an end sign in an attribute": {
			`<sheetData><row r="2" x='a>"b/>'><c r="A2" y="</row>"/></row></sheetData>`,
			`<sheetData><row r="2" x='a>"b/>'><c r="A2" y="</row>"/>` + d2 + `</row><row r="4">` + e4 + `</row></sheetData>`},
		"an extension behind the cells": {
			`<sheetData><row r="2"><c r="A2"/><extLst><ext/></extLst></row></sheetData>`,
			`<sheetData><row r="2"><c r="A2"/>` + d2 + `<extLst><ext/></extLst></row><row r="4">` + e4 + `</row></sheetData>`},
		"dimension": {
			`<dimension ref="A1:B3"/><sheetData><row r="2">` + `</row></sheetData>`,
			`<dimension ref="A1:E4"/><sheetData><row r="2">` + d2 + `</row><row r="4">` + e4 + `</row></sheetData>`},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, head+test[0]+"</worksheet>", head+test[1]+"</worksheet>", Addition{Cells: two})
		})
	}
}

func TestSplicePrefix(t *testing.T) {
	const root = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	check(t, root+`<x:sheetData><x:row r="2"><x:c r="A2"/></x:row></x:sheetData></x:worksheet>`,
		root+`<x:cols><x:col min="4" max="4" width="9.5" customWidth="1"/></x:cols>`+
			`<x:sheetData><x:row r="2"><x:c r="A2"/><x:c r="D2" s="7"><x:f>B2*2</x:f><x:v>4</x:v></x:c></x:row>`+
			`<x:row r="4"><x:c r="E4" t="inlineStr"><x:is><x:t>x</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
		Addition{Cells: two, Widths: map[int]float64{4: 9.5}})
}

func TestSpliceColumns(t *testing.T) {
	add := Addition{Widths: map[int]float64{3: 10, 4: 11, 9: 12}}
	const c3, c4, c9 = `<col min="3" max="3" width="10" customWidth="1"/>`, `<col min="4" max="4" width="11" customWidth="1"/>`, `<col min="9" max="9" width="12" customWidth="1"/>`
	for name, test := range map[string][2]string{
		"none":         {``, `<cols>` + c3 + c4 + c9 + `</cols>`},
		"between":      {`<cols><col min="1" max="2"/><col min="5" max="6"/></cols>`, `<cols><col min="1" max="2"/>` + c3 + c4 + `<col min="5" max="6"/>` + c9 + `</cols>`},
		"empty list":   {`<cols/>`, `<cols>` + c3 + c4 + c9 + `</cols>`},
		"out of order": {`<cols><col min="5" max="6"/><col min="1" max="2"/></cols>`, `<cols><col min="5" max="6"/><col min="1" max="2"/></cols>`},
		"split": {`<cols><col min="2" max="16384" width="3" style="8" hidden="1"/></cols>`,
			`<cols><col min="2" max="2" width="3" style="8" hidden="1"/><col min="3" max="3" width="10" style="8" customWidth="1"/><col min="4" max="4" width="11" style="8" customWidth="1"/>` +
				`<col min="5" max="8" width="3" style="8" hidden="1"/><col min="9" max="9" width="12" style="8" customWidth="1"/><col min="10" max="16384" width="3" style="8" hidden="1"/></cols>`},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, head+test[0]+"<sheetData/></worksheet>", head+test[1]+"<sheetData/></worksheet>", add)
		})
	}
}

func TestSpliceFurniture(t *testing.T) {
	add := Addition{
		Conditions: [][]byte{[]byte(`<conditionalFormatting sqref="D2"><cfRule type="dataBar" priority="1"/></conditionalFormatting>`)},
		Hyperlinks: [][]byte{[]byte(`<hyperlink ref="D2" location="A!A1"/>`)},
		Drawing:    "rId9",
	}
	const cond = `<conditionalFormatting sqref="D2"><cfRule type="dataBar" priority="%"/></conditionalFormatting>`
	const link, draw = `<hyperlink ref="D2" location="A!A1"/>`, `<legacyDrawing xmlns:r="` + relationships + `" r:id="rId9"/>`
	for name, test := range map[string][2]string{
		"nothing else": {``, strings.ReplaceAll(cond, "%", "1") + `<hyperlinks>` + link + `</hyperlinks>` + draw},
		"in the right order": {`<mergeCells/><dataValidations/><pageMargins/><drawing/><tableParts/><extLst/>`,
			`<mergeCells/>` + strings.ReplaceAll(cond, "%", "1") + `<dataValidations/><hyperlinks>` + link + `</hyperlinks><pageMargins/><drawing/>` + draw + `<tableParts/><extLst/>`},
		"behind the user's": {`<conditionalFormatting><cfRule priority="4"/></conditionalFormatting><hyperlinks><hyperlink/></hyperlinks><extLst><x14:cfRule priority="6"/></extLst>`,
			`<conditionalFormatting><cfRule priority="4"/></conditionalFormatting>` + strings.ReplaceAll(cond, "%", "7") + `<hyperlinks><hyperlink/>` + link + `</hyperlinks>` + draw + `<extLst><x14:cfRule priority="6"/></extLst>`},
		"before what is not known": {`<pageMargins/><mc:AlternateContent><controls/></mc:AlternateContent>`,
			strings.ReplaceAll(cond, "%", "1") + `<hyperlinks>` + link + `</hyperlinks><pageMargins/>` + draw + `<mc:AlternateContent><controls/></mc:AlternateContent>`},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, head+"<sheetData/>"+test[0]+"</worksheet>", head+"<sheetData/>"+test[1]+"</worksheet>", add)
		})
	}
}

func TestSpliceRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		part string
		want error
	}{
		"content in the way":   {head + `<sheetData><row r="2"><c r="D2"><v>1</v></c></row></sheetData></worksheet>`, ErrOccupied},
		"a merge in the way":   {head + `<sheetData/><mergeCells><mergeCell ref="A4:D9"/></mergeCells></worksheet>`, ErrOccupied},
		"rows out of order":    {head + `<sheetData><row r="5"/><row r="3"/></sheetData></worksheet>`, ErrUnknown},
		"cells out of order":   {head + `<sheetData><row r="2"><c r="B2"/><c r="A2"/></row></sheetData></worksheet>`, ErrUnknown},
		"cell of another row":  {head + `<sheetData><row r="2"><c r="B3"/></row></sheetData></worksheet>`, ErrUnknown},
		"row number 0":         {head + `<sheetData><row r="0"/></sheetData></worksheet>`, ErrUnknown},
		"cut off":              {head + `<sheetData><row r="2"><c r="B2"/>`, ErrBroken},
		"cut off in a tag":     {head + `<sheetData><row r="2`, ErrBroken},
		"strict":               {`<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData/></worksheet>`, ErrUnknown},
		"UTF-16":               {"\xff\xfe<\x00w\x00", ErrUnknown},
		"another encoding":     {`<?xml version="1.0" encoding="ISO-8859-1"?>` + head + `<sheetData/></worksheet>`, ErrUnknown},
		"document type":        {`<!DOCTYPE x [<!ENTITY a "b">]>` + head + `<sheetData/></worksheet>`, ErrUnknown},
		"no rows":              {head + `</worksheet>`, ErrUnknown},
		"two lists of rows":    {head + `<sheetData/><sheetData/></worksheet>`, ErrUnknown},
		"something behind":     {head + `<sheetData/></worksheet><a/>`, ErrBroken},
		"a stranger in a row":  {head + `<sheetData><row r="2"><d/></row></sheetData></worksheet>`, ErrUnknown},
		"another prefix":       {head + `<sheetData><y:row r="2"/></sheetData></worksheet>`, ErrUnknown},
		"nothing":              {``, ErrBroken},
		"a chart sheet's root": {`<chartsheet xmlns="` + Namespace + `"><sheetData/></chartsheet>`, ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Splice([]byte(test.part), Addition{Cells: two}); !errors.Is(err, test.want) {
				t.Errorf("got error %v, want %v", err, test.want)
			}
		})
	}
}

func TestRemoveIsTheWayBack(t *testing.T) {
	for name, part := range map[string]string{
		"rows":  head + `<sheetData><row r="1"/><row r="2"><c r="A2"><v>1</v></c></row><row r="4" ht="8"><c r="A4"/><c r="J4"/></row></sheetData></worksheet>`,
		"extra": head + `<sheetData><row r="2"><c r="A2"/></row></sheetData><conditionalFormatting sqref="A1:D9"><cfRule priority="2"/></conditionalFormatting></worksheet>`,
	} {
		t.Run(name, func(t *testing.T) {
			add := Addition{Cells: two,
				Conditions: [][]byte{[]byte(`<conditionalFormatting sqref="D2 E4"><cfRule priority="1"/></conditionalFormatting>`)},
				Hyperlinks: [][]byte{[]byte(`<hyperlink ref="D2" location="A!A1"/>`)}}
			changed := splice(t, part, add)
			edits, err := Remove(changed, Area{2, 4, 4, 5})
			if err != nil {
				t.Fatal(err)
			}
			got, err := Apply(changed, edits)
			if err != nil || string(got) != part {
				t.Errorf("error %v\n got %s\nwant %s", err, got, part)
			}
		})
	}
}

// check splices, compares with what is wanted, and takes the splice back.
func check(t *testing.T, part, want string, add Addition) {
	t.Helper()
	if got := string(splice(t, part, add)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// splice holds for each splice that taking it out gives the original, and that
// a part that was well formed stays so.
func splice(t *testing.T, part string, add Addition) []byte {
	t.Helper()
	edits, err := Splice([]byte(part), add)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Apply([]byte(part), edits)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Strip(got, edits)
	if err != nil || string(back) != part {
		t.Fatalf("stripped: error %v\n got %s\nwant %s", err, back, part)
	}
	if wellFormed([]byte(part)) && !wellFormed(got) {
		t.Fatalf("not well formed any more: %s", got)
	}
	return got
}

func wellFormed(part []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(part))
	for {
		if _, err := d.Token(); err != nil {
			return err == io.EOF
		}
	}
}

func TestStripSeesDamage(t *testing.T) {
	part := []byte(head + `<sheetData/></worksheet>`)
	edits, err := Splice(part, Addition{Cells: two})
	if err != nil {
		t.Fatal(err)
	}
	got, _ := Apply(part, edits)
	damaged := bytes.Replace(got, []byte("B2*2"), []byte("B2*3"), 1)
	if _, err := Strip(damaged, edits); err == nil {
		t.Error("a changed insertion was not seen")
	}
	if _, err := Strip(got[:len(got)-30], edits); err == nil {
		t.Error("a missing insertion was not seen")
	}
}

// FuzzSplice holds that no part makes the splice panic, that taking the splice
// out gives the original, and that well-formed parts stay well formed.
func FuzzSplice(f *testing.F) {
	for _, body := range []string{
		`<dimension ref="A1"/><cols><col min="1" max="99"/></cols><sheetData><row r="2" spans="1:2"><c r="A2"/></row><row r="4"/></sheetData><pageMargins/>`,
		`<sheetData/><conditionalFormatting/><extLst/>`, `<sheetData><row><c/><!-- > --><c><v><![CDATA[x]]></v></c></row></sheetData>`,
	} {
		f.Add(head + body + `</worksheet>`)
		f.Add(strings.NewReplacer("</", "</x:", "<!", "<!", "<", "<x:", "xmlns=", "xmlns:x=").Replace(head + body + `</worksheet>`))
	}
	f.Fuzz(func(t *testing.T, part string) {
		add := Addition{Cells: two, Widths: map[int]float64{4: 9, 5: 8}, Drawing: "rId1",
			Conditions: [][]byte{[]byte(`<conditionalFormatting sqref="D2"><cfRule priority="1"/></conditionalFormatting>`)},
			Hyperlinks: [][]byte{[]byte(`<hyperlink ref="D2" location="A!A1"/>`)}}
		if _, err := Splice([]byte(part), add); err != nil {
			return
		}
		splice(t, part, add)
		_, _ = Remove([]byte(part), Area{2, 4, 4, 5})
		_, _ = Cells([]byte(part), Area{1, 1, 9, 9})
	})
}

func TestContentOfASheet(t *testing.T) {
	rows := `<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="C2"><f>1+1</f></c><c r="H2" s="1"/></row></sheetData>`
	for name, test := range map[string]struct {
		part string
		last int
		free bool // E2:F9
	}{
		"nothing":                   {`<sheetData/>`, 0, true},
		"a formula without result":  {rows, 3, true},
		"a merged range":            {rows + `<mergeCells><mergeCell ref="A1:F2"/></mergeCells>`, 6, false},
		"a merged range elsewhere":  {rows + `<mergeCells><mergeCell ref="A1:G1"/></mergeCells>`, 7, true},
		"an array over the area":    {`<sheetData><row r="3"><c r="B3"><f t="array" ref="B3:J4">1</f><v>1</v></c></row></sheetData>`, 10, false},
		"an empty text in the area": {`<sheetData><row r="9"><c r="E9" t="s"><v>0</v></c></row></sheetData>`, 5, false},
	} {
		part := []byte(head + test.part + "</worksheet>")
		if last, err := LastColumn(part); err != nil || last != test.last {
			t.Errorf("%s: last column %d, %v, want %d", name, last, err, test.last)
		}
		err := Unoccupied(part, Area{Row: 2, Col: 5, LastRow: 9, LastCol: 6})
		if test.free != (err == nil) || err != nil && !errors.Is(err, ErrOccupied) {
			t.Errorf("%s: %v, want free %v", name, err, test.free)
		}
	}
	if _, err := LastColumn([]byte(head + "<sheetData>")); !errors.Is(err, ErrBroken) {
		t.Errorf("a broken part: %v", err)
	}
}
