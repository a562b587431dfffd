package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"valuebook/report/ledger"
)

// A step of a story of one period: somebody begins, and perhaps ends what it
// began.
type step struct {
	input, owner string
	after        time.Duration // since the first step
	want         ledger.Verdict
	revision     int
	then         string // "done", "failed" or "" for dies
}

func TestBegin(t *testing.T) {
	t.Parallel() // it mostly waits
	const minute = time.Minute
	var stories []story
	for name, steps := range map[string][]step{
		"the same again is nothing to do": {
			{"a", "one", 0, ledger.Started, 1, "done"}, {"a", "two", minute, ledger.Same, 1, ""}, {"a", "two", 500 * minute, ledger.Same, 1, ""}},
		"another input is a new revision": {
			{"a", "one", 0, ledger.Started, 1, "done"}, {"b", "one", 0, ledger.Started, 2, "done"}, {"b", "one", 0, ledger.Same, 2, ""}},
		"going back is a change": {
			{"a", "one", 0, ledger.Started, 1, "done"}, {"b", "one", 0, ledger.Started, 2, "done"}, {"a", "one", 0, ledger.Started, 3, "done"}},
		"one at a time": {
			{"a", "one", 0, ledger.Started, 1, ""}, {"a", "two", minute, ledger.Busy, 1, ""}, {"b", "two", minute, ledger.Busy, 1, ""}},
		"a dead one is taken over": {
			{"a", "one", 0, ledger.Started, 1, ""}, {"a", "two", 2 * minute, ledger.Resumed, 1, "done"}, {"a", "one", 3 * minute, ledger.Same, 1, ""}},
		"an owner that comes back goes on": {
			{"a", "one", 0, ledger.Started, 1, ""}, {"a", "one", minute, ledger.Resumed, 1, "done"}},
		"a dead one of another input gives its revision away": {
			{"a", "one", 0, ledger.Started, 1, "done"}, {"b", "one", 0, ledger.Started, 2, ""}, {"c", "two", 3 * minute, ledger.Started, 2, "done"}},
		"a failed one gives its revision away": {
			{"a", "one", 0, ledger.Started, 1, "failed"}, {"a", "one", 0, ledger.Started, 1, "done"}, {"b", "one", 0, ledger.Started, 2, "failed"}, {"a", "one", 0, ledger.Same, 1, ""}},
	} {
		stories = append(stories, story{name, steps})
	}
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		for _, s := range stories {
			t.Run(s.name, func(t *testing.T) {
				for i := range s.steps {
					s.tell(t, l, i)
				}
			})
		}
	})
}

// A story is of a report of its own.
type story struct {
	name  string
	steps []step
}

func (o story) tell(t *testing.T, l *ledger.Ledger, i int) {
	t.Helper()
	ctx := context.Background()
	s := o.steps[i]
	wanted := october(s.input)
	wanted.Report, wanted.Owner = o.name, s.owner
	run, verdict, err := l.Begin(ctx, wanted, day.Add(s.after))
	must(t, err)
	if verdict != s.want || run.Revision != s.revision {
		t.Fatalf("step %d is %s of revision %d, want %s of %d", i, verdict, run.Revision, s.want, s.revision)
	}
	switch s.then {
	case "done":
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: s.owner}, day.Add(s.after)))
	case "failed":
		must(t, l.Fail(ctx, run.ID, s.owner, "no disk", day.Add(s.after)))
		failed, err := l.Run(ctx, run.ID)
		must(t, err)
		if failed.State != ledger.RunFailed || failed.Error != "no disk" || !failed.FinishedAt.Equal(day.Add(s.after)) {
			t.Errorf("failed run %+v", failed)
		}
	}
}

// TestSettingsAndVersionCount shows that each part of what gives an output is
// compared.
func TestSettingsAndVersionCount(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		for i, change := range []func(r *ledger.Run){
			func(r *ledger.Run) {}, func(r *ledger.Run) { r.SettingsSHA256 = "t" }, func(r *ledger.Run) { r.Version = "2" },
			func(r *ledger.Run) { r.Report = "other" }, func(r *ledger.Run) { r.Period = "2026-11" }} {
			wanted := october("a")
			change(&wanted)
			run := started(t, l, wanted)
			must(t, l.Finish(context.Background(), run.ID, ledger.Recorded{Owner: "me"}, day))
			if want := []int{1, 2, 3, 1, 1}[i]; run.Revision != want {
				t.Errorf("change %d: revision %d, want %d", i, run.Revision, want)
			}
		}
	})
}

func TestManyBeginAtOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		verdicts := make([]ledger.Verdict, 8)
		var all sync.WaitGroup
		for i := range verdicts {
			all.Go(func() {
				wanted := october("a")
				wanted.Owner = strconv.Itoa(i)
				_, verdict, err := l.Begin(context.Background(), wanted, day)
				if err != nil {
					t.Error(err)
				}
				verdicts[i] = verdict
			})
		}
		all.Wait()
		count := map[ledger.Verdict]int{}
		for _, v := range verdicts {
			count[v]++
		}
		if count[ledger.Started] != 1 || count[ledger.Busy] != 7 {
			t.Errorf("%v", count)
		}
	})
}

func TestOnlyTheOwnerEndsARun(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := started(t, l, october("a"))
		taken := october("a")
		taken.Owner = "two"
		if _, verdict, err := l.Begin(ctx, taken, day.Add(time.Hour)); verdict != ledger.Resumed || err != nil {
			t.Fatal(verdict, err)
		}
		for name, err := range map[string]error{
			"renew":  l.Renew(ctx, run.ID, "me", day),
			"fail":   l.Fail(ctx, run.ID, "me", "", day),
			"finish": l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Artifacts: []ledger.Artifact{{Kind: "pdf"}}}, day),
		} {
			if !errors.Is(err, ledger.ErrLost) {
				t.Errorf("%s by an owner that lost it: %v", name, err)
			}
		}
		if files, err := l.Artifacts(ctx, run.ID); err != nil || len(files) > 0 {
			t.Errorf("it left %v, %v", files, err)
		}
		must(t, l.Renew(ctx, run.ID, "two", day.Add(2*time.Hour)))
		if _, verdict, _ := l.Begin(ctx, october("a"), day.Add(119*time.Minute)); verdict != ledger.Busy {
			t.Errorf("a renewed lease: %s", verdict)
		}
		must(t, l.ReleaseRuns(ctx, []string{"two"}, day.Add(90*time.Minute)))
		if _, verdict, _ := l.Begin(ctx, october("a"), day.Add(91*time.Minute)); verdict != ledger.Resumed {
			t.Errorf("a run of a dead owner: %s", verdict)
		}
		if owners, err := l.Owners(ctx); err != nil || fmt.Sprint(owners) != "[me]" {
			t.Errorf("owners %v, %v", owners, err)
		}
	})
}

// TestAbandonRuns ends those that nobody has taken up for long, and no other.
func TestAbandonRuns(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := started(t, l, october("a")) // at day
		for _, c := range []struct {
			before time.Duration
			want   int
		}{{ledger.Lease - time.Second, 0}, {ledger.Lease + time.Second, 1}, {time.Hour, 0}} {
			if n, err := l.AbandonRuns(ctx, day.Add(c.before), day.Add(time.Hour)); n != c.want || err != nil {
				t.Errorf("before %v: %d runs, %v, want %d", c.before, n, err, c.want)
			}
		}
		if ended, err := l.Run(ctx, run.ID); err != nil || ended.State != ledger.RunFailed {
			t.Errorf("%+v, %v", ended, err)
		}
		if again, verdict, err := l.Begin(ctx, october("a"), day.Add(time.Hour)); verdict != ledger.Started || again.Revision != run.Revision || err != nil {
			t.Errorf("begun again: %s, revision %d, %v", verdict, again.Revision, err)
		}
	})
}

func TestFinishKeepsFilesAndInputs(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := started(t, l, october("a"))
		artifacts := []ledger.Artifact{{Kind: "page", Part: "Änne", Path: "x/Änne.pdf", SHA256: "2", ContentSHA256: "1", Bytes: 1 << 40}, {Kind: "pdf", Path: "x.pdf", SHA256: "3", ContentSHA256: "3", Bytes: 7}}
		inputs := []ledger.Input{{SHA256: "q", Name: "second.xlsx", Bytes: 2, ReceivedAt: day, Source: "command line"}, {SHA256: "p", Name: "first.xlsx"}}
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Artifacts: artifacts, Inputs: inputs}, day))
		if got, err := l.Artifacts(ctx, run.ID); err != nil || text(got) != text(artifacts) {
			t.Errorf("files %+v, %v", got, err)
		}
		if got, err := l.Inputs(ctx, run.ID); err != nil || text(got) != text(inputs) {
			t.Errorf("inputs %+v, %v", got, err)
		}
		input, by, seen, err := l.Seen(ctx, "q")
		if err != nil || !seen || input != inputs[0] || by.ID != run.ID {
			t.Errorf("seen: %+v by run %d, %v, %v", input, by.ID, seen, err)
		}
		if _, _, seen, err := l.Seen(ctx, "never"); seen || err != nil {
			t.Errorf("a content that never came was seen: %v", err)
		}
		if _, did, err := l.Current(ctx, "value", "2026-10"); !did || err != nil {
			t.Errorf("the period was not done: %v", err)
		}
		if _, did, err := l.Current(ctx, "value", "2026-11"); did || err != nil {
			t.Errorf("another period was done: %v", err)
		}
	})
}

func TestNothingIsKeptOfAFailedTransaction(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		stop := errors.New("stop")
		err := l.InTx(ctx, func(tx *ledger.Tx) error {
			run, _, err := tx.Begin(ctx, october("a"), day)
			must(t, err)
			must(t, tx.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Snapshot: month("", 3, 1)}, day))
			if (tx.SQL() == nil) == (tx.Pgx() == nil) || (l.DB() == nil) == (l.Pool() == nil) {
				t.Error("a transaction is of one database")
			}
			if s, err := tx.Snapshot(ctx, run.ID); err != nil || len(s.Customers) != 3 {
				t.Errorf("a transaction does not see what it wrote: %v", err)
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Errorf("the error is %v", err)
		}
		if runs, err := l.Runs(ctx, ledger.RunFilter{}); err != nil || len(runs) > 0 {
			t.Errorf("runs %v, %v", runs, err)
		}
	})
}

func TestRunsByFilter(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		record(t, l, "2026-09", "a", nil)
		record(t, l, "2026-10", "a", nil)
		record(t, l, "2026-10", "b", nil)
		started(t, l, october("c"))
		for _, c := range []struct {
			filter ledger.RunFilter
			want   string
		}{
			{ledger.RunFilter{}, "[4 3 2 1]"}, {ledger.RunFilter{Period: "2026-10"}, "[4 3 2]"}, {ledger.RunFilter{Current: true}, "[3 1]"},
			{ledger.RunFilter{States: []ledger.RunState{ledger.RunRunning, ledger.RunFailed}}, "[4]"}, {ledger.RunFilter{Limit: 2}, "[4 3]"}, {ledger.RunFilter{Report: "other"}, "[]"},
		} {
			runs, err := l.Runs(ctx, c.filter)
			must(t, err)
			ids := []int64{}
			for _, run := range runs {
				ids = append(ids, run.ID)
			}
			if fmt.Sprint(ids) != c.want {
				t.Errorf("%+v gives %v, want %s", c.filter, ids, c.want)
			}
		}
		if _, err := l.Run(ctx, 99); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("an unknown run: %v", err)
		}
		if err := l.SetCurrent(ctx, 4); !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("a run that is not done counts: %v", err)
		}
	})
}
