package pdf

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// A Protection is a password for reading a PDF and what a reader may do with
// it. Reading aloud is always allowed.
type Protection struct {
	Password string
	Print    bool
	Copy     bool
}

// noConfiguration keeps the encrypting library from making a folder in the
// user's home.
var noConfiguration = sync.OnceFunc(api.DisableConfigDir)

// Protect encrypts a PDF with AES of 256 bits (PDF 2.0, revision 6). The
// password that would lift the limits is random and thrown away. The same
// document gives other bytes each time: keys are drawn anew.
func Protect(document []byte, p Protection) (out []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("pdf: encrypting: %v", cause)
		}
	}()
	noConfiguration()
	owner := make([]byte, 24)
	if _, err := rand.Read(owner); err != nil {
		return nil, err
	}
	c := model.NewAESConfiguration(p.Password, hex.EncodeToString(owner), 256)
	c.Permissions = model.PermissionsNone + model.PermissionExtractRev3
	if p.Print {
		c.Permissions += model.PermissionPrintRev2 + model.PermissionPrintRev3
	}
	if p.Copy {
		c.Permissions += model.PermissionExtract
	}
	var encrypted bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(secondEdition(document)), &encrypted, c); err != nil {
		return nil, fmt.Errorf("pdf: encrypting: %w", err)
	}
	return encrypted.Bytes(), nil
}

// secondEdition returns the document with the header of PDF 2.0, which defines
// the encryption in use.
func secondEdition(document []byte) []byte {
	const header = "%PDF-2.0"
	if len(document) < len(header) || !bytes.HasPrefix(document, []byte("%PDF-")) {
		return document
	}
	return append([]byte(header), document[len(header):]...)
}
