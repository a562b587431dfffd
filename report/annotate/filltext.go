package annotate

import (
	"bytes"
	"encoding/xml"
)

// appendText appends text as XML; characters that XML does not allow become the
// replacement mark.
func appendText(to []byte, text string) []byte {
	start := len(to)
	if to = append(to, text...); plainText(to[start:]) {
		return to
	}
	out := bytes.NewBuffer(to[:start])
	_ = xml.EscapeText(out, []byte(text)) // a buffer takes everything
	return out.Bytes()
}
