package source

// Codes of findings. Each has its texts in the catalogue as "finding.CODE",
// "finding.CODE.want" and "finding.CODE.fix".
const (
	CodeFileEmpty     = "file-empty"
	CodeFileLock      = "file-lock"
	CodeFileFolder    = "file-folder"
	CodeTextAsBook    = "text-as-workbook"
	CodeFileXLS       = "file-xls"
	CodeFileBinary    = "file-xlsb"
	CodeFileODS       = "file-ods"
	CodeFileHTML      = "file-html"
	CodeFileXML       = "file-xml"
	CodeFileOther     = "file-other"
	CodeFileDamaged   = "file-damaged"
	CodeFileTooLarge  = "file-too-large"
	CodeFileInflates  = "file-inflates"
	CodeFileNested    = "file-nested"
	CodeFileUnsafe    = "file-unsafe"
	CodeFilePassword  = "file-password"
	CodeFileWrongPass = "file-wrong-password"
	CodeSheetDamaged  = "sheet-damaged"
	CodeSheetMissing  = "sheet-missing"
	CodeSheetOther    = "sheet-other-reader"
	CodeTextQuote     = "text-open-quote"
	CodeTextEncoding  = "text-encoding"
)
