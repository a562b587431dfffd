package schedule_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"

	"valuebook/report/jobs/schedule"
)

// holidays of Germany in the winter of 2026 and around May 2026.
var german = schedule.Days{Holidays: map[string]bool{"01-01": true, "05-01": true, "12-25": true, "12-26": true, "2026-04-03": true, "2026-04-06": true, "2026-05-14": true}}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	m, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The expected dates are from printed calendars: 1 May 2026 is a Friday, 1
// August 2026 a Saturday, 31 May 2026 a Sunday. Clocks in Berlin go forward on
// 29 March 2026 at 02:00 and back on 25 October 2026 at 03:00; on Lord Howe
// Island by half an hour, on 4 October 2026 at 02:00.
func TestNext(t *testing.T) {
	cases := []struct{ name, rule, zone, after, want string }{
		{"monthly, winter time", "0 6 1 * *", "Europe/Berlin", "2026-11-22T12:00:00Z", "2026-12-01T05:00:00Z"},
		{"monthly, summer time", "0 6 1 * *", "Europe/Berlin", "2026-08-31T12:00:00Z", "2026-09-01T04:00:00Z"},
		{"a due time is not its own next", "0 6 1 * *", "Europe/Berlin", "2026-12-01T05:00:00Z", "2027-01-01T05:00:00Z"},
		{"first business day is a Monday", "first business day", "Europe/Berlin", "2026-07-15T00:00:00Z", "2026-08-03T04:00:00Z"},
		{"first business day after a holiday and a weekend", "first business day 07:30", "Europe/Berlin", "2026-04-30T00:00:00Z", "2026-05-04T05:30:00Z"},
		{"last working day before a Sunday", "last working day 17:30", "Europe/Berlin", "2026-05-10T00:00:00Z", "2026-05-29T15:30:00Z"},
		{"last working day of this month is over", "last working day", "Europe/Berlin", "2026-05-29T10:00:00Z", "2026-06-30T04:00:00Z"},
		{"third business day around Easter", "3rd business day at 06:00", "Europe/Berlin", "2026-03-31T20:00:00Z", "2026-04-07T04:00:00Z"},
		{"second last business day at Christmas", "2nd last business day", "Europe/Berlin", "2026-12-01T00:00:00Z", "2026-12-30T05:00:00Z"},
		{"a time that does not exist is due after the gap", "30 2 29 3 *", "Europe/Berlin", "2026-03-01T00:00:00Z", "2026-03-29T01:00:00Z"},
		{"a time that comes twice is due the first time", "30 2 25 10 *", "Europe/Berlin", "2026-10-01T00:00:00Z", "2026-10-25T00:30:00Z"},
		{"and not again an hour later", "30 2 25 10 *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2027-10-25T00:30:00Z"},
		{"half an hour of clock change", "15 2 4 10 *", "Australia/Lord_Howe", "2026-10-01T00:00:00Z", "2026-10-03T15:30:00Z"},
		{"no clock change", "@monthly", "Asia/Kolkata", "2026-11-22T00:00:00Z", "2026-11-30T18:30:00Z"},
		{"29 February", "0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"},
		{"never", "0 0 30 2 *", "UTC", "2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{"no month has so many working days", "23rd business day", "UTC", "2026-02-01T00:00:00Z", "2026-07-31T06:00:00Z"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rule, err := schedule.Parse(c.rule, zone(t, c.zone), german)
			if err != nil {
				t.Fatal(err)
			}
			if got := rule.Next(at(t, c.after)); !got.Equal(at(t, c.want)) {
				t.Errorf("%s after %s is due %s, want %s", c.rule, c.after, got.Format(time.RFC3339), c.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "tomorrow", "0 6 1 *", "61 6 1 * *", "0th business day", "24th business day", "first business day 24:00",
		"first business day 6", "@every 1h", "CRON_TZ=Asia/Tokyo 0 6 1 * *", "TZ=UTC 0 6 1 * *", "last last business day"} {
		if _, err := schedule.Parse(text, time.UTC, german); !errors.Is(err, schedule.ErrRule) {
			t.Errorf("%q: error %v, want ErrRule", text, err)
		}
	}
}

func TestWeekend(t *testing.T) {
	gulf := schedule.Days{Weekend: []time.Weekday{time.Friday, time.Saturday}}
	sunday, friday := at(t, "2026-11-01T00:00:00Z"), at(t, "2026-11-06T00:00:00Z")
	if !gulf.Worked(sunday) || gulf.Worked(friday) {
		t.Errorf("Sunday worked %v, Friday worked %v, want true, false", gulf.Worked(sunday), gulf.Worked(friday))
	}
	if none := (schedule.Days{Weekend: []time.Weekday{}}); !none.Worked(sunday) {
		t.Error("a week without a weekend rests on Sunday")
	}
}

// TestDue is a machine that was off from the end of August: three monthly runs
// were missed, with a clock change between them.
func TestDue(t *testing.T) {
	rule, err := schedule.Parse("0 6 1 * *", zone(t, "Europe/Berlin"), german)
	if err != nil {
		t.Fatal(err)
	}
	first, now := at(t, "2026-09-01T04:00:00Z"), at(t, "2026-11-22T10:00:00Z")
	all := []string{"2026-09-01T04:00:00Z", "2026-10-01T04:00:00Z", "2026-11-01T05:00:00Z"}
	cases := []struct {
		policy  schedule.Policy
		most    int
		want    []string
		dropped int
	}{
		{schedule.All, 0, all, 0},
		{schedule.All, 2, all[1:], 1},
		{schedule.Last, 0, all[2:], 2},
		{schedule.Skip, 0, nil, 3},
	}
	for _, c := range cases {
		due, dropped, coming := schedule.Due(rule, first, now, c.policy, c.most)
		if len(due) != len(c.want) || dropped != c.dropped {
			t.Errorf("%s: %d due, %d dropped, want %d, %d", c.policy, len(due), dropped, len(c.want), c.dropped)
			continue
		}
		for i := range due {
			if !due[i].Equal(at(t, c.want[i])) {
				t.Errorf("%s: due %s, want %s", c.policy, due[i], c.want[i])
			}
		}
		if !coming.Equal(at(t, "2026-12-01T05:00:00Z")) {
			t.Errorf("%s: next is %s", c.policy, coming)
		}
	}
}

func TestSkipTakesWhatIsALittleLate(t *testing.T) {
	rule, _ := schedule.Parse("0 6 1 * *", time.UTC, german)
	next := at(t, "2026-11-01T06:00:00Z")
	for late, want := range map[time.Duration]int{time.Minute: 1, schedule.Grace: 1, schedule.Grace + time.Second: 0, -time.Second: 0} {
		due, _, _ := schedule.Due(rule, next, next.Add(late), schedule.Skip, 0)
		if len(due) != want {
			t.Errorf("%s late: %d due, want %d", late, len(due), want)
		}
	}
}

// TestNextIsOrdered walks random rules over years: every step goes forward, and
// starting anywhere between two due times leads to the later one.
func TestNextIsOrdered(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rules := []string{"*/7 * * * *", "0 6 1 * *", "30 2 * * *", "15 1,2,3 * 3,10 *", "0 0 * * 1", "first business day 02:30", "last working day 23:59"}
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC"} {
		for _, text := range rules {
			rule, err := schedule.Parse(text, zone(t, name), german)
			if err != nil {
				t.Fatal(err)
			}
			now := at(t, "2026-03-01T00:00:00Z").Add(time.Duration(random.Int64N(int64(300 * 24 * time.Hour))))
			for range 50 {
				next := rule.Next(now)
				if !next.After(now) {
					t.Fatalf("%s in %s: %s comes after %s", text, name, next, now)
				}
				between := now.Add(time.Duration(random.Int64N(int64(next.Sub(now)))))
				if again := rule.Next(between); !again.Equal(next) {
					t.Fatalf("%s in %s: from %s next is %s, from %s it is %s", text, name, now, next, between, again)
				}
				now = next
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"0 6 1 * *", "first business day 06:00", "2nd last working day", "@monthly", "*/5 1-3 * jan mon"} {
		f.Add(seed)
	}
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := schedule.Parse(text, time.UTC, german)
		if err != nil {
			return
		}
		if next := rule.Next(now); !next.IsZero() && !next.After(now) {
			t.Errorf("%q: next is %s", text, next)
		}
	})
}
