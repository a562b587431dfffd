package sheetxml

// maxRule is how many bytes of the formula of a validation are kept.
const maxRule = 32 << 10

// furniture takes an element beside the rows: what hides columns, merges cells or limits what may be entered.
func (w *worksheet) furniture() error {
	switch {
	case w.is("mergeCell"):
		ref := ""
		if err := w.attr(func(name, value []byte) error {
			if string(name) == "ref" {
				ref = string(value)
			}
			return nil
		}); err != nil {
			return err
		}
		return w.sink.Merge(ref)
	case w.is("col"):
		return w.column()
	case w.is("dataValidation"):
		w.rule = Validation{}
		return w.attr(func(name, value []byte) error {
			switch string(name) {
			case "type":
				w.rule.Type = string(value)
			case "operator":
				w.rule.Operator = string(value)
			case "sqref":
				w.rule.Areas = string(value)
			}
			return nil
		})
	}
	return w.checkAttributes()
}

func (w *worksheet) column() error {
	first, last, hidden := 0, 0, false
	err := w.attr(func(name, value []byte) error {
		switch string(name) {
		case "min":
			first, _ = Digits(value)
		case "max":
			last, _ = Digits(value)
		case "hidden":
			hidden = truth(value)
		}
		return nil
	})
	if err != nil || first < 1 || last < first || first > maxCol {
		return err
	}
	return w.sink.Columns(first, min(last, maxCol), hidden)
}

// ruleText takes a text beside the rows: it counts where it is the formula of a validation.
func (w *worksheet) ruleText() {
	if w.depth() == 0 {
		return
	}
	name := w.names[w.starts[len(w.starts)-1]:]
	for i, formula := range [...]string{"formula1", "formula2"} {
		if string(name) == w.prefix+formula && len(w.rule.Formulas[i]) < maxRule {
			w.rule.Formulas[i] += string(w.text)
		}
	}
}

// furnitureEnd takes the end of an element beside the rows.
func (w *worksheet) furnitureEnd() error {
	if !w.is("dataValidation") {
		return nil
	}
	rule := w.rule
	w.rule = Validation{}
	return w.sink.Validation(rule)
}
