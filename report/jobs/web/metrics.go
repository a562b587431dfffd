package web

import (
	"context"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"valuebook/report/jobs"
)

// metrics answers with the figures of a status and of the process. None names a
// customer, a recipient or a file.
func metrics(status func(ctx context.Context) (jobs.Status, error)) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &figures{status: status})
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// figures are read anew at each asking.
type figures struct {
	status func(ctx context.Context) (jobs.Status, error)
}

var (
	waitingJobs = prometheus.NewDesc("valuebook_jobs", "Jobs that run or wait.", []string{"kind", "state"}, nil)
	failedJobs  = prometheus.NewDesc("valuebook_jobs_failed", "Jobs that failed for good and are still kept.", []string{"kind"}, nil)
	deliveries  = prometheus.NewDesc("valuebook_deliveries", "Deliveries by state.", []string{"state"}, nil)
	processes   = prometheus.NewDesc("valuebook_processes", "Processes that serve.", []string{"state"}, nil)
	waitingFile = prometheus.NewDesc("valuebook_drop_waiting", "Files that wait in drop folders.", []string{"why"}, nil)
	dropFailed  = prometheus.NewDesc("valuebook_drop_failed", "Drop folders that cannot be read.", nil, nil)
	nextRun     = prometheus.NewDesc("valuebook_schedule_next_seconds", "Next time of a schedule, in seconds since 1970.", []string{"schedule"}, nil)
	lastRun     = prometheus.NewDesc("valuebook_last_run_seconds", "End of the latest run by its state, in seconds since 1970.", []string{"state"}, nil)
)

// Describe names the figures.
func (*figures) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{waitingJobs, failedJobs, deliveries, processes, waitingFile, dropFailed, nextRun, lastRun} {
		to <- d
	}
}

// Collect reads them.
func (f *figures) Collect(to chan<- prometheus.Metric) {
	status, err := f.status(context.Background())
	if err != nil {
		to <- prometheus.NewInvalidMetric(waitingJobs, err)
		return
	}
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for key, n := range tally(status) {
		gauge(key.desc, float64(n), key.labels[:key.n]...)
	}
	for state, n := range status.Mail {
		gauge(deliveries, float64(n), state)
	}
	for _, s := range status.Schedules {
		gauge(nextRun, float64(s.Next.Unix()), s.Name)
	}
	seen := map[string]bool{}
	for _, r := range status.Runs { // the latest first
		if !seen[r.State] && !r.Ended.IsZero() {
			seen[r.State] = true
			gauge(lastRun, float64(r.Ended.Unix()), r.State)
		}
	}
}

// counted is a figure that is counted, with its labels.
type counted struct {
	desc   *prometheus.Desc
	n      int
	labels [2]string
}

func tally(status jobs.Status) map[counted]int {
	n := map[counted]int{{desc: dropFailed}: 0}
	for _, c := range status.Counts {
		if c.State == jobs.JobFailed {
			n[counted{failedJobs, 1, [2]string{c.Kind}}] = c.N
		} else {
			n[counted{waitingJobs, 2, [2]string{c.Kind, c.State}}] = c.N
		}
	}
	for _, worker := range status.Workers {
		state := "alive"
		if worker.Missing {
			state = "missing"
		}
		n[counted{processes, 1, [2]string{state}}]++
	}
	for _, drop := range status.Drops {
		if drop.Failure != "" {
			n[counted{desc: dropFailed}]++
		}
		for _, file := range drop.Waiting {
			n[counted{waitingFile, 1, [2]string{string(file.Why)}}]++
		}
	}
	return n
}
