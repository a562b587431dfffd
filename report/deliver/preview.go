package deliver

import (
	"bytes"
	"encoding/base64"

	"valuebook/report/ledger"
)

// PreviewHTML returns the HTML text of a delivery as a page of its own for a
// browser, with its pictures inside.
func PreviewHTML(d ledger.Delivery) ([]byte, error) {
	page := []byte(d.HTML)
	for _, f := range d.Inline {
		data, err := content(f)
		if err != nil {
			return nil, err
		}
		inside := "data:" + f.Type + ";base64," + base64.StdEncoding.EncodeToString(data)
		page = bytes.ReplaceAll(page, []byte("cid:"+f.ID), []byte(inside))
	}
	return page, nil
}
