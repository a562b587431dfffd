package workbook

import "valuebook/report/workbook/source"

// Encrypted reports whether a file begins as encrypted workbooks do.
func Encrypted(head []byte) bool { return source.Encrypted(head) }

// Unlock returns the package of an encrypted workbook and the password that
// opened it, "" for a workbook that is not encrypted.
func Unlock(data []byte, password string) (plain []byte, used string, err error) {
	return source.Unlock(data, password)
}

// Lock encrypts a workbook with a password, as spreadsheet programs do (AES).
// What comes out was opened again and compared.
func Lock(plain []byte, password string) ([]byte, error) { return source.Lock(plain, password) }
