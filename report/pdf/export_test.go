package pdf

// TextWidth returns the width of the widest line of a box in millimetres.
func TextWidth(b Box) float64 {
	widest := 0.0
	for _, line := range b.Text {
		widest = max(widest, b.style.width(line))
	}
	return widest
}
