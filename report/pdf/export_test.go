package pdf

// TextWidth returns the width of the widest line of a box in millimetres.
func TextWidth(b Box) float64 { return b.textWidth() }
