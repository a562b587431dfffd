package analysis

import "valuebook/report/dataset"

func notes(d *dataset.Dataset, o Options, r *Results) []dataset.Message { return nil }
