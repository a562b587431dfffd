package main

import (
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/pipeline"
	"valuebook/report/receipt"
	"valuebook/templates"
)

func (p *program) explainCommand() *cli.Command {
	return &cli.Command{
		Name: "explain", Usage: p.say("command.explain"), ArgsUsage: "CUSTOMER WORKBOOK | CODE",
		Description: p.say("command.explain.description"),
		Flags:       p.readingFlags(),
		Action: func(c *cli.Context) error {
			if c.NArg() == 1 && !isFile(c.Args().First()) {
				return p.explainFinding(c.Args().First())
			}
			if c.NArg() != 2 {
				return fail(exitUsage, "error.explain-arguments").withHint("hint.explain-arguments")
			}
			customer, workbook := c.Args().Get(0), c.Args().Get(1)
			if isFile(customer) && !isFile(workbook) {
				customer, workbook = workbook, customer
			}
			tasks, err := p.tasks(c, []string{workbook})
			if err != nil {
				return err
			}
			outcome, err := pipeline.Run(c.Context, tasks[0].job())
			if err != nil {
				return err
			}
			if outcome.Stopped {
				p.tellStopped(tasks[0], outcome.Dataset)
				return quietExit(exitStopped)
			}
			return p.explain(customer, outcome)
		},
	}
}

// explainFinding prints what a finding means and what to do about it.
func (p *program) explainFinding(code string) error {
	catalogue, err := templates.Catalogue("", nil)
	if err != nil {
		return err
	}
	codes := receipt.Codes(catalogue)
	if !slices.Contains(codes, code) {
		f := fail(exitUsage, "error.explain-arguments")
		if nearest := config.Nearest(code, codes); nearest != "" {
			return f.withHint("hint.did-you-mean", dataset.Str("valuebook explain "+nearest))
		}
		return f.withHint("hint.explain-arguments")
	}
	meaning := receipt.Meaning(p.words, code)
	p.print(code)
	for _, text := range []string{meaning.Problem, p.say("explain.want", dataset.Str(meaning.Want)), p.say("explain.fix", dataset.Str(meaning.Fix))} {
		for _, line := range receipt.Wrap(text, screenWidth-2) {
			p.print("  " + line)
		}
	}
	return nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// explain prints one customer's numbers step by step.
func (p *program) explain(customer string, outcome pipeline.Outcome) error {
	d := outcome.Dataset
	i, err := findCustomer(d, customer)
	if err != nil {
		return err
	}
	p.print(p.customerTitle(d, i), "")
	screen := screen{words: outcome.Words, print: p.print}
	for _, block := range outcome.Report.Explain(i) {
		screen.block(block)
	}
	return nil
}

// customerTitle names a customer with the ID, where that is not the name.
func (p *program) customerTitle(d *dataset.Dataset, i int) string {
	name, id := d.Customers.Label(i), d.Customers.ID[i]
	if name == id {
		return p.say("explain.title", dataset.Str(name), dataset.Str(d.Receipt.File))
	}
	return p.say("explain.title-id", dataset.Str(name), dataset.Str(d.Receipt.File), dataset.Str(id))
}

// findCustomer returns the customer whose ID or name was given; upper and
// lower case do not matter when only one fits.
func findCustomer(d *dataset.Dataset, wanted string) (int, error) {
	if d.Customers.Len() == 0 {
		return 0, fail(exitFailure, "error.no-customers", dataset.Str(d.Receipt.File))
	}
	for _, equal := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		var found []int
		for i := range d.Customers.Len() {
			if equal(d.Customers.ID[i], wanted) || equal(d.Customers.Label(i), wanted) {
				found = append(found, i)
			}
		}
		switch {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return 0, fail(exitFailure, "error.many-customers", dataset.Str(wanted), dataset.N(len(found))).
				withHint("hint.many-customers", dataset.List(identifiers(d, found)...))
		}
	}
	f := fail(exitFailure, "error.customer-unknown", dataset.Str(d.Receipt.File), dataset.Str(wanted))
	if nearest := config.Nearest(wanted, labels(d)); nearest != "" {
		return 0, f.withHint("hint.did-you-mean", dataset.Str(nearest))
	}
	return 0, f.withHint("hint.customer-unknown", dataset.Str(d.Customers.Label(0)))
}

// shownIdentifiers limits the list of customers of one name.
const shownIdentifiers = 10

func identifiers(d *dataset.Dataset, found []int) []string {
	var ids []string
	for _, i := range found[:min(len(found), shownIdentifiers)] {
		ids = append(ids, d.Customers.ID[i])
	}
	return ids
}

func labels(d *dataset.Dataset) []string {
	all := append([]string{}, d.Customers.ID...)
	for i := range d.Customers.Len() {
		all = append(all, d.Customers.Label(i))
	}
	return all
}
