package main

import (
	"valuebook/report/dataset"
	"valuebook/report/receipt"
)

// screenWidth is how wide the receipt is: what every terminal and most mails show.
const screenWidth = 80

// printReceipt says what was understood, what is wrong, and how every table was read.
func (p *program) printReceipt(d *dataset.Dataset) {
	p.print(receipt.Lines(d, p.words, screenWidth)...)
}
