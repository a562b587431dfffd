package pdf

import "testing"

// TestLoweredChartStaysWithItsTitle holds that a chart which is drawn lower to
// fit on a page is on that page, below its title: whatever the heights add up to.
func TestLoweredChartStaysWithItsTitle(t *testing.T) {
	for i := range 400 {
		f := newFlow(20, 283.7)
		tall := 40.1 + 0.37*float64(i%50)
		figure := Box{Role: RoleFigure, H: tall}
		f.add([]piece{
			{box: Box{Role: RoleParagraph, H: 150.3 + 0.173*float64(i)}},
			{box: Box{Role: RoleTitle, H: 12.7}, gap: 12.1, keep: true},
			{box: Box{Role: RoleGroup, H: tall, Kids: []Box{figure}}, gap: 5.3, flex: 0.18 * tall},
		}, false)
		last := f.pages[len(f.pages)-1].Boxes
		if n := len(last); n < 2 || last[n-2].Role != RoleTitle {
			t.Fatalf("%d: the title stands alone, without its chart of %g", i, tall)
		}
	}
}
