package web

import (
	"bytes"
	"context"
	"encoding/json"
	"html/template"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/jobs"
	"valuebook/report/wording"
	"valuebook/templates"
)

// Options are the settings of the page.
type Options struct {
	Status func(ctx context.Context) (jobs.Status, error)
	// Ready returns nil when the ledger can be worked with; nil asks Status.
	Ready func(ctx context.Context) error
	Words *wording.Writer
	// Outputs lets the page hand out the outputs of runs that it lists.
	Outputs bool
	Metrics bool
	// Hosts are names by which the page may be asked for besides the loopback's
	// and addresses: a page of another site cannot ask in our name.
	Hosts []string
}

// Handler returns the page at /, the same as JSON at /status.json, outputs at
// /outputs/RUN/NUMBER, health at /healthz and /readyz, and metrics at /metrics.
func Handler(o Options) (http.Handler, error) {
	if o.Ready == nil {
		o.Ready = func(ctx context.Context) error {
			_, err := o.Status(ctx)
			return err
		}
	}
	text, err := templates.Read("web/status.html", nil)
	if err != nil {
		return nil, err
	}
	p := &page{Options: o}
	if p.page, err = template.New("status").Funcs(p.functions()).Parse(string(text)); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.status)
	mux.HandleFunc("GET /status.json", p.document)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", p.ready)
	if o.Outputs {
		mux.HandleFunc("GET /outputs/{run}/{number}", p.output)
	}
	if o.Metrics {
		mux.Handle("GET /metrics", metrics(o.Status))
	}
	return p.guard(mux), nil
}

type page struct {
	Options
	page *template.Template
}

// guard answers only who asks for this machine by a name it is known to have,
// and lets nothing be loaded from elsewhere.
func (p *page) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if net.ParseIP(strings.Trim(host, "[]")) == nil && host != "localhost" && !slices.Contains(p.Hosts, host) {
			http.Error(w, "unknown host", http.StatusMisdirectedRequest)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func (p *page) functions() template.FuncMap {
	return template.FuncMap{
		"say": func(code string, args ...any) string {
			var quantities []dataset.Quantity
			for _, arg := range args {
				quantities = append(quantities, quantityOf(arg))
			}
			return p.Words.Text(dataset.Msg(code, quantities...))
		},
		"stamp": stamp,
		"due":   due,
		"base":  filepath.Base,
		"states": func(mail map[string]int) []string {
			var states []string
			for state := range mail {
				states = append(states, state)
			}
			slices.Sort(states)
			return states
		},
		"count": func(counts []jobs.Count, state string) (n int) {
			for _, c := range counts {
				if c.State == state {
					n += c.N
				}
			}
			return n
		},
		"missing":  missing,
		"handed":   func() bool { return p.Outputs },
		"language": p.Words.Language,
	}
}

// missing is how many jobs that run or wait are not listed.
func missing(status jobs.Status) int {
	n := -len(status.Jobs)
	for _, c := range status.Counts {
		if c.State != jobs.JobFailed {
			n += c.N
		}
	}
	return max(0, n)
}

func quantityOf(arg any) dataset.Quantity {
	switch x := arg.(type) {
	case int:
		return dataset.N(x)
	case string:
		return dataset.Str(x)
	}
	return dataset.Str("")
}

// stamp writes a moment in the zone of the machine.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

// due writes when a schedule is due, in its own zone.
func due(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04 MST")
}

func (p *page) status(w http.ResponseWriter, r *http.Request) {
	status, err := p.Status(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var out bytes.Buffer
	if err := p.page.Execute(&out, status); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w)
}

func (p *page) document(w http.ResponseWriter, r *http.Request) {
	status, err := p.Status(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(status)
}

// patience is how long the ledger may take to answer that it is there.
const patience = 5 * time.Second

// ready answers whether the ledger can be worked with.
func (p *page) ready(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), patience)
	defer stop()
	if err := p.Ready(ctx); err != nil {
		http.Error(w, "the history cannot be read and written", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// output hands out one of the outputs that the page lists, and nothing else.
func (p *page) output(w http.ResponseWriter, r *http.Request) {
	path, ok := p.path(r)
	if !ok {
		http.NotFound(w, r)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		http.NotFound(w, r)
		return
	}
	if filepath.Ext(path) != ".pdf" {
		w.Header().Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, filepath.Base(path), info.ModTime(), f)
}

func (p *page) path(r *http.Request) (string, bool) {
	id, err := strconv.ParseInt(r.PathValue("run"), 10, 64)
	number, err2 := strconv.Atoi(r.PathValue("number"))
	if err != nil || err2 != nil {
		return "", false
	}
	status, err := p.Status(r.Context())
	if err != nil {
		return "", false
	}
	for _, run := range status.Runs {
		if run.ID == id && number >= 0 && number < len(run.Outputs) {
			return run.Outputs[number], true
		}
	}
	return "", false
}
