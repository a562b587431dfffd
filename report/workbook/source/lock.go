package source

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// compoundMark begins the files that hold encrypted workbooks.
const compoundMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// cipherBlock is how many bytes are encrypted together.
const cipherBlock = 16

// errLocked says that what was encrypted cannot be opened again.
var errLocked = errors.New("what was encrypted does not open again")

// Encrypted reports whether a file begins as encrypted workbooks do. Old
// workbooks do too.
func Encrypted(head []byte) bool { return bytes.HasPrefix(head, []byte(compoundMark)) }

// Unlock returns the package of a workbook and the password that opened it: the
// given one, the one that programs use for workbooks which are only protected,
// or "" for a workbook that is not encrypted. The errors are those of a wrong
// password and of a way of encrypting that is not known.
func Unlock(data []byte, password string) (plain []byte, used string, err error) {
	if !Encrypted(data) {
		return data, "", nil
	}
	if plain, err := decrypt(data, defaultPassword); err == nil && packed(plain) {
		return plain, defaultPassword, nil
	}
	plain, err = decrypt(data, password)
	if err == nil && !packed(plain) {
		err = excelize.ErrWorkbookPassword
	}
	return plain, password, err
}

// Lock encrypts a package with a password, as spreadsheet programs do by
// themselves (AES-128, ECMA-376 standard encryption). What comes out was opened again and compared.
func Lock(plain []byte, password string) ([]byte, error) {
	locked, err := encrypt(plain, password)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	again, err := decrypt(locked, password)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	if !bytes.HasPrefix(again, plain) || len(again) >= len(plain)+cipherBlock { // it comes back with the padding
		return nil, errLocked
	}
	return locked, nil
}

// encrypt is the library's, which may panic.
func encrypt(plain []byte, password string) (locked []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("encrypt: %v", p)
		}
	}()
	return excelize.Encrypt(bytes.Clone(plain), &excelize.Options{Password: password})
}
