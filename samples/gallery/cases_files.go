package gallery

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// plainText is the plain table as text.
const plainText = "Customer,Benefit: Service [1-5],Cost: Price [1-5]\nAda,4,2\nBo,5,3\nCy,2,4\n"

func files() []Case {
	return []Case{
		{Name: "csv-named-xlsx", File: "survey.xlsx", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2", Codes: []string{"text-as-workbook"},
			Why:  "The file ends in .xlsx and is a text. It is read for what it is.",
			Data: []byte(plainText)},
		{Name: "csv-with-semicolons", File: "umfrage.csv", Layout: "wide", Rows: 3, Rated: 2, Values: "4.5 5 2", Codes: []string{"number-converted"},
			Why:  "Where the comma is the decimal mark, fields are parted by semicolons, and there is a mark at the beginning of the file.",
			Data: []byte("\ufeffKunde;Nutzen: Service [1-5];Kosten: Preis [1-5]\r\nAda;4,5;2\r\nBo;5;3\r\nCy;2;4\r\n")},
		{Name: "csv-in-utf-16", File: "survey.csv", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2",
			Why:  "Excel saves \"Unicode text\" with two bytes a letter and tabs between the fields.",
			Data: utf16Of("Customer\tBenefit: Service [1-5]\tCost: Price [1-5]\nAda\t4\t2\nBo\t5\t3\nCy\t2\t4\n")},
		{Name: "csv-in-windows-1252", File: "kunden.csv", Layout: "wide", Rows: 2, Rated: 2, Values: "4 5", Codes: []string{"text-encoding"},
			Why:  "An old program wrote umlauts in one byte each. The names are right, and the encoding is named, as it was not declared.",
			Data: []byte("Kunde;Nutzen: Service [1-5];Kosten: Preis [1-5]\nM\xfcller S\xf6hne;4;2\nJ\xe4ger;5;3\n")},
		{Name: "html-named-xls", File: "export.xls", Layout: "wide", Rows: 3, Rated: 2, Values: "4 5 2",
			Why:  "Many a program exports a web page and calls it .xls. The table in it is read.",
			Data: []byte("<html><body><table><tr><th>Customer</th><th>Benefit: Service [1-5]</th><th>Cost: Price [1-5]</th></tr><tr><td>Ada</td><td>4</td><td>2</td></tr><tr><td>Bo</td><td>5</td><td>3</td></tr><tr><td>Cy</td><td>2</td><td>4</td></tr></table></body></html>")},
		{Name: "lock-file", File: "~$survey.xlsx", Layout: "unknown", Codes: []string{"file-lock"},
			Why:  "While a workbook is open, a small file with its name after ~$ lies beside it. It holds no table.",
			Data: append(append([]byte{3}, "Ada"...), bytes.Repeat([]byte{' ', 0}, 80)...)},
		{Name: "empty-file", File: "survey.xlsx", Layout: "unknown", Codes: []string{"file-empty"},
			Why:  "The download or the copy failed: the file has no bytes.",
			Data: []byte{}},
		{Name: "password", File: "survey.xlsx", Layout: "unknown", Codes: []string{"file-password"},
			Why:  "The workbook is encrypted. The password is asked for, never guessed.",
			Data: encrypted()},
		{Name: "cut-off-sheet", File: "survey.xlsx", Layout: "unknown", Codes: []string{"sheet-damaged"},
			Why:  "The sheet ends in the middle of a row. Reading what is there would silently lose customers, so nothing is read.",
			Data: cutOff()},
		{Name: "headers-only", File: "survey.xlsx", Layout: "unknown", Codes: []string{"no-rows"},
			Why:  "The sheet has headers and no rows: the export found nobody.",
			Data: book(sheet{name: "Survey", grid: "Customer | Benefit: Service [1-5] | Cost: Price [1-5]"})},
	}
}

// utf16Of is a text as UTF-16 with its mark at the beginning, low byte first.
func utf16Of(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// encrypted is the beginning of an encrypted workbook: a compound file that holds a part EncryptionInfo and a part EncryptedPackage.
func encrypted() []byte {
	const sector = 512
	data := make([]byte, 4*sector)
	copy(data, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1})
	little := binary.LittleEndian
	little.PutUint16(data[24:], 0x3e)
	little.PutUint16(data[26:], 3)
	little.PutUint16(data[28:], 0xfffe)
	little.PutUint16(data[30:], 9)
	little.PutUint16(data[32:], 6)
	little.PutUint32(data[44:], 1)          // sectors of the table
	little.PutUint32(data[48:], 1)          // first sector of the directory
	little.PutUint32(data[56:], 4096)       // smallest stream outside the mini stream
	little.PutUint32(data[60:], 0xfffffffe) // no mini table
	little.PutUint32(data[68:], 0xfffffffe)
	for i := 0; i < 109; i++ {
		little.PutUint32(data[76+4*i:], 0xffffffff)
	}
	little.PutUint32(data[76:], 0)
	table := data[sector:]
	for i := 0; i < sector/4; i++ {
		little.PutUint32(table[4*i:], 0xffffffff)
	}
	little.PutUint32(table, 0xfffffffd)
	little.PutUint32(table[4:], 0xfffffffe)
	for i, name := range []string{"Root Entry", "EncryptionInfo", "EncryptedPackage"} {
		entry(data[2*sector+128*i:], name, i)
	}
	return data
}

// entry writes one entry of the directory: the root, or an empty stream beside the one before it.
func entry(at []byte, name string, index int) {
	little := binary.LittleEndian
	for i, unit := range utf16.Encode([]rune(name)) {
		little.PutUint16(at[2*i:], unit)
	}
	little.PutUint16(at[64:], uint16(2*len(name)+2))
	at[66], at[67] = 2, 1
	left, right, child := uint32(0xffffffff), uint32(0xffffffff), uint32(0xffffffff)
	switch index {
	case 0:
		at[66], child = 5, 1
	case 1:
		right = 2
	}
	little.PutUint32(at[68:], left)
	little.PutUint32(at[72:], right)
	little.PutUint32(at[76:], child)
	little.PutUint32(at[116:], 0xfffffffe)
}

// cutOff is a workbook whose sheet ends within a row.
func cutOff() []byte {
	return bookWith(func(xml string) string { return xml[:len(xml)-90] }, false, []sheet{{name: "Survey", grid: plain}})
}
