package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"valuebook/report/analysis/movement"
)

// A Point is one period of a report in its trend.
type Point struct {
	Period   string
	Revision int
	RunID    int64
	Method   string // as [movement.Snapshot.Method]
	Figures  []movement.Figure
	// Classes counts customers by class, "" those not classified. Who had left
	// is counted in Gone alone.
	Classes   map[string]int
	Gone      int
	Customers int // all, those who had left included
}

// putSnapshot stores what a later period needs of a run.
func (tx *Tx) putSnapshot(ctx context.Context, runID int64, s *movement.Snapshot) error {
	head, err := packHeader(s)
	if err != nil {
		return err
	}
	figures, err := packFigures(s.Figures)
	if err != nil {
		return err
	}
	counts, gone := map[string]int{}, 0
	for i := range s.Customers {
		if s.Customers[i].Gone {
			gone++
			continue
		}
		counts[s.Customers[i].Class]++
	}
	classes, err := json.Marshal(counts)
	if err != nil {
		return err
	}
	if _, err := tx.store.exec(ctx, `INSERT INTO snapshot (run_id, header, figures, classes, gone, customers) VALUES ($1, $2, $3, $4, $5, $6)`,
		runID, head, figures, string(classes), gone, len(s.Customers)); err != nil {
		return err
	}
	return tx.putResults(ctx, runID, s.Customers)
}

// putResults adds one row per customer, in the order of the table's key: rows
// are then only appended to it.
func (tx *Tx) putResults(ctx context.Context, runID int64, customers []movement.Standing) error {
	order := make([]int, len(customers))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(customers[a].ID, customers[b].ID) })
	columns := []string{"run_id", "customer_id", "position", "name", "segment", "class", "measures"}
	return tx.store.fill(ctx, "result", columns, len(order), func(i int) []any {
		c := &customers[order[i]]
		return []any{runID, c.ID, int64(order[i]), c.Name, c.Segment, c.Class, packMeasures(c)}
	})
}

// Snapshot returns what a run left for later periods: customers in the order
// of the workbook. It returns [ErrNotFound] for a run that left nothing.
func (r reads) Snapshot(ctx context.Context, runID int64) (*movement.Snapshot, error) {
	s, err := r.snapshot(ctx, runID)
	if err != nil {
		return nil, fmt.Errorf("read snapshot of run %d: %w", runID, err)
	}
	return s, nil
}

func (r reads) snapshot(ctx context.Context, runID int64) (*movement.Snapshot, error) {
	s := &movement.Snapshot{}
	var head, figures string
	var customers int
	found, err := one(ctx, r.store, []any{&s.Period, &s.Revision, &head, &figures, &customers},
		`SELECT period, revision, header, figures, customers FROM snapshot JOIN run ON run.id = snapshot.run_id WHERE run_id = $1`, runID)
	if err == nil && !found {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	if err := unpackHeader(head, s); err != nil {
		return nil, err
	}
	if s.Figures, err = unpackFigures(figures); err != nil {
		return nil, err
	}
	s.Customers, err = r.results(ctx, runID, customers)
	return s, err
}

func (r reads) results(ctx context.Context, runID int64, n int) ([]movement.Standing, error) {
	if n == 0 {
		return nil, nil
	}
	customers := make([]movement.Standing, n)
	var position int
	var packed []byte
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var c movement.Standing
		if err := scan(&position, &c.ID, &c.Name, &c.Segment, &c.Class, &packed); err != nil {
			return err
		}
		if position < 0 || position >= n {
			return errMeasures
		}
		customers[position] = c
		return unpackMeasures(packed, &customers[position])
	}, `SELECT position, customer_id, name, segment, class, measures FROM result WHERE run_id = $1`, runID)
	return customers, err
}

// Before returns the latest period before the given one of which a revision
// counts and left a snapshot; false when there is none. Periods are ordered as
// texts.
func (r reads) Before(ctx context.Context, report, period string) (Run, *movement.Snapshot, bool, error) {
	run, found, err := r.oneRun(ctx, `WHERE id = (SELECT run_current.run_id FROM run_current
		JOIN snapshot ON snapshot.run_id = run_current.run_id
		WHERE report = $1 AND period < $2 ORDER BY period DESC LIMIT 1)`, report, period)
	if err != nil || !found {
		if err != nil {
			err = fmt.Errorf("read period before %s: %w", period, err)
		}
		return Run{}, nil, false, err
	}
	s, err := r.Snapshot(ctx, run.ID)
	return run, s, err == nil, err
}

// Trend returns the last n periods of a report up to and with upto, the
// earliest first: the revision of each that counts. An upto of "" asks for the
// latest there are.
func (r reads) Trend(ctx context.Context, report, upto string, n int) ([]Point, error) {
	var points []Point
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var p Point
		var head, figures, classes string
		if err := scan(&p.Period, &p.Revision, &p.RunID, &head, &figures, &classes, &p.Gone, &p.Customers); err != nil {
			return err
		}
		err := p.unpack(head, figures, classes)
		points = append(points, p)
		return err
	}, `SELECT run.period, run.revision, run.id, header, figures, classes, gone, customers FROM run_current
		JOIN run ON run.id = run_current.run_id JOIN snapshot ON snapshot.run_id = run_current.run_id
		WHERE run_current.report = $1 AND ($2 = '' OR run_current.period <= $2) ORDER BY run_current.period DESC LIMIT $3`, report, upto, n)
	if err != nil {
		return nil, fmt.Errorf("read trend: %w", err)
	}
	slices.Reverse(points)
	return points, nil
}

func (p *Point) unpack(head, figures, classes string) (err error) {
	var s movement.Snapshot
	if err := unpackHeader(head, &s); err != nil {
		return err
	}
	p.Method = s.Method
	if p.Figures, err = unpackFigures(figures); err != nil {
		return err
	}
	return json.Unmarshal([]byte(classes), &p.Classes)
}
